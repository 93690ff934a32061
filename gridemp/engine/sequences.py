"""Channel of all action sequences of a window, without its matrix of rows.

A sequence is a prefix of h actions and a suffix of the other m = n - h. Only the distinct rows of
prefixes, which are the distributions v after h steps, are kept. The row of a sequence is
p = v T_1 ... T_m for the transition matrices T_j of its suffix, and a solver needs, for all rows,

    D(p || q) = sum_y p(y) ln p(y)  +  v (T_1 ... T_m u),   u = -ln q.

The first term does not depend on q; `row_entropies` computes it once. The second is linear in u:
the product in brackets is built backwards for all suffixes, and one matrix product pairs it with
all prefixes. Merging prefixes changes a probability by 2e-15 at most, which is the rounding error
of a few operations.
"""

from collections.abc import Iterator

import numpy as np

from gridemp.engine.channel import PROBABILITY_GRID, Window, transition_matrices
from gridemp.engine.row_entropies import row_negentropies
from gridemp.information.linalg import product
from gridemp.progress import Progress
from gridemp.typing import Array, Indices

SEQUENCE_BYTES = 33  # of memory for each sequence, measured while capacities are solved
PREFIXES_PER_SUFFIX = 30  # a pass through a suffix only pays off for many prefixes at once


class Sequences:
    """All action sequences of a window, as the rows of a channel for `active_set.solve`.

    Sequence i has the prefix i % P and the suffix i // P; the lowest digit of the suffix in base A
    is its first action.

    Parameters
    ----------
    window : Window
        Window with n steps and A actions.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Attributes
    ----------
    prefixes : ndarray, shape (P, B)
        Distinct distributions after h steps, over the states possible then.
    steps : list of m ndarrays, shape (A, B, C)
        P(state after | state before, action) in each of the later steps; the last one leads to
        sensor readings.
    negentropy : ndarray, shape (A**m * P,)
        sum_y p(y) ln p(y) of each row, in nats.
    peaks : ndarray of int, shape (Y,)
        For each reading, a sequence that gives it the highest probability.
    readings : ndarray of int, shape (Y,)
        Sensor reading of each column, as an index into the window's `labels`.
    """

    def __init__(self, window: Window, progress: Progress | None = None) -> None:
        self.steps, self.readings = step_matrices(window)
        self.prefixes = np.ones((1, 1))
        while len(self.steps) > 1 and (
            len(self.prefixes) < PREFIXES_PER_SUFFIX * len(self.steps[0]) ** (len(self.steps) - 1)
        ):
            step = self.steps.pop(0)
            grown = [product(self.prefixes, matrix) for matrix in step]
            self.prefixes = distinct(np.concatenate(grown))
        self.negentropy, self.peaks = row_negentropies(self.prefixes, self.steps, progress)

    def divergences(self, q: Array) -> Array:
        """Return D(p || q) of each row, in nats: shape (A**m * P,)."""
        pairing = -np.log(q)[None]
        for step in reversed(self.steps):
            actions, before, after = step.shape
            backwards = step.transpose(2, 0, 1).reshape(after, actions * before)
            pairing = product(pairing, backwards).reshape(-1, before)
        divergences = product(pairing, self.prefixes.T).ravel()
        divergences += self.negentropy
        return np.asarray(divergences)

    def rows(self, sequences: Indices) -> Array:
        """Return p(y | sequence) of some sequences: shape (len(sequences), Y)."""
        suffix, prefix = np.divmod(sequences, len(self.prefixes))
        rows = self.prefixes[prefix]
        for step in self.steps:
            suffix, action = np.divmod(suffix, len(step))
            grown = np.empty((len(rows), step.shape[2]))
            for a, matrix in enumerate(step):
                grown[action == a] = product(rows[action == a], matrix)
            rows = grown
        return rows


