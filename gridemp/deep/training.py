"""Training with a history, checkpoints to resume from, and a comparison with the exact map."""

import math
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from gridemp.agents.empowerment_of_states import empowerment_of_states
from gridemp.arguments import check_kinds
from gridemp.deep.checkpoints import (
    History,
    check_settings,
    options_in,
    pictures_in,
    read_checkpoint,
    save_checkpoint,
    settings_of,
    world_in,
)
from gridemp.deep.evaluation import exact_bounds, exact_returns, occupancy, policy_of
from gridemp.deep.images import images_of_states
from gridemp.deep.options import TrainingOptions
from gridemp.deep.result import LearnedBound
from gridemp.deep.trainer import Trainer
from gridemp.engine.empowerment import empowerment
from gridemp.engine.kind import check_open_loop
from gridemp.engine.map import EmpowermentMap
from gridemp.errors import GridempError
from gridemp.progress import Progress, ignore
from gridemp.typing import Array
from gridemp.worlds.world import World

ENTRIES = 20  # entries of the history; a checkpoint is saved with each
TIMED = 20  # updates after which the remaining time is estimated
STEPS = 50  # of the policy, after which its occupancy is reported
MAX_STATES = 3000  # whose tables P(s'|s,a) take 0.4 GB
MAX_SEQUENCES = 20_000  # of a state, all of which the exact evaluation lists
COLUMNS = ("updates", "estimates", "means", "surprises")


