"""Writer of a learning curve to a CSV or JSON file, in bits."""

import csv
import json
import math
from dataclasses import asdict
from pathlib import Path
from typing import Any

from gridemp.arguments import check_kinds
from gridemp.logs.learning_curve import LearningCurve
from gridemp.logs.trends import Trend, TrialMean
from gridemp.logs.trial_information import TrialInformation

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


def rows(curve: LearningCurve) -> list[dict[str, Any]]:
    """Fields of each trial by the names of the table's columns, with None for a p not given."""
    columns = dict(COLUMNS)
    if not curve.context:
        del columns["without"]
    fields = [finite_fields(trial) for trial in curve.trials]
    return [{name: trial[field] for field, name in columns.items()} for trial in fields]


def save_curve(curve: LearningCurve, path: str | Path, suffix: str) -> None:
    """Write a row for each trial to a CSV file, or the whole curve to a JSON file.

    Parameters
    ----------
    curve : LearningCurve
        The curve, in bits.
    path : str or Path
        Path of the file.
    suffix : {".csv", ".json"}
        Format of the file, whatever the suffix of `path`.

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
    trials = rows(curve)
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
            "means": [finite_fields(mean) for mean in curve.means],
            "trends": [finite_fields(trend) for trend in curve.trends],
        }
        json.dump(whole, stream, indent=1)
        stream.write("\n")


def finite_fields(record: TrialInformation | TrialMean | Trend) -> dict[str, Any]:
    """Fields of a record by name, with None for NaN, which JSON lacks."""
    return {
        name: None if isinstance(value, float) and math.isnan(value) else value
        for name, value in asdict(record).items()
    }
