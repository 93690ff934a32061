"""Files that the extensions write before each build.

Sphinx reads a page again if a file that the page includes or links to is newer than the page was at
the last build. A file whose content has not changed is therefore not written again.
"""

from collections.abc import Container, Mapping
from pathlib import Path


def write(path: Path, content: str | bytes) -> None:
    """Write a file, unless it already has this content."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    if not path.is_file() or path.read_bytes() != data:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def write_folder(folder: Path, contents: Mapping[str, str | bytes]) -> None:
    """Write files into a folder, by name, and remove all other files that are directly in it."""
    for name, content in contents.items():
        write(folder / name, content)
    remove_others(folder, contents)


def remove_others(folder: Path, names: Container[str]) -> None:
    """Remove the files that are directly in a folder, except those with one of these names."""
    for path in folder.glob("*"):
        if path.is_file() and path.name not in names:
            path.unlink()
