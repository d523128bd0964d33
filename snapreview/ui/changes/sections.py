"""Puts rows into sections, one for each category, and sorts them there. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import compress
from operator import attrgetter

from snapreview.model.order import Sort, natural_key
from snapreview.ui.changes.category import Category
from snapreview.ui.changes.row import Row

_NAME, _TEXT, _GROUP = attrgetter("name"), attrgetter("haystack"), attrgetter("group")
_RATIO = attrgetter("ratio")
_REGION = attrgetter("region")


class Section:
    """Rows in order, and in columns beside them what is asked of all of them at once.

    50,000 rows lie all over the memory: a column that is walked through in place of them is
    what makes a filter quick. Columns are made when they are first asked for.
    """

    __slots__ = ("_groups", "_names", "_texts", "rows")

    def __init__(self, rows: list[Row]) -> None:
        self.rows = rows
        self._names: list[str] | None = None
        self._texts: list[str] | None = None
        self._groups: list[str] | None = None

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def names(self) -> list[str]:
        """The name of each row."""
        if self._names is None:
            self._names = list(map(_NAME, self.rows))
        return self._names

    @property
    def texts(self) -> list[str]:
        """What plain words are looked for in, of each row."""
        if self._texts is None:
            self._texts = list(map(_TEXT, self.rows))
        return self._texts

    @property
    def groups(self) -> list[str]:
        """The group of each row."""
        if self._groups is None:
            self._groups = list(map(_GROUP, self.rows))
        return self._groups

    def where(self, flags: list[bool]) -> Section:
        """The rows whose flag is set."""
        if all(flags):
            return self
        found = Section(list(compress(self.rows, flags)))
        found._names, found._texts, found._groups = (
            None if column is None else list(compress(column, flags))
            for column in (self._names, self._texts, self._groups)
        )
        return found


Sections = dict[Category, Section]
"""Every category has its place, in the order of the list."""


def no_sections() -> Sections:
    """Sections without a row."""
    return {category: Section([]) for category in Category}


class Sorter:
    """Sorts as `model.order` does, only faster: all rows of a section have the same rank.

    A sort that is stable over rows in the order of their names needs no key beyond its own, and
    numbers and texts by themselves are compared far faster than tuples are. What a text is
    compared by is made once.
    """

    def __init__(self) -> None:
        self._natural: dict[str, str] = {}

    def forget(self) -> None:
        """Other rows are coming."""
        self._natural.clear()

    def sections(self, rows: Iterable[Row], sort: Sort) -> Sections:
        """Sections of `rows`, which come in the order of their names."""
        found: dict[Category, list[Row]] = {category: [] for category in Category}
        for row in rows:
            found[row.category].append(row)
        for section in found.values():
            self._sort(section, sort)
        return {category: Section(section) for category, section in found.items()}

    def _sort(self, rows: list[Row], sort: Sort) -> None:
        if sort is Sort.DIFFERENCE:
            rows.sort(key=_RATIO, reverse=True)
        elif sort is Sort.REGION:
            rows.sort(key=_REGION, reverse=True)
        else:
            rows.sort(key=self._key("title"))
            if sort is Sort.GROUP:
                rows.sort(key=self._key("group"))

    def _key(self, attribute: str) -> Callable[[Row], str]:
        text_of, known = attrgetter(attribute), self._natural

        def key(row: Row) -> str:
            text = text_of(row)
            found = known.get(text)
            if found is None:
                found = known[text] = natural_key(text)
            return found

        return key
