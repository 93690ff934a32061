"""Entropies of trials and their rank correlations, as lines."""

from collections.abc import Sequence
from math import isnan
from typing import TYPE_CHECKING

from gridemp.cli.say import tell
from gridemp.cli.text_tables import print_columns
from gridemp.report.quantities import SYMBOLS

if TYPE_CHECKING:
    from gridemp.logs import Entropies, LearningCurve, RankCorrelation

KINDS = {
    "counted": "counted, with Miller's correction",
    "amounts": "amounts; their entropy is relative to 1 standard deviation of each column over the "
    "whole log, and may be below 0",
    "neither": "neither few enough to be counted nor amounts without ties or categories",
}


def print_entropies(curve: "LearningCurve", entropies: "Entropies", *, rows: bool) -> None:
    """Print a row for each trial unless there are too many, the units, and the correlations."""
    if rows:
        from gridemp.logs.entropies import QUANTITIES

        symbols = [SYMBOLS[name] for name in QUANTITIES]
        table = [["player", curve.by or "trial", *curve.conditions, *symbols]]
        for beside, trial in zip(entropies.trials, curve.trials, strict=True):
            cells = [number(getattr(beside, name)) for name in QUANTITIES]
            table.append([trial.player, trial.trial, *trial.conditions, *cells])
        print_columns(table)
    context = ", without the context" if curve.context else ""
    tell(f"entropies in bits per window{context}:")
    for side in ("actions", "effects"):
        tell(f"  {side} are {KINDS[getattr(entropies, side)]}")
    if entropies.correlations:
        print_correlations(entropies.correlations, curve.by or "trial")


def print_correlations(correlations: Sequence["RankCorrelation"], other: str) -> None:
    """Print rank correlations with the same quantity as a line."""
    players = max(one.players for one in correlations)
    if not players:
        tell(f"no rank correlation with {other}: it needs three trials or more of a player")
        return
    whose = f", mean of {players} players [95 %]" if players > 1 else ""
    listed = "; ".join(f"{SYMBOLS[one.quantity]} {with_interval(one)}" for one in correlations)
    tell(f"Spearman with {other}{whose}: {listed}")


def with_interval(one: "RankCorrelation") -> str:
    """Coefficient, with its interval if there are several players."""
    text = number(one.rho, 2, sign=True)
    if isnan(one.low):
        return text
    return f"{text} [{number(one.low, 2, sign=True)}, {number(one.high, 2, sign=True)}]"


def number(value: float, digits: int = 3, *, sign: bool = False) -> str:
    """Number with these decimals, or a dash for NaN."""
    return "-" if isnan(value) else f"{value + 0.0:{'+' if sign else ''}.{digits}f}"
