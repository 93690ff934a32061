"""Gains in information and ratings of trials, as lines."""

from math import isnan
from typing import TYPE_CHECKING

from gridemp.cli.entropy_lines import print_correlations, with_interval
from gridemp.cli.say import tell
from gridemp.shown import counted

if TYPE_CHECKING:
    from gridemp.logs import RatingLine, RatingRelation, RatingStudy


def print_ratings(study: "RatingStudy") -> None:
    """Print the regressions, the tests, their power and the rank correlations."""
    gain = "gain in I(A;E|C)" if study.context else "gain"
    for relation in (study.same, study.following):
        print_relation(study.name, relation, gain)
    if study.power:
        power = study.power[0]
        found = ", ".join(
            f"{each.effect:g} in {100 * each.found:.0f} % of studies" for each in study.power
        )
        tell(
            f"power: with {counted(power.players, 'player')} and {power.pairs} pairs, the test "
            f"finds a correlation of {found}"
        )
    print_correlations(study.correlations, study.name)
    for remark in study.notes:
        tell(f"note: {remark}")


def print_relation(name: str, relation: "RatingRelation", gain: str) -> None:
    """Print the regressions on gains of the same trial, or of the trial before, and the test."""
    which = "the next trial" if relation.lag else "the same trial"
    players = counted(sum(len(gains) > 0 for gains, _ in relation.pairs.values()), "player")
    pooled = relation.pooled
    tell(f"{name} of {which} for each bit of {gain}, {pooled.pairs} pairs of {players}:")
    line = f"  within players {slope(pooled)}"
    if len(relation.lines) > 1:
        line += f"; mean of the players' slopes {slope(relation.mean)}"
    if not isnan(relation.ranks.rho):
        line += f"; Spearman {with_interval(relation.ranks)}"
    if not isnan(relation.p):
        line += f"; p {relation.p:.4f} (smallest possible: {relation.smallest_p:.4f})"
    if not isnan(relation.p_without_trend):
        line += f"; p {relation.p_without_trend:.4f} without each player's line over the trials"
    tell(line)


def slope(line: "RatingLine") -> str:
    """Slope with its 95 % interval."""
    if isnan(line.slope):
        return "-"
    interval = "" if isnan(line.low) else f", 95 % [{line.low:.4g}, {line.high:.4g}]"
    return f"{line.slope:+.4g}{interval}"
