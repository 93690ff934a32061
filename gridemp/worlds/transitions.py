"""Tables of transition probabilities P[s, a, s'], dense or sparse, as padded arrays."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from gridemp.errors import GridempError
from gridemp.typing import Array, Indices

SUM_TOLERANCE = 1e-9
ROUNDING = 1e-12

Entries = tuple[Indices, Indices, Indices, Array]  # s, a, s', P[s, a, s']


def table(transitions: Any) -> tuple[tuple[int, int, int], Entries]:
    """Shape and nonzero entries of a table of transition probabilities.

    Parameters
    ----------
    transitions : array_like, sparse array, or sequence of sparse matrices
        P[s, a, s'], shape (S, A, S); or one matrix of shape (S, S) per action.

    Returns
    -------
    shape : (S, A, S)
    entries : tuple of ndarray, shape (N,)
        s, a, s' and P[s, a, s'] of the N entries.

    Raises
    ------
    GridempError
        If the table has another shape or does not hold numbers.
    """
    if isinstance(transitions, (list, tuple)) and _is_sparse((*transitions, 0)[0]):
        matrices = [
            matrix.tocoo() if hasattr(matrix, "tocoo") else matrix for matrix in transitions
        ]
        square = (matrices[0].shape[0],) * 2
        for a, matrix in enumerate(matrices):
            if matrix.shape != square or 0 in square:
                raise GridempError(
                    f"the matrix of action {a} has shape {matrix.shape}; all must be (S, S), "
                    f"and the first has {square[0]} rows"
                )
        shape = (matrices[0].shape[0], len(matrices), matrices[0].shape[0])
        action = np.repeat(np.arange(len(matrices)), [matrix.nnz for matrix in matrices])
        entries = [_places(matrix) for matrix in matrices]
        state, target = (np.concatenate(axis) for axis in zip(*entries, strict=True))
        values = np.concatenate([matrix.data for matrix in matrices])
        return shape, (state.astype(np.intp), action, target.astype(np.intp), values.astype(float))
    if hasattr(transitions, "coords") and hasattr(transitions, "data"):
        shape = transitions.shape
        places, values = tuple(transitions.coords), transitions.data
    else:
        try:
            dense = np.asarray(transitions)
        except ValueError:  # ragged
            dense = np.asarray(transitions, dtype=object)
        if dense.dtype.kind not in "biuf" or dense.ndim == 0:
            raise GridempError(
                "transitions must be an array of numbers P[s, a, s'], or a list with a sparse "
                "matrix for each action"
            )
        shape, places = dense.shape, np.nonzero(dense)
        values = dense[places]
    if len(shape) != 3 or shape[0] != shape[2] or 0 in shape:
        raise GridempError(f"transitions must have the shape (S, A, S), not {tuple(shape)}")
    state, action, target = (np.asarray(axis, dtype=np.intp) for axis in places)
    return shape, (state, action, target, np.asarray(values, dtype=float))


def _is_sparse(matrix: Any) -> bool:
    """Return whether this is a sparse matrix, of SciPy or of PyData's `sparse`."""
    return hasattr(matrix, "nnz") and (hasattr(matrix, "tocoo") or hasattr(matrix, "coords"))


def _places(matrix: Any) -> tuple[Indices, Indices]:
    """Return the rows and the columns of the entries of a sparse matrix in coordinate form."""
    row, column = (matrix.row, matrix.col) if hasattr(matrix, "row") else matrix.coords
    return row, column


def padded(
    states: int, actions: int, state: Indices, action: Indices, target: Indices, values: Array
) -> tuple[NDArray[np.int32], Array]:
    """Successors and probabilities of a table, both of shape (S, A, K).

    Probabilities of equal successors are added up. Where an action has fewer than K successors, the
    first one is repeated with probability 0.
    """
    code, same = np.unique((state * actions + action) * states + target, return_inverse=True)
    sums = np.bincount(same, values, minlength=len(code))
    code, sums = code[sums != 0], sums[sums != 0]
    row, target = np.divmod(code, states)
    counts = np.bincount(row, minlength=states * actions)
    place = np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)
    shape = (states * actions, max(1, int(counts.max(initial=0))))
    first = np.arange(states * actions) // actions  # the state itself where there is no entry
    first[row[place == 0]] = target[place == 0]
    successors = np.repeat(first.astype(np.int32)[:, None], shape[1], axis=1)
    probabilities = np.zeros(shape)
    successors[row, place] = target
    probabilities[row, place] = sums
    return (
        successors.reshape(states, actions, -1),
        probabilities.reshape(states, actions, -1),
    )


def normalised(probabilities: Array, actions: tuple[str, ...]) -> Array:
    """Probabilities of shape (S, A, K), divided by their sums where rounding makes it necessary.

    Raises
    ------
    GridempError
        If the probabilities of some state and action are not a distribution; the message names
        both.
    """
    sums = probabilities.sum(axis=2)
    negative = np.any(probabilities < 0, axis=2)
    wrong = negative | ~(abs(sums - 1) <= SUM_TOLERANCE)  # so that NaN is wrong too
    if wrong.any():
        state, action = np.argwhere(wrong)[0].tolist()
        what = f"sum to {sums[state, action]:.12g}, not 1"
        if negative[state, action]:
            what = "hold a negative number"
        raise GridempError(
            f"the probabilities of action {actions[action]!r} in state {state} {what}; "
            "make them a distribution over next states"
        )
    if abs(sums - 1).max() <= ROUNDING:
        return probabilities
    return np.asarray(probabilities / sums[:, :, None])


def once(array: NDArray[Any]) -> NDArray[Any]:
    """Array of shape (S, A, K) without the copies of broadcast states and actions."""
    return array[tuple(slice(None) if stride else slice(1) for stride in array.strides[:2])]


def check_shapes(
    successors: NDArray[np.integer], probabilities: Array, actions: tuple[str, ...], states: int
) -> None:
    """Raise a GridempError unless both have shape (S, A, K) and, if K is 1, probabilities are 1."""
    count = len(actions)
    if successors.ndim != 3 or successors.shape[:2] != (states, count):
        raise GridempError(
            f"successors has shape {successors.shape}; {states} states in `cell` and "
            f"{count} actions need ({states}, {count}, K)"
        )
    if probabilities.shape != successors.shape:
        raise GridempError(
            f"probabilities has shape {probabilities.shape}; it must be that of "
            f"successors, {successors.shape}"
        )
    if successors.shape[2] == 1:
        normalised(once(probabilities), actions)


def check_length(field: str, values: NDArray[Any] | None, states: int) -> None:
    """Raise a GridempError if a field is given and does not have one value for each state."""
    if values is not None and values.shape != (states,):
        raise GridempError(f"{field} must have shape ({states},), not {values.shape}")


def check_indices(field: str, indices: NDArray[np.integer] | None, count: int, what: str) -> None:
    """Raise a GridempError if a field is given and does not hold indices from 0 to `count` - 1."""
    if indices is None:
        return
    if indices.dtype.kind not in "iu":
        raise GridempError(f"{field} must hold whole numbers, not {indices.dtype}")
    if (
        indices.size == 0
        or (field == "starts" and indices.ndim != 1)
        or indices.min() < 0
        or indices.max() >= count
    ):
        raise GridempError(f"{field} must hold numbers of {what}, from 0 to {count - 1}")
