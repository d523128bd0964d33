"""A change prepared for the list, and what a batch does to such rows. No Qt."""

from __future__ import annotations

from dataclasses import dataclass, field

from snapreview.model.change import Change
from snapreview.model.decision import UNDECIDED, Decision
from snapreview.model.order import region_area
from snapreview.model.query import haystack
from snapreview.ui.changes.category import Category, category_of


@dataclass(slots=True, eq=False)
class Row:
    """A change with what filter, order and groups ask of it, and what was decided.

    Only `decision` may be replaced, by the owner of the rows: a note on one of 50,000 must not
    make the order of all of them stale. `region` is the area of the largest changed region.
    """

    change: Change
    name: str
    title: str
    group: str
    category: Category
    haystack: str
    ratio: float
    region: int
    decision: Decision = UNDECIDED

    @classmethod
    def of(cls, change: Change, decision: Decision = UNDECIDED) -> Row:
        """Prepare a change."""
        return cls(
            change,
            change.name,
            change.title,
            change.group,
            category_of(change),
            haystack(change),
            change.ratio,
            region_area(change),
            decision,
        )


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
