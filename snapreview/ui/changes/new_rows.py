"""The line above rows that have joined since the list was put in order."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QTableView, QToolButton

from snapreview.ui.changes.cells import MARGIN, PADDING
from snapreview.ui.changes.shown import ShownRows
from snapreview.ui.theme import Theme, colour

_INSET = MARGIN + PADDING


class NewRowsChip(QToolButton):
    """`N new · Sort`, a button that sits on the line and moves with it."""

    def __init__(self, view: QTableView, rows: ShownRows) -> None:
        super().__init__(view.viewport())
        self._view = view
        self._rows = rows
        self.setObjectName("sortNewRows")
        self.setProperty("look", "chip")
        self.setToolTip("Put the new rows in order")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.hide()

    def place(self) -> None:
        """Go to where the line is now, or out of sight."""
        y = self._height()
        self.setVisible(y is not None)
        if y is None:
            return
        count = self._rows.new_rows[1]
        self.setText(f"{count:,} new · Sort")
        self.setAccessibleName(f"{count:,} new rows, put them in order")
        self.adjustSize()
        self.move(self._view.viewport().width() - self.width() - _INSET, y - self.height() // 2)

    def paint_line(self, theme: Theme) -> None:
        """Draw the line on the view's viewport."""
        y = self._height()
        if y is None:
            return
        painter = QPainter(self._view.viewport())
        painter.setPen(QPen(colour(theme, "accent"), 1))
        painter.drawLine(_INSET, y, self._view.viewport().width() - _INSET, y)
        painter.end()

    def _height(self) -> int | None:
        """Where the line is; None when all rows or none are new, or when it is out of sight."""
        first, count = self._rows.new_rows
        if not first or not count:
            return None
        y = self._view.rowViewportPosition(first)
        return y if 0 <= y <= self._view.viewport().height() else None
