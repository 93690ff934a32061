"""`gridemp values`: the empowerment of every cell as numbers."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from gridemp.cli.groups import with_options
from gridemp.cli.map_options import MapsOptions
from gridemp.cli.option_types import MoreMazes, Quiet, output_option
from gridemp.cli.running import STDOUT
from gridemp.cli.say import tell
from gridemp.files import checked_output, replacing
from gridemp.report.tables import check_one_map, save_table, save_values, write_csv, write_table
from gridemp.worlds.world import World


@with_options
def values(
    context: typer.Context,
    options: MapsOptions,
    output: Annotated[
        Path | None,
        output_option(
            "File to write: .csv, .json or .npz; - for CSV on standard output.  [default: -]"
        ),
    ] = None,
    more: MoreMazes = None,
    quiet: Quiet = False,  # read from `RUNNING`
) -> None:
    """Print the empowerment of every cell as a table, in bits.

    If you name several mazes, or give --horizon, --slip or --sensor a list, there is one table for
    all maps, and its first columns tell them apart.

    Examples
    --------
    gridemp values klyubin -n 3
    gridemp values klyubin -n 3 --slip 0.1 -o values.json
    gridemp values klyubin room -n 1..3
    """
    if output == STDOUT:
        output = None
    if output is not None:
        checked_output(output, (".csv", ".json", ".npz"))
    options.require_horizon(context)
    mazes = [options.maze, *(more or [])]
    worlds = told_apart(options.worlds(mazes[1:]), mazes)
    if output is not None and output.suffix.lower() == ".npz":
        check_one_map(len(worlds) * options.count())
    emaps = options.solve(*worlds)
    one = len(emaps) == 1
    if output is None:
        write_csv(emaps[0], sys.stdout) if one else write_table(emaps, sys.stdout)
        return
    with replacing(output) as temporary:
        save_values(emaps[0], temporary) if one else save_table(emaps, temporary)
    tell(output)


def told_apart(worlds: Sequence[World], mazes: Sequence[str]) -> list[World]:
    """Worlds whose mazes have different names; those that share one get the names they were given.

    Parameters
    ----------
    worlds : sequence of World
        Worlds of each maze, as many for each.
    mazes : sequence of str
        The mazes as they were given.
    """
    variants = len(worlds) // len(mazes)
    names = [world.maze.name for world in worlds[::variants]]
    given = [
        maze if names.count(name) > 1 else name for maze, name in zip(mazes, names, strict=True)
    ]
    unique = [
        f"{name} ({given[:i].count(name) + 1})" if name in given[:i] else name
        for i, name in enumerate(given)
    ]
    return [
        replace(world, maze=world.maze.named(unique[i // variants]))
        for i, world in enumerate(worlds)
    ]
