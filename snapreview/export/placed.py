"""What was written of each row, found again without an index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from snapreview.export.entries import Part
from snapreview.export.pipeline import Written
from snapreview.model.change import Change

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Placed:
    """A row with the names of its files, and the reasons of those that it should have."""

    change: Change
    files: Mapping[Part, str]
    missing: Mapping[Part, str]


def placed(changes: Iterable[Change], written: Written) -> Iterator[Placed]:
    """`changes`, of which `written` was written in this order, each with what there is of it."""
    entries = _Run(written.entries, lambda pair: pair[0].image)
    missing = _Run(written.missing, lambda one: one.name)
    for change in changes:
        yield Placed(
            change,
            {entry.part: entry.name for entry, _ in entries.of(change.name) if entry.part},
            {one.part: one.reason for one in missing.of(change.name) if one.part},
        )


class _Run(Generic[T]):
    """Takes what belongs to one name after the other."""

    def __init__(self, items: Sequence[T], name_of: Callable[[T], str]) -> None:
        self._items = items
        self._name_of = name_of
        self._next = 0

    def of(self, name: str) -> Sequence[T]:
        start = self._next
        while self._next < len(self._items) and self._name_of(self._items[self._next]) == name:
            self._next += 1
        return self._items[start : self._next]
