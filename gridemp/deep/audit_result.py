"""The result of an audit: estimates beside the exact values, as plain arrays."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from gridemp.deep.audit_options import COUNTING, ESTIMATORS, AuditOptions
from gridemp.engine.map import EmpowermentMap
from gridemp.errors import GridempError
from gridemp.information.correlation import spearman
from gridemp.shown import Shown, counted
from gridemp.typing import Array


class Estimates(NamedTuple):
    """Estimates of one estimator in all repeats.

    Attributes
    ----------
    estimator : str
        Name of the estimator, a key of `ESTIMATORS`.
    values : ndarray, shape (R, T)
        Estimate in each repeat and start, in bits, evaluated on the rollouts that it was made from.
    bounds : ndarray, shape (R, T), or None
        Bound of the same critic under the true channel, in bits, which never exceeds the truth;
        None for estimators that count.
    seconds : float
        Mean time of a repeat, in seconds, without the rollouts.

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.deep import AuditOptions, audit
    >>> world = gridemp.World.from_maze(gridemp.parse_maze("....."))
    >>> found = audit(world, 2, ["plug-in"], AuditOptions(repeats=4))
    >>> found.of("plug-in").values.shape
    (4, 5)
    """

    estimator: str
    values: Array
    bounds: Array | None
    seconds: float


class Summary(NamedTuple):
    """Errors of one estimator over all starts and repeats.

    Attributes
    ----------
    estimator : str
        Name of the estimator.
    bias : float
        Mean of the estimates over all starts and repeats minus the mean of the truth, in bits.
    sd : float
        Standard deviation over repeats, in bits: the root of the mean variance of the starts.
    error : float
        Root mean square of estimate minus truth over all starts and repeats, in bits.
    spearman : float
        Rank correlation over starts with the truth that it aims at: median of the repeats.
    spearman_empowerment : float
        The same with the empowerment.
    bound : float
        Mean of the bounds of its critics under the true channel minus the mean of the truth, in
        bits: never above 0; NaN for estimators that count.
    steps : int
        Number of environment steps of a repeat.
    seconds : float
        Mean time of a repeat, in seconds, without the rollouts.

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.deep import AuditOptions, audit
    >>> world = gridemp.World.from_maze(gridemp.parse_maze("....."))
    >>> found = audit(world, 2, ["plug-in"], AuditOptions(repeats=4))
    >>> found.summary("plug-in").steps  # of 5 cells, 5 first actions and 10 rollouts
    500
    """

    estimator: str
    bias: float
    sd: float
    error: float
    spearman: float
    spearman_empowerment: float
    bound: float
    steps: int
    seconds: float


@dataclass(frozen=True, eq=False, repr=False)
class Audit(Shown):
    """Estimates of the information of the first action, beside the exact values.

    Attributes
    ----------
    truth : EmpowermentMap
        Exact mutual information of a uniform first action and the sensor reading after n steps with
        uniform later actions, in T starts.
    empowerment : EmpowermentMap
        Empowerment of the same starts, with the same horizon.
    options : AuditOptions
        Budget and settings.
    estimates : tuple of Estimates
        Estimates of each estimator.

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.deep import AuditOptions, audit
    >>> world = gridemp.World.from_maze(gridemp.parse_maze("....."))
    >>> found = audit(world, 2, ["plug-in", "miller-madow"], AuditOptions(rollouts=50))
    >>> for name in ("plug-in", "miller-madow"):
    ...     print(f"{found.summary(name).bias:.3f}")
    0.016
    0.001
    """

    truth: EmpowermentMap
    empowerment: EmpowermentMap
    options: AuditOptions
    estimates: tuple[Estimates, ...]

    @property
    def steps(self) -> int:
        """Number of environment steps of a repeat."""
        starts, actions = len(self.truth.bits), len(self.truth.world.actions)
        return starts * actions * self.options.rollouts * self.truth.steps

    @property
    def agreement(self) -> float:
        """Spearman's rank correlation of the exact information of the first action and empowerment.

        It is the rank correlation with empowerment that an estimate without error has.
        """
        gap = float(self.empowerment.gap.max())
        return spearman(self.empowerment.bits, self.truth.bits, gap)

    def of(self, estimator: str) -> Estimates:
        """Return the estimates of an estimator.

        Parameters
        ----------
        estimator : str
            Name of the estimator.

        Returns
        -------
        Estimates
            Its estimates in all repeats.

        Raises
        ------
        GridempError
            If it was not audited.
        """
        audited = {each.estimator: each for each in self.estimates}
        if estimator not in audited:
            raise GridempError(
                f"the audit has no `estimator` '{estimator[:40]}'; it has {', '.join(audited)}"
            )
        return audited[estimator]

    def summary(self, estimator: str) -> Summary:
        """Return the errors of an estimator over all starts and repeats.

        Parameters
        ----------
        estimator : str
            Name of the estimator.

        Returns
        -------
        Summary
            Bias, standard deviation, rank correlations and cost.
        """
        found = self.of(estimator)
        errors = found.values - self.truth.bits
        bounds = np.nan if found.bounds is None else (found.bounds - self.truth.bits).mean()
        gap = float(self.empowerment.gap.max())
        return Summary(
            estimator=estimator,
            bias=float(errors.mean()),
            sd=float(np.sqrt(found.values.var(axis=0, ddof=1).mean())),
            error=float(np.sqrt((errors**2).mean())),
            spearman=_median([spearman(self.truth.bits, row) for row in found.values]),
            spearman_empowerment=_median(
                [spearman(self.empowerment.bits, row, gap) for row in found.values]
            ),
            bound=float(bounds),
            steps=self.steps,
            seconds=found.seconds,
        )

    def settings(self, estimator: str) -> str:
        """Return the budget and the settings of an estimator in words, for a figure.

        Parameters
        ----------
        estimator : str
            Name of the estimator.

        Returns
        -------
        str
            Words for the numbers of rollouts, updates and repeats, and the seed.
        """
        options = self.options
        words = f"{counted(options.rollouts, 'rollout')} per first action and cell"
        if estimator not in COUNTING:
            words += f", {counted(options.updates, 'update')} of {options.batch} rollouts"
        return f"{words}, {options.repeats} repeats from seed {options.seed}"

    def __repr__(self) -> str:
        names = ", ".join(ESTIMATORS[each.estimator] for each in self.estimates)
        return (
            f"Audit({self.truth.world!r}, horizon {self.truth.horizon}, "
            f"{counted(self.options.rollouts, 'rollout')}, {self.options.repeats} repeats: {names})"
        )


def _median(coefficients: list[float]) -> float:
    """Median of the coefficients that are defined; NaN if there are none."""
    defined = [value for value in coefficients if not np.isnan(value)]
    return float(np.median(defined)) if defined else float("nan")
