"""Persistence of actions, effects and what they share: the likeness of successive windows."""

import numpy as np

from gridemp.typing import Array, Mask


def persistence(columns: Array) -> float:
    """Largest correlation of a column with itself one window later."""
    columns = columns[:, np.ptp(columns, axis=0) > 0]
    if not columns.size:
        return 0.0
    centred = columns - columns.mean(axis=0)
    return float(np.max((centred[1:] * centred[:-1]).sum(axis=0) / (centred**2).sum(axis=0)))


def amounts(columns: Array, categories: Mask) -> Array:
    """Columns of amounts, with a column of 0 and 1 for each category in place of its numbers."""
    indicators = [column[:, None] == np.unique(column) for column in columns[:, categories].T]
    return np.hstack([columns[:, ~categories], *indicators]).astype(float)
