"""Checks of the fields of a world, and of the names of its states."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gridemp.errors import GridempError
from gridemp.worlds.moves import HEADINGS
from gridemp.worlds.transitions import check_indices, check_length, check_shapes, once

ARRAYS = ("successors", "probabilities", "sensor", "cell", "starts", "heading", "boxes", "things")


def checked_arrays(fields: Mapping[str, Any]) -> dict[str, NDArray[Any]]:
    """Fields of a `World` that are arrays, by name, made from array-likes.

    Raises
    ------
    GridempError
        If the shape of a field or a number in it does not fit the others; it names the field.
    """
    arrays = {name: np.asarray(fields[name]) for name in ARRAYS if fields[name] is not None}
    states = arrays["cell"].size
    check_shapes(arrays["successors"], arrays["probabilities"], fields["actions"], states)
    for name in ("sensor", "cell", "heading"):
        check_length(name, arrays.get(name), states)
    if fields["names"]:
        check_length("names", np.array(fields["names"]), states)
    check_indices("successors", once(arrays["successors"]), states, "states")
    check_indices("cell", arrays["cell"], int(fields["maze"].floor.sum()), "floor cells")
    check_indices("starts", arrays.get("starts"), states, "states")
    check_indices("heading", arrays.get("heading"), len(HEADINGS), "headings")
    return arrays


def number_of_name(names: tuple[str, ...], name: str) -> int:
    """Number of the state of a name; raise a GridempError if there is none."""
    if name not in names:
        near = get_close_matches(name, names, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"the first is {names[0]!r}"
        raise GridempError(f"there is no state {name!r} in this world; {hint}")
    return names.index(name)
