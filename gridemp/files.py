"""Writing output files whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gridemp.errors import GridempError


def checked_output(path: Path, suffixes: tuple[str, ...]) -> Path:
    """The path, or a GridempError before any work is done if it cannot be written.

    Parameters
    ----------
    path : Path
        Where output is to go.
    suffixes : tuple of str
        The endings that are understood, with their dots.
    """
    if path.suffix.lower() not in suffixes:
        raise GridempError(f"cannot write {path}: its name must end in {' or '.join(suffixes)}")
    if path.is_dir():
        raise GridempError(f"cannot write {path}: it is a folder; name a file")
    if not path.parent.is_dir():
        raise GridempError(f"cannot write {path}: create the folder {path.parent} first")
    return path


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A temporary name beside `path`, moved into place at the end and removed on any failure."""
    temporary = path.with_name(f".{os.getpid()}-{path.name}")
    try:
        path.parent.mkdir(exist_ok=True)
        yield temporary
        temporary.replace(path)
    except OSError as error:
        raise GridempError(
            f"cannot write {path}: {error.strerror or error}; choose another place"
        ) from None
    finally:
        temporary.unlink(missing_ok=True)
