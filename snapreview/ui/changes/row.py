"""A change prepared for the list, and what a batch does to such rows. No Qt."""

from __future__ import annotations

from dataclasses import dataclass, field

from snapreview.model.change import Change
from snapreview.model.order import OrderKey, order_key
from snapreview.model.query import haystack
from snapreview.ui.changes.category import Category, category_of


@dataclass(frozen=True, slots=True)
class Row:
    """A change with what filter and order ask of it."""

    change: Change
    category: Category
    haystack: str
    key: OrderKey

    @classmethod
    def of(cls, change: Change) -> Row:
        """Prepare a change."""
        return cls(change, category_of(change), haystack(change), order_key(change))


@dataclass(slots=True)
class Moves:
    """What a batch does to the visible rows, by name.

    `leave` the list, `settle` from the pending part to the end of the settled one, `join` the
    list, or `stay` where they are with other contents.
    """

    leave: list[str] = field(default_factory=list)
    settle: list[str] = field(default_factory=list)
    join: list[str] = field(default_factory=list)
    stay: list[str] = field(default_factory=list)
