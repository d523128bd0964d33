"""The visible rows by place: settled ones, and below them the pending. No Qt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from snapreview.ui.changes.roster import Roster, runs
from snapreview.ui.changes.watcher import Watcher


class Listing:
    """Names in two parts, counted through from 0. Every alteration is announced.

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

    def __iter__(self) -> Iterator[str]:
        yield from self._settled
        yield from self._waiting

    @property
    def new(self) -> tuple[int, int]:
        """Place of the first settled row that joined since `fill`, and how many did."""
        first = self._settled.place_of_mark(self._mark)
        return first, len(self._settled) - first

    def settles(self, name: str) -> bool:
        """Whether the name is in the upper part."""
        return name in self._settled

    def waits(self, name: str) -> bool:
        """Whether the name is in the lower part."""
        return name in self._waiting

    def name(self, place: int) -> str:
        """The name at this place."""
        settled = len(self._settled)
        return self._settled[place] if place < settled else self._waiting[place - settled]

    def names(self, first: int, last: int) -> list[str]:
        """The names from `first` to `last`, both included."""
        settled = len(self._settled)
        above = self._settled.between(first, last)
        if last < settled:
            return above
        return above + self._waiting.between(max(first - settled, 0), last - settled)

    def place(self, name: str) -> int | None:
        """Where the name stands, or None."""
        above = self._settled.place(name)
        if above is not None:
            return above
        below = self._waiting.place(name)
        return None if below is None else len(self._settled) + below

    def fill(self, settled: list[str], waiting: list[str]) -> None:
        """Begin anew. Announcing that is the caller's part."""
        self._settled, self._waiting = Roster(settled), Roster(waiting)
        self._mark = self._settled.mark()

    def remove(self, names: list[str]) -> None:
        """Take names out, from the bottom up, so that the places above stay right."""
        settled, places = len(self._settled), self._places(names)
        for first, last in reversed(runs(place for place in places if place >= settled)):
            with self._watcher.removing(first, last):
                self._waiting.remove(first - settled, last - settled)
        for first, last in reversed(runs(place for place in places if place < settled)):
            with self._watcher.removing(first, last):
                self._settled.remove(first, last)

    def settle(self, names: list[str]) -> None:
        """Move names from the lower part to the end of the upper one, all in one step."""
        if not names:
            return
        settled, places = len(self._settled), self._places(names)
        with self._watcher.rearranging():
            for first, last in reversed(runs(places)):
                self._waiting.remove(first - settled, last - settled)
            for name in names:
                self._settled.append(name)

    def join(self, settled: list[str], waiting: list[str]) -> None:
        """Add names at the end of each part."""
        self._append(self._settled, settled, len(self._settled))
        self._append(self._waiting, waiting, len(self))

    def touch(self, names: list[str]) -> None:
        """Announce that these rows have other contents, as one range."""
        places = self._places(names)
        if places:
            self._watcher.touched(min(places), max(places))

    def _append(self, roster: Roster, names: list[str], first: int) -> None:
        if not names:
            return
        with self._watcher.inserting(first, first + len(names) - 1):
            for name in names:
                roster.append(name)

    def _places(self, names: Iterable[str]) -> list[int]:
        return [place for place in map(self.place, names) if place is not None]
