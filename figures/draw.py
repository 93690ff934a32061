"""Draw the pictures of the gallery by their commands, or check that they would be the same.

`python figures/draw.py` draws all pictures that take seconds and writes README.md. With names, as
in `python figures/draw.py walk learned`, it draws these, even if they take minutes. With `--check`,
it draws each into another folder, by its command and by its Python, and compares.
"""

import argparse
import contextlib
import shutil
import sys
import tempfile
from collections.abc import Iterator
from html import escape
from pathlib import Path

import numpy as np
from entries import FIGURES, Entry, Group, read_gallery
from PIL import Image, ImageSequence

from gridemp.cli.main import app
from gridemp.render import look

TILE = 64  # pixels
TOLERANCE = 2.0  # of 255, root mean square over a tile, for the matplotlib of the tests
README = FIGURES / "README.md"


def draw_by_command(entry: Entry) -> Path:
    """Run the commands of an entry in the working directory and return the picture's path."""
    write_maze(entry)
    for words in entry.commands:
        try:
            app(words)
        except SystemExit as stopped:
            if stopped.code:
                raise
    return Path(entry.file)


def draw_by_python(entry: Entry) -> Path:
    """Run the Python of an entry in the working directory and return the picture's path."""
    write_maze(entry)
    with look():  # whatever the user's `matplotlibrc` says
        exec(compile(entry.python, f"{entry.name} in gallery.toml", "exec"), {})
    return Path(entry.file)


def write_maze(entry: Entry) -> None:
    """Write the maze of an entry into the working directory, if it has one."""
    if entry.maze:
        Path("maze.txt").write_text(f"{entry.maze.strip()}\n", encoding="utf-8")


def apart(one: Path, other: Path) -> float:
    """Root mean square difference of two pictures in the tile, of all frames, where it is largest.

    It is infinite if their sizes differ.
    """
    pictures = []
    for path in (one, other):
        with Image.open(path) as image:
            frames = [np.asarray(f.convert("RGB"), float) for f in ImageSequence.Iterator(image)]
        pictures.append(np.array(frames))
    if pictures[0].shape != pictures[1].shape:
        return float("inf")
    errors = np.square(pictures[0] - pictures[1]).mean(axis=3)
    for axis in (1, 2):
        errors = np.add.reduceat(errors, range(0, errors.shape[axis], TILE), axis) / TILE
    return float(np.sqrt(errors.max()))


def readme(groups: list[Group]) -> str:
    """Text of README.md: the pictures with their commands."""
    lines = [
        "<!-- Written by `python figures/draw.py` from gallery.toml. -->",
        "# Gallery",
        "",
        "Each picture stands above the command that draws it; the documentation adds Python code.",
        "To draw the pictures again, run `python figures/draw.py` in a clone. With `--check`, it",
        "only tells you which of them would change.",
    ]
    for group in groups:
        lines += ["", f"## {group.title}"]
        for entry in group.entries:
            picture = f'<img src="{entry.file}" alt="{escape(entry.alt)}" width="420">'
            if entry.dark:
                dark = f'<source media="(prefers-color-scheme: dark)" srcset="{entry.dark}">'
                picture = f"<picture>{dark}{picture}</picture>"
            lines += ["", f"### {entry.title}", "", entry.caption, "", picture]
            if entry.maze:
                lines += ["", "With the file maze.txt:", "", "```text", entry.maze.strip(), "```"]
            lines += ["", "```sh", entry.command.strip(), "```"]
    return "\n".join(lines) + "\n"


def differences(entry: Entry) -> Iterator[str]:
    """Draw an entry by command and by Python, and say which differs from the committed picture."""
    ways = {"command": draw_by_command, "Python": draw_by_python}
    for way, draw in ways.items():
        if way == "Python" and not entry.python:
            continue
        with in_a_new_folder():
            error = apart(FIGURES / entry.file, draw(entry))
        if error > TOLERANCE:
            yield f"{entry.file}, drawn by its {way}, by {error:.1f}"


@contextlib.contextmanager
def in_a_new_folder() -> Iterator[None]:
    """Work in an empty folder that is removed afterwards."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        yield


def chosen(names: list[str], groups: list[Group]) -> list[Entry]:
    """Entries with these names, or all that are drawn in seconds."""
    entries = {entry.name: entry for group in groups for entry in group.entries}
    if unknown := [name for name in names if name not in entries]:
        sys.exit(f"no picture {', '.join(unknown)} in gallery.toml; it has {', '.join(entries)}")
    if scripts := [entries[name].script for name in names if entries[name].script]:
        sys.exit(f"run python figures/{scripts[0]} instead")
    return [entries[name] for name in names] or [e for e in entries.values() if not e.slow]


def main() -> None:
    """Draw, or draw elsewhere and compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="pictures to draw, by name")
    parser.add_argument("--check", action="store_true", help="only say what would change")
    arguments = parser.parse_args()
    groups = read_gallery()
    entries = chosen(arguments.names, groups)
    if arguments.check:
        changed = [line for entry in entries for line in differences(entry)]
        if README.read_text(encoding="utf-8") != readme(groups):
            changed.append("README.md")
        if changed:
            sys.exit(f"these have changed: {'; '.join(changed)}; run python figures/draw.py")
        return
    README.write_text(readme(groups), encoding="utf-8")
    for entry in entries:
        with in_a_new_folder():
            shutil.copyfile(draw_by_command(entry), FIGURES / entry.file)


if __name__ == "__main__":
    main()
