"""Records of how a figure was made, written into its file and read back from it."""

import html
import io
import json
import os
import platform
import re
import shlex
from collections.abc import Mapping, Sequence
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any

from gridemp.engine.kind import OPEN
from gridemp.engine.map import INVISIBLE_GAP, EmpowermentMap
from gridemp.errors import GridempError
from gridemp.mazes.maze_hash import maze_hash
from gridemp.report.rounding import rounded_up
from gridemp.worlds.world import World

Record = Mapping[str, Any]

START = '{"gridemp": '  # the text that a record in a file begins with
PACKAGES = ("numpy", "matplotlib")
UNRECORDED = ("--quiet", "--json")  # words that change nothing in the file
# Options that hold texts and names of columns; the values of others may be files.
OWN_WORDS = (
    *("--title", "--panel-titles", "--actions", "--effects", "--context", "--angles"),
    *("--trial", "--player", "--time", "--episode"),
)
MAX_BYTES = 2**28  # bytes of a file that is searched for a record


def record(
    worlds: Sequence[World], horizons: Sequence[int | None], command: Sequence[str] = ()
) -> dict[str, Any]:
    """Record of a figure: versions, command, and the worlds and horizons of its maps.

    Parameters
    ----------
    worlds : sequence of World
        Worlds of the maps, one or more.
    horizons : sequence of int or None
        Horizons of the maps, as many as there are worlds; None for a map that has none.
    command : sequence of str
        Words of the command line.

    Returns
    -------
    dict
        Values by name, of type str, int or float; lists of these where the maps differ.
    """
    mazes = [world.maze for world in worlds]
    return made_by(command) | {
        "maze": _shared([maze.name for maze in mazes]),
        "cells": _shared([f"{maze.shape[1]} x {maze.shape[0]}" for maze in mazes]),
        "sha256": _shared([maze_hash(maze) for maze in mazes]),
        "horizon": _shared(list(horizons)),
        "actions": _shared([" ".join(world.actions) for world in worlds]),
        "slip": _shared([float(world.conditions.slip) for world in worlds]),
        "conditions": _shared([str(world.conditions) for world in worlds]),
    }


def map_record(emaps: Sequence[EmpowermentMap], command: Sequence[str] = ()) -> dict[str, Any]:
    """Record of a figure of maps, as `record`, with what else makes these maps what they are.

    Where there is something to say, these are the `source`, the choice among the states of a cell
    (`shown`), and the widest `gap` in bits, rounded up, if it can be seen.

    Parameters
    ----------
    emaps : sequence of EmpowermentMap
        One or more maps.
    command : sequence of str
        Words of the command line.
    """
    facts = record([emap.world for emap in emaps], [emap.horizon for emap in emaps], command)
    if any(emap.kind != OPEN for emap in emaps):
        facts |= {"kind": _shared([emap.kind.name for emap in emaps])}
        facts |= {"kind settings": _shared([emap.kind.words for emap in emaps])}
    if any(emap.source for emap in emaps):
        facts["source"] = _shared([emap.source or "optimal source" for emap in emaps])
    if any(emap.shown for emap in emaps):
        facts["shown"] = _shared([emap.shown for emap in emaps])
    if (gap := max(float(emap.gap.max()) for emap in emaps)) > INVISIBLE_GAP:
        facts["gap"] = float(rounded_up(gap))
    return facts


def measure_record(
    world: World,
    horizon: int | None,
    label: str,
    note: str = "",
    command: Sequence[str] = (),
) -> dict[str, Any]:
    """Record of a figure of a measure other than empowerment.

    Parameters
    ----------
    world : World
        World of the measure.
    horizon : int or None
        Number of steps that the measure looks ahead; without one, the record has none.
    label : str
        Name of the measure, with its unit.
    note : str
        Settings of an estimate; empty for an exact measure.
    command : sequence of str
        Words of the command line.
    """
    facts = {
        **record([world], [horizon], command),
        "title": f"{world.maze.name}: {label}",
        "measure": label,
        "estimate": note,
    }
    missing = [*["horizon"] * (horizon is None), *["estimate"] * (not note)]
    return {key: value for key, value in facts.items() if key not in missing}


def made_by(command: Sequence[str] = ()) -> dict[str, Any]:
    """Part of a record that does not depend on the maps: versions and command."""
    python = f"Python {platform.python_version()}"
    return {
        "gridemp": version("gridemp"),
        "with": ", ".join([*(f"{name} {version(name)}" for name in PACKAGES), python]),
        "command": shlex.join(("gridemp", *command)) if command else "",
    }


