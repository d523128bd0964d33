"""The rows of the list, filtered and in order, prepared ahead of every question. No Qt.

While results stream in, the list must not move under the reader. It has two parts: settled
rows, and below them the pending ones. A row that settles leaves the pending part and joins the
end of the settled one; nothing else moves until the order is made anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter

from snapreview.model.change import Change
from snapreview.model.query import parse_query
from snapreview.ui.changes.category import Category, shown_categories
from snapreview.ui.changes.roster import Roster, runs
from snapreview.ui.changes.row import Moves, Row
from snapreview.ui.changes.watcher import Unwatched, Watcher


class ChangeIndex:
    """All rows by name, and the places of those that are visible.

    Every alteration of the visible rows is announced to `watcher`.
    """

    def __init__(self, watcher: Watcher | None = None) -> None:
        self._watcher: Watcher = watcher or Unwatched()
        self._rows: dict[str, Row] = {}
        self._ordered = True
        self._text = ""
        self._matches = parse_query("")
        self._pressed: frozenset[Category] = frozenset()
        self._shown = shown_categories(self._pressed)
        self._counts: Counter[Category] = Counter()
        self._settled = Roster()
        self._waiting = Roster()
        self._mark = 0

    def __len__(self) -> int:
        return len(self._settled) + len(self._waiting)

    def __iter__(self) -> Iterator[Change]:
        """The visible rows from top to bottom."""
        for roster in (self._settled, self._waiting):
            for name in roster:
                yield self._rows[name].change

    @property
    def total(self) -> int:
        """How many rows there are, visible or not."""
        return len(self._rows)

    @property
    def text(self) -> str:
        """The text filter."""
        return self._text

    @property
    def pressed(self) -> frozenset[Category]:
        """The categories that are isolated; none means the default."""
        return self._pressed

    @property
    def counts(self) -> Mapping[Category, int]:
        """Rows of each category, after the text filter and before the pills."""
        return self._counts

    @property
    def new_rows(self) -> tuple[int, int]:
        """Place of the first row that joined since the order was made, and how many did."""
        first = self._settled.place_of_mark(self._mark)
        return first, len(self._settled) - first

    def name(self, place: int) -> str:
        """The name of the visible row at this place."""
        settled = len(self._settled)
        return self._settled[place] if place < settled else self._waiting[place - settled]

    def names(self, first: int, last: int) -> list[str]:
        """The names of the visible rows from `first` to `last`, both included."""
        settled = len(self._settled)
        above = self._settled.between(first, last)
        below = self._waiting.between(max(first - settled, 0), last - settled)
        return above + below if last >= settled else above

    def row(self, place: int) -> Row:
        """The visible row at this place."""
        return self._rows[self.name(place)]

    def find(self, name: str) -> Change | None:
        """The change of this name, visible or not."""
        row = self._rows.get(name)
        return row.change if row else None

    def place(self, name: str) -> int | None:
        """Where the row of this name stands, or None when it is not visible."""
        above = self._settled.place(name)
        if above is not None:
            return above
        below = self._waiting.place(name)
        return None if below is None else len(self._settled) + below

    def replace(self, changes: Iterable[Change]) -> None:
        """Begin anew with these rows, fully ordered."""
        rows = {change.name: Row.of(change) for change in changes}
        self._ordered = False
        with self._watcher.resetting():
            self._rows = rows
            self._rebuild()

    def set_filter(self, text: str) -> None:
        """Show only what matches `text` (model/query.py)."""
        with self._watcher.resetting():
            self._text, self._matches = text, parse_query(text)
            self._rebuild()

    def set_pressed(self, pressed: frozenset[Category]) -> None:
        """Show only these categories, or the default where there is none."""
        with self._watcher.resetting():
            self._pressed, self._shown = pressed, shown_categories(pressed)
            self._rebuild()

    def reorder(self) -> None:
        """Put all rows in the order of the list."""
        with self._watcher.resetting():
            self._rebuild()

    def update(
        self, changes: Iterable[Change], dropped: Iterable[str] = (), keep: str | None = None
    ) -> None:
        """Take over a batch: changes that replace those of their name, and names that go.

        The row `keep`, which somebody looks at, neither moves nor leaves (unless dropped).
        """
        gone = set(dropped)
        latest = {change.name: change for change in changes if change.name not in gone}
        moves = Moves(leave=[name for name in gone if self.place(name) is not None])
        for name, change in latest.items():
            self._take(Row.of(change))
            self._plan(name, keep, moves)
        self._remove(moves.leave)
        self._settle(moves.settle)
        self._join(moves.join)
        self._forget(gone)
        self._touch(moves.stay + moves.settle)

    def _take(self, row: Row) -> None:
        self._count(self._rows.get(row.change.name), -1)
        self._count(row, 1)
        self._rows[row.change.name] = row
        self._ordered = False

    def _forget(self, names: set[str]) -> None:
        for name in names:
            self._count(self._rows.pop(name, None), -1)

    def _count(self, row: Row | None, step: int) -> None:
        if row is not None and self._matches(row.haystack):
            self._counts[row.category] += step

    def _plan(self, name: str, keep: str | None, moves: Moves) -> None:
        """Decide where a row goes that has just been taken over."""
        row = self._rows[name]
        listed = name in self._settled or name in self._waiting
        waits = row.category is Category.PENDING
        if listed and name == keep:
            moves.stay.append(name)
        elif name in self._settled and waits:
            moves.stay.append(name)  # it is tried again: it will settle where it stands
        elif not (row.category in self._shown and self._matches(row.haystack)):
            moves.leave += [name] if listed else []
        elif not listed:
            moves.join.append(name)
        else:
            (moves.settle if name in self._waiting and not waits else moves.stay).append(name)

    def _remove(self, names: list[str]) -> None:
        """From the bottom up, so that the places above stay right."""
        settled = len(self._settled)
        places = [place for place in map(self.place, names) if place is not None]
        below = runs(place for place in places if place >= settled)
        for first, last in reversed(below):
            with self._watcher.removing(first, last):
                self._waiting.remove(first - settled, last - settled)
        for first, last in reversed(runs(place for place in places if place < settled)):
            with self._watcher.removing(first, last):
                self._settled.remove(first, last)

    def _settle(self, names: list[str]) -> None:
        if not names:
            return
        places = runs(place for place in map(self._waiting.place, names) if place is not None)
        with self._watcher.rearranging():
            for first, last in reversed(places):
                self._waiting.remove(first, last)
            for name in names:
                self._settled.append(name)

    def _join(self, names: list[str]) -> None:
        waiting = [n for n in names if self._rows[n].category is Category.PENDING]
        settled = [n for n in names if self._rows[n].category is not Category.PENDING]
        self._append(self._settled, settled, len(self._settled))
        self._append(self._waiting, waiting, len(self))

    def _append(self, roster: Roster, names: list[str], first: int) -> None:
        if not names:
            return
        with self._watcher.inserting(first, first + len(names) - 1):
            for name in names:
                roster.append(name)

    def _touch(self, names: list[str]) -> None:
        places = [place for place in map(self.place, names) if place is not None]
        if places:
            self._watcher.touched(min(places), max(places))

    def _rebuild(self) -> None:
        self._sort()
        rows, matches = self._rows.values(), self._matches
        matching = [row for row in rows if matches(row.haystack)] if self._text else list(rows)
        self._counts = Counter(map(attrgetter("category"), matching))
        shown = [row for row in matching if row.category in self._shown]
        pending = Category.PENDING
        self._settled = Roster(r.change.name for r in shown if r.category is not pending)
        self._waiting = Roster(r.change.name for r in shown if r.category is pending)
        self._mark = self._settled.mark()

    def _sort(self) -> None:
        """Rows are kept sorted, so that sorting again after a few batches is nearly free."""
        if self._ordered:
            return
        rows = sorted(self._rows.values(), key=attrgetter("key"))
        self._rows = {row.change.name: row for row in rows}
        self._ordered = True
