"""A share in words, the same in the window and on the command line."""

from __future__ import annotations

_SPACE = "\u00a0"  # keeps the number and its unit on one line
_SMALLEST = 0.000001


def percent(ratio: float) -> str:
    """A share from 0 to 1 as a percentage: one decimal from 1 % on, two telling digits below.

    What is not all never reads 100 %, and what is not nothing never reads 0 %.
    """
    if ratio <= 0:
        return f"0{_SPACE}%"
    if ratio < _SMALLEST:
        return f"<0.0001{_SPACE}%"
    share = ratio * 100
    if share >= 100:
        return f"100{_SPACE}%"
    if share >= 0.995:
        return f"{max(1.0, min(round(share, 1), 99.9)):.1f}{_SPACE}%"
    return f"{_two_digits(share)}{_SPACE}%"


def _two_digits(share: float) -> str:
    """Two significant digits, at most four decimals, no trailing zeros."""
    decimals = next(places for places in (2, 3, 4) if share >= 10 ** (1 - places) or places == 4)
    return f"{round(share, decimals):.{decimals}f}".rstrip("0").rstrip(".")
