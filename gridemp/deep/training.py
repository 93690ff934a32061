"""Train, note how it goes, keep checkpoints, go on from one, and report against the exact map."""

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from pickle import UnpicklingError
from typing import Any

import numpy as np
import torch

from gridemp.deep.evaluation import exact_bounds, occupancy, policy_of
from gridemp.deep.learner import Learner
from gridemp.deep.networks import ENCODERS
from gridemp.deep.result import LearnedBound
from gridemp.engine.map import EmpowermentMap
from gridemp.errors import GridempError
from gridemp.files import replacing
from gridemp.mazes.maze import maze_hash
from gridemp.progress import Progress
from gridemp.worlds.world import World

NOTES = 20  # times that it is noted how training goes, and a checkpoint is kept
TIMED = 20  # rounds after which it is known how long the rest takes
STEPS = 50  # after which it is asked where the policy is
MAX_STATES = 3000  # of which the tables P(s'|s,a) take 0.4 GB
MAX_SEQUENCES = 20_000  # of a state, all of which the exact evaluation goes through
CHOICES = {
    "state": tuple(ENCODERS),
    "dynamics": ("learned", "given"),
    "sequences": ("auto", "listed", "drawn"),
}
COLUMNS = ("updates", "estimates", "means", "surprises")

Notes = dict[str, list[float]]


