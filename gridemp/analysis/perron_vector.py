"""Perron vector of a graph: the positive eigenvector of its adjacency matrix.

It is unique up to its length if all nodes can reach each other. Arnoldi's method with restarts (W.
E. Arnoldi, Quarterly of Applied Mathematics 9, 1951) finds it, and a power iteration refines it.
"""

import numpy as np

from gridemp.errors import GridempError
from gridemp.typing import Array, Indices

BASIS = 60  # vectors of a Krylov space
MAX_RESTARTS = 500
RESIDUAL = 1e-13  # relative to the eigenvalue
MAX_POLISHING_ROUNDS = 5000  # with BASIS steps each
POLISHED = 1e-13  # a component has converged if a round changes it by at most this share


def perron_vector(neighbours: Indices) -> Array:
    """Compute the Perron vector of a strongly connected graph.

    Parameters
    ----------
    neighbours : ndarray of int, shape (S, D)
        Nodes to which edges lead from each node, padded with S.

    Returns
    -------
    ndarray, shape (S,)
        Perron vector, of length 1 and without negative components.

    Raises
    ------
    GridempError
        If the iteration does not converge.
    """
    size = len(neighbours)
    vector = np.full(size, size**-0.5)
    for _ in range(MAX_RESTARTS):
        vector, value, residual = _arnoldi(neighbours, vector)
        if residual <= RESIDUAL * value:
            return _polished(neighbours, np.abs(vector))
    raise GridempError(
        f"the eigenvector did not converge in {MAX_RESTARTS * BASIS:,} steps (its residual is "
        f"{residual:.1g}); use closeness or another measure"
    )


def _polished(neighbours: Indices, vector: Array) -> Array:
    """Refine a Perron vector by power iteration, until its small components are precise as well.

    The power iteration of a non-negative matrix only adds positive numbers, so no component loses
    digits to cancellation.
    """
    for _ in range(MAX_POLISHING_ROUNDS):
        before = vector
        for _ in range(BASIS):
            vector = vector + _adjacent(neighbours, vector)
            vector /= np.linalg.norm(vector)
        if (np.abs(vector - before) <= POLISHED * vector).all():
            return vector
    raise GridempError(
        "the small components of the eigenvector did not converge; use closeness or another measure"
    )


def _adjacent(neighbours: Indices, vector: Array) -> Array:
    """Product of the adjacency matrix and a vector."""
    return np.asarray(np.append(vector, 0.0)[neighbours].sum(axis=1))


def _arnoldi(neighbours: Indices, start: Array) -> tuple[Array, float, float]:
    """Ritz vector of the largest eigenvalue in a Krylov space, the eigenvalue, and the residual."""
    size = min(BASIS, len(start))
    basis, image = np.zeros((size, len(start))), np.zeros((size, len(start)))
    onward = start
    for k in range(size):
        for _ in range(2):  # a second time, against rounding
            onward = onward - basis[:k].T @ (basis[:k] @ onward)
        length = np.linalg.norm(onward)
        if length < RESIDUAL * max(1.0, float(np.abs(image).max())):
            basis, image = basis[:k], image[:k]
            break
        basis[k] = onward / length
        image[k] = onward = _adjacent(neighbours, basis[k])
    values, vectors = np.linalg.eig(basis @ image.T)
    best = int(values.real.argmax())
    vector = basis.T @ vectors[:, best].real
    vector *= np.sign(vector.sum()) / np.linalg.norm(vector)
    image_of = _adjacent(neighbours, vector)
    value = float(vector @ image_of)
    return vector, value, float(np.linalg.norm(image_of - value * vector))
