"""Actions that are held at each frame: keys, and the categories of a column of actions."""

from collections.abc import Sequence

import numpy as np

from gridemp.logs.categories import sorted_labels, truths
from gridemp.logs.columns import Columns
from gridemp.typing import Mask

NO_KEY = "none"  # the action of holding no key


def held_actions(log: Columns, keys: Sequence[str]) -> tuple[tuple[str, ...], Mask]:
    """Names of actions, and the frames at which each is held.

    A column of numbers, or of the texts True and False, is a key; it is held where it is neither 0
    nor False. Another column of texts has an action for each of them. If there are keys, the last
    action is to hold none.

    Returns
    -------
    names : tuple of str
        Names of K actions.
    held : ndarray of bool, shape (R, K)
        True where an action is held.
    """
    names: list[str] = []
    held: list[Mask] = []
    pressed: list[Mask] = []
    for key in keys:
        is_pressed = log.numbers[key] != 0 if key in log.numbers else truths(log.labels[key])
        if is_pressed is not None:
            names.append(key)
            pressed.append(is_pressed)
            held.append(is_pressed)
            continue
        texts, codes = sorted_labels(log.labels[key])
        names += [f"{key}={text}" for text in texts]
        held += [codes == code for code in range(len(texts))]
    if pressed:
        names.append(NO_KEY)
        held.append(~np.any(pressed, axis=0))
    return tuple(names), np.column_stack(held)
