"""The pages of the gallery, made from `figures/gallery.toml` before each build.

`gallery/cards.txt`, which `gallery.md` includes, has a card for each picture. Each picture also has
a page of its own in `gallery/`. Git ignores that folder.
"""

import sys
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from generated import write_folder
from PIL import Image

if TYPE_CHECKING:
    from sphinx.application import Sphinx

sys.path.insert(0, str(Path(__file__).parents[2] / "figures"))

from entries import FIGURES, Entry, Group, read_gallery

THUMBNAIL = (600, 440)  # pixels, twice the size on the page


def setup(app: "Sphinx") -> dict[str, bool]:
    """Make the pages when a build begins."""
    app.connect("builder-inited", lambda app: write_pages(Path(app.srcdir) / "gallery"))
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def write_pages(folder: Path) -> None:
    """Write the cards, their thumbnails and a page for each entry; remove those of no entry."""
    groups = read_gallery()
    entries = [entry for group in groups for entry in group.entries]
    pages = {f"{entry.name}.md": page(entry) for entry in entries}
    write_folder(folder, {"cards.txt": cards(groups), **pages})
    thumbnails = {
        file: thumbnail(FIGURES / file, entry.thumbnail)
        for entry in entries
        for file in filter(None, (entry.file, entry.dark))
    }
    write_folder(folder / "thumbnails", thumbnails)


def thumbnail(path: Path, part: Sequence[float]) -> bytes:
    """Small copy of a part of a picture; an animation is small as it is."""
    if path.suffix == ".gif":
        return path.read_bytes()
    with Image.open(path) as image:
        box = [round(end * length) for end, length in zip(part, image.size * 2, strict=True)]
        small = image.convert("RGB").crop(tuple(box))
    small.thumbnail(THUMBNAIL, Image.Resampling.LANCZOS)
    file = BytesIO()
    small.quantize(256).save(file, "png", optimize=True)
    return file.getvalue()


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
    if entry.maze:
        lines += ["The file `maze.txt`:", "", "```text", entry.maze.strip(), "```", ""]
    if entry.script:
        lines += ["You start it with this command:", ""]
    else:
        lines += ["On the command line:", ""]
    lines += ["```sh", entry.command.strip(), "```", ""]
    if entry.python:
        lines += ["In Python:", "", "```python", entry.python.strip(), "```", ""]
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
