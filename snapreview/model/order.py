"""The order of rows, the same in the list, the report and the zip."""

from __future__ import annotations

from collections.abc import Iterable

from snapreview.model.change import Change, Status

OrderKey = tuple[float, float, str]

_SUBTLE_RANK = Status.RENAMED.rank + 0.5
"""Subtle rows have a section of their own between renamed and unchanged (architecture, rule 9)."""


def order_key(change: Change) -> OrderKey:
    """Sorts by section, then by share of changed pixels downwards, then by name."""
    rank = _SUBTLE_RANK if change.is_subtle else float(change.status.rank)
    return rank, -change.ratio, change.name


def in_order(changes: Iterable[Change]) -> tuple[Change, ...]:
    """`changes` in the order of the list; ties end with the name by code point."""
    return tuple(sorted(changes, key=order_key))
