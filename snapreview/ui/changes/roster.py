"""Names in a fixed order, each of which finds its place without a search. No Qt."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator


class Roster:
    """A list of names that grows at its end and may lose names anywhere.

    Every name draws a ticket with a rising number. Tickets stay sorted whatever leaves, so a
    name's place is a binary search away and a removal renumbers nothing.
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names = list(names)
        self._tickets = list(range(len(self._names)))
        self._ticket_of = dict(zip(self._names, self._tickets, strict=True))
        self._next = len(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __contains__(self, name: str) -> bool:
        return name in self._ticket_of

    def __getitem__(self, place: int) -> str:
        return self._names[place]

    def between(self, first: int, last: int) -> list[str]:
        """The names from place `first` to place `last`, both included."""
        return self._names[first : last + 1]

    def place(self, name: str) -> int | None:
        """Where the name stands, counted from 0, or None."""
        ticket = self._ticket_of.get(name)
        return None if ticket is None else bisect_left(self._tickets, ticket)

    def append(self, name: str) -> None:
        """Put a name at the end. It must not be there yet."""
        self._names.append(name)
        self._tickets.append(self._next)
        self._ticket_of[name] = self._next
        self._next += 1

    def remove(self, first: int, last: int) -> None:
        """Take out the names from place `first` to place `last`, both included."""
        for name in self._names[first : last + 1]:
            del self._ticket_of[name]
        del self._names[first : last + 1]
        del self._tickets[first : last + 1]

    def mark(self) -> int:
        """Names that join from now on stand behind this mark; see `place_of_mark`."""
        return self._next

    def place_of_mark(self, mark: int) -> int:
        """The place at which names begin that joined after `mark` was taken."""
        return bisect_left(self._tickets, mark)


def runs(places: Iterable[int]) -> list[tuple[int, int]]:
    """Places as ranges (first, last) without gaps, in rising order."""
    found: list[tuple[int, int]] = []
    for place in sorted(places):
        if found and found[-1][1] == place - 1:
            found[-1] = found[-1][0], place
        else:
            found.append((place, place))
    return found
