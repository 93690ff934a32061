"""Writer of a learning curve to a CSV or JSON file, in bits."""

import csv
import json
import math
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from gridemp.arguments import check_kinds
from gridemp.logs.condition_grid import AXES, ConditionMean, condition_grid
from gridemp.logs.entropies import RESOLUTION
from gridemp.logs.learning_curve import LearningCurve
from gridemp.logs.rating_relation import RatingRelation
from gridemp.logs.ratings import RatingStudy
from gridemp.logs.trends import TrialMean

# Fields of TrialInformation and the columns that they are written to.
COLUMNS = {
    "player": "player",
    "trial": "trial",
    "windows": "windows",
    "bits": "information",
    "low": "low",
    "high": "high",
    "null_mean": "null_mean",
    "null_sd": "null_sd",
    "p": "p",
    "orders": "null_estimates",
    "without": "without_context",
}


# Fields of TrialEntropies and the columns that they are written to.
ENTROPY_COLUMNS = {
    "actions": "entropy_actions",
    "effects": "entropy_effects",
    "actions_given_effects": "entropy_actions_given_effects",
    "effects_given_actions": "entropy_effects_given_actions",
}


def rows(curve: LearningCurve, study: RatingStudy | None = None) -> list[dict[str, Any]]:
    """Fields of each trial by the names of the table's columns, with None for a p not given."""
    columns = dict(COLUMNS)
    if not curve.context:
        del columns["without"]
    found = []
    for trial in curve.trials:
        fields = finite_fields(trial)
        row = {name: fields[field] for field, name in columns.items()}
        under = dict(zip(curve.conditions, trial.conditions, strict=True))
        found.append({"player": row.pop("player"), "trial": row.pop("trial"), **under, **row})
    if curve.entropies is not None:
        for row, beside in zip(found, map(finite_fields, curve.entropies.trials), strict=True):
            row |= {name: beside[field] for field, name in ENTROPY_COLUMNS.items()}
    if study is not None:
        for row in found:
            names = row["player"], row["trial"]
            row |= {"gain": finite(study.gains[names]), "rating": finite(study.ratings[names])}
    return found


def save_curve(
    curve: LearningCurve, path: str | Path, suffix: str, study: RatingStudy | None = None
) -> None:
    """Write a row for each trial to a CSV file, or the whole curve to a JSON file.

    Parameters
    ----------
    curve : LearningCurve
        The curve, in bits.
    path : str or Path
        Path of the file.
    suffix : {".csv", ".json"}
        Format of the file, whatever the suffix of `path`.
    study : RatingStudy, optional
        Ratings of the trials, to be written as well.

    Examples
    --------
    >>> from pathlib import Path
    >>> import numpy as np
    >>> from gridemp.logs import EstimateSettings, Trial, Windows, measure, save_curve
    >>> rng = np.random.default_rng(0)
    >>> held, noise = rng.normal(size=(2, 3, 100, 1))
    >>> trials = tuple(Trial("Ada", str(i), held[i], held[i] + noise[i], None) for i in range(3))
    >>> windows = Windows("log", trials, ("held",), ("moved",), (), "trial")
    >>> curve = measure(windows, EstimateSettings("copula", shuffles=20))
    >>> save_curve(curve, "curve.csv", ".csv")
    >>> len(Path("curve.csv").read_text().splitlines())
    4
    """
    check_kinds(save_curve, locals())
    path = Path(path)
    trials = rows(curve, study)
    means: Sequence[TrialMean | ConditionMean] = curve.means
    if len(curve.conditions) == AXES:
        means = condition_grid(curve).means
    with path.open("w", encoding="utf-8", newline="") as stream:
        if suffix == ".csv":
            writer = csv.DictWriter(stream, trials[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(trials)
            return
        whole = {
            "log": curve.name,
            "actions": curve.actions,
            "effects": curve.effects,
            "context": curve.context,
            "trials_by": curve.by,
            "unit": "bits",
            "settings": curve.settings,
            "windows_left_out": curve.dropped,
            "notes": curve.notes,
            "trials": trials,
            "conditions": curve.conditions,
            "means": [finite_fields(mean) for mean in means],
            "trends": [finite_fields(trend) for trend in curve.trends],
        }
        if curve.entropies is not None:
            whole["entropies"] = {
                "actions": curve.entropies.actions,
                "effects": curve.entropies.effects,
                "resolution": RESOLUTION,
                "correlations": [finite_fields(one) for one in curve.entropies.correlations],
            }
        if study is not None:
            whole["ratings"] = {
                "column": study.name,
                "relations": [relation_fields(one) for one in (study.same, study.following)],
                "correlations": [finite_fields(one) for one in study.correlations],
                "power": [finite_fields(one) for one in study.power],
            }
        json.dump(whole, stream, indent=1)
        stream.write("\n")


def relation_fields(relation: RatingRelation) -> dict[str, Any]:
    """Fields of a relation of gains and ratings but the pairs, which are in the trials."""
    records = {name: finite_fields(getattr(relation, name)) for name in ("mean", "pooled", "ranks")}
    numbers = (
        "lag",
        "missing",
        "correlation",
        "p",
        "p_without_trend",
        "arrangements",
        "smallest_p",
    )
    return {
        **{name: finite(getattr(relation, name)) for name in numbers},
        **records,
        "players": [finite_fields(line) for line in relation.lines],
    }


def finite_fields(record: Any) -> dict[str, Any]:
    """Fields of a record by name, with None for NaN, which JSON lacks."""
    return {name: finite(value) for name, value in asdict(record).items()}


def finite(value: Any) -> Any:
    """Return a value as it is, or None for NaN."""
    return None if isinstance(value, float) and math.isnan(value) else value
