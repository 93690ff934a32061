"""Standard error of an estimate, from estimates of halves of the windows, and its interval."""

from collections.abc import Sequence
from itertools import combinations
from math import comb

import numpy as np

from gridemp.logs.persistence import amounts, persistence
from gridemp.logs.resampling import Estimate, columns_of_regression, orthonormal_basis, without
from gridemp.logs.scipy_extra import require_scipy
from gridemp.progress import Progress, ignore
from gridemp.typing import Array, Mask

STRETCHES = 8  # of a trial, of which each half has four
HALVES = comb(STRETCHES, STRETCHES // 2)
CONFIDENCE = 0.95


def interval(
    bits: float,
    estimate: Estimate,
    points: tuple[Array, Array, Array | None],
    categories: Sequence[Mask] = (),
    progress: Progress | None = None,
    *,
    with_times: bool = False,
) -> tuple[float, float]:
    """Ends of the 95 % interval of an estimate, by Student's t distribution.

    Its degrees of freedom are one less than the number of stretches behind the standard error. The
    other parameters are those of `standard_error`.
    """
    require_scipy()
    from scipy.special import stdtrit

    error = standard_error(estimate, points, categories, progress, with_times=with_times)
    half = float(stdtrit(STRETCHES - 1, (1 + CONFIDENCE) / 2)) * error
    return bits - half, bits + half


def standard_error(
    estimate: Estimate,
    points: tuple[Array, Array, Array | None],
    categories: Sequence[Mask] = (),
    progress: Progress | None = None,
    *,
    with_times: bool = False,
) -> float:
    """Return the standard error of an estimate, from the spread of estimates of halves.

    This is the delete-d jackknife with d of about N / 2 [1]_: as the variance of an estimate is
    about inversely proportional to the number of windows, the variance of estimates from m of N
    windows times m / (N - m) is that of the estimate from all. Each half consists of four of eight
    long stretches, as successive windows are alike, and each choice of four is used once. No window
    occurs twice, unlike in a bootstrap, where copies would be neighbours at distance 0. The bias of
    the estimator is not included.

    Stretches that follow each other are a little alike, too, which `likeness_of_stretches` makes up
    for.

    Parameters
    ----------
    estimate : callable
        Estimator in bits, called with x and y, or with x, y and z.
    points : tuple of ndarray, shapes (N, X), (N, Y), (N, Z)
        Actions, effects and context in order of time; the last may be None.
    categories : sequence of ndarray of bool, shapes (columns,)
        True for each column that holds categories; none does by default.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.
    with_times : bool
        Call the estimator with `times`, the numbers of the windows in the trial, as well: windows
        of a half that follow each other need not do so in the trial.

    Returns
    -------
    float
        Standard error in bits.

    References
    ----------
    .. [1] J. Shao and C. F. J. Wu, "A general theory for jackknife variance estimation", Annals of
       Statistics 17, 1176-1197 (1989).
    """
    progress = progress or ignore
    parts = [part for part in points if part is not None]
    count = min(STRETCHES, len(parts[0]))
    stretch = np.arange(len(parts[0])) * count // len(parts[0])
    halves = list(combinations(range(count), count // 2))
    estimates, shares = np.empty(len(halves)), np.empty(len(halves))
    for i, half in enumerate(halves):
        chosen = np.isin(stretch, half)
        times = {"times": np.flatnonzero(chosen)} if with_times else {}
        estimates[i] = estimate(*(part[chosen] for part in parts), **times)
        shares[i] = chosen.mean()
        progress((i + 1) / len(halves))
    variance = np.mean((estimates - estimates.mean()) ** 2 * shares / (1 - shares))
    factor = likeness_of_stretches(common_persistence(points, categories), len(stretch), count)
    return float(factor * np.sqrt(variance))


def likeness_of_stretches(kept: float, windows: int, stretches: int) -> float:
    """Ratio of the standard error of a mean to the one that stretches of an AR(1) series give.

    The mean of m windows of an autoregressive series of order one, whose successive windows have
    the correlation r, has a variance of (1 + r) / (1 - r) - 2 r (1 - r^m) / (m (1 - r)^2), divided
    by m. If V is this variance for all windows and W that for a stretch, the means of G stretches
    differ as if the variance of the mean of all were (W - V) / (G - 1), which is less than V as
    successive stretches are alike. The ratio is the square root of V over this.

    Parameters
    ----------
    kept : float
        Correlation r, from 0 to less than 1.
    windows, stretches : int
        Number of windows and of stretches.
    """

    def variance(count: float) -> float:
        long = (1 + kept) / (1 - kept)
        ends = 2 * kept * (1 - float(kept**count)) / (count * (1 - kept) ** 2)
        return (long - ends) / count

    of_all, of_stretch = variance(windows), variance(windows / stretches)
    return float(np.sqrt(of_all * (stretches - 1) / (of_stretch - of_all)))


def common_persistence(
    points: tuple[Array, Array, Array | None], categories: Sequence[Mask] = ()
) -> float:
    """Persistence of actions times that of effects, both without what is linear in the context.

    This is the persistence of products of both, of which the variance of an estimate is made.
    """
    parts = [part for part in points if part is not None]
    masks = categories or [np.zeros(part.shape[1], dtype=bool) for part in parts]
    x, y = (amounts(part, mask) for part, mask in zip(parts[:2], masks, strict=False))
    if len(parts) == 3:
        basis = orthonormal_basis(columns_of_regression(parts[2], masks[2]))
        x, y = without(basis, x), without(basis, y)
    return max(persistence(x), 0.0) * max(persistence(y), 0.0)
