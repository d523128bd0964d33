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
from snapreview.ui.changes.listing import Listing
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
        self._listing = Listing(self._watcher)

    def __len__(self) -> int:
        return len(self._listing)

    def __iter__(self) -> Iterator[Change]:
        """The visible rows from top to bottom."""
        for name in self._listing:
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
        return self._listing.new

    def name(self, place: int) -> str:
        """The name of the visible row at this place."""
        return self._listing.name(place)

    def names(self, first: int, last: int) -> list[str]:
        """The names of the visible rows from `first` to `last`, both included."""
        return self._listing.names(first, last)

    def row(self, place: int) -> Row:
        """The visible row at this place."""
        return self._rows[self.name(place)]

    def find(self, name: str) -> Change | None:
        """The change of this name, visible or not."""
        row = self._rows.get(name)
        return row.change if row else None

    def place(self, name: str) -> int | None:
        """Where the row of this name stands, or None when it is not visible."""
        return self._listing.place(name)

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
        self._listing.remove(moves.leave)
        self._listing.settle(moves.settle)
        self._join(moves.join)
        self._forget(gone)
        self._listing.touch(moves.stay + moves.settle)

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
        settles, waited = self._listing.settles(name), self._listing.waits(name)
        listed = settles or waited
        waits = row.category is Category.PENDING
        if listed and name == keep:
            moves.stay.append(name)
        elif settles and waits:
            moves.stay.append(name)  # it is tried again: it will settle where it stands
        elif not (row.category in self._shown and self._matches(row.haystack)):
            moves.leave += [name] if listed else []
        elif not listed:
            moves.join.append(name)
        else:
            (moves.settle if waited and not waits else moves.stay).append(name)

    def _join(self, names: list[str]) -> None:
        waiting = [n for n in names if self._rows[n].category is Category.PENDING]
        settled = [n for n in names if self._rows[n].category is not Category.PENDING]
        self._listing.join(settled, waiting)

    def _rebuild(self) -> None:
        self._sort()
        rows, matches = self._rows.values(), self._matches
        matching = [row for row in rows if matches(row.haystack)] if self._text else list(rows)
        self._counts = Counter(map(attrgetter("category"), matching))
        shown = self._shown
        names = [row.change.name for row in matching if row.category in shown]
        # Pending rows come last in the order, so that one cut parts them from the others.
        pending = self._counts[Category.PENDING] if Category.PENDING in shown else 0
        cut = len(names) - pending
        self._listing.fill(names[:cut], names[cut:])

    def _sort(self) -> None:
        """Rows are kept sorted, so that sorting again after a few batches is nearly free."""
        if self._ordered:
            return
        rows = sorted(self._rows.values(), key=attrgetter("key"))
        self._rows = {row.change.name: row for row in rows}
        self._ordered = True
