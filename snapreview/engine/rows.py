"""The rows of a running session: what is settled, what waits, and in which order."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from snapreview.model.categorize import merge_renames
from snapreview.model.change import Change, Status
from snapreview.model.judge import failed


class Rows:
    """Every row by name, kept by one thread."""

    def __init__(self, changes: Iterable[Change]) -> None:
        self._rows = {change.name: change for change in changes}
        self._paired: dict[str, tuple[Change, Change]] = {}

    def __getitem__(self, name: str) -> Change:
        return self._rows[name]

    def values(self) -> tuple[Change, ...]:
        """All rows as they are now."""
        return tuple(self._rows.values())

    def put(self, changes: Iterable[Change]) -> None:
        """Replace the rows of the same names."""
        self._rows.update((change.name, change) for change in changes)

    def pair(self, old: str, new: str) -> Change | None:
        """Make the removed row `old` and the added row `new` one row, to be compared.

        It has the name of the new one. None where they are not, or no longer, such rows.
        """
        gone, came = self._rows.get(old), self._rows.get(new)
        if gone is None or came is None or not (_was(gone, "base") and _was(came, "head")):
            return None
        del self._rows[old]
        paired = Change(new, Status.PENDING, base=gone.base, head=came.head, previous_name=old)
        self._rows[new] = paired
        self._paired[new] = gone, came
        return paired

    def split(self, name: str) -> tuple[Change, ...]:
        """Put the two rows that were paired by hand into `name` in its place again.

        Nothing where it is no such row.
        """
        parts = self._paired.pop(name, ())
        self.put(parts)
        return parts

    def unidentified(self) -> list[str]:
        """Names of rows of which something has to be looked up, matched ones first."""
        rows = self._rows.values()
        matched = [row.name for row in rows if row.status is Status.PENDING]
        alone = [row.name for row in rows if _is_alone(row) and not _is_described(row)]
        added = any(row.status is Status.ADDED for row in rows)
        skipped = [row.name for row in rows if added and _is_unhashed_skip(row)]
        return matched + alone + skipped

    def unfinished(self) -> list[str]:
        """Names of rows that failed or were never reached."""
        failures = [row.name for row in self._rows.values() if row.status is Status.ERRORED]
        return failures + self.unidentified()

    def settle(self) -> tuple[tuple[Change, ...], tuple[str, ...]]:
        """Find renames and make rows that are no image errored.

        Returns the rows that became others, and the names that were merged into them.
        """
        before = self._rows
        merged = {row.name: _with_fault(row) for row in merge_renames(list(before.values()))}
        self._rows = merged
        changed = tuple(row for name, row in merged.items() if row is not before[name])
        return changed, tuple(name for name in before if name not in merged)


def _was(row: Change, side: str) -> bool:
    """Whether `row` has this side alone, whatever became of it since."""
    alone = (row.base is None) != (row.head is None)
    return alone and getattr(row, side) is not None


def _is_alone(row: Change) -> bool:
    return row.status in {Status.ADDED, Status.REMOVED}


def _is_described(row: Change) -> bool:
    record = row.record
    return record is not None and record.sha256 is not None and record.size is not None


def _is_unhashed_skip(row: Change) -> bool:
    return row.status is Status.SKIPPED and row.record is not None and row.record.sha256 is None


def _with_fault(row: Change) -> Change:
    return failed(row, row.error) if _is_alone(row) and row.error else row


def reopened(row: Change) -> Change:
    """A row that failed, as it was before it was tried; any other as it is."""
    if row.status is not Status.ERRORED:
        return row
    if row.base is not None and row.head is not None:
        return replace(row, status=Status.PENDING, error=None)
    status = Status.ADDED if row.head is not None else Status.REMOVED
    return replace(row, status=status, error=None)


class Waiting:
    """Names that wait for their turn, first come first served unless somebody asks for one."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names = OrderedDict.fromkeys(names)

    def __len__(self) -> int:
        return len(self._names)

    def add(self, names: Iterable[str]) -> None:
        """Put `names` at the end."""
        for name in names:
            self._names[name] = None

    def prefer(self, names: Sequence[str]) -> None:
        """Move those of `names` that wait to the front, keeping their order."""
        for name in reversed(names):
            if name in self._names:
                self._names.move_to_end(name, last=False)

    def discard(self, names: Iterable[str]) -> None:
        """Let none of `names` wait any more."""
        for name in names:
            self._names.pop(name, None)

    def take(self) -> str:
        """The next name."""
        return self._names.popitem(last=False)[0]
