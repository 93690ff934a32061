"""Output files that are written completely or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gridemp.errors import GridempError

MAP_RECORD = "record"  # the array of a saved map with its settings, as JSON text


def checked_output(path: Path, suffixes: tuple[str, ...], *, make_folder: bool = False) -> Path:
    """Return `path` if a file can be written there.

    It is meant to be called before any work is done, so that no result is lost.

    Parameters
    ----------
    path : Path
        The output file.
    suffixes : tuple of str
        Allowed file name endings, with their dots.
    make_folder : bool
        Whether `replacing` will create the folder of the file if it is missing.

    Raises
    ------
    GridempError
        If the file cannot be written; the message says why.
    """
    if path.is_dir():
        raise GridempError(f"cannot write {path}: it is a folder; name a file")
    if path.exists() and not path.is_file():  # a device or a pipe, which `replacing` would destroy
        raise GridempError(f"cannot write {path}: it is not a regular file; name another")
    check_suffix(path, suffixes)
    folder = path.parent
    if make_folder and not os.path.lexists(folder):
        folder = folder.parent
    if not folder.exists():
        raise GridempError(f"cannot write {path}: create the folder {folder} first")
    if not (folder.is_dir() and os.access(folder, os.W_OK)):
        raise GridempError(
            f"cannot write {path}: {folder} is not a writable folder; choose another place"
        )
    return path


def check_suffix(path: Path, suffixes: tuple[str, ...]) -> None:
    """Raise a GridempError if the name of an output file has none of these endings."""
    if path.suffix.lower() not in suffixes:
        raise GridempError(f"cannot write {path}: its name must end in {' or '.join(suffixes)}")


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yield the name of a temporary file beside `path`, which replaces it when the block ends.

    If the block fails, the temporary file is removed and `path` stays as it was.
    """
    try:
        target = path.resolve()  # what a symbolic link points to
        temporary = target.with_name(f".gridemp-{os.getpid()}{path.suffix}")
        target.parent.mkdir(exist_ok=True)
        try:
            yield temporary
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise GridempError(
            f"cannot write {path}: {error.strerror or error}; choose another place"
        ) from None
