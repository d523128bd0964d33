"""The changed regions of an image as a table."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from snapreview.model.change import Box, ImageDiff
from snapreview.ui.inspector.rows import Region, region
from snapreview.ui.viewer.boxes import reading_numbers

Index = QModelIndex | QPersistentModelIndex

MOST = 200
"""Regions that are listed; a diff has no more (architecture, rule 10)."""


class Column(IntEnum):
    """What is told of a region."""

    NUMBER = 0
    SIZE = 1
    POSITION = 2
    SHARE = 3


class RegionsModel(QAbstractTableModel):
    """Regions that are replaced all at once. Their numbers are those that the viewer shows."""

    def __init__(self) -> None:
        super().__init__()
        self._boxes: tuple[Box, ...] = ()
        self._total = 0
        self._numbers: dict[int, int] = {}
        self._told: dict[int, Region] = {}  # those that were in sight

    def show(self, diff: ImageDiff | None) -> bool:
        """Replace everything; whether anything is different."""
        boxes = diff.regions[:MOST] if diff else ()
        total = diff.total_pixels if diff else 0
        if (boxes, total) == (self._boxes, self._total):
            return False
        self.beginResetModel()
        self._boxes, self._total = boxes, total
        self._numbers = reading_numbers(boxes)
        self._told.clear()
        self.endResetModel()
        return True

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """One row a region."""
        return 0 if parent.isValid() else len(self._boxes)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """See Column."""
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """One cell; spoken as the whole region."""
        region = self._region(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return (region.number, region.size, region.position, region.share)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{region.size} px at {region.position}, {region.share} of the canvas"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            at = f"{region.size} pixels at {region.position}"
            return f"Region {region.number}: {at}, {region.share} of the canvas"
        return None

    def _region(self, row: int) -> Region:
        if row not in self._told:
            self._told[row] = region(self._numbers[row], self._boxes[row], self._total)
        return self._told[row]