@contextmanager
def one_thread() -> Iterator[None]:
    """A context in which PyTorch computes on one thread: several would wait for each other."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


@one_thread()
def train(
    exact: EmpowermentMap,
    updates: int = 3000,
    *,
    seed: int = 0,
    state: str = "cell",
    dynamics: str = "learned",
    sequences: str = "auto",
    device: str = "cpu",
    checkpoint: Path | None = None,
    resume: Path | None = None,
    announce: Progress = lambda seconds: None,
    progress: Callable[[float, str], object] = lambda fraction, how: None,
    stop: Callable[[], bool] = lambda: False,
) -> LearnedBound | None:
    """Learn the variational lower bound of a map's states, and a policy that seeks it.

    Parameters
    ----------
    exact : EmpowermentMap
        Of a world whose sensor tells all states apart. Nothing is learned from its numbers.
    updates : int
        Rounds of the loop in all, those before a checkpoint included.
    seed : int
        Of everything random.
    state : {"cell", "planes"}
        Whether networks see states as one-hot cells or as image planes.
    dynamics : {"learned", "given"}
        Whether the forward model is learned or the true one.
    sequences : {"auto", "listed", "drawn"}
        Whether an update goes through all action sequences of a state or draws some from the
        source; by default, through all if they are up to 125.
    device : str
        Where the networks are: "cpu", "cuda", "mps", ...
    checkpoint : Path, optional
        Where all that the rest depends on is kept, every twentieth of the way and when stopped.
    resume : Path, optional
        A checkpoint to go on from. With the same options and device the end is the same as if
        there had been no stop.
    announce : callable, optional
        Told, after some rounds, how many seconds the rest takes.
    progress : callable, optional
        Told the fraction done and, in words, the present bound.
    stop : callable, optional
        Asked after each round whether to stop.

    Returns
    -------
    LearnedBound or None
        None if stopped.

    Raises
    ------
    GridempError
        If an option is none of these, the world is too large or its states look alike, the device
        cannot be had, or the checkpoint is none, or one of something else.
    """
    world, horizon = exact.world, exact.horizon
    for option, given in (("state", state), ("dynamics", dynamics), ("sequences", sequences)):
        if given not in CHOICES[option]:
            choices = " or ".join(CHOICES[option])
            raise GridempError(f"{option} is {choices}, not '{given}'")
    _check_size(world, horizon, updates)
    _check_device(device)
    world = world if world.deterministic else world.normalised()
    world = replace(world, sensor=np.arange(len(world.cell), dtype=np.int32))
    learner = Learner(
        *(world, horizon, updates),
        seed=seed,
        encoding=state,
        dynamics=dynamics,
        listed={"auto": None, "listed": True, "drawn": False}[sequences],
        device=device,
    )
    made = {
        "maze": maze_hash(world.maze),
        "horizon": horizon,
        "actions": ", ".join(world.actions),
        "world": str(world.conditions),
        "seed": seed,
        "state": state,
        "dynamics": dynamics,
        "sequences": sequences,
    }
    notes: Notes = {column: [] for column in COLUMNS}
    if resume is not None:
        notes = _restored(resume, made, learner)
        if learner.done > updates:
            raise GridempError(f"{resume} has had {learner.done} updates; ask for more")

    def keep() -> None:
        if checkpoint is not None:
            with replacing(checkpoint) as temporary:
                torch.save({"gridemp": made, "learner": learner.state(), "notes": notes}, temporary)

    every = math.ceil(updates / NOTES)
    proved = exact_bounds(learner, world)
    first, started = learner.done, time.monotonic()
    while learner.done < updates:
        learner.update()
        if learner.done == first + TIMED:
            announce((time.monotonic() - started) / TIMED * (updates - learner.done))
        estimate = float(learner.bounds.mean())
        progress(learner.done / updates, f"bound {estimate:.2f} bits")
        if learner.done % every == 0 or learner.done == updates:
            proved = exact_bounds(learner, world)
            row = learner.done, estimate, float(proved.mean()), learner.surprise
            for column, value in zip(COLUMNS, row, strict=True):
                notes[column].append(value)
            keep()
        if learner.done < updates and stop():
            keep()
            return None
    policy = policy_of(learner)
    return LearnedBound(
        exact,
        EmpowermentMap(world, horizon, proved, np.maximum(exact.bits + exact.gap - proved, 0.0)),
        policy,
        np.array(notes["updates"], dtype=np.int64),
        np.array(notes["estimates"]),
        np.array(notes["means"]),
        np.array(notes["surprises"]),
        occupancy(world, policy, STEPS)[exact.states],
        STEPS,
    )


def _check_size(world: World, horizon: int, updates: int) -> None:
    """Raise a GridempError if this cannot be learned or judged."""
    states, actions, _ = world.successors.shape
    if updates < 1:
        raise GridempError(f"there must be an update or more, not {updates}")
    if len(np.unique(world.sensor)) < states:
        raise GridempError("the networks see whole states; leave out the sensor")
    if states > MAX_STATES:
        raise GridempError(
            f"this world has {states:,} states, too many for tables of where each leads; take one "
            f"of up to {MAX_STATES:,}"
        )
    if actions ** min(horizon, 60) > MAX_SEQUENCES:
        longest = int(math.log(MAX_SEQUENCES, max(2, actions)))
        raise GridempError(
            f"{actions}^{horizon} action sequences are too many to judge exactly what was learned; "
            f"lower the horizon to {longest}"
        )


def _check_device(device: str) -> None:
    """Raise a GridempError if there is no such device here."""
    try:
        torch.zeros(1, device=device)
    except (RuntimeError, AssertionError, ImportError, NotImplementedError):
        raise GridempError(f"there is no device '{device}' here; use cpu") from None


def _restored(path: Path, made: dict[str, Any], learner: Learner) -> Notes:
    """Bring a learner to where a checkpoint was, and return its notes."""
    try:
        kept = torch.load(path, map_location="cpu", weights_only=True)
        before, state, notes = kept["gridemp"], kept["learner"], kept["notes"]
    except OSError as error:
        raise GridempError(f"cannot read {path}: {error.strerror}; name a checkpoint") from None
    except (UnpicklingError, EOFError, RuntimeError, KeyError, TypeError, ValueError):
        raise GridempError(f"{path} is no checkpoint of gridemp; name one") from None
    for what, value in made.items():
        if before.get(what) != value:
            raise GridempError(
                f"{path} was made for another {what}: {before.get(what)}, not {value}; "
                "give the options it was made with"
            )
    learner.restore(state)
    return {column: list(notes[column]) for column in COLUMNS}
