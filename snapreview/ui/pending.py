"""Which rows have no result yet. No Qt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from snapreview.model.change import Change, Status


class Pending:
    """Names of pending rows, and how many there were at most."""

    def __init__(self) -> None:
        self._names: set[str] = set()
        self.total = 0

    def __len__(self) -> int:
        return len(self._names)

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def update(self, changes: Sequence[Change], dropped: Iterable[str]) -> None:
        """Rows that came or settled, and names that are gone."""
        for change in changes:
            if change.status is Status.PENDING:
                self._names.add(change.name)
            else:
                self._names.discard(change.name)
        self._names.difference_update(dropped)
        self.total = max(self.total, len(self._names))
