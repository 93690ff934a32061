"""The plug-in estimate of information from rollouts, its correction, and its exact expectation.

With the first action A_1 uniform and K rollouts after each of A actions, the estimate is the
information of the observed frequencies, H(O) - H(O | A_1). As each entropy of frequencies is too
low on average, the second by more than the first, the estimate is too high on average.
"""

import numpy as np

from gridemp.analysis.rollouts import MAX_ENTRIES, FirstActionChannel, first_action_channels
from gridemp.arguments import check_kinds, checked_whole
from gridemp.engine.empowerment import checked_horizon
from gridemp.errors import GridempError
from gridemp.information.measures import LN2, entropy
from gridemp.typing import Array
from gridemp.worlds.world import World


def plug_in_information(frequencies: Array) -> float:
    """Information in bits of the frequencies of readings after each action, of shape (A, Y)."""
    return max(0.0, float(entropy(frequencies.mean(axis=0)) - entropy(frequencies).mean()))


def corrected_information(frequencies: Array, rollouts: int) -> float:
    """Plug-in estimate in bits with the correction of Miller and Madow.

    An entropy of m observed readings in N rollouts is raised by (m - 1) / (2 N ln 2), which is the
    first term of its bias if all possible readings have been observed [1]_.

    Parameters
    ----------
    frequencies : ndarray, shape (A, Y)
        Share of each reading after each action.
    rollouts : int
        Number of rollouts after each action.

    References
    ----------
    .. [1] G. A. Miller, "Note on the bias of information estimates", in Information Theory in
       Psychology (1955), 95-100.
    """
    actions = len(frequencies)
    seen = frequencies > 0
    of_all = (seen.any(axis=0).sum() - 1) / (actions * rollouts)
    of_each = (seen.sum(axis=1) - 1).mean() / rollouts
    return plug_in_information(frequencies) + float(of_all - of_each) / (2 * LN2)


def expected_plug_in(world: World, horizon: int, rollouts: int) -> Array:
    """Exact expectation of the plug-in estimate of the information of the first action.

    The estimate is the mutual information of the frequencies in K rollouts after each first action,
    with uniform later actions. The truth that it aims at is
    ``first_action_empowerment(world, horizon, source="uniform")``, and the difference is its bias.
    For large K, the bias is about

        (mean_a (m_a - 1) - (m - 1 - chi2) / A) / (2 K ln 2) bits,

    where m_a readings are possible after action a and m after any, and chi2 is the sum over
    readings o of mean_a (p(o|a) - p(o))^2 / p(o). Without chi2, which is there as each action is
    taken equally often, these are the terms of Miller [1]_.

    Nothing is sampled. The count of a reading after one action is binomial, and its count after all
    actions is a sum of A independent binomials. Both distributions follow from their characteristic
    functions by the discrete Fourier transform, and the expectation of an entropy is a sum over
    readings.

    Parameters
    ----------
    world : World
        World with T starts and A actions.
    horizon : int
        Number of steps n, 1 or more.
    rollouts : int
        Number of rollouts K after each first action, 1 or more.

    Returns
    -------
    ndarray, shape (T,)
        Expectation of the estimate in each start, in bits.

    Raises
    ------
    GridempError
        If the horizon or `rollouts` is out of range, or the world is too large.

    References
    ----------
    .. [1] G. A. Miller, "Note on the bias of information estimates", in Information Theory in
       Psychology (1955), 95-100.

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.analysis import expected_plug_in
    >>> world = gridemp.World.from_maze(gridemp.parse_maze(chr(10).join(["....."] * 5)))
    >>> truth = gridemp.first_action_empowerment(world, 3, source="uniform").bits
    >>> truth[[0, 12]].round(4)  # in a corner and in the centre
    array([0.2468, 0.6964])
    >>> expected_plug_in(world, 3, rollouts=10)[[0, 12]].round(4)
    array([0.5705, 1.2734])
    >>> expected_plug_in(world, 3, rollouts=100)[[0, 12]].round(4)
    array([0.2773, 0.7521])
    """
    check_kinds(expected_plug_in, locals())
    steps = checked_horizon(horizon, world)
    rollouts = checked_whole("rollouts", rollouts, 1)
    world = world if world.deterministic else world.normalised()
    channels = first_action_channels(world, steps)
    counts = len(world.actions) * rollouts * max(len(each.labels) for each in channels)
    if counts > MAX_ENTRIES:
        raise GridempError(
            f"the counts in {rollouts:,} `rollouts` have more than {MAX_ENTRIES:,} probabilities; "
            "give fewer"
        )
    return np.array([_expectation(channel, rollouts) for channel in channels])


def _expectation(channel: FirstActionChannel, rollouts: int) -> float:
    """Expectation of the plug-in estimate of one channel, in bits."""
    each = [_expected_entropy(row[None], rollouts) for row in channel.rows]
    return _expected_entropy(channel.rows, rollouts) - float(np.mean(each))


def _expected_entropy(rows: Array, rollouts: int) -> float:
    """Expected entropy, in bits, of the frequencies of readings in K rollouts of each row."""
    count = len(rows) * rollouts
    turn = np.exp(-2j * np.pi * np.arange((count + 1) // 2 + 1) / (count + 1))
    spectra = np.ones((rows.shape[1], len(turn)), dtype=complex)
    for row in rows:
        spectra *= (1 + row[:, None] * (turn - 1)) ** rollouts
    distribution = np.fft.irfft(spectra, count + 1)  # of the count of each reading
    share = np.arange(count + 1) / count
    terms = -share * np.log2(share, out=np.zeros_like(share), where=share > 0)
    return float((distribution @ terms).sum())
