"""Training with a history, checkpoints to resume from, and a comparison with the exact map."""

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from gridemp.agents.empowerment_of_states import empowerment_of_states
from gridemp.arguments import check_kinds
from gridemp.deep.evaluation import exact_bounds, exact_returns, occupancy, policy_of
from gridemp.deep.options import TrainingOptions
from gridemp.deep.planes import state_planes
from gridemp.deep.result import LearnedBound
from gridemp.deep.trainer import Trainer
from gridemp.engine.kind import check_open_loop
from gridemp.engine.map import EmpowermentMap
from gridemp.errors import GridempError
from gridemp.files import replacing
from gridemp.mazes.maze_hash import maze_hash
from gridemp.progress import Progress, ignore
from gridemp.worlds.conditions import Conditions
from gridemp.worlds.world import World

ENTRIES = 20  # entries of the history; a checkpoint is saved with each
TIMED = 20  # updates after which the remaining time is estimated
STEPS = 50  # of the policy, after which its occupancy is reported
MAX_STATES = 3000  # whose tables P(s'|s,a) take 0.4 GB
MAX_SEQUENCES = 20_000  # of a state, all of which the exact evaluation lists
COLUMNS = ("updates", "estimates", "means", "surprises")

REMEMBERED = (  # options that a checkpoint must share
    "state",
    "trunk",
    "convolutions",
    "channels",
    "dynamics",
    "transitions",
    "sequences",
    "reward",
)

History = dict[str, list[float]]


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
    world = exact.world if exact.world.deterministic else exact.world.normalised()
    world = replace(world, sensor=np.arange(len(world.cell), dtype=np.int32))
    trainer = Trainer(world, exact.steps, options, images_of_states(world, options, pictures))
    settings = {
        "maze": maze_hash(world.maze),
        "horizon": exact.horizon,
        "actions": ", ".join(world.actions),
        "world": {
            # Numbers of NumPy, which PyTorch would not load, become numbers of Python.
            condition: value.item() if isinstance(value, np.generic) else value
            for condition, value in asdict(world.conditions).items()
        },
        "seed": options.seed,
        **{name: getattr(options, name) for name in REMEMBERED},
    }
    history: History = {column: [] for column in COLUMNS}
    if resume is not None:
        history = _restored(resume, settings, trainer)
        if trainer.done > updates:
            raise GridempError(
                f"{resume} already contains {trainer.done} updates; give more `updates`"
            )

    def keep() -> None:
        if checkpoint is not None:
            content = {"gridemp": settings, "learner": trainer.state(), "notes": history}
            with replacing(Path(checkpoint)) as temporary:
                torch.save(content, temporary)

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
            entry = trainer.done, estimate, float(proved.mean()), trainer.surprise
            for column, value in zip(COLUMNS, entry, strict=True):
                history[column].append(value)
            keep()
        if trainer.done < updates and stop is not None and stop():
            keep()
            return None
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


def images_of_states(
    world: World, options: TrainingOptions, pictures: NDArray[np.uint8] | None
) -> NDArray[np.floating] | None:
    """Images from which states are encoded: shape (S, P, H, W); None for numbers of states."""
    if options.state == "pixels":
        if pictures is None:
            raise GridempError("the state pixels needs `pictures`, an RGB picture of each state")
        shape = np.shape(pictures)
        if len(shape) != 4 or shape[0] != len(world.cell) or shape[3] != 3:
            raise GridempError(
                f"`pictures` must have the shape ({len(world.cell)}, height, width, 3), with a "
                f"picture of each state, not {shape}"
            )
        return np.moveaxis(np.asarray(pictures, dtype=np.float32) / 255, 3, 1)
    if pictures is not None:
        raise GridempError("only the state pixels takes `pictures`; leave them out")
    return state_planes(world) if options.state == "planes" else None


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


def _restored(path: str | Path, settings: dict[str, Any], trainer: Trainer) -> History:
    """Bring a trainer to the state of a checkpoint, and return the history kept in it."""
    try:
        kept = torch.load(path, map_location="cpu", weights_only=True)
        before, state, history = kept["gridemp"], kept["learner"], kept["notes"]
    except OSError as error:
        raise GridempError(f"cannot read {path}: {error.strerror}; name a checkpoint") from None
    except Exception:  # the unpickler may raise anything
        raise GridempError(f"{path} is not a checkpoint of gridemp; name one") from None
    if not before.keys() >= settings.keys():
        raise GridempError(
            f"{path} was made by an earlier version of gridemp, with other networks; leave out "
            "`resume` to train from the beginning"
        )
    for name, value in settings.items():
        now, then = value, before[name]
        if name == "world":
            now, then = Conditions(**now), Conditions(**then)
        if now != then:
            raise GridempError(
                f"{path} was made for another {name}: {then}, not {now}; "
                "give the options it was made with"
            )
    trainer.restore(state)
    return {column: list(history[column]) for column in COLUMNS}
