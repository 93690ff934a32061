"""`gridemp sweep show`: the contents of the store of a sweep."""

from pathlib import Path
from typing import Annotated, Any

import typer

from gridemp.cli.command_words import COMMAND_WORDS
from gridemp.cli.translate import translate
from gridemp.shown import counted
from gridemp.sweeps.store import damaged_groups
from gridemp.sweeps.summary import GroupSummary, contents


def sweep_show(
    context: typer.Context,
    store: Annotated[
        Path, typer.Argument(metavar="STORE", help="Folder written by gridemp sweep.")
    ],
) -> None:
    """List the maps in a store, and those that are missing or failed.

    Examples
    --------
    gridemp sweep show results.zarr
    """
    program: Any = context.find_root().command
    sweep = program.get_command(context, "sweep")  # whose options the remedies name
    groups, unread = contents(store)
    for group in groups:
        typer.echo(line(group))
        for reason, count in group.failed.items():
            sentence = translate(reason, sweep, COMMAND_WORDS.get())
            typer.echo(f"  {counted(count, 'map')} failed: {sentence}")
    for name in damaged_groups(store):
        typer.echo(f"{name}: damaged; delete its folder and run its sweep again")
    for reason in unread.values():
        typer.echo(f"could not be read: {translate(reason, sweep, COMMAND_WORDS.get())}")
    done, missing = sum(group.done for group in groups), sum(group.missing for group in groups)
    typer.echo(f"{counted(len(groups), 'group')}, {counted(done, 'map')}, {missing} missing")


def line(group: GroupSummary) -> str:
    """Contents of a group in a line."""
    height, width = group.shape
    sizes = " x ".join(f"{size} {name}" for name, size in group.sizes.items())
    missing = f", {group.missing} missing" if group.missing else ""
    return (
        f"{group.name}, {width} x {height} cells: {counted(group.done, 'map')}{missing} ({sizes})"
    )