def prefix_weights(window: Window, sequences: Sequences, weights: Array) -> Array:
    """Add up the weights of the prefixes of `sequences` by their first action.

    The weight of a prefix is the product of the weights of its actions; weights of 1 count the
    prefixes that were merged into one. The prefixes are built and merged again for this.

    Parameters
    ----------
    window : Window
        Window that the sequences were made from.
    sequences : Sequences
        All action sequences of the window, with P prefixes.
    weights : ndarray, shape (A,)
        Weight of each action.

    Returns
    -------
    ndarray, shape (P, A)
        Sum of the weights of the prefixes that were merged into one, by their first action. If the
        sequences are single actions, without a prefix, it is the diagonal matrix of the weights.
    """
    ways = np.diag(weights)
    for k, (merged, count) in enumerate(_merged(window, sequences)):
        longer = np.zeros((count, len(weights)))
        np.add.at(longer, merged, ways if k == 0 else np.concatenate([w * ways for w in weights]))
        ways = longer
    return ways


def first_of_sequences(window: Window, sequences: Sequences, chosen: Indices) -> Indices:
    """Return the actions of the first of some sequences, in the order of the actions.

    Parameters
    ----------
    window : Window
        Window of n steps that the sequences were made from.
    sequences : Sequences
        All action sequences of the window.
    chosen : ndarray of int
        The sequences to choose from; each stands for all that were merged with it.

    Returns
    -------
    ndarray of int, shape (n,)
        Actions of the sequence whose first action comes first, and so on.
    """
    actions, first = len(sequences.steps[0]), np.zeros(1, dtype=np.int64)
    for merged, count in _merged(window, sequences):
        grown = np.concatenate([first * actions + action for action in range(actions)])
        first = np.full(count, np.iinfo(np.int64).max)
        np.minimum.at(first, merged, grown)
    suffix, prefix = np.divmod(chosen, len(first))
    number = first[prefix]
    for _ in sequences.steps:
        suffix, action = np.divmod(suffix, actions)
        number = number * actions + action
    digits = np.unravel_index(int(number.min()), (actions,) * window.horizon)
    return np.array(digits, dtype=np.intp)


def _merged(window: Window, sequences: Sequences) -> Iterator[tuple[Indices, int]]:
    """Build the prefixes of `sequences` again, and yield how each step merges them.

    Yields
    ------
    merged : ndarray of int, shape (A * P,)
        Number of the new prefix for each action and, within it, each old prefix.
    count : int
        Number of new prefixes.
    """
    prefixes = np.ones((1, 1))
    for step in step_matrices(window)[0][: window.horizon - len(sequences.steps)]:
        grown = np.concatenate([product(prefixes, matrix) for matrix in step])
        number: dict[bytes, int] = {}
        rounded = np.rint(grown * PROBABILITY_GRID)
        merged = [number.setdefault(row.tobytes(), len(number)) for row in rounded]
        yield np.array(merged, dtype=np.intp), len(number)
        prefixes = distinct(grown)


def step_matrices(window: Window) -> tuple[list[Array], Indices]:
    """Return the transition matrices between the states possible before and after each step.

    Returns
    -------
    steps : list of n ndarrays, shape (A, B, C)
        Transition matrices; the last ones lead to sensor readings.
    readings : ndarray of int, shape (Y,)
        Sensor readings that are possible, as indices into the window's `labels`.
    """
    step = transition_matrices(window)
    possible = np.zeros(1, dtype=np.intp)
    steps: list[Array] = []
    for _ in range(window.horizon):
        leaving = step[:, possible]
        following = np.flatnonzero(leaving.any(axis=(0, 1)))
        if steps and np.array_equal(following, possible):
            steps += [leaving[:, :, following]] * (window.horizon - len(steps))
            break
        steps.append(leaving[:, :, following])
        possible = following
    readings, column = np.unique(window.reading[possible], return_inverse=True)
    steps[-1] = steps[-1] @ np.eye(len(readings))[column]
    return steps, readings


def distinct(rows: Array) -> Array:
    """Return the distinct rows; rows that agree up to `PROBABILITY_GRID` count as equal."""
    by_value = {row.tobytes(): i for i, row in enumerate(np.rint(rows * PROBABILITY_GRID))}
    return rows[list(by_value.values())]
