"""Limits of the live page, whoever computes its answers."""

MAX_HORIZON = 20
MAX_SLIP = 0.5
MAX_CELLS = 10_000
MAX_SIDE = 200
MAX_QUOTED = 60  # characters of wrong input in a message


def is_too_large(height: int, width: int) -> bool:
    """True if a maze has more cells, or more on a side, than the page takes."""
    return max(height, width) > MAX_SIDE or height * width > MAX_CELLS
