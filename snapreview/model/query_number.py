"""What `diff:` takes: a bound, a range, or a number, in percent."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = r"[0-9]{1,9}(?:[.,][0-9]{0,9})?|[.,][0-9]{1,9}"
_BOUND = re.compile(rf"(?P<sign>>=|<=|=|>|<|≥|≤)?({_NUMBER})%?")
_RANGE = re.compile(rf"({_NUMBER})?%?\.\.({_NUMBER})?%?")
_BEGINNING = re.compile(rf"(>|<|>=|<=|=|≥|≤)?[.,]?|({_NUMBER})?%?\.")
_HELP = "Write diff:>0.5%, diff:<10% or a range as in diff:1%..5%."


@dataclass(frozen=True, slots=True)
class Bounds:
    """From `low` to `high`, in percent; `_in` tells whether the bound itself belongs to it."""

    low: float
    high: float
    low_in: bool = True
    high_in: bool = True


@dataclass(frozen=True, slots=True)
class Unclear:
    """Why there are no bounds; `unfinished`: more may be typed."""

    message: str
    unfinished: bool = False


def read_bounds(text: str) -> Bounds | Unclear:
    """`>0.5%`, `>=1`, `<10%`, `1%..5%`, `..5%`, `12.3%`. The sign of percent may be left out."""
    both = _RANGE.fullmatch(text)
    if both and any(both.groups()):
        return _checked(_number(both[1], 0.0), _number(both[2], 100.0))
    one = _BOUND.fullmatch(text)
    if one:
        return _bounded(one["sign"] or "=", one[2])
    if _BEGINNING.fullmatch(text) or text == "..":
        return Unclear(f"There is no number yet. {_HELP}", unfinished=True)
    return Unclear(f"This is no percentage. {_HELP}")


def _bounded(sign: str, digits: str) -> Bounds | Unclear:
    number = _number(digits)
    if number > 100 or (sign == ">" and number == 100) or (sign == "<" and number == 0):
        return Unclear("Differences go from 0% to 100%: nothing can lie outside.")
    if sign in (">", ">=", "≥"):
        return Bounds(number, 100.0, low_in=sign != ">")
    if sign in ("<", "<=", "≤"):
        return Bounds(0.0, number, high_in=sign != "<")
    return _around(number, digits)


def _around(number: float, digits: str) -> Bounds:
    """What reads like the number when it is rounded as far as that is; 0 is nothing at all."""
    if not number:
        return Bounds(0.0, 0.0)
    decimals = len(digits.replace(",", ".").partition(".")[2])
    half = 10.0**-decimals / 2
    return Bounds(number - half, number + half, high_in=False)


def _checked(low: float, high: float) -> Bounds | Unclear:
    if max(low, high) > 100:
        return Unclear("Differences go from 0% to 100%: nothing can lie outside.")
    if low > high:
        return Unclear(f"This range runs backwards. Write diff:{high:g}%..{low:g}%.")
    return Bounds(low, high)


def _number(digits: str | None, missing: float = 0.0) -> float:
    """A number in percent; its decimals may follow a point or a comma."""
    return float(digits.replace(",", ".")) if digits else missing