def version(package: str) -> str:
    """Version of a package, from its `__version__`."""
    return str(import_module(package).__version__)


def as_recorded(words: Sequence[str]) -> list[str]:
    """Words of a command line, without its output, what it prints, and the folders of its files.

    The file of a picture then has the same bytes in any folder and says nothing about the machine.
    """
    each = iter(words)
    kept: list[str] = []
    for word in each:
        if word == "--":  # only arguments follow
            return [*kept, word, *map(_without_folder, each)]
        if word.startswith("-q"):  # -qo FILE is -q -o FILE
            word = "-" + word[1:].lstrip("q")
            if word == "-":
                continue
        if word in ("-o", "--output", "--jobs"):
            next(each, None)
        elif word in OWN_WORDS:
            kept += [word, *islice(each, 1)]
        elif word not in UNRECORDED and not word.startswith(("--output=", "-o", "--jobs=")):
            option, equals, value = word.partition("=") if word[:2] == "--" else ("", "", word)
            value = value if option in OWN_WORDS else _without_folder(value)
            kept.append(option + equals + value)
    return kept


def _without_folder(word: str) -> str:
    """Argument or value of an option, without its folder if it is the whole path of a file."""
    return Path(word).name if os.path.isabs(word) else word


def as_text(record: Record) -> str:
    """Record as one line of ASCII, as it is written into files."""
    return json.dumps(record)


def read_record(path: Path) -> dict[str, Any]:
    """Record in a PNG, PDF, SVG, GIF, MP4 or HTML file.

    Raises
    ------
    GridempError
        If the file cannot be read or holds no record.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise GridempError(f"{path} is too large for a figure; name another file")
        content = path.read_bytes()
    except OSError as error:
        raise GridempError(f"cannot read {path}: {error.strerror}; name a figure") from None
    text = _text(content)
    try:
        found, _ = json.JSONDecoder().raw_decode(text[text.index(START) :])
    except ValueError:
        raise GridempError(
            f"{path} holds no record of what made it; only figures that gridemp wrote do, and some "
            "programs drop it when they convert a figure"
        ) from None
    return dict(found)


def about_replaced(path: Path, new: Record) -> str:
    """Sentence on the figure that another one replaces; empty if both show the same.

    Parameters
    ----------
    path : Path
        File of the figure, which need not exist.
    new : mapping
        Record of the figure that will be written there.
    """
    if not path.exists():
        return ""
    try:
        old = read_record(path)
    except GridempError:
        return f"{path} is replaced; it held no record of what made it"
    new = json.loads(as_text(new))
    if _shown(old) == _shown(new):
        return ""
    drawn = f"drawn by {old.get('command') or 'another program'}"
    if old.get("sha256") == new.get("sha256"):
        return f"{path} is replaced; it was {drawn}"
    other = "other mazes" if isinstance(old.get("sha256"), list) else "another maze"
    same = old.get("command") == new.get("command")
    return f"{path} is replaced; it showed {other} of that name" + ("" if same else f", {drawn}")


def _shown(record: Record) -> str:
    """Text that is the same for records of the same picture, by whatever versions and spelling."""
    command = str(record.get("command", ""))
    if "sha256" in record:
        command = " ".join(command.split()[1:2])
    left_out = ("gridemp", "with", "command")
    shown = {key: value for key, value in record.items() if key not in left_out}
    return as_text({"command": command, **shown})


def _text(content: bytes) -> str:
    """Text of a file that may hold a record, without escapes."""
    if content.startswith((b"\x89PNG", b"GIF8")):
        return _image_text(content)
    text = content.decode("latin-1")
    if content.startswith(b"%PDF"):
        return re.sub(r"\\(.)", r"\1", text, flags=re.DOTALL)
    return html.unescape(text) if content.lstrip().startswith(b"<") else text


def _image_text(content: bytes) -> str:
    from PIL.GifImagePlugin import GifImageFile
    from PIL.PngImagePlugin import PngImageFile

    kind = PngImageFile if content.startswith(b"\x89PNG") else GifImageFile
    try:
        with kind(io.BytesIO(content)) as image:  # `Image.open` refuses large ones
            comment = image.info.get("Description", image.info.get("comment", ""))
    except (OSError, ValueError, SyntaxError):
        return ""
    return comment.decode("latin-1") if isinstance(comment, bytes) else str(comment)


def _shared(values: list[Any]) -> Any:
    """Common value if all values are equal, else the list of values."""
    return values[0] if all(value == values[0] for value in values) else values