@contextmanager
def one_thread() -> Iterator[None]:
    """Let PyTorch compute on one thread; in networks this small, threads wait for each other."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


@one_thread()
def train(
    exact: EmpowermentMap,
    options: TrainingOptions | None = None,
    *,
    pictures: NDArray[np.uint8] | None = None,
    checkpoint: str | Path | None = None,
    resume: str | Path | None = None,
    announce: Callable[[float], object] | None = None,
    report: Callable[[float], object] | None = None,
    progress: Progress | None = None,
    stop: Callable[[], bool] | None = None,
) -> LearnedBound | None:
    """Train networks to give a lower bound on the empowerment of states, and a policy to seek it.

    Parameters
    ----------
    exact : EmpowermentMap
        The exact map of a world whose sensor tells all states apart. Its values are only compared
        with the bound at the end, not learned from.
    options : TrainingOptions, optional
        Options of training.
    pictures : ndarray of uint8, shape (S, H, W, 3), optional
        RGB picture of each state, which the state "pixels" needs: those of
        `gridemp.render.state_pictures`, for example.
    checkpoint : str or Path, optional
        File in which to save the state of training after each twentieth of the updates and when
        training is stopped.
    resume : str or Path, optional
        Checkpoint to continue from. With the same options and device, the result is the same as
        without the interruption.
    announce : callable, optional
        Called once, after some updates, with the estimated number of seconds left.
    report : callable, optional
        Called after each update, before `progress`, with the estimated mean bound in bits.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.
    stop : callable, optional
        Called without arguments after each update; training ends if it returns True.

    Returns
    -------
    LearnedBound or None
        The learned bound, or None if training was stopped.

    Raises
    ------
    GridempError
        If the world is too large or its sensor does not tell all states apart, the device is not
        available, or the checkpoint cannot be read or belongs to other options.

    Examples
    --------
    >>> import gridemp
    >>> world = gridemp.World.from_maze(gridemp.parse_maze("....."))
    >>> exact = gridemp.empowerment(world, 2)
    >>> learned = train(exact, TrainingOptions(updates=60, dynamics="given"))
    >>> bool((learned.gap >= 0).all())
    True
    """
    check_kinds(train, locals())
    options = options or TrainingOptions()
    announce, report, progress = announce or ignore, report or ignore, progress or ignore
    updates = options.updates
    check_open_loop(exact.kind)
    _check_size(exact.world, exact.steps)
    _check_device(options.device)
    world = _whole(exact.world)
    trainer = Trainer(world, exact.steps, options, images_of_states(world, options, pictures))
    history: History = {column: [] for column in COLUMNS}
    if resume is not None:
        content = read_checkpoint(resume)
        check_settings(resume, content["gridemp"], settings_of(exact, options))
        history = _restored(trainer, content)
        if trainer.done > updates:
            raise GridempError(
                f"{resume} already contains {trainer.done} updates; give more `updates`"
            )

    def keep() -> None:
        if checkpoint is not None:
            save_checkpoint(checkpoint, exact, options, trainer, history, pictures)

    interval = math.ceil(updates / ENTRIES)
    proved = exact_bounds(trainer, world)
    first, started = trainer.done, time.monotonic()
    while trainer.done < updates:
        trainer.update()
        if trainer.done == first + TIMED:
            announce((time.monotonic() - started) / TIMED * (updates - trainer.done))
        estimate = float(trainer.bounds.mean())
        report(estimate)
        progress(trainer.done / updates)
        if trainer.done % interval == 0 or trainer.done == updates:
            proved = exact_bounds(trainer, world)
            _enter(history, trainer, proved)
            keep()
        if trainer.done < updates and stop is not None and stop():
            keep()
            return None
    return _learned(exact, trainer, options, history, proved)


@one_thread()
def load_learned(path: str | Path, exact: EmpowermentMap | None = None) -> LearnedBound:
    """Evaluate what networks have learned up to a checkpoint.

    Parameters
    ----------
    path : str or Path
        Checkpoint that `train` saved.
    exact : EmpowermentMap, optional
        The exact map, if it is known already; by default it is computed.

    Returns
    -------
    LearnedBound
        The learned bound, as `train` returns it.

    Raises
    ------
    GridempError
        If the file cannot be read, or is no checkpoint.

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.deep import TrainingOptions, load_learned, train
    >>> exact = gridemp.empowerment(gridemp.World.from_maze(gridemp.parse_maze(".....")), 2)
    >>> learned = train(exact, TrainingOptions(updates=20), checkpoint="run.pt")
    >>> bool((load_learned("run.pt").proved.bits == learned.proved.bits).all())
    True
    """
    check_kinds(load_learned, locals())
    content = read_checkpoint(path)
    options = options_in(content)
    if exact is None:
        exact = empowerment(*world_in(content))
    check_settings(path, content["gridemp"], settings_of(exact, options))
    world = _whole(exact.world)
    images = images_of_states(world, options, pictures_in(content))
    trainer = Trainer(world, exact.steps, options, images)
    history = _restored(trainer, content)
    proved = exact_bounds(trainer, world)
    if trainer.done not in history["updates"]:  # training was stopped between two entries
        _enter(history, trainer, proved)
    return _learned(exact, trainer, options, history, proved)


def _whole(world: World) -> World:
    """World whose agent senses its state, and whose probabilities sum to 1 exactly."""
    world = world if world.deterministic else world.normalised()
    return replace(world, sensor=np.arange(len(world.cell), dtype=np.int32))


def _enter(history: History, trainer: Trainer, proved: Array) -> None:
    """Add an entry to a history."""
    estimate = float(trainer.bounds.mean())
    entry = trainer.done, estimate, float(proved.mean()), trainer.surprise
    for column, value in zip(COLUMNS, entry, strict=True):
        history[column].append(value)


def _restored(trainer: Trainer, content: Mapping[str, Any]) -> History:
    """Bring a trainer to the state of a checkpoint, and return the history kept in it."""
    trainer.restore(content["learner"])
    return {column: list(content["notes"][column]) for column in COLUMNS}


def _learned(
    exact: EmpowermentMap,
    trainer: Trainer,
    options: TrainingOptions,
    history: History,
    proved: Array,
) -> LearnedBound:
    """Evaluate the networks of a trainer, whose bound is known."""
    world = _whole(exact.world)
    policy = policy_of(trainer)
    sign = 1.0 if options.reward == "empowerment" else -1.0
    rewards, _ = empowerment_of_states(world, exact.steps)
    own, best = exact_returns(world, policy, sign * rewards)
    gap = np.maximum(exact.bits + exact.gap - proved, 0.0)
    return LearnedBound(
        exact=exact,
        proved=EmpowermentMap(world, exact.horizon, proved, gap),
        policy=policy,
        updates=np.array(history["updates"], dtype=np.int64),
        estimates=np.array(history["estimates"]),
        means=np.array(history["means"]),
        surprises=np.array(history["surprises"]),
        ends=occupancy(world, policy, STEPS)[exact.states],
        steps=STEPS,
        reward=options.reward,
        policy_return=sign * own,
        best_return=sign * best,
    )


def _check_size(world: World, horizon: int) -> None:
    """Raise a GridempError if a world cannot be learned or its bound cannot be evaluated."""
    states, actions, _ = world.successors.shape
    if len(np.unique(world.sensor)) < states:
        raise GridempError("the networks see the whole state; leave out `sensor`")
    if states > MAX_STATES:
        raise GridempError(
            f"this world has {states:,} states, too many to learn; use a world of up to "
            f"{MAX_STATES:,} states"
        )
    if actions ** min(horizon, 60) > MAX_SEQUENCES:
        longest = int(math.log(MAX_SEQUENCES, max(2, actions)))
        raise GridempError(
            f"{actions}^{horizon} action sequences are too many to judge exactly what was learned; "
            f"lower the horizon to {longest}"
        )


def _check_device(device: str) -> None:
    """Raise a GridempError if a device is not available."""
    try:
        torch.zeros(1, device=device)
    except (RuntimeError, AssertionError, ImportError, NotImplementedError):
        raise GridempError(f"there is no device '{device}' on this computer; use cpu") from None
