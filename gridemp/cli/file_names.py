"""Default names of output files: what the command shows, then each option that changes it.

Two commands that draw different pictures write different files; the plain command has a plain name,
such as klyubin-h3.png, and the same maze on slippery ground klyubin-h3-slip0.1.png.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any

from gridemp.cli.file_name_parts import OWN_LISTS, OWN_WORDS, PARTS
from gridemp.cli.running import RUNNING
from gridemp.cli.stored_maps import parse_address
from gridemp.mazes.maze import Maze
from gridemp.typing import Cell
from gridemp.worlds.world import World

MAX_BYTES = 150  # of a name without its suffix; file systems allow 255
MAX_WORD = 30  # characters of one text
BETWEEN = {"..": "-to-", ":": "-by-"}  # what stands between the numbers of a range


def default_name(*subject: str, suffix: str = ".png", **changed: Any) -> str:
    """File name for the output of the running command.

    Parameters
    ----------
    subject : str
        Parts that name what it shows: the maze, the cell, the horizon, the measure.
    suffix : str
        Ending of the name.
    changed : object
        Values of options that the command has derived from others, such as the slips of a film.
    """
    running = RUNNING.get()
    parts = [*subject, *option_parts({**running.values, **changed}, running.defaults)]
    return shortened("-".join(filter(None, parts))) + suffix


def option_parts(
    values: Mapping[str, Any], defaults: Mapping[str, Any] = MappingProxyType({})
) -> list[str]:
    """Part of the name for each option whose value differs from its default."""
    if values.get("torus") or (values.get("torus_x") and values.get("torus_y")):
        values = {**values, "torus": True, "torus_x": None, "torus_y": None}
    parts = {name: option_part(name, values[name]) for name in PARTS if name in values}
    usual = {name: option_part(name, defaults.get(name)) for name in parts}
    return [part for name, part in parts.items() if part and part != usual[name]]


def option_part(name: str, value: object) -> str:
    """Value of an option as part of a file name; empty if there is none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        flag = name.replace("_", "-")
        return flag if value else f"no-{flag}"
    text = value_part(name, str(value))
    # A number without a word before it could be another horizon.
    template = f"{name}-{{}}" if PARTS[name] == "{}" and text[:1].isdigit() else PARTS[name]
    return template.format(text)


def value_part(name: str, text: str) -> str:
    """Text of the option of this name as part of a file name."""
    if name in OWN_WORDS:
        return own_part(text)
    if name == "legend":  # which would be too long
        return digest(text)[:6]
    if name in OWN_LISTS:
        return "+".join(own_part(item.strip()) for item in text.split(","))
    return text_part(text)


def text_part(text: str) -> str:
    """Text of an option as part of a file name: 0.10 as 0.1, 1,2 as 1-2, 1..9:2 as 1-to-9-by-2."""
    items = [item.strip() for item in text.split(",")]
    numbers = [number_part(item) for item in items]
    return "-".join(numbers) if all(numbers) else "+".join(map(word_part, items))


def number_part(text: str) -> str:
    """Number or range as part of a file name; empty if the text is neither."""
    pieces = re.split(r"(\.\.|:)", text)
    parts = [BETWEEN.get(piece) or shortest_number(piece) for piece in pieces]
    return "".join(parts) if all(parts) else ""


def shortest_number(text: str) -> str:
    """Shortest text of the same number, 10% being 0.1; empty if the text is not a number."""
    try:
        if re.fullmatch(r"\d+", text):
            return str(int(text))
        share = text.endswith("%")
        number = float(Decimal(text.removesuffix("%")) / (100 if share else 1))
    except (ValueError, ArithmeticError):
        return ""
    return f"{number + 0.0}".removesuffix(".0")  # adding 0.0 makes -0.0 positive


def word_part(text: str) -> str:
    """Text as part of a file name, with a short hash if some of its characters had to change."""
    part = plain(text.rpartition("/")[2])[:MAX_WORD]
    return part if part == text else f"{part}-{digest(text)[:6]}".lstrip("-")


def own_part(text: str) -> str:
    """Words of the user as part of a file name, with a hash if they look like several parts."""
    part = word_part(text)
    return f"{part}-{digest(text)[:6]}" if part == text and "-" in text else part


def plain(text: str) -> str:
    """Text with hyphens in place of characters that shells, Windows or web addresses reject."""
    return re.sub(r"[^\w.=-]+", "-", text).strip("-.")


def digest(text: str) -> str:
    """Hash of a text, in hexadecimal digits."""
    return sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def shortened(name: str) -> str:
    """Name that is no longer than file systems allow: a long one ends in a hash of it."""
    content = name.encode("utf-8", "surrogateescape")
    if len(content) <= MAX_BYTES:
        return name
    return content[: MAX_BYTES - 9].decode("utf-8", "ignore") + "-" + digest(name)[:8]


def maze_part(maze: Maze) -> str:
    """Name of a maze as part of a file name."""
    return plain(maze.name) or "maze"


def map_part(file: str) -> str:
    """Name of a saved map as part of a file name: that of its file, or its maze and settings."""
    address = parse_address(file)
    if address is None:
        return plain(Path(file).stem) or "map"
    settings: dict[str, Any] = dict(address.settings)
    horizon = horizon_part(settings.pop("horizon")) if "horizon" in settings else ""
    torus = f"torus-{plain(settings.pop('torus'))}" if "torus" in settings else ""
    name = address.maze or Path(address.store).stem
    return "-".join(filter(None, [plain(name), horizon, torus, *option_parts(settings)])) or "map"


def maze_parts(worlds: Sequence[World], more: Sequence[str]) -> list[str]:
    """Name of each maze of a figure, given its worlds; there are equally many for each maze."""
    return [maze_part(world.maze) for world in worlds[:: len(worlds) // (1 + len(more))]]


def cell_part(cell: Cell) -> str:
    """Cell as part of a file name."""
    return f"x{cell[0]}-y{cell[1]}"


def horizon_part(horizon: str) -> str:
    """Horizon or list of horizons as part of a file name; empty if there is none."""
    return "h" + text_part(horizon) if horizon else ""
