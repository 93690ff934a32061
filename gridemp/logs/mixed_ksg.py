"""Mutual information of mixtures of amounts and categories, by nearest neighbours.

Points of a log often coincide: actions are categories, keys are held for whole windows, and pixels
are whole numbers. `ksg` and `frenzel_pompe` exclude this. The estimator here is `ksg` where no two
points coincide, Ross's where one side is categories and the other is amounts, and counting where
both are categories.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gridemp.arguments import check_kinds, described
from gridemp.errors import GridempError
from gridemp.information.measures import LN2
from gridemp.logs.neighbour_counts import admissible, counts_within
from gridemp.logs.points import checked_points
from gridemp.logs.scipy_extra import require_scipy
from gridemp.typing import Array, Indices, Mask

APART = 1.0  # the distance of two different categories


def mixed_ksg(
    x: ArrayLike | NDArray[Any],
    y: ArrayLike | NDArray[Any],
    z: ArrayLike | NDArray[Any] | None = None,
    k: int = 3,
    theiler: int = 0,
) -> float:
    """Estimate I(X; Y), or I(X; Y | Z), of amounts, categories and mixtures of both.

    I = psi(N) + mean(psi(m) - psi(m_x) - psi(m_y)), where psi is the digamma function and m, m_x
    and m_y are the numbers of points, itself included, that are nearer to a point than its k-th
    neighbour in x and y together: in both, in x alone and in y alone. If the k-th neighbour
    coincides with the point, they are the numbers of points that coincide with it. With `z`,
    I = mean(psi(m) - psi(m_xz) - psi(m_yz) + psi(m_z)). Two amounts are as far apart as they
    differ; two different categories are further apart than any amounts. A point of a category that
    has at most k points has all of them as neighbours.

    The estimate assumes that windows are independent. It is never more than the entropy of a
    uniform distribution of the distinct rows of x, or of y, which bounds the information. Its bias
    is that of `ksg` for amounts, and that of counting for categories: with few windows for each
    combination, the estimate is too high between categories, and too low between categories and
    amounts.

    Parameters
    ----------
    x, y, z : array_like, shapes (N, X), (N, Y), (N, Z)
        Points, one in each row. Arrays of numbers hold amounts, which should have a similar spread;
        arrays of texts or truth values hold categories.
    k : int
        Number of the nearest neighbour to use, 1 or more.
    theiler : int
        Number of points in the rows before and after each point that are neither its neighbours
        nor counted, as in `ksg`.

    Returns
    -------
    float
        Estimate in bits.

    Raises
    ------
    GridempError
        If a point has fewer than k others that may be its neighbours, or an amount is not finite.
    MissingExtra
        If SciPy is not installed.

    References
    ----------
    B. C. Ross, "Mutual information between discrete and continuous data sets", PLoS ONE 9, e87357
    (2014).

    W. Gao, S. Kannan, S. Oh and P. Viswanath, "Estimating mutual information for
    discrete-continuous mixtures", NeurIPS (2017). Their psi(k) is psi(m) here, which differs only
    if several points are at the distance of the k-th neighbour. With amounts that are rounded,
    theirs is far too high.

    O. C. Mesner and C. R. Shalizi, "Conditional mutual information estimation for mixed, discrete
    and continuous data", IEEE Trans. Inf. Theory 67, 464-484 (2021), for `z`.

    Examples
    --------
    >>> import numpy as np
    >>> rng = np.random.default_rng(0)
    >>> action = rng.choice(["left", "right"], 1000)
    >>> moved = np.where(action == "left", -5, 5) + rng.normal(size=1000)
    >>> round(mixed_ksg(action, moved), 2)  # one bit
    1.0
    """
    check_kinds(mixed_ksg, locals(), "x", "y", "z")
    arguments = {"x": x, "y": y} | ({} if z is None else {"z": z})
    parts, masks = [], []
    for name, values in arguments.items():
        part, is_category = numbers_or_codes(name, values)
        parts.append(part)
        masks.append(np.full(part.shape[1], is_category))
    points = checked_points(**dict(zip(arguments, parts, strict=True)))
    return mixed_information(*separated(points, masks), k=k, theiler=theiler)


def numbers_or_codes(name: str, values: Any) -> tuple[Array, bool]:
    """Amounts, or codes of categories, of shape (N, columns), and True if they are codes."""
    try:
        array = np.asarray(values)
    except ValueError:  # ragged
        array = np.empty(0, dtype=object)
    if array.dtype.kind not in "biufU" or array.ndim not in (1, 2):
        raise GridempError(
            f"`{name}` must be numbers, texts or truth values, with a row for each window, not "
            f"{described(values)}"
        )
    columns = array if array.ndim == 2 else array[:, None]
    if columns.dtype.kind not in "bU":
        return columns.astype(float, copy=False), False
    codes = [np.unique(column, return_inverse=True)[1] for column in columns.T]
    return np.stack(codes, axis=1).astype(float) if codes else np.zeros(columns.shape), True


def separated(parts: Sequence[Array], categories: Sequence[Mask]) -> list[Array]:
    """Points whose categories are further apart than any two amounts.

    Parameters
    ----------
    parts : sequence of ndarray, shapes (N, columns)
        Amounts, and whole numbers that stand for categories.
    categories : sequence of ndarray of bool, shapes (columns,)
        True for each column of categories.

    Returns
    -------
    list of ndarray, shapes (N, columns)
        Amounts divided by the same power of 2, so that no two of them differ by more than half of
        `APART`, and categories as they are.
    """
    amounts = [part[:, ~mask] for part, mask in zip(parts, categories, strict=True)]
    largest = max(float(np.abs(part).max(initial=0.0)) for part in amounts)
    unit = np.exp2(np.ceil(np.log2(largest)) + 2) if largest > 0 else 1.0
    return [
        np.where(mask, part * APART, part / unit)
        for part, mask in zip(parts, categories, strict=True)
    ]


def mixed_information(
    x: Array,
    y: Array,
    z: Array | None = None,
    *,
    k: int,
    theiler: int = 0,
    times: Indices | None = None,
) -> float:
    """Estimate the information in bits of points that `separated` returns, as `mixed_ksg` does.

    Points whose times differ by `theiler` or less are no neighbours; by default, the times are the
    numbers of the rows.
    """
    require_scipy()
    from scipy.special import digamma

    joint, in_x, in_y, *in_z = counts_within(
        x, y, z, k=k, theiler=theiler, times=times, farthest=APART
    )
    in_all = in_z[0] if in_z else admissible(len(x), theiler, times)
    nats = np.mean(digamma(joint) - digamma(in_x) - digamma(in_y) + digamma(in_all))
    return float(min(nats / LN2, np.log2(min(distinct_rows(x), distinct_rows(y)))))


def distinct_rows(points: Array) -> int:
    """Number of distinct rows; faster than `np.unique`."""
    ordered = points[np.lexsort(points.T)]
    return 1 + int(np.count_nonzero((ordered[1:] != ordered[:-1]).any(axis=1)))
