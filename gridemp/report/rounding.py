"""Rounding of gaps, which a text may overstate but never understate."""

import math
from decimal import ROUND_UP, Context


def rounded_up(bits: float) -> str:
    """Format bits, rounded up: two decimals from 0.1 on, one significant digit below."""
    if bits >= 0.1:
        return f"{math.ceil(100 * bits) / 100:.2f}"
    return f"{float(Context(prec=1, rounding=ROUND_UP).create_decimal_from_float(bits)):g}"
