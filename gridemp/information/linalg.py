"""Matrix products and linear systems with the same result on any number of threads.

OpenBLAS spreads a matrix product over threads if it has more than 2^18 multiplications, a product
with a vector if it has more than 9216, and a linear system if it has about a hundred equations or
more. The last bits of the result then depend on the number of threads, and the work is very slow
while the cores are busy. The functions here split the work into smaller pieces, which stay on the
calling thread.
"""

import math

import numpy as np

from gridemp.typing import Array

# Largest sizes that stay on one thread.
MAX_MULTIPLICATIONS = 2**18
MAX_VECTOR_MULTIPLICATIONS = 9216
MAX_EQUATIONS = 80

MIN_HEIGHT = 16  # rows of a tile as wide as the result; with fewer, tiles are square


def product(left: Array, right: Array, out: Array | None = None) -> Array:
    """Matrix product of shapes (M, K) and (K, N), stored in `out` of shape (M, N) if given."""
    (rows, inner), columns = left.shape, right.shape[1]
    result = np.empty((rows, columns)) if out is None else out
    height = MAX_MULTIPLICATIONS // max(1, inner * columns)
    if height < MIN_HEIGHT:
        height = max(1, math.isqrt(MAX_MULTIPLICATIONS // max(1, inner)))
    height = max(1, min(rows, height))
    limit = MAX_MULTIPLICATIONS if rows > 1 else MAX_VECTOR_MULTIPLICATIONS
    width = max(1, limit // (max(1, inner) * height))
    for top in range(0, rows, height):
        tile = left[top : top + height]
        for start in range(0, columns, width):
            np.matmul(
                tile,
                right[:, start : start + width],
                out=result[top : top + height, start : start + width],
            )
    return result


def solution(matrix: Array, sides: Array) -> Array:
    """Solution x of matrix @ x = sides, for an (N, N) matrix and (N, R) sides.

    The matrix must be positive definite, or diagonally dominant by rows or columns. A large
    system is split in half: the Schur complement of the first half gives the last unknowns, from
    which the first follow.
    """
    if len(matrix) <= MAX_EQUATIONS:
        return np.asarray(np.linalg.solve(matrix, sides), dtype=np.float64)
    half = len(matrix) // 2
    rest = len(matrix) - half
    below = matrix[half:, :half]
    first = solution(matrix[:half, :half], np.hstack([matrix[:half, half:], sides[:half]]))
    complement = matrix[half:, half:] - product(below, first[:, :rest])
    last = solution(complement, sides[half:] - product(below, first[:, rest:]))
    return np.vstack([first[:, rest:] - product(first[:, :rest], last), last])
