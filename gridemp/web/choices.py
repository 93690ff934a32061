"""Values of the settings that have a fixed list of them."""

from typing import Literal, get_args

SlipKind = Literal["uniform", "perpendicular"]
Moves = Literal["nesw", "king", "turn"]
Torus = Literal["", "x", "y", "xy"]
Sensor = Literal["state", "position", "row", "column", "walls"]
Numbers = Literal["bits", "outcomes"]
Policy = Literal["greedy", "plan"]

CHOICES: dict[str, tuple[str, ...]] = {
    "slip_kind": get_args(SlipKind),
    "moves": get_args(Moves),
    "torus": get_args(Torus),
    "sensor": get_args(Sensor),
    "numbers": get_args(Numbers),
    "policy": get_args(Policy),
}
