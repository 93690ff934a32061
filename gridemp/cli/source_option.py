"""Source distribution over single actions, as typed."""

from collections.abc import Sequence
from math import inf

from gridemp.cli.parse import MAX_QUOTED, parse_number
from gridemp.errors import GridempError

OPTIMAL = "optimal"
UNIFORM = "uniform"


def parse_source(text: str, actions: Sequence[str]) -> str | list[float] | None:
    """Source in the text of --source: probabilities of actions, "uniform", or None for optimal."""
    if text == OPTIMAL:
        return None
    if text == UNIFORM:
        return UNIFORM
    expected = f"optimal, uniform or {len(actions)} weights ({', '.join(actions)})"
    weights = [parse_number("--source", weight, float, expected) for weight in text.split(",")]
    if len(weights) != len(actions) or not (min(weights) >= 0 and 0 < sum(weights) < inf):
        raise GridempError(
            f"--source must be {expected}, each 0 or more, not '{text[:MAX_QUOTED]}'"
        )
    return [weight / sum(weights) for weight in weights]
