"""Channels of known capacity, arrays that are not channels, and how results are checked."""

import numpy as np


def binary_entropy(p):
    return float(-p * np.log2(p) - (1 - p) * np.log2(1 - p))


CLOSED_FORMS = {
    "BSC(0.1)": ([[0.9, 0.1], [0.1, 0.9]], 1 - binary_entropy(0.1)),
    "BEC(0.3)": ([[0.7, 0.3, 0], [0, 0.3, 0.7]], 0.7),
    "Z(0.5)": ([[1, 0], [0.5, 0.5]], np.log2(1.25)),
    "typewriter": ((np.eye(5) + np.roll(np.eye(5), 1, axis=1)) / 2, np.log2(2.5)),
    "identity": (np.eye(7), np.log2(7)),
    "repeated rows": (np.eye(3)[[0, 0, 1, 2, 2, 2]], np.log2(3)),
    "zero column": ([[0.9, 0, 0.1], [0.1, 0, 0.9]], 1 - binary_entropy(0.1)),
    "one row": ([[0.2, 0.3, 0.5]], 0),
    "one column": ([[1], [1], [1]], 0),
    "equal rows": ([[0.2, 0.8]] * 4, 0),
    "rows that miss 1 a little": (np.eye(4) * (1 + 9e-10), 2),
    "tiny entries": ([[1, 1e-300], [1e-300, 1]], 1),
}

NOT_CHANNELS = [
    ([[0.5, 0.5], [0.5, 0.4]], "row 1 of the channel sums to 0.9, not 1"),
    ([[0.5, 0.5], [1.5, -0.5]], "row 1 of the channel holds a negative"),
    ([[np.nan, 1], [0.5, 0.5]], "row 0 of the channel holds a negative, infinite or NaN"),
    ([0.5, 0.5], r"this one has shape \(2,\)"),
    (np.zeros((0, 3)), r"this one has shape \(0, 3\)"),
    ([[1.0], [0.5, 0.5]], "rows of the same length"),
    ([["a"]], "2-D array of numbers"),
]


def assert_certifies(capacity, truth, tol):
    """Raise unless the interval holds the truth, up to rounding, and is as narrow as `tol`."""
    np.testing.assert_array_less(capacity.lower, truth + 1e-12)
    np.testing.assert_array_less(truth - 1e-12, capacity.upper)
    np.testing.assert_array_less(capacity.upper - capacity.lower, tol * (1 + 1e-12))
    np.testing.assert_equal(capacity.converged, True)


def assert_same_rows(some, others):
    """Raise unless both have the same set of rows, up to rounding, order and repetition."""
    for one, other in ((some, others), (others, some)):
        for row in one:
            nearest = abs(other - row).max(axis=1).min()
            np.testing.assert_array_less(nearest, 1e-13)
