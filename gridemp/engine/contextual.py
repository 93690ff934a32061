"""Contextual empowerment, in bits: that of an agent which knows only a context, not its state.

The context k is a function of the state r, such as the reading of a sensor. All T starts r are
equally likely beforehand, so that p(r | k) = 1 / T_k for the T_k starts with this context. To the
agent, the action sequence a of n steps leads to the sensor reading s with the probability

    p(s | a, k) = sum over r of p(r | k) p(s | a, r),

and its empowerment is max over p(a) of I(A; S | k). The mean over all starts is

    E(K) = sum over k of p(k) max over p(a) of I(A; S | k).

If the context is constant, the agent does not know where it is, and E(K) is the context-free
empowerment; if it is the state itself, E(K) is the mean empowerment E(R). As mutual information is
convex in the channel and the agent may ignore a context, E_free <= E(K) <= E(R).

A. S. Klyubin, D. Polani and C. L. Nehaniv, "Keep your options open: an information-based driving
principle for sensorimotor systems", PLoS ONE 3(12), e4018 (2008); C. Salge, C. Glackin and
D. Polani, "Empowerment: an introduction", arXiv:1310.1863 (2013).

The rows of the channel of a context are the distributions of the agent's state, one for each
action sequence. They are continued step by step, and sequences that have led to the same
distribution are continued as one. In a deterministic world, numbers of starts take the place of
probabilities, so that equal distributions are equal bit by bit.
"""

import warnings

import numpy as np
from numpy.typing import ArrayLike

from gridemp.arguments import check_kinds
from gridemp.engine.channel import MAX_BYTES
from gridemp.engine.empowerment import TOLERANCE, checked_horizon, warn_wide
from gridemp.engine.kind import Kind
from gridemp.engine.map import EmpowermentMap
from gridemp.errors import ConvergenceWarning, GridempError, HorizonTooLarge
from gridemp.information.active_set import active_set_capacity
from gridemp.information.capacity import check_tolerance
from gridemp.progress import Progress, ignore, part_of
from gridemp.typing import Array, Indices, Labels
from gridemp.worlds.dynamics import Bodies, Dynamics
from gridemp.worlds.sensors import SENSORS, numbered, readings
from gridemp.worlds.world import World

NONE = "none"  # the context of an agent that knows nothing
CONTEXTS = (NONE, *SENSORS)
COPIES = 4  # arrays of rows that are held at a time


def contextual_empowerment(
    world: World,
    horizon: int,
    context: ArrayLike | str = NONE,
    tol: float = TOLERANCE,
    progress: Progress | None = None,
) -> EmpowermentMap:
    """Compute the empowerment of an agent that knows only a context instead of its state.

    Parameters
    ----------
    world : World
        World with S states and T starts. Its sensor gives the outcomes, as in `empowerment`.
    horizon : int
        Number of steps n, 1 or more.
    context : {"none", "state", "position", "row", "column", "walls"} or array_like, shape (S,)
        What the agent knows before it acts: nothing, its state, its cell, the y or the x of its
        cell, or the directions in which a step is open; or a label for each state.
    tol : float
        Largest certified gap to accept, in bits.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    EmpowermentMap
        Map whose value in each start is that of its context. The mean of `bits` is E(K), which
        weights each context by the number of its starts.

    Raises
    ------
    GridempError
        If the horizon, the context or the tolerance is invalid.
    HorizonTooLarge
        If the distinct distributions of the agent's state would not fit in memory.

    Warns
    -----
    ConvergenceWarning
        If the gap of some context exceeds `tol`; its interval is still certified.

    Examples
    --------
    >>> import gridemp
    >>> world = gridemp.World.from_maze(gridemp.load_maze("klyubin"))
    >>> for context in ("none", "walls", "row", "state"):
    ...     emap = gridemp.contextual_empowerment(world, 1, context)
    ...     print(context, round(emap.bits.mean(), 4))
    none 0.44
    walls 1.1873
    row 1.3858
    state 2.0297
    """
    check_kinds(contextual_empowerment, locals(), "context")
    progress = progress or ignore
    steps = checked_horizon(horizon, world)
    check_tolerance(tol)
    labels, name = labels_of(world, context)
    world = world if world.deterministic else world.normalised()
    starts = world.start_states
    _, first, group = np.unique(labels[starts], return_index=True, return_inverse=True)
    ends = np.empty((len(first), 2))
    for number in range(len(first)):
        part = part_of(progress, number, len(first))
        rows = rows_from(world, starts[group == number], steps, part)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # see below
            capacity = active_set_capacity(rows, tol)
        ends[number] = capacity.lower, capacity.gap
    bits, gap = ends[group].T
    warn_wide(gap, tol)
    return EmpowermentMap(world, steps, bits, gap, kind=Kind("contextual", context=name))


