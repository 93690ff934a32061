"""The pages of the gallery, made from `figures/gallery.toml` before each build.

`gallery/cards.txt`, which `gallery.md` includes, has a card for each picture. Each picture also has
a page of its own in `gallery/`. Git ignores that folder.
"""

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from sphinx.application import Sphinx

sys.path.append(str(Path(__file__).parents[2] / "figures"))

from entries import FIGURES, Entry, Group, read_gallery

THUMBNAIL = (600, 440)  # pixels, twice the size on the page


def setup(app: "Sphinx") -> dict[str, bool]:
    """Make the pages when a build begins."""
    app.connect("builder-inited", lambda app: write_pages(Path(app.srcdir) / "gallery"))
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def write_pages(folder: Path) -> None:
    """Write the cards, their thumbnails and a page for each entry; remove pages of no entry."""
    groups = read_gallery()
    thumbnails = folder / "thumbnails"
    thumbnails.mkdir(parents=True, exist_ok=True)
    write(folder / "cards.txt", cards(groups))
    entries = [entry for group in groups for entry in group.entries]
    for entry in entries:
        write(folder / f"{entry.name}.md", page(entry))
        for file in filter(None, (entry.file, entry.dark)):
            write_thumbnail(FIGURES / file, thumbnails / file, entry.thumbnail)
    for path in {*folder.glob("*.md")} - {folder / f"{entry.name}.md" for entry in entries}:
        path.unlink()


def write(path: Path, text: str) -> None:
    """Write a file unless it has this text, so that Sphinx reads only pages that have changed."""
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def write_thumbnail(path: Path, target: Path, part: Sequence[float]) -> None:
    """Write a small copy of a part of a picture; an animation is small as it is."""
    if path.suffix == ".gif":
        shutil.copyfile(path, target)
        return
    with Image.open(path) as image:
        box = [round(end * length) for end, length in zip(part, image.size * 2, strict=True)]
        small = image.convert("RGB").crop(tuple(box))
        small.thumbnail(THUMBNAIL, Image.Resampling.LANCZOS)
        small.quantize(256).save(target, optimize=True)


def cards(groups: list[Group]) -> str:
    """Grids of cards, one for each group, and the list of the pages."""
    lines = []
    for group in groups:
        lines += [f"## {group.title}", "", ":::::{grid} 2 2 3 4", ":gutter: 3", ""]
        for entry in group.entries:
            lines += ["::::{grid-item-card}", f":link: gallery/{entry.name}", ":link-type: doc"]
            lines += [":class-card: gallery-card", ":text-align: center", ""]
            lines += images(entry, "gallery/thumbnails", "gallery-thumbnail")
            lines += [":::{card-footer}", entry.title, ":::", "::::", ""]
        lines += [":::::", ""]
    names = [entry.name for group in groups for entry in group.entries]
    lines += ["```{toctree}", ":hidden:", "", *(f"gallery/{name}" for name in names), "```", ""]
    return "\n".join(lines)


def page(entry: Entry) -> str:
    """Page of a picture, with its command and its Python."""
    lines = [f"# {entry.title}", "", entry.caption, ""]
    lines += images(entry, "../../figures", "gallery-picture")
    if entry.script:
        lines += ["You start it with this command:", ""]
    else:
        lines += ["On the command line:", ""]
    runs = "it takes long" if entry.slow else "`python figures/draw.py --check` runs it"
    comment = f"<!-- not run: {runs} -->"  # for the tests of the documentation
    lines += [comment, "```sh", entry.command.strip(), "```", ""]
    if entry.python:
        lines += ["In Python:", "", comment, "```python", entry.python.strip(), "```", ""]
    if entry.takes:
        lines += [f"This takes {entry.takes}.", ""]
    return "\n".join(lines)


def images(entry: Entry, folder: str, style: str) -> list[str]:
    """Picture of an entry, or one for each theme, with a CSS class."""
    files = {"": entry.file}
    if entry.dark:
        files = {"only-light": entry.file, "only-dark": entry.dark}
    lines = []
    for theme, file in files.items():
        lines += [f"```{{image}} {folder}/{file}", f":alt: {entry.alt}"]
        lines += [f":class: {style} {theme}".rstrip(), "```", ""]
    return lines
