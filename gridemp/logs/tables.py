"""A learning curve as CSV or JSON, in bits."""

import csv
import json
import math
from dataclasses import asdict
from pathlib import Path
from typing import Any

from gridemp.logs.result import LearningCurve, Trend, TrialMean

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
    """What is known of each trial, by name."""
    names = {field: name for field, name in COLUMNS.items() if curve.context or field != "without"}
    return [
        {name: getattr(trial, field) for field, name in names.items()} for trial in curve.trials
    ]


def save_curve(curve: LearningCurve, path: Path, suffix: str) -> None:
    """Write one row for each trial to a CSV file, or all that is known to a JSON file.

    Parameters
    ----------
    curve : LearningCurve
    path : Path
        The file.
    suffix : {".csv", ".json"}
        Which of the two it is.
    """
    content = rows(curve)
    with path.open("w", encoding="utf-8", newline="") as stream:
        if suffix == ".csv":
            writer = csv.DictWriter(stream, content[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(content)
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
            "trials": content,
            "means": [plain(mean) for mean in curve.means],
            "trends": [plain(trend) for trend in curve.trends],
        }
        json.dump(whole, stream, indent=1)
        stream.write("\n")


def plain(record: TrialMean | Trend) -> dict[str, Any]:
    """Its fields by name, None for a number that JSON does not have."""
    return {
        name: None if isinstance(value, float) and math.isnan(value) else value
        for name, value in asdict(record).items()
    }
