"""The entries of the gallery, read from `gallery.toml`."""

import shlex
import tomllib
from dataclasses import dataclass
from pathlib import Path

FIGURES = Path(__file__).parent


@dataclass(frozen=True)
class Entry:
    """A picture of the gallery; `gallery.toml` explains the fields."""

    name: str
    file: str
    title: str
    caption: str
    alt: str
    command: str
    python: str = ""
    takes: str = ""
    maze: str = ""
    script: str = ""
    dark: str = ""
    thumbnail: tuple[float, float, float, float] = (0, 0, 1, 1)

    @property
    def commands(self) -> list[list[str]]:
        """Words of each command, without the name of the program."""
        return [shlex.split(line)[1:] for line in self.command.strip().splitlines()]

    @property
    def slow(self) -> bool:
        """True if the picture is drawn only on request."""
        return bool(self.takes or self.script)


@dataclass(frozen=True)
class Group:
    """Entries of the gallery under one title."""

    title: str
    entries: tuple[Entry, ...]


def read_gallery(path: Path = FIGURES / "gallery.toml") -> list[Group]:
    """Read the groups of the gallery in their order."""
    groups = tomllib.loads(path.read_text(encoding="utf-8"))["group"]
    return [
        Group(group["title"], tuple(Entry(**figure) for figure in group["figure"]))
        for group in groups
    ]
