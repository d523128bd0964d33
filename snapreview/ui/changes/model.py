"""The rows of the list as Qt asks for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from snapreview.model.change import Change
from snapreview.model.decision import Decision
from snapreview.model.order import Sort
from snapreview.model.query import QueryFault
from snapreview.ui.changes.announcer import Announcer
from snapreview.ui.changes.category import Category
from snapreview.ui.changes.group_texts import GroupText
from snapreview.ui.changes.groups import Group
from snapreview.ui.changes.index import ChangeIndex
from snapreview.ui.changes.shown import ShownRows
from snapreview.ui.changes.texts import RowText
from snapreview.ui.changes.wording import Wording, as_tooltip

AnyIndex = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """What stands in which column."""

    NAME = 0
    CHANGE = 1


class Role(IntEnum):
    """What can be asked of a row beside Qt's own roles.

    `GROUP` is the words of a header (GroupText), and None for every other row. Of a header the
    others tell what its first member would.
    """

    CHANGE = Qt.ItemDataRole.UserRole + 1
    CATEGORY = Qt.ItemDataRole.UserRole + 2
    TEXT = Qt.ItemDataRole.UserRole + 3
    GROUP = Qt.ItemDataRole.UserRole + 4
    DECISION = Qt.ItemDataRole.UserRole + 5


_HEADERS = {Column.NAME: "Image", Column.CHANGE: "Change"}


class ChangesModel(QAbstractTableModel):
    """Rows of a comparison, filtered, in order, in groups.

    Signals: `batchStarting()` and `batchEnded()` around every alteration, with all of Qt's own
    signals between them; `rowsLeaving(first, last)` before Qt knows that these rows will be
    removed; `countsChanged()` when the numbers of rows may be others (of the categories, of all,
    or of new ones).
    """

    batchStarting = Signal()
    batchEnded = Signal()
    rowsLeaving = Signal(int, int)
    countsChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._index = ChangeIndex(Announcer(self))
        self._words = Wording(self._index)
        self._browsing = self._stopped = False

    @property
    def changes(self) -> ShownRows:
        """The rows, to be read; the methods below alter them."""
        return self._index

    @property
    def query_faults(self) -> tuple[QueryFault, ...]:
        """What of the filter text could not be understood."""
        return self._index.faults

    @property
    def longest_badge(self) -> str:
        """The widest text that may stand in the column CHANGE."""
        return self._words.longest_badge

    def replace(self, changes: Iterable[Change]) -> None:
        """Show other rows, fully ordered."""
        with self._batch():
            self._words.forget()
            self._index.replace(changes)

    def update_rows(
        self, changes: Iterable[Change], dropped: Iterable[str] = (), keep: str | None = None
    ) -> None:
        """Take over a batch; see ChangeIndex.update."""
        with self._batch():
            self._index.update(changes, dropped, keep)

    def set_decisions(self, decisions: Mapping[str, Decision], keep: str | None = None) -> None:
        """Take over all decisions, by name of row."""
        with self._batch():
            self._index.set_decisions(decisions, keep)

    def update_decisions(self, decisions: Mapping[str, Decision], keep: str | None = None) -> None:
        """Take over some decisions; see ChangeIndex.update_decisions."""
        with self._batch():
            self._index.update_decisions(decisions, keep)

    def set_browsing(self, browsing: bool) -> None:
        """Whether one set is looked at: then no row has a status that says anything."""
        self._browsing = browsing
        self._reword()

    def set_stopped(self, stopped: bool) -> None:
        """Whether nothing is compared any more: then pending rows wait for nothing."""
        self._stopped = stopped
        self._reword()

    def set_filter(self, text: str) -> None:
        """Show only rows that match the text."""
        if text != self._index.text:
            with self._batch():
                self._index.set_filter(text)

    def set_pressed(self, pressed: frozenset[Category]) -> None:
        """Show only these categories, or the default where there is none."""
        if pressed != self._index.pressed:
            with self._batch():
                self._index.set_pressed(pressed)

    def set_sort(self, sort: Sort) -> None:
        """Order the rows of each category by this."""
        if sort is not self._index.sort:
            with self._batch():
                self._index.set_sort(sort)

    def set_grouped(self, grouped: bool) -> None:
        """Whether the rows of a group stand together below a header."""
        if grouped is not self._index.grouped:
            with self._batch():
                self._index.set_grouped(grouped)

    def fold(self, group: str, folded: bool) -> None:
        """Hide the members of a group, or show them again."""
        with self._batch():
            self._index.fold(group, folded)

    def fold_all(self, folded: bool) -> None:
        """Fold all groups that are there, or none."""
        with self._batch():
            self._index.fold_all(folded)

    def reorder(self) -> None:
        """Put all rows in the order of the list."""
        with self._batch():
            self._index.reorder()

    def change(self, row: int) -> Change:
        """The change in a row; of a header that of its first member."""
        return self._index.row(row).change

    def text(self, row: int) -> RowText:
        """The words of a row, made once for each change."""
        return self._words.row(row)

    def group(self, row: int) -> Group | None:
        """The group whose header is in this row."""
        return self._index.group(row)

    def group_text(self, row: int) -> GroupText | None:
        """The words of the header in this row."""
        return self._words.header(row)

    def _reword(self) -> None:
        self._words.set_state(browsing=self._browsing, stopped=self._stopped)
        if len(self._index):
            last = self.index(len(self._index) - 1, len(Column) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    @contextmanager
    def _batch(self) -> Iterator[None]:
        self.batchStarting.emit()
        yield
        self.batchEnded.emit()
        self.countsChanged.emit()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Rows that are visible, headers included."""
        return 0 if parent.isValid() else len(self._index)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Name and change."""
        return 0 if parent.isValid() else len(Column)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What is shown, told and spoken of a row."""
        if not index.isValid():
            return None
        place = index.row()
        if role >= Qt.ItemDataRole.UserRole:
            return self._own_data(place, role)
        header = self._words.header(place)
        if header is not None:
            return _header_data(header, index.column(), role)
        return _row_data(self._words.row(place), index.column(), role)

    def _own_data(self, place: int, role: int) -> object:
        """The data of our own roles."""
        if role == Role.TEXT:
            return self._words.row(place)
        if role == Role.GROUP:
            return self._words.header(place)
        row = self._index.row(place)
        if role == Role.CATEGORY:
            return row.category
        if role == Role.DECISION:
            return row.decision
        return row.change if role == Role.CHANGE else None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Rows can be dragged out as files."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else flags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Names of the columns, which a screen reader tells."""
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return _HEADERS.get(section)


def _row_data(text: RowText, column: int, role: int) -> str | None:
    """The texts of Qt's own roles."""
    if role == Qt.ItemDataRole.DisplayRole:
        return text.title if column == Column.NAME else text.badge
    if role == Qt.ItemDataRole.ToolTipRole:
        return as_tooltip(text.tooltip)
    if role == Qt.ItemDataRole.AccessibleTextRole:
        return text.spoken if column == Column.NAME else text.badge
    return None


def _header_data(text: GroupText, column: int, role: int) -> str | None:
    """The same of a header."""
    if role == Qt.ItemDataRole.DisplayRole:
        return text.title if column == Column.NAME else text.count
    if role == Qt.ItemDataRole.ToolTipRole:
        return as_tooltip(text.tooltip)
    if role == Qt.ItemDataRole.AccessibleTextRole:
        return text.spoken if column == Column.NAME else text.count
    return None
