"""Number of processes that share the maps of a command."""

from gridemp.cli.parse import parse_whole
from gridemp.engine.channel import MAX_BYTES
from gridemp.engine.sequences import SEQUENCE_BYTES
from gridemp.errors import GridempError
from gridemp.parallel import available_processors
from gridemp.worlds.world import World

MIN_SHARED = 10.0  # expected seconds of work that several processes share


def chosen_jobs(text: str | None) -> int | None:
    """Number of processes that was typed; None if none was."""
    if text is None:
        return None
    jobs = parse_whole("--jobs", text)
    if jobs < 1:
        raise GridempError(f"--jobs must be 1 or more, not {text}")
    return jobs


def usual_jobs(world: World, horizon: int, seconds: float, *, bounds: bool) -> int:
    """Number of processes for work that one of them would do in this time.

    They are as many as there are processors if the work takes long, but no more than can list their
    action sequences in the memory that a single process is allowed. Bounds list none, and
    neither does a world without noise.

    Parameters
    ----------
    world : World
        World with A actions.
    horizon : int
        Longest horizon n.
    seconds : float
        Expected time of a single process.
    bounds : bool
        True if bounds are computed.
    """
    if seconds <= MIN_SHARED:
        return 1
    processors = available_processors()
    if bounds or world.deterministic:
        return processors
    fit = MAX_BYTES // (SEQUENCE_BYTES * int(len(world.actions) ** horizon))
    return max(1, min(processors, fit))
