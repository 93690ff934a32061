"""Audit of the estimators of empowerment that people use, against exact values.

All estimators get the same rollouts. Those with a network train one critic for all starts, which is
evaluated twice: with the frequencies of these rollouts in place of the channel, which is the
estimate, and with the true channel, which says what the critic has learned.
"""

import time
from collections.abc import Sequence

import numpy as np

from gridemp.analysis.plug_in_rollouts import corrected_information, plug_in_information
from gridemp.analysis.rollouts import (
    FirstActionChannel,
    first_action_channels,
    sampled_readings,
)
from gridemp.arguments import check_kinds
from gridemp.deep.audit_options import COUNTING, ESTIMATORS, AuditOptions, checked_estimators
from gridemp.deep.audit_result import Audit, Estimates
from gridemp.engine.empowerment import checked_horizon, empowerment
from gridemp.engine.first_action import first_action_empowerment
from gridemp.engine.kind import OPEN
from gridemp.engine.map import EmpowermentMap
from gridemp.errors import GridempError, import_extra
from gridemp.information.critic_bounds import (
    donsker_varadhan_bound,
    info_nce_bound,
    nguyen_wainwright_jordan_bound,
)
from gridemp.information.variational import variational_bound
from gridemp.progress import Progress, ignore
from gridemp.typing import Array, Indices
from gridemp.worlds.world import World


def audit(
    world: World,
    horizon: int,
    estimators: Sequence[str] | None = None,
    options: AuditOptions | None = None,
    *,
    exact: EmpowermentMap | None = None,
    progress: Progress | None = None,
) -> Audit:
    """Compare estimators of the information of the first action with its exact values.

    The agent takes each first action equally often and draws the later ones uniformly. All
    estimators aim at the mutual information I(A_1; O_n) of the first action and the sensor reading
    after n steps, which they see in rollouts only. No estimate is told the true channel.

    Let f be the score that a trained critic gives to a start, a first action and a reading, P the
    observed frequencies from a start, and Q the product of their marginals. The estimates are, with
    all means over the rollouts that the critic was trained on:

    - plug-in: the mutual information of the frequencies.
    - miller-madow: the same with the correction of Miller and Madow for each entropy [1]_.
    - info-nce: E[f(a_1, o) - log (1/B) sum_i e^f(a_i, o)], where a_2, ..., a_B are uniform [2]_.
    - mine-dv: E_P[f] - log E_Q[e^f], by which the critic is also trained [3]_.
    - mine-jsd: 1 + E_P[f] - E_Q[e^f], with a critic trained by the Jensen-Shannon divergence
      [4]_ [5]_.
    - variational: log A + E_P[log q(a|o)] with q ~ e^f [6]_.

    Each of the last four is at most the plug-in estimate of the same rollouts, as each is a lower
    bound on the information of the frequencies. They may well exceed the true information.

    Parameters
    ----------
    world : World
        World with T starts and A actions.
    horizon : int
        Number of steps n, 1 or more.
    estimators : sequence of str, optional
        Names of the estimators, keys of `ESTIMATORS`; by default all. All but plug-in and
        miller-madow need PyTorch.
    options : AuditOptions, optional
        Budget and settings.
    exact : EmpowermentMap, optional
        Empowerment of the same world and horizon, if it is known already.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    Audit
        Estimates and exact values.

    Raises
    ------
    GridempError
        If the horizon is out of range, an estimator is unknown, `exact` is another map, or the
        world is too large.
    MissingExtra
        If an estimator needs PyTorch and it is not installed.

    References
    ----------
    .. [1] G. A. Miller, "Note on the bias of information estimates", in Information Theory in
       Psychology (1955), 95-100.
    .. [2] A. van den Oord, Y. Li and O. Vinyals, "Representation learning with contrastive
       predictive coding" (2018), arXiv:1807.03748.
    .. [3] M. I. Belghazi, A. Baratin, S. Rajeswar, S. Ozair, Y. Bengio, A. Courville and R. D.
       Hjelm, "Mutual information neural estimation", ICML (2018), arXiv:1801.04062.
    .. [4] R. D. Hjelm, A. Fedorov, S. Lavoie-Marchildon, K. Grewal, P. Bachman, A. Trischler and
       Y. Bengio, "Learning deep representations by mutual information estimation and
       maximization", ICLR (2019), arXiv:1808.06670, trains a critic in this way.
    .. [5] B. Poole, S. Ozair, A. van den Oord, A. A. Alemi and G. Tucker, "On variational bounds of
       mutual information", ICML (2019), arXiv:1905.06922, evaluates it by this bound.
    .. [6] D. Barber and F. Agakov, "The IM algorithm: a variational approach to information
       maximization", NIPS 16 (2003).

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.deep import AuditOptions, audit
    >>> world = gridemp.World.from_maze(gridemp.parse_maze("....."))
    >>> found = audit(world, 2, ["plug-in", "variational"], AuditOptions(updates=50))
    >>> round(found.summary("plug-in").bias, 2)
    0.08
    >>> bool((found.of("variational").values <= found.of("plug-in").values + 1e-9).all())
    True
    """
    check_kinds(audit, locals())
    options = options or AuditOptions()
    names = checked_estimators(list(ESTIMATORS if estimators is None else estimators))
    if any(name not in COUNTING for name in names):
        import_extra("torch", f"the estimator {_first_learned(names)}", "deep")
    progress = progress or ignore
    steps = checked_horizon(horizon, world)
    world = world if world.deterministic else world.normalised()
    channels = first_action_channels(world, steps)
    truth = first_action_empowerment(world, steps, source="uniform")
    if exact is None:
        exact = empowerment(world, steps)
    elif exact.horizon != steps or exact.kind != OPEN or not _is_of(exact, world):
        raise GridempError(
            f"`exact` must be the empowerment of this world with horizon {steps}, for every start"
        )
    if any(name not in COUNTING for name in names):
        _train_once()
    values = {name: np.zeros((options.repeats, len(channels))) for name in names}
    bounds = {name: np.zeros_like(each) for name, each in values.items() if name not in COUNTING}
    seconds = dict.fromkeys(names, 0.0)
    for repeat in range(options.repeats):
        rng = np.random.default_rng([options.seed, repeat])
        readings = sampled_readings(world, steps, options.rollouts, rng)
        seen = [each.frequencies(own) for each, own in zip(channels, readings, strict=True)]
        for i, name in enumerate(names):
            began = time.perf_counter()
            if name == "plug-in":
                values[name][repeat] = [plug_in_information(each) for each in seen]
            elif name == "miller-madow":
                values[name][repeat] = [
                    corrected_information(each, options.rollouts) for each in seen
                ]
            else:
                seed = int(np.random.default_rng([options.seed, repeat, 1]).integers(2**62))
                scores = _learned_scores(name, channels, readings, options, seed)
                values[name][repeat] = _evaluated(name, seen, scores, options)
            seconds[name] += time.perf_counter() - began
            if name in bounds:
                rows = [each.rows for each in channels]
                bounds[name][repeat] = _evaluated(name, rows, scores, options)
            progress((repeat * len(names) + i + 1) / (options.repeats * len(names)))
    return Audit(
        truth=truth,
        empowerment=exact,
        options=options,
        estimates=tuple(
            Estimates(name, values[name], bounds.get(name), seconds[name] / options.repeats)
            for name in names
        ),
    )


