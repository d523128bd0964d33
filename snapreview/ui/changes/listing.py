"""The visible rows by place: settled ones, and below them the pending. No Qt."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from snapreview.ui.changes.groups import Entry
from snapreview.ui.changes.roster import Roster, runs
from snapreview.ui.changes.watcher import Watcher

_PIECEMEAL = 64
"""Ranges up to which a view is told of each; above, it is cheaper to have it look anew."""


class Listing:
    """Entries in two parts, counted through from 0. Every alteration is announced.

    Rows that settle leave the lower part for the end of the upper one. All else stays where it
    is until `fill` puts everything in its place.
    """

    def __init__(self, watcher: Watcher) -> None:
        self._watcher = watcher
        self._settled = Roster()
        self._waiting = Roster()
        self._mark = 0

    def __len__(self) -> int:
        return len(self._settled) + len(self._waiting)

    def __iter__(self) -> Iterator[Entry]:
        yield from self._settled
        yield from self._waiting

    @property
    def new(self) -> tuple[int, int]:
        """Place of the first settled row that joined since `fill`, and how many did."""
        first = self._settled.place_of_mark(self._mark)
        return first, len(self._settled) - first

    def settles(self, entry: Entry) -> bool:
        """Whether the entry is in the upper part."""
        return entry in self._settled

    def waits(self, entry: Entry) -> bool:
        """Whether the entry is in the lower part."""
        return entry in self._waiting

    def entry(self, place: int) -> Entry:
        """What stands at this place."""
        settled = len(self._settled)
        return self._settled[place] if place < settled else self._waiting[place - settled]

    def entries(self, first: int, last: int) -> list[Entry]:
        """What stands from `first` to `last`, both included."""
        settled = len(self._settled)
        above = self._settled.between(first, last)
        if last < settled:
            return above
        return above + self._waiting.between(max(first - settled, 0), last - settled)

    def place(self, entry: Entry) -> int | None:
        """Where the entry stands, or None."""
        above = self._settled.place(entry)
        if above is not None:
            return above
        below = self._waiting.place(entry)
        return None if below is None else len(self._settled) + below

    def fill(self, settled: Iterable[Entry], waiting: Iterable[Entry]) -> None:
        """Begin anew. Announcing that is the caller's part."""
        self._settled, self._waiting = Roster(settled), Roster(waiting)
        self._mark = self._settled.mark()

    def prepare(self) -> None:
        """Do now what would else be done with the next alteration."""
        self._settled.prepare()
        self._waiting.prepare()

    def spread(self, settled: list[Entry]) -> None:
        """Other entries in the upper part above the new ones, which must be its end.

        Announcing that is the caller's part.
        """
        count = self.new[1]
        self._settled = Roster(settled)
        self._mark = self._settled.mark() - count

    def settled(self) -> Iterable[Entry]:
        """What is in the upper part."""
        return iter(self._settled)

    def insert(self, place: int, entries: list[Entry]) -> None:
        """Put entries into the upper part, above what is at this place and is not new."""
        with self._watcher.inserting(place, place + len(entries) - 1):
            self._mark = self._settled.insert(place, entries, self._mark)

    def remove(self, entries: Collection[Entry]) -> None:
        """Take entries out that are there, from the bottom up, so that places above stay right."""
        spans = runs(self._places(entries))
        if len(spans) > _PIECEMEAL:
            with self._watcher.resetting():
                self._settled.discard(entries)
                self._waiting.discard(entries)
            return
        for first, last in reversed(spans):
            self._remove(first, last)

    def _remove(self, first: int, last: int) -> None:
        """A range may lie in both parts; then it leaves in two steps."""
        settled = len(self._settled)
        if last >= settled:
            below = max(first, settled)
            with self._watcher.removing(below, last):
                self._waiting.remove(below - settled, last - settled)
        if first < settled:
            with self._watcher.removing(first, min(last, settled - 1)):
                self._settled.remove(first, min(last, settled - 1))

    def settle(self, names: list[str]) -> None:
        """Move names from the lower part to the end of the upper one, all in one step."""
        if not names:
            return
        with self._watcher.rearranging():
            self._waiting.discard(names)
            self._settled.append(names)

    def join(self, settled: list[str], waiting: list[str]) -> None:
        """Add names at the end of each part."""
        self._append(self._settled, settled, len(self._settled))
        self._append(self._waiting, waiting, len(self))

    def touch(self, entries: Iterable[Entry]) -> None:
        """Announce that these have other contents, as one range."""
        places = self._places(entries)
        if places:
            self._watcher.touched(min(places), max(places))

    def _append(self, roster: Roster, names: list[str], first: int) -> None:
        if not names:
            return
        with self._watcher.inserting(first, first + len(names) - 1):
            roster.append(names)

    def _places(self, entries: Iterable[Entry]) -> list[int]:
        return [place for place in map(self.place, entries) if place is not None]
