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
    for relation in (study.same, study.following):
        print_relation(study.name, relation)
    if study.power:
        power = study.power[0]
        found = ", ".join(
            f"{100 * each.found:.0f} % if it is {each.effect:g}" for each in study.power
        )
        tell(
            f"power of the test with {counted(power.players, 'player')} and {power.pairs} pairs, "
            f"by the correlation of gain and rating: {found}"
        )
    print_correlations(study.correlations, study.name)
    for remark in study.notes:
        tell(f"note: {remark}")


def print_relation(name: str, relation: "RatingRelation") -> None:
    """Print the regressions on gains of the same trial, or of the trial before, and the test."""
    which = "the next trial" if relation.lag else "the same trial"
    players = counted(sum(len(gains) > 0 for gains, _ in relation.pairs.values()), "player")
    pooled = relation.pooled
    tell(f"{name} of {which} for each bit of gain, {pooled.pairs} pairs of {players}:")
    line = f"  within players {slope(pooled)}"
    if len(relation.lines) > 1:
        line += f"; mean of the players' slopes {slope(relation.mean)}"
    if not isnan(relation.ranks.rho):
        line += f"; Spearman {with_interval(relation.ranks)}"
    if not isnan(relation.p):
        line += f"; p {relation.p:.4f}, at least {relation.smallest_p:.4f}"
    if not isnan(relation.p_without_trend):
        line += f"; without straight lines over trials p {relation.p_without_trend:.4f}"
    tell(line)


def slope(line: "RatingLine") -> str:
    """Slope with its 95 % interval."""
    if isnan(line.slope):
        return "-"
    interval = "" if isnan(line.low) else f", 95 % [{line.low:.4g}, {line.high:.4g}]"
    return f"{line.slope:+.4g}{interval}"
