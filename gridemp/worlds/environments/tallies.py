"""Attributes that count steps, sum rewards or record what was done last: no part of a state.

It is checked that they do not matter: steps are repeated with other counts and rewards, and from
every record that a state was reached with.
"""

import re
from typing import Any

import numpy as np

COUNTER = re.compile(
    r"_*((num|n|current|elapsed|total|episode)_)?(step|time_?step|tick|time|t)s?"
    r"(_(count(er)?|taken))?|_*episode_length|_*steps_beyond_(done|terminated)"
)
REWARD = re.compile(r"_*(\w+_)?(reward|return)s?")  # if it is no container, as of things to collect
RECORD = re.compile(r"_*(last|prev|previous)(_\w+|action|obs|state)")
# Amounts that numbers are changed by, of different remainders by 2, 3 and 5; None makes them 0.
CHANGES = (1, 7, 1009, None)


def is_tally(name: str, value: Any) -> bool:
    """True for a counter of steps, a reward, or a record of what was done last."""
    is_reward = REWARD.fullmatch(name) and not isinstance(value, list | dict | set | np.ndarray)
    return bool(COUNTER.fullmatch(name) or RECORD.fullmatch(name) or is_reward)


def is_number(name: str, value: Any) -> bool:
    """True for a counter of steps or a reward that is a number."""
    is_kind = isinstance(value, int | float | np.integer | np.floating)
    return is_kind and not isinstance(value, bool) and not RECORD.fullmatch(name)


def changed(value: Any, change: int | None) -> Any:
    """Number of the same kind that differs by a change, which is kept small where it must be."""
    if change is None:
        return value - value
    try:
        return value + type(value)(change)
    except OverflowError:
        return value


def at_start(name: str, value: Any) -> Any:
    """Value that a tally is held at: 0 for a counter of steps, and otherwise as it is."""
    is_counter = COUNTER.fullmatch(name) and is_number(name, value)
    return changed(value, None) if is_counter else value
