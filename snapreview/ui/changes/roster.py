"""Entries in a fixed order, each of which finds its place without a search. No Qt."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise

from snapreview.ui.changes.groups import Entry

_PIECEMEAL = 64
"""Ranges up to which it is cheaper to cut each out than to write the list anew."""


class Roster:
    """A list of entries that grows at its end and may lose some anywhere.

    Every entry draws a ticket with a rising number. Tickets stay sorted whatever leaves, so an
    entry's place is a binary search away and a removal renumbers nothing. Who has which ticket
    is written down when it is first asked for: a filter makes a roster with every keystroke.
    """

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._entries = list(entries)
        self._next = len(self._entries)
        self._tickets: Sequence[int] = range(self._next)
        self._known: dict[Entry, int] | None = None

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries)

    def __contains__(self, entry: Entry) -> bool:
        return entry in self._ticket_of

    def __getitem__(self, place: int) -> Entry:
        return self._entries[place]

    def between(self, first: int, last: int) -> list[Entry]:
        """The entries from place `first` to place `last`, both included."""
        return self._entries[first : last + 1]

    def prepare(self) -> None:
        """Write down now who has which ticket: what else would be done when first asked."""
        self._own_tickets()
        len(self._ticket_of)

    def place(self, entry: Entry) -> int | None:
        """Where the entry stands, counted from 0, or None."""
        ticket = self._ticket_of.get(entry)
        return None if ticket is None else bisect_left(self._tickets, ticket)

    def append(self, entries: Collection[Entry]) -> None:
        """Put entries at the end. None of them may be there yet."""
        tickets = range(self._next, self._next + len(entries))
        self._entries.extend(entries)
        self._own_tickets().extend(tickets)
        self._ticket_of.update(zip(entries, tickets, strict=True))
        self._next = tickets.stop

    def insert(self, place: int, entries: Collection[Entry], mark: int) -> int:
        """Put entries in before a place and number all anew; returns the mark as it is then."""
        marked = self.place_of_mark(mark)
        self._entries[place:place] = entries
        self._next = len(self._entries)
        self._tickets, self._known = range(self._next), None
        return marked + len(entries) if place <= marked else marked

    def remove(self, first: int, last: int) -> None:
        """Take out the entries from place `first` to place `last`, both included."""
        known = self._ticket_of
        for entry in self._entries[first : last + 1]:
            del known[entry]
        del self._entries[first : last + 1]
        del self._own_tickets()[first : last + 1]

    def discard(self, entries: Collection[Entry]) -> None:
        """Take out all of these that are there, wherever they are."""
        places = [place for place in map(self.place, entries) if place is not None]
        spans = runs(places)
        if len(spans) <= _PIECEMEAL:
            for first, last in reversed(spans):
                self.remove(first, last)
            return
        gone, known = set(places), self._ticket_of
        left = [place for place in range(len(self)) if place not in gone]
        for place in places:
            del known[self._entries[place]]
        self._tickets = [self._tickets[place] for place in left]
        self._entries = [self._entries[place] for place in left]

    def mark(self) -> int:
        """Entries that join from now on stand behind this mark; see `place_of_mark`."""
        return self._next

    def place_of_mark(self, mark: int) -> int:
        """The place at which entries begin that joined after `mark` was taken."""
        return bisect_left(self._tickets, mark)

    @property
    def _ticket_of(self) -> dict[Entry, int]:
        if self._known is None:
            self._known = dict(zip(self._entries, self._tickets, strict=True))
        return self._known

    def _own_tickets(self) -> list[int]:
        """The tickets as a list that can be altered."""
        if not isinstance(self._tickets, list):
            self._tickets = list(self._tickets)
        return self._tickets


def runs(places: Iterable[int]) -> list[tuple[int, int]]:
    """Places as ranges (first, last) without gaps, in rising order."""
    found = sorted(places)
    breaks = [at for at, (one, other) in enumerate(pairwise(found), 1) if other - one != 1]
    starts, ends = [0, *breaks], [*breaks, len(found)]
    both = zip(starts, ends, strict=True)
    return [(found[start], found[end - 1]) for start, end in both if start < end]
