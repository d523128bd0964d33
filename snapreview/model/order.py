"""The order of rows, the same in the list, the report and the zip.

Within a section (a status) the user may choose another order for the list; whatever is written
out is in the default one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum
from functools import partial

from snapreview.model.change import Change, Status

OrderKey = tuple[float | str, ...]

_SUBTLE_RANK = Status.RENAMED.rank + 0.5
"""Subtle rows have a section of their own between renamed and unchanged (architecture, rule 9)."""

_NUMBER = re.compile(r"0*([0-9]+)")
_NO_DIGITS = 0x30
_LONGEST = 1_000
"""Digits up to which the length of a number tells its size: no name is longer."""


class Sort(Enum):
    """What orders the rows within a section. The values are kept in settings."""

    DIFFERENCE = "difference"
    NAME = "name"
    GROUP = "group"
    REGION = "region"

    @property
    def words(self) -> str:
        """What a menu calls it."""
        return _WORDS[self]


_WORDS = {
    Sort.DIFFERENCE: "Difference",
    Sort.NAME: "Name",
    Sort.GROUP: "Group",
    Sort.REGION: "Largest region",
}


def natural_key(text: str) -> str:
    """What to compare in place of `text`, so that 2 comes before 10, in either case."""
    return _NUMBER.sub(_counted, text.casefold())


def _counted(match: re.Match[str]) -> str:
    """A number behind its length: among numbers without leading zeros the shorter is less."""
    digits = match[1]
    return chr(_NO_DIGITS + min(len(digits), _LONGEST)) + digits


def region_area(change: Change) -> int:
    """Pixels of the canvas that the box of the largest changed region covers."""
    if change.diff is None or not change.diff.regions:
        return 0
    _, _, width, height = change.diff.regions[0]  # the largest comes first (rule 10)
    return width * height


def order_key(change: Change, sort: Sort = Sort.DIFFERENCE) -> OrderKey:
    """Sorts by section, then as `sort` says, then by name; by default the most changed first."""
    rank = _SUBTLE_RANK if change.is_subtle else float(change.status.rank)
    return rank, *_within_section(change, sort), change.name


def _within_section(change: Change, sort: Sort) -> OrderKey:
    if sort is Sort.NAME:
        return (natural_key(change.title),)
    if sort is Sort.GROUP:
        return natural_key(change.group), natural_key(change.title)
    return (-float(region_area(change) if sort is Sort.REGION else change.ratio),)


def in_order(changes: Iterable[Change], sort: Sort = Sort.DIFFERENCE) -> tuple[Change, ...]:
    """`changes` in the order of the list; ties end with the name by code point."""
    return tuple(sorted(changes, key=partial(order_key, sort=sort)))
