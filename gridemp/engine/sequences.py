"""The channel of all action sequences of a window, whose rows are never written down.

A sequence is a prefix of h actions and a suffix of the other m = n - h. Only the rows of prefixes
are kept, the distributions v after h steps, equal ones once. The row of a sequence is
p = v T_1 ... T_m for the transition matrices T_j of its suffix, and what is asked of all rows is

    D(p || q) = sum_y p(y) ln p(y)  +  v (T_1 ... T_m u),   u = -ln q.

The first term does not depend on q; `entropies` finds it once. The second is linear in u: what
stands in brackets is built backwards for all suffixes, and one matrix product pairs it with all
prefixes. Merging prefixes moves a probability by 2e-15 at most, the rounding of a few operations.
"""

import numpy as np

from gridemp.engine.channel import Window, transition_matrices
from gridemp.engine.row_entropies import row_negentropies
from gridemp.information.linalg import product
from gridemp.progress import Progress, ignore
from gridemp.typing import Array, Indices

SEQUENCE_BYTES = 33  # what one sequence takes, as measured, while the capacity is found
PREFIXES_PER_SUFFIX = 30  # a walk through a suffix only pays for many prefixes at once
GRID = 2.0**48  # prefix rows that agree to 4e-15 in every entry are one


class Sequences:
    """All action sequences of a window, as `active_set.solve` wants them.

    Sequence i has the prefix i % P and the suffix i // P, whose lowest digit is its first action.

    Attributes
    ----------
    prefixes : ndarray, shape (P, B)
        The distinct distributions after h steps, over the states possible then.
    steps : list of ndarray, shape (A, B, C)
        For each of the m other steps, P(state after | state before, action); the last one leads to
        sensor readings.
    negentropy : ndarray, shape (A**m * P,)
        sum_y p(y) ln p(y) of each row, in nats.
    peaks : ndarray of int, shape (Y,)
        For each reading, a sequence that makes it as likely as any does.
    readings : ndarray of int, shape (Y,)
        The columns, as numbers of the window's `labels`.
    """

    def __init__(self, window: Window, progress: Progress | None = None) -> None:
        progress = progress or ignore
        self.steps, self.readings = _steps(window)
        self.prefixes = np.ones((1, 1))
        while len(self.steps) > 1 and (
            len(self.prefixes) < PREFIXES_PER_SUFFIX * len(self.steps[0]) ** (len(self.steps) - 1)
        ):
            step = self.steps.pop(0)
            grown = [product(self.prefixes, matrix) for matrix in step]
            self.prefixes = distinct(np.concatenate(grown))
        self.negentropy, self.peaks = row_negentropies(self.prefixes, self.steps, progress)

    def divergences(self, q: Array) -> Array:
        """D(p || q) of each row, shape (M,), in nats."""
        pairing = -np.log(q)[None]
        for step in reversed(self.steps):
            actions, before, after = step.shape
            backwards = step.transpose(2, 0, 1).reshape(after, actions * before)
            pairing = product(pairing, backwards).reshape(-1, before)
        divergences = product(pairing, self.prefixes.T).ravel()
        divergences += self.negentropy
        return np.asarray(divergences)

    def rows(self, sequences: Indices) -> Array:
        """p(y | sequence) of some sequences, shape (len(sequences), Y)."""
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
    """What the prefixes, if there are any, weigh by their actions: shape (P, A).

    The sum over the prefixes that were merged into one, and by first action, of the products of
    their weights; with weights of 1, how many there are. They are grown and merged once more.
    """
    ways, prefixes = np.diag(weights), np.ones((1, 1))
    for k, step in enumerate(_steps(window)[0][: window.horizon - len(sequences.steps)]):
        grown = np.concatenate([product(prefixes, matrix) for matrix in step])
        number: dict[bytes, int] = {}
        merged = [number.setdefault(row.tobytes(), len(number)) for row in np.rint(grown * GRID)]
        longer = np.zeros((len(number), len(weights)))
        np.add.at(longer, merged, ways if k == 0 else np.concatenate([w * ways for w in weights]))
        ways, prefixes = longer, distinct(grown)
    return ways


def _steps(window: Window) -> tuple[list[Array], Indices]:
    """The transition matrices between the states possible before and after each step.

    The last ones lead to readings, which are returned too.
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
    """Equal rows once."""
    by_value = {row.tobytes(): i for i, row in enumerate(np.rint(rows * GRID))}
    return rows[list(by_value.values())]
