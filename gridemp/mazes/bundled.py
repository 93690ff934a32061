"""Mazes that come with gridemp, and the lookup of a maze by path or name."""

import re
from difflib import get_close_matches
from pathlib import Path

from gridemp.errors import GridempError

# An installed wheel holds the mazes in the package; a checkout holds them in its top folder.
PLACES = Path(__file__).with_name("data"), Path(__file__).parents[2] / "mazes"
# These two files are kept byte for byte as published, so they have no comment to quote.
DESCRIPTIONS = {
    "klyubin": "the classic 10 x 10 maze with thin walls (Klyubin, Polani & Nehaniv 2005)",
    "room": "an empty room: the middle can reach more than the corners",
}

ENVIRONMENT = re.compile(r"([\w.]+:)?\w[\w.-]*-v\d+(\?.*)?")  # name of one in Gymnasium

# Options of `World.from_maze` without which a maze does not show what its description says.
SETTINGS = {"box": {"torus": "xy"}, "box-fixed": {"torus": "xy"}}


def bundled_mazes() -> dict[str, Path]:
    """Return the file of each bundled maze by name, in alphabetical order."""
    folder = next(place for place in PLACES if place.is_dir())
    return {path.stem: path for path in sorted(folder.glob("*.txt"), key=lambda path: path.stem)}


def description(path: Path) -> str:
    """Return a one-line description of a bundled maze: the first comment in its file."""
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    return first.removeprefix(";").strip() if first.startswith(";") else DESCRIPTIONS[path.stem]


def find_maze(name: str) -> Path:
    """Return the file of a maze given by its path or else by its bundled name.

    Raises
    ------
    GridempError
        If `name` is neither; the message suggests the nearest name.
    """
    path = Path(name)
    mazes = bundled_mazes()
    try:
        if name and path.exists() and not (path.is_dir() and name in mazes):
            return path
    except (OSError, ValueError):  # a name that is too long or contains NUL
        pass
    if name in mazes:
        return mazes[name]
    near = get_close_matches(path.stem.lower(), mazes, n=1)
    hint = (
        f"did you mean the bundled maze '{near[0]}'?"
        if near
        else "give a path, or one of the names that 'gridemp mazes' lists"
    )
    if ENVIRONMENT.fullmatch(name):
        hint = f"did you mean the environment gym:{name}?"
    raise GridempError(f"there is no file and no bundled maze '{name}'; {hint}")
