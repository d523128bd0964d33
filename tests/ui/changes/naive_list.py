"""The rules of the list written down plainly, to hold the index against."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from snapreview.model.change import Change
from snapreview.model.order import order_key
from snapreview.ui.changes.category import SHOWN_BY_DEFAULT, Category, category_of
from snapreview.ui.changes.index import ChangeIndex


class NaiveList:
    """Does by searching through everything what ChangeIndex does by bookkeeping."""

    def __init__(self) -> None:
        self.rows: dict[str, Change] = {}
        self.settled: list[str] = []
        self.waiting: list[str] = []
        self.new: set[str] = set()
        self.text = ""
        self.pressed: frozenset[Category] = frozenset()

    @property
    def names(self) -> list[str]:
        return self.settled + self.waiting

    def counts(self) -> Counter[Category]:
        return Counter(category_of(row) for row in self.rows.values() if self._matches(row))

    def rebuild(self) -> None:
        shown = [row for row in sorted(self.rows.values(), key=order_key) if self._visible(row)]
        self.settled = [r.name for r in shown if category_of(r) is not Category.PENDING]
        self.waiting = [r.name for r in shown if category_of(r) is Category.PENDING]
        self.new = set()

    def update(self, changes: list[Change], dropped: set[str], keep: str | None) -> None:
        for name in dropped:
            self.rows.pop(name, None)
            self._leave(name)
        latest = {row.name: row for row in changes if row.name not in dropped}
        self.rows |= latest
        joining = [row for row in latest.values() if row.name not in self.names]
        for row in latest.values():
            if row.name in self.names and row.name != keep:
                self._move(row)
        for row in joining:
            if self._visible(row):
                self._join(row)

    def _move(self, row: Change) -> None:
        pending = category_of(row) is Category.PENDING
        if row.name in self.settled:
            if not pending and not self._visible(row):
                self._leave(row.name)
        elif not self._visible(row):
            self._leave(row.name)
        elif not pending:
            self._leave(row.name)
            self._join(row)

    def _join(self, row: Change) -> None:
        if category_of(row) is Category.PENDING:
            self.waiting.append(row.name)
        else:
            self.settled.append(row.name)
            self.new.add(row.name)

    def _leave(self, name: str) -> None:
        self.settled = [n for n in self.settled if n != name]
        self.waiting = [n for n in self.waiting if n != name]
        self.new.discard(name)

    def _visible(self, row: Change) -> bool:
        return category_of(row) in (self.pressed or SHOWN_BY_DEFAULT) and self._matches(row)

    def _matches(self, row: Change) -> bool:
        return all(word in row.name for word in self.text.split())


class Mirror:
    """A watcher that keeps its own list of names by nothing but what is announced."""

    def __init__(self) -> None:
        self.index: ChangeIndex | None = None
        self.names: list[str] = []
        self.steps: list[str] = []

    def seen(self) -> list[str]:
        return self.index.names(0, len(self.index) - 1)

    @contextmanager
    def resetting(self) -> Iterator[None]:
        self.steps.append("reset")
        yield
        self.names = self.seen()

    @contextmanager
    def removing(self, first: int, last: int) -> Iterator[None]:
        self.steps.append("remove")
        assert self.names == self.seen()
        yield
        del self.names[first : last + 1]
        assert self.names == self.seen()

    @contextmanager
    def inserting(self, first: int, last: int) -> Iterator[None]:
        self.steps.append("insert")
        assert self.names == self.seen()
        yield
        self.names[first:first] = self.index.names(first, last)
        assert self.names == self.seen()

    @contextmanager
    def rearranging(self) -> Iterator[None]:
        self.steps.append("rearrange")
        assert self.names == self.seen()
        yield
        assert sorted(self.names) == sorted(self.seen())
        self.names = self.seen()

    def touched(self, first: int, last: int) -> None:
        self.steps.append("touch")
        assert 0 <= first <= last < len(self.names)
