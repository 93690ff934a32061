"""Draw the gallery again: every command of README.md, into this folder or, to check, beside it."""

import argparse
import re
import shlex
import sys
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image, ImageSequence

from gridemp.cli.main import app

FIGURES = Path(__file__).parent
TOLERANCE = 2.0  # of 255, root mean square over a picture, for the matplotlib of the tests


def commands() -> dict[str, list[str]]:
    """The words of each command of the gallery, by the file that it draws."""
    lines = re.findall(r"^    gridemp (.*)", (FIGURES / "README.md").read_text(), re.MULTILINE)
    words = [shlex.split(line) for line in lines]
    return {Path(own[own.index("--output") + 1]).name: own for own in words}


def draw(words: list[str], path: Path) -> None:
    """Run a command as if it were typed, into another file."""
    words = [*words]
    words[words.index("--output") + 1] = str(path)
    try:
        app(words)
    except SystemExit as stopped:
        if stopped.code:
            raise


def apart(one: Path, other: Path) -> float:
    """Root mean square difference of two pictures, the largest of all frames.

    It is infinite if their sizes differ.
    """
    pictures = []
    for path in (one, other):
        with Image.open(path) as image:
            frames = [np.asarray(f.convert("RGB"), float) for f in ImageSequence.Iterator(image)]
        pictures.append(np.array(frames))
    if pictures[0].shape != pictures[1].shape:
        return float("inf")
    errors = np.square(pictures[0] - pictures[1]).mean(axis=(1, 2, 3))
    return float(np.sqrt(errors.max()))


def main() -> None:
    """Draw, or draw elsewhere and compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only say what would change")
    check = parser.parse_args().check
    changed = []
    with tempfile.TemporaryDirectory() as folder:
        for name, words in commands().items():
            path = Path(folder, name) if check else FIGURES / name
            draw(words, path)
            if check and (error := apart(FIGURES / name, path)) > TOLERANCE:
                changed.append(f"{name} by {error:.1f}")
    if changed:
        sys.exit(f"pictures have changed: {', '.join(changed)}; run python figures/draw.py")


if __name__ == "__main__":
    main()
