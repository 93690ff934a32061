"""Deterministic mutations of the contents of files, which readers must read or refuse."""

import re
import warnings

import numpy as np

from gridemp import GridempError, MazeWarning
from gridemp.mazes.protocol import Choices
from gridemp.mazes.reading import read_maze

NUMBER = re.compile(rb"-?\d+")
NUMBERS = b"0", b"-1", b"1e9", b"99999999", b"2147483648", b"18446744073709551616", b"9" * 400


def mutations(seeds, count, seed=0):
    """Yield `count` mutated copies, each of one of `seeds` (bytes or str) and of the same type.

    Each has one to four mistakes. The same arguments always give the same copies.
    """
    rng = np.random.default_rng(seed)
    for i in range(count):
        original = seeds[i % len(seeds)]
        data = original if isinstance(original, bytes) else original.encode()
        for _ in range(rng.integers(1, 5)):
            data = MISTAKES[rng.integers(len(MISTAKES))](rng, data)
        yield data if isinstance(original, bytes) else data.decode(errors="replace")


def assert_refused_or_read(seeds, count, format=None, choices=None):
    """Raise unless every mutation is read or refused with a GridempError; return both counts."""
    choices = choices or Choices()
    read = refused = 0
    for data in mutations(seeds, count):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", MazeWarning)
                read_maze(data, "mutation", format, choices)
            read += 1
        except GridempError:
            refused += 1
        except Exception as error:
            raise AssertionError(f"{error!r} on {data!r}") from error
    return read, refused


def _part(rng, data):
    """Two places in the data, the first not after the second, mostly near each other."""
    start = int(rng.integers(len(data) + 1))
    length = int(rng.integers(1, 9) if rng.random() < 0.7 else rng.integers(len(data) + 1))
    return start, min(start + length, len(data))


def _flip(rng, data):
    """Change one bit."""
    if not data:
        return data
    at = int(rng.integers(len(data)))
    return data[:at] + bytes([data[at] ^ 1 << int(rng.integers(8))]) + data[at + 1 :]


def _cut(rng, data):
    start, end = _part(rng, data)
    return data[:start] + data[end:]


def _cut_short(rng, data):
    return data[: int(rng.integers(len(data) + 1))]


def _insert(rng, data):
    """Insert a random byte, mostly one that occurs in the data."""
    at = int(rng.integers(len(data) + 1))
    known = data and rng.random() < 0.7
    byte = data[int(rng.integers(len(data)))] if known else int(rng.integers(256))
    return data[:at] + bytes([byte]) + data[at:]


def _duplicate(rng, data):
    start, end = _part(rng, data)
    return data[:end] + data[start:end] * int(rng.integers(1, 4)) + data[end:]


def _move(rng, data):
    start, end = _part(rng, data)
    rest = data[:start] + data[end:]
    at = int(rng.integers(len(rest) + 1))
    return rest[:at] + data[start:end] + rest[at:]


def _swap_lines(rng, data):
    lines = data.split(b"\n")
    i, j = rng.integers(len(lines), size=2)
    lines[i], lines[j] = lines[j], lines[i]
    return b"\n".join(lines)


def _renumber(rng, data):
    """Put an unusual number in the place of one of the first numbers."""
    found = [match.span() for match, _ in zip(NUMBER.finditer(data), range(50), strict=False)]
    if not found:
        return data
    start, end = found[int(rng.integers(len(found)))]
    return data[:start] + NUMBERS[int(rng.integers(len(NUMBERS)))] + data[end:]


MISTAKES = (_flip, _cut, _cut_short, _insert, _duplicate, _move, _swap_lines, _renumber)
