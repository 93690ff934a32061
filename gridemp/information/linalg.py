"""Matrix products and solutions that give the same bits on any number of threads.

OpenBLAS spreads over threads a product of more than 2^18 multiplications, one with a vector of more
than 9216, and a system of about a hundred equations. How it is then cut, and so the last bit of the
result, depends on their number, and it crawls when other work has the cores. In smaller pieces it
stays on the thread that asks.
"""

import math

import numpy as np

from gridemp.typing import Array

SMALL = 2**18
SMALL_FOR_VECTOR = 9216
SMALL_SYSTEM = 80


def product(left: Array, right: Array, out: Array | None = None) -> Array:
    """Left @ right for shapes (M, K) and (K, N), into `out` of shape (M, N) if given."""
    (rows, inner), columns = left.shape, right.shape[1]
    result = np.empty((rows, columns)) if out is None else out
    tall = max(1, min(rows, math.isqrt(SMALL // max(1, inner))))
    small = SMALL if rows > 1 else SMALL_FOR_VECTOR
    wide = max(1, small // (max(1, inner) * tall))
    for top in range(0, rows, tall):
        part = left[top : top + tall]
        for start in range(0, columns, wide):
            np.matmul(
                part,
                right[:, start : start + wide],
                out=result[top : top + tall, start : start + wide],
            )
    return result


def solution(matrix: Array, sides: Array) -> Array:
    """X with matrix @ x = sides, for a positive definite (N, N) matrix and (N, R) sides.

    A larger system is halved: its Schur complement gives the last unknowns, they the first.
    """
    if len(matrix) <= SMALL_SYSTEM:
        return np.asarray(np.linalg.solve(matrix, sides), dtype=np.float64)
    half = len(matrix) // 2
    rest = len(matrix) - half
    below = matrix[half:, :half]
    first = solution(matrix[:half, :half], np.hstack([matrix[:half, half:], sides[:half]]))
    complement = matrix[half:, half:] - product(below, first[:, :rest])
    last = solution(complement, sides[half:] - product(below, first[:, rest:]))
    return np.vstack([first[:, rest:] - product(first[:, :rest], last), last])
