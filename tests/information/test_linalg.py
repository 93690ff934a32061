import numpy as np
import pytest

from gridemp.information.linalg import product, solution


@pytest.mark.parametrize(
    "shape", [(1, 1, 1), (1, 300, 500), (400, 90, 1), (700, 60, 900), (3, 0, 2)]
)
def test_tiles_make_the_whole_product(shape):
    rows, inner, columns = shape
    rng = np.random.default_rng(0)
    left, right = rng.random((rows, inner)), rng.random((inner, columns))
    truth = np.einsum("ik,kj->ij", left, right)
    np.testing.assert_allclose(product(left, right), truth, rtol=1e-12)
    out = np.empty((columns, rows)).T
    assert product(left, right, out) is out
    np.testing.assert_allclose(out, truth, rtol=1e-12)


@pytest.mark.parametrize("count", [1, 80, 81, 333])
def test_halves_make_the_whole_solution(count):
    rng = np.random.default_rng(0)
    factor = rng.random((count, count))
    matrix = factor @ factor.T + np.eye(count)
    truth = rng.random((count, 2))
    np.testing.assert_allclose(solution(matrix, matrix @ truth), truth, rtol=1e-6)
