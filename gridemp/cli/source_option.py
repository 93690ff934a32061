"""Source distribution over single actions, as typed."""

from collections.abc import Sequence
from math import inf

from gridemp.cli.parse import MAX_QUOTED, parse_number
from gridemp.errors import GridempError

OPTIMAL = "optimal"
UNIFORM = "uniform"


def parse_source(text: str, actions: Sequence[str]) -> str | list[float] | None:
    """Source in the text of --source: probabilities of actions, "uniform", or None for optimal."""
    return None if text == OPTIMAL else parse_weights("--source", text, actions, f"{OPTIMAL}, ")


def parse_weights(
    option: str, text: str, actions: Sequence[str], other: str = ""
) -> str | list[float]:
    """Probabilities of actions in the text of an option, or "uniform"."""
    if text == UNIFORM:
        return UNIFORM
    expected = f"{other}uniform or {len(actions)} weights ({', '.join(actions)})"
    weights = [parse_number(option, weight, float, expected) for weight in text.split(",")]
    if len(weights) != len(actions) or not (min(weights) >= 0 and 0 < sum(weights) < inf):
        raise GridempError(
            f"{option} must be {expected}, each 0 or more, not '{text[:MAX_QUOTED]}'"
        )
    return [weight / sum(weights) for weight in weights]