def _is_of(exact: EmpowermentMap, world: World) -> bool:
    """Return True if a map has a value for every start of a world with the same channels."""
    fields = ("successors", "probabilities", "sensor")
    same = all(np.array_equal(getattr(exact.world, each), getattr(world, each)) for each in fields)
    return same and np.array_equal(exact.states, world.start_states)


def _first_learned(names: Sequence[str]) -> str:
    """Name of the first estimator with a network."""
    return next(name for name in names if name not in COUNTING)


def _train_once() -> None:
    """Train a tiny critic, as PyTorch loads parts of itself for its first gradient step.

    Otherwise, the time of the first estimator with a network would include that of loading.
    """
    from gridemp.deep.critics import trained_critic

    readings = np.zeros((1, 2, 1), dtype=int)
    trained_critic("variational", readings, 1, AuditOptions(updates=1, batch=2), 0)


def _learned_scores(
    estimator: str,
    channels: Sequence[FirstActionChannel],
    readings: Indices,
    options: AuditOptions,
    seed: int,
) -> list[Array]:
    """Scores of a critic trained on rollouts: shape (A, Y) for the channel of each start."""
    from gridemp.deep.critics import trained_critic

    labels = np.unique(np.concatenate([each.labels for each in channels]))
    numbers = np.searchsorted(labels, readings)
    critic = trained_critic(estimator, numbers, len(labels), options, seed)
    return [
        critic.scores(start, np.searchsorted(labels, each.labels))
        for start, each in enumerate(channels)
    ]


def _evaluated(
    estimator: str, channels: Sequence[Array], scores: Sequence[Array], options: AuditOptions
) -> list[float]:
    """Bound in bits for the channel of each start, with the scores of a critic."""
    bounds = []
    for rows, f in zip(channels, scores, strict=True):
        uniform = np.full(len(rows), 1 / len(rows))
        if estimator == "info-nce":
            bounds.append(info_nce_bound(rows, uniform, f, options.batch))
        elif estimator == "mine-dv":
            bounds.append(donsker_varadhan_bound(rows, uniform, f))
        elif estimator == "mine-jsd":
            bounds.append(nguyen_wainwright_jordan_bound(rows, uniform, f))
        else:
            planning = np.exp(f - f.max(axis=0))
            bounds.append(variational_bound(rows, uniform, planning / planning.sum(axis=0)))
    return bounds
