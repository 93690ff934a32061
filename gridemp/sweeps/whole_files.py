"""Files that are written completely or not at all, and JSON."""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

from gridemp.errors import GridempError


def as_json(content: Mapping[str, Any]) -> bytes:
    """Metadata or a record as the content of a file."""
    text = json.dumps(content, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode()  # indents would need the slow encoder of Python


def read_json(path: Path) -> dict[str, Any] | None:
    """Content of a JSON file; None if there is no such file, or it is not whole.

    Raises
    ------
    GridempError
        If this user may not read it.
    """
    try:
        content = json.loads(path.read_bytes())
    except PermissionError:
        raise forbidden(path) from None
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) else None


def forbidden(path: Path) -> GridempError:
    """Error for a file or folder that this user may not read."""
    return GridempError(
        f"cannot read {path}: permission denied; ask its owner for permission to read the whole "
        "store"
    )


def write_whole(path: Path, data: bytes, *, durable: bool = False) -> None:
    """Write a file completely or not at all, even if two processes write it at the same time.

    Parameters
    ----------
    path : Path
        The file.
    data : bytes
        Its content.
    durable : bool
        True to wait until the file is on the disk, where it outlasts a power failure.

    Raises
    ------
    GridempError
        If it cannot be written, for example because the disk is full.
    """
    temporary = f"{os.path.dirname(path)}/.{uuid4().hex}.tmp"
    try:
        with open(temporary, "wb", buffering=0) as stream:  # quicker than the methods of a Path
            stream.write(data)
            if durable:
                os.fsync(stream.fileno())
        os.replace(temporary, path)
    except BaseException as error:
        with suppress(OSError):
            os.unlink(temporary)
        if not isinstance(error, OSError):
            raise
        raise GridempError(
            f"cannot write {path}: {error.strerror or error}; make sure that there is space and "
            "that you may write there"
        ) from None