def labels_of(world: World, context: ArrayLike | str) -> tuple[Labels, str]:
    """Label of the context in each state, shape (S,), and the name of the context.

    Raises
    ------
    GridempError
        If there is no such context in this world.
    """
    if not isinstance(context, str):
        try:
            return numbered(context, len(world.cell)), "own"
        except GridempError as error:
            raise GridempError(f"`context` is not a label for each state: {error}") from None
    if context == NONE:
        return np.zeros(len(world.cell), dtype=np.int32), NONE
    if context == "state":
        return np.arange(len(world.cell), dtype=np.int32), context
    if context not in CONTEXTS:
        raise GridempError(
            f"there is no context '{context[:40]}'; use one of {', '.join(CONTEXTS)}, or give a "
            "label for each state"
        )
    return _readings(world, context), context


def _readings(world: World, sensor: str) -> Labels:
    """Reading in each state of a sensor, which need not be that of the world: shape (S,)."""
    conditions, agent = world.conditions, world.cell
    if not conditions.of_maze or world.things is not None:
        raise GridempError(
            f"the context {sensor} is only for worlds of mazes without hands; give a label for "
            "each state"
        )
    no_things: Labels = np.empty((len(agent), 0), np.int32)
    heading = np.zeros_like(agent) if world.heading is None else world.heading
    boxes = no_things if world.boxes is None else world.boxes
    bodies = Bodies(agent, heading, boxes, no_things)
    dynamics = Dynamics(world.maze, conditions.torus, conditions.moves == "king")
    return readings(sensor, world.maze, dynamics, bodies)


def rows_from(world: World, starts: Indices, horizon: int, progress: Progress = ignore) -> Array:
    """Distinct rows of the channel from action sequences to readings, for equally likely starts.

    Parameters
    ----------
    world : World
        World with A actions, `normalised` if it is noisy.
    starts : ndarray of int, shape (N,)
        States in which the agent may be.
    horizon : int
        Number of steps n.
    progress : callable
        Called with the fraction of the steps done, from 0 to 1.

    Returns
    -------
    ndarray, shape (R, Y)
        One row for each distinct distribution over the Y readings within reach.

    Raises
    ------
    HorizonTooLarge
        If the rows would not fit in memory.
    """
    near = _within(world, starts, horizon)
    local = np.full(len(world.cell), -1, dtype=np.intp)
    local[near] = np.arange(len(near))
    inner = local[_within(world, starts, horizon - 1)]  # states that can be left
    successors = local[world.successors[near[inner]]]
    probabilities = world.probabilities[near[inner]]
    rows = np.bincount(local[starts], minlength=len(near))[None].astype(float)
    for step in range(horizon):
        size = COPIES * 8 * len(rows) * len(world.actions) * len(near)
        if size > MAX_BYTES:
            raise HorizonTooLarge(
                f"an agent that does not know its state has {len(rows):,} different distributions "
                f"of it after {step} of {horizon} steps, and those of one more would take "
                f"{size / 1e9:.1f} GB, more than the {MAX_BYTES / 1e9:.1f} GB allowed; lower the "
                f"horizon to {step}"
            )
        rows = _distinct(_continued(rows, inner, successors, probabilities))
        progress((step + 1) / horizon)
    _, readings = np.unique(world.sensor[near], return_inverse=True)
    sensed = np.zeros((readings.max() + 1, len(rows)))
    np.add.at(sensed, readings, rows.T)
    return _distinct(sensed.T) / len(starts)


def _continued(rows: Array, inner: Indices, successors: Indices, probabilities: Array) -> Array:
    """Distributions after each action, from M rows over V states: shape (M A, V)."""
    count, states = rows.shape
    actions = successors.shape[1]
    after = np.zeros((actions, states, count))
    leaving = rows[:, inner].T
    for action in range(actions):
        for k in range(successors.shape[2]):
            moved = probabilities[:, action, k, None] * leaving
            np.add.at(after[action], successors[:, action, k], moved)
    return after.transpose(2, 0, 1).reshape(count * actions, states)


def _distinct(rows: Array) -> Array:
    """Rows without those that equal an earlier one, in their order."""
    rows = np.ascontiguousarray(rows) + 0.0  # no negative zeros
    whole = rows.view(np.dtype((np.void, rows.dtype.itemsize * rows.shape[1])))
    _, firsts = np.unique(whole.ravel(), return_index=True)
    return np.asarray(rows[np.sort(firsts)])


def _within(world: World, starts: Indices, steps: int) -> Indices:
    """States within some steps of any of the starts, in ascending order."""
    met = np.zeros(len(world.cell), dtype=bool)
    met[starts] = True
    frontier = np.flatnonzero(met)
    for _ in range(steps):
        before = met.copy()
        met[world.successors[frontier]] = True
        frontier = np.flatnonzero(met & ~before)
    return np.flatnonzero(met)
