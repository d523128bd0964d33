"""All rows of the list by name, and in sections those that match the filter. No Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from operator import attrgetter

from snapreview.model.change import Change
from snapreview.model.decision import UNDECIDED, Decision
from snapreview.model.order import Sort
from snapreview.model.query import Query, parse_query
from snapreview.model.query_vocabulary import Vocabulary
from snapreview.ui.changes.category import Category
from snapreview.ui.changes.row import Row
from snapreview.ui.changes.sections import Section, Sorter, no_sections

_NAME = attrgetter("name")


class Rows:
    """Takes news of single rows at once, and puts all of them in order when it is asked to.

    `counts` are rows of each category that match, and always right; `ordered` tells the order;
    `vocabulary` knows the values that a filter can ask for.
    """

    def __init__(self) -> None:
        self.counts: Counter[Category] = Counter()
        self.vocabulary = Vocabulary(self._all)
        self._rows: dict[str, Row] = {}
        self._decisions: dict[str, Decision] = {}
        self._sorter = Sorter()
        self._sort = Sort.DIFFERENCE
        self._text, self._query = "", parse_query("")
        self._sections = self._matching = no_sections()
        self._named = True  # the rows are in the order of their names
        self._sorted = True  # the sections are right
        self._matched: str | None = ""  # the text that `_matching` is right for

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, name: str) -> Row:
        return self._rows[name]

    def get(self, name: str) -> Row | None:
        """The row of this name, or None."""
        return self._rows.get(name)

    @property
    def text(self) -> str:
        """The filter as it was written."""
        return self._text

    @text.setter
    def text(self, text: str) -> None:
        self._text, self._query = text, parse_query(text)

    @property
    def query(self) -> Query:
        """The filter as it is understood."""
        return self._query

    @property
    def sort(self) -> Sort:
        """What orders the rows within a section."""
        return self._sort

    @sort.setter
    def sort(self, sort: Sort) -> None:
        self._sorted = self._sorted and sort is self._sort
        self._sort = sort

    def matches(self, row: Row) -> bool:
        """Whether the filter lets it through."""
        return self._query.matches(row)

    def replace(self, changes: Iterable[Change]) -> None:
        """Begin anew with these. Decisions stay: they are replaced on their own."""
        decided = self._decisions.get
        rows = [Row.of(change, decided(change.name, UNDECIDED)) for change in changes]
        self._sorter.forget()
        self.vocabulary.reset()
        self._rows = {row.name: row for row in rows}
        self._named = self._sorted = False
        self._matched = None

    def take(self, change: Change) -> None:
        """Add a row, or replace that of the same name."""
        name = change.name
        old = self._rows.get(name)
        row = Row.of(change, self._decisions.get(name, UNDECIDED))
        self._named = self._named and old is not None
        self.vocabulary.replace(old, row)
        self._count(old, -1)
        self._count(row, 1)
        self._rows[name] = row
        self._sorted, self._matched = False, None

    def forget(self, names: Iterable[str]) -> None:
        """Take rows out."""
        for name in names:
            old = self._rows.pop(name, None)
            self._count(old, -1)
            self.vocabulary.replace(old, None)
            self._sorted, self._matched = False, None

    def decide(self, decisions: Mapping[str, Decision]) -> list[str]:
        """Take over decisions; returns the names of rows for which something else holds now."""
        return [name for name, said in decisions.items() if self._decide(name, said)]

    def decide_all(self, decisions: Mapping[str, Decision]) -> list[str]:
        """Take over decisions in place of all others; returns names as `decide` does, in order."""
        said = {**dict.fromkeys(self._decisions, UNDECIDED), **decisions}
        return [name for name in sorted(said) if self._decide(name, said[name])]

    def _decide(self, name: str, decision: Decision) -> bool:
        if decision.is_empty:
            self._decisions.pop(name, None)
            decision = UNDECIDED
        else:
            self._decisions[name] = decision
        row = self._rows.get(name)
        if row is None or row.decision == decision:
            return False
        before = self.matches(row)
        self.vocabulary.replace(row, None)
        row.decision = decision
        self.vocabulary.replace(None, row)
        if self.matches(row) != before:
            self.counts[row.category] += -1 if before else 1
            self._matched = None
        return True

    def ordered(self, shown: frozenset[Category]) -> tuple[list[Section], Section]:
        """The rows of these categories that match, in order: the settled, and the pending."""
        self._put_in_sections()
        self._match()
        found = self._matching
        pending = Category.PENDING
        settled = [rows for c, rows in found.items() if c in shown and c is not pending]
        return settled, found[pending] if pending in shown else Section([])

    def _all(self) -> Iterable[Row]:
        return self._rows.values()

    def _count(self, row: Row | None, step: int) -> None:
        if row is not None and self.matches(row):
            self.counts[row.category] += step

    def _put_in_sections(self) -> None:
        if self._sorted:
            return
        if not self._named:
            rows = sorted(self._rows.values(), key=_NAME)
            self._rows = {row.name: row for row in rows}
        self._sections = self._sorter.sections(self._rows.values(), self._sort)
        self._named = self._sorted = True
        self._matched = None

    def _match(self) -> None:
        """Try what matched before where it can only be fewer, else all rows."""
        if self._matched == self._text:
            return
        word = _plain_word(self._text.strip())
        source = self._sections
        if word and self._matched is not None and word.startswith(self._matched.strip()):
            source = self._matching
        if word or self._text.strip():
            source = {category: self._filtered(rows, word) for category, rows in source.items()}
        self._matching = source
        self._matched = self._text
        self.counts = Counter({c: len(rows) for c, rows in self._matching.items() if rows})

    def _filtered(self, rows: Section, word: str) -> Section:
        if word:
            return rows.where([word in text for text in rows.texts])
        return rows.where(list(map(self._query.matches, rows.rows)))


def _plain_word(text: str) -> str:
    """The text where it is one word and nothing else, as most texts are, else nothing.

    Letters that are added to such a word can only make fewer rows match.
    """
    return text.casefold() if text.isascii() and text.isalnum() else ""
