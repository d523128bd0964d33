"""What the list shows at the moment, for whoever reads it. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from snapreview.model.change import Change
from snapreview.model.order import Sort
from snapreview.model.query import QueryFault
from snapreview.model.query_vocabulary import Vocabulary
from snapreview.ui.changes.category import Category, shown_categories
from snapreview.ui.changes.groups import Entry, Group, GroupKey, Groups
from snapreview.ui.changes.listing import Listing
from snapreview.ui.changes.row import Row
from snapreview.ui.changes.rows import Rows
from snapreview.ui.changes.watcher import Watcher


class ShownRows:
    """All rows by name, and the places of those that are visible, among the headers of groups.

    An image is shown when filter and pills let it through; shown images in a folded group have
    no place.
    """

    def __init__(self, watcher: Watcher) -> None:
        self._rows = Rows()
        self._groups = Groups()
        self._listing = Listing(watcher)
        self._grouped = False
        self._pressed: frozenset[Category] = frozenset()
        self._shown = shown_categories(self._pressed)

    def __len__(self) -> int:
        """Places, headers included."""
        return len(self._listing)

    def __iter__(self) -> Iterator[Change]:
        """The shown images from top to bottom, those in folded groups too."""
        for name in self.images():
            yield self._rows[name].change

    @property
    def total(self) -> int:
        """How many images there are, shown or not."""
        return len(self._rows)

    @property
    def shown(self) -> int:
        """How many images are shown."""
        return len(self._listing) - len(self._groups) + self._groups.hidden

    @property
    def text(self) -> str:
        """The text filter."""
        return self._rows.text

    @property
    def faults(self) -> tuple[QueryFault, ...]:
        """What of the text filter could not be understood."""
        return self._rows.query.faults

    @property
    def vocabulary(self) -> Vocabulary:
        """The values that a filter can ask for."""
        return self._rows.vocabulary

    @property
    def pressed(self) -> frozenset[Category]:
        """The categories that are isolated; none means the default."""
        return self._pressed

    @property
    def sort(self) -> Sort:
        """What orders the rows within a category."""
        return self._rows.sort

    @property
    def grouped(self) -> bool:
        """Whether rows stand in groups."""
        return self._grouped

    @property
    def counts(self) -> Mapping[Category, int]:
        """Images of each category, after the text filter and before the pills."""
        return self._rows.counts

    @property
    def new_rows(self) -> tuple[int, int]:
        """Place of the first row that joined since the order was made, and how many did."""
        return self._listing.new

    def entry(self, place: int) -> Entry:
        """What stands at this place: the name of an image, or a header."""
        return self._listing.entry(place)

    def entries(self, first: int, last: int) -> list[Entry]:
        """What stands from `first` to `last`, both included."""
        return self._listing.entries(first, last)

    def group(self, place: int) -> Group | None:
        """The group whose header stands at this place."""
        return self._groups.get(self._listing.entry(place))

    def group_of(self, name: str) -> Group | None:
        """The group under whose header this image is shown."""
        return self._groups.of(name)

    def members(self, group: Group) -> list[Row]:
        """The rows of a group in order."""
        return [self._rows[name] for name in group.members]

    def row(self, place: int) -> Row:
        """The row at this place; of a group its first."""
        entry = self._listing.entry(place)
        group = self._groups.get(entry)
        return self._rows[entry if group is None else group.members[0]]

    def images(self, entries: Iterable[Entry] | None = None) -> Iterator[str]:
        """The images of some entries, or of all: the members of groups, each image once."""
        seen: set[GroupKey] = set()
        for entry in self._listing if entries is None else entries:
            if isinstance(entry, GroupKey):
                seen.add(entry)
                yield from self._groups.get(entry).members
            elif not seen or (group := self._groups.of(entry)) is None or group.key not in seen:
                yield entry

    def search(self, wanted: Callable[[Row], bool], start: int) -> str | None:
        """The first shown image from place `start` on, round the end, for which it is true."""
        for place in chain(range(start, len(self)), range(min(start, len(self)))):
            for name in self._held(self._listing.entry(place)):
                if wanted(self._rows[name]):
                    return name
        return None

    def _held(self, entry: Entry) -> Sequence[str]:
        """The images that have no place but this one."""
        group = self._groups.get(entry)
        if group is None:
            return (entry,)
        return group.members if group.folded else ()

    def find(self, name: str) -> Change | None:
        """The change of this name, shown or not."""
        row = self._rows.get(name)
        return row.change if row else None

    def find_row(self, name: str) -> Row | None:
        """The row of this name, shown or not."""
        return self._rows.get(name)

    def place(self, entry: Entry) -> int | None:
        """Where this image or header stands, or None when it is not visible."""
        return self._listing.place(entry)

    def nearest(self, entry: Entry) -> int | None:
        """Where it stands, or the header of the folded group that hides it, or None."""
        group = self._groups.of(entry)
        return self._listing.place(group.key if group is not None and group.folded else entry)
