"""Completion of words in a shell: mazes, files and the values of options."""

from collections.abc import Callable, Iterable
from pathlib import Path

from gridemp.mazes.bundled import bundled_mazes

Completer = Callable[[str], list[str]]


def among(*values: str) -> Completer:
    """Function that completes an incomplete word, or the last item of a list, to these values."""
    return lambda incomplete: matching(values, incomplete)


def matching(values: Iterable[str], incomplete: str) -> list[str]:
    """Values that complete the last item of a list such as `row,col`, after the items before it."""
    done, comma, _ = incomplete.rpartition(",")
    words = [done + comma + value for value in values]
    return [word for word in words if word.startswith(incomplete)]


def complete_maze(incomplete: str) -> list[str]:
    """Bundled mazes, files and folders that begin with an incomplete word."""
    return [*matching_names(incomplete), *matching_paths(incomplete)]


def matching_names(incomplete: str) -> list[str]:
    """Names of bundled mazes that begin with a word; none if their folder cannot be read."""
    try:
        return [name for name in bundled_mazes() if name.startswith(incomplete)]
    except (OSError, StopIteration):
        return []


def matching_paths(incomplete: str) -> list[str]:
    """Files, and folders with a slash, that begin with a word, without hidden ones."""
    folder, slash, start = incomplete.rpartition("/")
    paths = []
    try:
        for path in sorted(Path(folder + slash or ".").iterdir()):
            if path.name.startswith(start) and (start or not path.name.startswith(".")):
                paths.append(f"{folder}{slash}{path.name}" + "/" * path.is_dir())
    except (OSError, ValueError):
        return []
    return paths


def complete_cmap(incomplete: str) -> list[str]:
    """Names of matplotlib's colour maps that begin with an incomplete word."""
    from gridemp.render.layout.style import cmap_names

    return matching(cmap_names(), incomplete)


def complete_style(incomplete: str) -> list[str]:
    """Names of styles, those of tueplots included, that begin with an incomplete word."""
    from gridemp.render.layout.style import style_names

    return matching(style_names(), incomplete)


def complete_format(incomplete: str) -> list[str]:
    """Names of formats of maze texts that begin with an incomplete word."""
    from gridemp.mazes.formats import FORMATS

    return matching(FORMATS, incomplete)
