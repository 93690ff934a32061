"""`gridemp sweep show`: the contents of the store of a sweep."""

from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import typer

from gridemp.cli.command_words import COMMAND_WORDS
from gridemp.cli.translate import translate
from gridemp.shown import counted
from gridemp.sweeps.settings import typed
from gridemp.sweeps.store import damaged_groups
from gridemp.sweeps.summary import GroupSummary, contents

MAX_FAILED = 10  # maps of a group whose failures are listed
PLURALS = {
    "moves": "moves",
    "torus": "tori",
    "sensor": "sensors",
    "slip": "slips",
    "horizon": "horizons",
}


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
        for place, reason in islice(group.failed.items(), MAX_FAILED):
            sentence = translate(reason, sweep, COMMAND_WORDS.get())
            typer.echo(f"  {settings(group, place) or 'failed'}: {sentence}")
        if len(group.failed) > MAX_FAILED:
            typer.echo(f"  {len(group.failed) - MAX_FAILED} more failed")
    for name in damaged_groups(store):
        typer.echo(f"{name}: damaged; delete its folder and run its sweep again")
    for reason in unread.values():
        typer.echo(f"could not be read: {translate(reason, sweep, COMMAND_WORDS.get())}")
    parts = [
        counted(len(groups), "group"),
        counted(sum(group.done for group in groups), "map"),
        f"{sum(group.missing for group in groups)} missing",
    ]
    if failed := sum(len(group.failed) for group in groups):
        parts.append(f"{failed} failed")
    typer.echo(", ".join(parts))


def line(group: GroupSummary) -> str:
    """Contents of a group in a line."""
    height, width = group.shape
    parts = [counted(group.done, "map")]
    if group.missing:
        parts.append(f"{group.missing} missing")
    if group.failed:
        parts.append(f"{len(group.failed)} failed")
    several = [f"{size} {PLURALS[name]}" for name, size in group.sizes.items() if size > 1]
    sizes = f" ({' x '.join(several)})" if several else ""
    return f"{group.name}, {width} x {height} cells: {', '.join(parts)}{sizes}"


def settings(group: GroupSummary, place: tuple[Any, ...]) -> str:
    """Words for the settings of a map of which its group has several values."""
    named = zip(group.sizes, place, strict=True)
    return ", ".join(
        f"{name} {typed(name, value)}" for name, value in named if group.sizes[name] > 1
    )
