"""`gridemp sweep`: the maps of many mazes under many conditions, in a store that is resumed."""

import shlex
from collections.abc import Iterator
from dataclasses import fields
from fnmatch import fnmatch
from pathlib import Path

import typer

from gridemp.cli.cluster import check_cluster, executor_of
from gridemp.cli.command_words import COMMAND_WORDS, command
from gridemp.cli.groups import with_options
from gridemp.cli.interrupts import single_interrupt
from gridemp.cli.option_types import Quiet
from gridemp.cli.progress import progress_bar, without_reports
from gridemp.cli.say import say, tell
from gridemp.cli.stored_maps import SUFFIX
from gridemp.cli.sweep_options import (
    ClusterOptions,
    Mazes,
    RandomMazeOptions,
    Store,
    Summary,
    WorldList,
    WorldsOptions,
)
from gridemp.cli.translate import flag, translate
from gridemp.errors import GridempError
from gridemp.files import checked_output
from gridemp.mazes.bundled import bundled_mazes
from gridemp.mazes.maze import Maze
from gridemp.shown import counted
from gridemp.sweeps import store as stores
from gridemp.sweeps.prepare import prepare
from gridemp.sweeps.run import END, run
from gridemp.sweeps.summary import write_summary

FAILED = 3  # exit code if maps failed
INTERRUPTED = 130  # exit code after Ctrl-C, as in shells
MAX_TOLD = 20  # failures
NO_MAZES = (".*", "*.md", "readme*", "license*")  # files in folders of mazes
PREPARING = "preparing the sweep: estimating how long its maps take"

Unread = dict[str, str]  # mazes that cannot be read, with the reasons


@with_options
def sweep(
    context: typer.Context,
    options: WorldsOptions,
    random: RandomMazeOptions,
    cluster: ClusterOptions,
    mazes: Mazes = None,
    worlds: WorldList = None,
    output: Store = Path("results.zarr"),
    summary: Summary = None,
    quiet: Quiet = False,  # read from `RUNNING`
) -> None:
    """Compute a map for each combination of mazes and options.

    The maps are saved in a folder, the store. Those that it holds are not computed again: repeat an
    interrupted command to continue it, or add mazes and values. If some maps fail, the others are
    still computed, and the exit code is 3. gridemp sweep show lists what a store holds.

    Examples
    --------
    gridemp sweep room trap -n 1..10 --moves nesw,king
    gridemp sweep --kind caves --size 20x12 --seeds 0..9 -n 1,5,10 -o caves.zarr
    """
    if output.suffix != SUFFIX:
        raise GridempError(f"the name of a store ends in {SUFFIX}; write --output {output}{SUFFIX}")
    if summary is not None:
        checked_output(summary, (".csv",))
    grids, unread = [], Unread()
    loaded, failed = read([(name, options, "") for name in files(mazes or [])])
    named = [maze for maze, _ in loaded] + random.mazes()
    if options.horizon is None and (named or worlds is None):
        context.fail("Missing option '--horizon' / '-n'.")
    grids += options.grids(named) if named else []
    unread |= failed
    if worlds is not None:
        loaded, failed = read(listed(context, worlds))
        for maze, own in loaded:
            grids += own.grids([maze])
        unread |= failed
    if not grids:
        raise GridempError(
            next(iter(unread.values()))
            if unread
            else "there is nothing to do; name a maze, or give --kind or --worlds"
        )
    try:
        with single_interrupt():
            check_cluster(cluster.workers, cluster.scheduler)
            store = stores.Store(output)
            store.write_unread(unread)
            with without_reports(PREPARING):
                work = prepare(grids, store, " ".join(["gridemp", *command()]))
            with (
                progress_bar("maps") as progress,
                executor_of(cluster.workers, cluster.scheduler, work.seconds) as executor,
            ):
                result = run(work, executor, progress)
    except KeyboardInterrupt:
        say(f"interrupted; {END}")
        raise typer.Exit(INTERRUPTED) from None
    if summary is not None:
        write_summary(output, summary)
    tell(result)
    failures = [*unread.values(), *map(str, result.failures)]
    for failure in failures[:MAX_TOLD]:
        say(translate(failure, context.command, COMMAND_WORDS.get()))
    if len(failures) > MAX_TOLD:
        say(f"{len(failures) - MAX_TOLD} more; gridemp sweep show {output} lists them all")
    if failures:
        say(
            f"{counted(len(failures), 'failure')}; the other maps are in {output}, and the same "
            "command tries again what failed"
        )
        raise typer.Exit(FAILED)


