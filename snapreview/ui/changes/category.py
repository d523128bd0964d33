"""The parts into which the list and its pills divide the rows. No Qt."""

from __future__ import annotations

from enum import Enum

from snapreview.model.change import STATUSES, Change, Status


class Category(Enum):
    """A status, or subtle, which is cut out of unchanged; in the order of the list.

    The values are those of `Status`, so that icons and colours are found by them.
    """

    CHANGED = "changed"
    ERRORED = "errored"
    REMOVED = "removed"
    ADDED = "added"
    RENAMED = "renamed"
    SUBTLE = "subtle"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    PENDING = "pending"

    # Members are singletons. Enum's own hash is Python code, which a filter over 50,000 rows
    # would call twice a row.
    __hash__ = object.__hash__


PILLS = tuple(category for category in Category if category is not Category.PENDING)
"""Categories with a pill of their own; how far pending is, progress tells."""

NUMBERED = (*(Category(status.value) for status in STATUSES), Category.SUBTLE)
"""What the keys 1 to 8 isolate."""

SHOWN_BY_DEFAULT = frozenset(Category) - {Category.UNCHANGED}
"""What is listed as long as no pill is pressed."""

_OF_STATUS = {status: Category(status.value) for status in Status}


def category_of(change: Change) -> Category:
    """Where a row is listed and counted."""
    return Category.SUBTLE if change.is_subtle else _OF_STATUS[change.status]


def shown_categories(pressed: frozenset[Category]) -> frozenset[Category]:
    """What is listed while these pills are pressed."""
    return pressed or SHOWN_BY_DEFAULT


def press(pressed: frozenset[Category], clicked: Category) -> frozenset[Category]:
    """The pills pressed after a click: the first isolates, further ones add or remove.

    Clicking the only pressed one releases it, which is the default again.
    """
    return pressed ^ {clicked}
