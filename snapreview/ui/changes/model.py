"""The rows of the list as Qt asks for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
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
from snapreview.ui.changes.category import Category
from snapreview.ui.changes.index import ChangeIndex
from snapreview.ui.changes.texts import RowText, browsed_text, row_text

AnyIndex = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """What stands in which column."""

    NAME = 0
    CHANGE = 1


class Role(IntEnum):
    """What can be asked of a row beside Qt's own roles."""

    CHANGE = Qt.ItemDataRole.UserRole + 1
    CATEGORY = Qt.ItemDataRole.UserRole + 2
    TEXT = Qt.ItemDataRole.UserRole + 3


_HEADERS = {Column.NAME: "Image", Column.CHANGE: "Change"}


class ChangesModel(QAbstractTableModel):
    """Rows of a comparison, filtered and in order.

    Signals: `batchStarting()` and `batchEnded()` around every update, filter and reordering,
    with all of Qt's own signals between them; `rowsLeaving(first, last)` before Qt knows that
    these rows will be removed; `countsChanged()` when the numbers of rows may be others (of the
    categories, of all, or of new ones).
    """

    batchStarting = Signal()
    batchEnded = Signal()
    rowsLeaving = Signal(int, int)
    countsChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._index = ChangeIndex(_Announcer(self))
        self._put_into_words: Callable[[Change], RowText] = row_text
        self._texts: dict[str, tuple[Change, RowText]] = {}

    @property
    def changes(self) -> ChangeIndex:
        """The rows, to be read only; the methods below alter them."""
        return self._index

    def replace(self, changes: Iterable[Change]) -> None:
        """Show other rows, fully ordered."""
        with self._batch():
            self._texts.clear()
            self._index.replace(changes)

    def update_rows(
        self, changes: Iterable[Change], dropped: Iterable[str] = (), keep: str | None = None
    ) -> None:
        """Take over a batch; see ChangeIndex.update."""
        with self._batch():
            self._index.update(changes, dropped, keep)

    def set_browsing(self, browsing: bool) -> None:
        """Whether one set is looked at: then no row has a status that says anything."""
        self._put_into_words = browsed_text if browsing else row_text
        self._texts.clear()

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

    def reorder(self) -> None:
        """Put all rows in the order of the list."""
        with self._batch():
            self._index.reorder()

    def change(self, row: int) -> Change:
        """The change in a row."""
        return self._index.row(row).change

    def text(self, row: int) -> RowText:
        """The words of a row, made once for each change."""
        change = self.change(row)
        known = self._texts.get(change.name)
        if known is None or known[0] is not change:
            known = self._texts[change.name] = change, self._put_into_words(change)
        return known[1]

    @contextmanager
    def _batch(self) -> Iterator[None]:
        self.batchStarting.emit()
        yield
        self.batchEnded.emit()
        self.countsChanged.emit()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Rows that are visible."""
        return 0 if parent.isValid() else len(self._index)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Name and change."""
        return 0 if parent.isValid() else len(Column)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What is shown, told and spoken of a row."""
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == Role.CHANGE:
            return self.change(row)
        if role == Role.CATEGORY:
            return self._index.row(row).category
        if role == Role.TEXT:
            return self.text(row)
        return _spoken(self.text(row), column, role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Names of the columns, which a screen reader tells."""
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return _HEADERS.get(section)


def _spoken(text: RowText, column: int, role: int) -> str | None:
    """The texts of Qt's own roles."""
    if role == Qt.ItemDataRole.DisplayRole:
        return text.title if column == Column.NAME else text.badge
    if role == Qt.ItemDataRole.ToolTipRole:
        return text.tooltip
    if role == Qt.ItemDataRole.AccessibleTextRole:
        return text.spoken if column == Column.NAME else text.badge
    return None


class _Announcer:
    """Tells Qt of each step of the index (watcher.py)."""

    def __init__(self, model: ChangesModel) -> None:
        self._model = model

    @contextmanager
    def resetting(self) -> Iterator[None]:
        self._model.beginResetModel()
        yield
        self._model.endResetModel()

    @contextmanager
    def removing(self, first: int, last: int) -> Iterator[None]:
        self._model.rowsLeaving.emit(first, last)
        self._model.beginRemoveRows(QModelIndex(), first, last)
        yield
        self._model.endRemoveRows()

    @contextmanager
    def inserting(self, first: int, last: int) -> Iterator[None]:
        self._model.beginInsertRows(QModelIndex(), first, last)
        yield
        self._model.endInsertRows()

    @contextmanager
    def rearranging(self) -> Iterator[None]:
        """One change of layout for all rows that settle, whatever their number."""
        model = self._model
        model.layoutAboutToBeChanged.emit()
        old = model.persistentIndexList()
        names = [model.changes.name(index.row()) for index in old]
        yield
        rows = [model.changes.place(name) for name in names]
        new = [model.index(r, i.column()) for r, i in zip(rows, old, strict=True) if r is not None]
        model.changePersistentIndexList(old, new)
        model.layoutChanged.emit()

    def touched(self, first: int, last: int) -> None:
        model = self._model
        model.dataChanged.emit(model.index(first, 0), model.index(last, len(Column) - 1))