def files(names: list[str]) -> Iterator[str]:
    """Yield the mazes of a command line, with the files of a folder in place of it."""
    for name in names:
        folder = Path(name)
        if folder.is_dir() and name not in bundled_mazes():
            found = [str(file) for file in sorted(folder.iterdir()) if may_be_maze(file)]
            if not found:
                raise GridempError(f"{name} has no maze files; name a folder that has")
            yield from found
        else:
            yield name


def may_be_maze(file: Path) -> bool:
    """Return True unless something in a folder is hidden, a folder, or notes for people."""
    return file.is_file() and not any(fnmatch(file.name.lower(), name) for name in NO_MAZES)


def read(
    named: list[tuple[str, WorldsOptions, str]],
) -> tuple[list[tuple[Maze, WorldsOptions]], Unread]:
    """Read mazes, each under its options, and return those that cannot be read with the reasons.

    The reasons begin with the place at which the maze was named, if it is a line of a list.
    """
    loaded, unread = [], {}
    for name, options, place in named:
        try:
            loaded.append((options.load(name), options))
        except GridempError as error:
            unread[f"{place}{name}"] = f"{place}{error}"
    return loaded, unread


def listed(context: typer.Context, path: Path) -> list[tuple[str, WorldsOptions, str]]:
    """Mazes of a list of worlds, each with the options of its line and command, and its place."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not text in UTF-8"
        raise GridempError(
            f"cannot read {path}: {reason}; --worlds needs a text file with a maze on each line"
        ) from None
    named = []
    for number, line in enumerate(lines, 1):
        place = f"{path}, line {number}: "
        try:
            mazes, options = listed_on(context, shlex.split(line, comments=True))
            named += [(name, options, place) for name in files(mazes)]
        except ValueError:
            reason = "a quotation mark is not closed, or the line ends in a backslash"
            raise GridempError(f"{place}{reason}") from None
        except (GridempError, typer.TyperException) as error:
            raise GridempError(f"{place}{error}") from None
    if not named:
        raise GridempError(f"{path} lists no mazes; write the name or file of one on each line")
    return named


def listed_on(context: typer.Context, words: list[str]) -> tuple[list[str], WorldsOptions]:
    """Mazes on a line of a list, and their options: their own ones and those of the command.

    Raises
    ------
    GridempError
        If there is no maze, or an option that is not one of worlds.
    """
    above = {name: value for name, value in context.params.items() if name != "mazes"}
    if not words:
        return [], WorldsOptions.of(above)
    if "--help" in words:
        raise GridempError("--help is not an option of a maze; remove it")
    line = context.command.make_context("sweep", list(words), default_map=above)
    allowed = {"mazes", *(field.name for field in fields(WorldsOptions))}
    for name in line.params:
        source = line.get_parameter_source(name)
        if source is not None and source.name == "COMMANDLINE" and name not in allowed:
            typed = flag(context.command, name)
            raise GridempError(f"{typed} applies to the whole sweep; give it on the command line")
    if not line.params["mazes"]:
        raise GridempError("there is no maze; begin the line with its name or file")
    options = WorldsOptions.of(line.params)
    options.grids([])  # raises an error if a value is invalid
    return line.params["mazes"], options
