"""The peer: Qt's own proxy, which filters and sorts over the same rows held in Python."""

from __future__ import annotations

import re

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtWidgets import QTableView

from snapreview.ui.changes.category import SHOWN_BY_DEFAULT, Category
from snapreview.ui.changes.row import Row

HAYSTACK = Qt.ItemDataRole.UserRole + 1
CATEGORY = Qt.ItemDataRole.UserRole + 2
NAME = Qt.ItemDataRole.UserRole + 3

AnyIndex = QModelIndex | QPersistentModelIndex


class RowsModel(QAbstractTableModel):
    """Prepared rows behind Qt's interface: as quick as Python can answer."""

    def __init__(self, rows: list[Row]) -> None:
        super().__init__()
        self._rows = rows
        self._answers = {
            HAYSTACK: [row.haystack for row in rows],
            CATEGORY: [row.category.value for row in rows],
            NAME: [row.change.name for row in rows],
            Qt.ItemDataRole.DisplayRole: [row.change.title for row in rows],
        }

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's own
        """All rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's own
        """Name and change."""
        return 0 if parent.isValid() else 2

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A lookup and nothing else."""
        answers = self._answers.get(role)
        return answers[index.row()] if answers is not None else None


class ProxyList:
    """A table over two proxies, since one filters by one role: the text, and above it the pills.

    In this order because pills count what the text lets through.
    """

    def __init__(self, rows: list[Row]) -> None:
        self._model = RowsModel(rows)
        self._by_text = QSortFilterProxyModel()
        self._by_text.setFilterRole(HAYSTACK)
        self._by_text.setSourceModel(self._model)
        self._by_status = QSortFilterProxyModel()
        self._by_status.setFilterRole(CATEGORY)
        self._by_status.setSortRole(NAME)
        self._by_status.setSourceModel(self._by_text)
        self.view = QTableView()
        self.view.verticalHeader().setDefaultSectionSize(46)
        self.view.setModel(self._by_status)
        self.press(frozenset())

    def type(self, text: str) -> None:
        """Another text filter."""
        self._by_text.setFilterFixedString(text)

    def press(self, pills: frozenset[Category]) -> None:
        """Only these categories, or the usual ones."""
        shown = sorted(re.escape(category.value) for category in pills or SHOWN_BY_DEFAULT)
        self._by_status.setFilterRegularExpression(f"^({'|'.join(shown)})$")

    def sort(self, *, descending: bool) -> None:
        """By name."""
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self._by_status.sort(0, order)

    def __len__(self) -> int:
        return self._by_status.rowCount()
