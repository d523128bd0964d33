"""What a reviewer says of a change."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from snapreview.model.change import Change, Status


class Verdict(Enum):
    """How a change was judged."""

    APPROVED = "approved"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict, a note, or both. Never altered: an update replaces it.

    `decided` is when, as ISO 8601 in UTC to the second; empty where nothing was ever said.
    """

    verdict: Verdict | None = None
    note: str = ""
    decided: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing."""
        return self.verdict is None and not self.note


UNDECIDED = Decision()
"""What holds for every change of which nothing was said."""


@dataclass(frozen=True, slots=True)
class DecisionKey:
    """What a decision belongs to (architecture, rule 12): a change of these contents.

    `base` and `head` are SHA-256 in lower-case hex, empty where there is no such side.
    """

    name: str
    base: str
    head: str


def decision_key(change: Change) -> DecisionKey | None:
    """The key of a change, or None while a hash that belongs to it is not known.

    Where base and head are proven to be equal, the hash of one is that of both.
    """
    base, head = change.base, change.head
    if base is None or head is None:
        return _key(change.name, base.sha256 if base else "", head.sha256 if head else "")
    equal = (base.sha256 or head.sha256) if base.same_content(head) else None
    return _key(change.name, base.sha256 or equal, head.sha256 or equal)


def _key(name: str, base: str | None, head: str | None) -> DecisionKey | None:
    if base is None or head is None or not (base or head):
        return None
    return DecisionKey(name, base, head)


_REVIEWED = frozenset(
    {Status.CHANGED, Status.ERRORED, Status.REMOVED, Status.ADDED, Status.RENAMED}
)


def is_reviewable(change: Change) -> bool:
    """Whether a change waits for somebody's word: all that differs or failed, subtle ones too."""
    return change.status in _REVIEWED or change.is_subtle
