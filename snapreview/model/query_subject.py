"""What a filter is asked about: a row with its text prepared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from snapreview.model.change import Change
from snapreview.model.decision import Decision


class Subject(Protocol):
    """A row as the filter sees it. `haystack` is what `haystack(change)` gives."""

    @property
    def change(self) -> Change:
        """The row itself."""
        ...

    @property
    def haystack(self) -> str:
        """What plain words are looked for in."""
        ...

    @property
    def decision(self) -> Decision:
        """What was said of it."""
        ...


Test = Callable[[Subject], bool]
"""Whether a row is to be shown."""


def haystack(change: Change) -> str:
    """What plain words are looked for in: name, display name, group and description, folded."""
    record = change.record
    parts = [change.name, change.previous_name, change.group]
    if record is not None:
        parts += [record.display_name, record.description]
    return "\n".join(part for part in parts if part).casefold()


def state_word(change: Change) -> str:
    """Where a row is listed: its status, or `subtle`, which is cut out of unchanged."""
    return "subtle" if change.is_subtle else change.status.value
