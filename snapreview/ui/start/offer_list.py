"""The rows of what can be chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QListView

from snapreview.stores.offers import Offer
from snapreview.ui.start.offer_delegate import ROW, OfferDelegate
from snapreview.ui.start.offer_texts import OfferRow
from snapreview.ui.theme import Theme

_TAKE = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class OfferList(QListView):
    """Offers to walk through. A click or Enter takes one, letters are for the filter.

    Signals: `taken(Offer)`, `typed(str)`, `topLeft()`: up from the first row.
    """

    taken = Signal(object)
    typed = Signal(str)
    topLeft = Signal()

    def __init__(self, side: str, theme: Theme) -> None:
        super().__init__()
        self.setObjectName(f"{side}OfferList")
        self.setAccessibleName(f"What can be chosen as {side}")
        self.setToolTip("Enter or a click chooses; letters filter; Esc closes")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("type", "offers")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self._rows = QStandardItemModel(self)
        self.setModel(self._rows)
        self._paints = OfferDelegate(theme, self)
        self.setItemDelegate(self._paints)
        self.clicked.connect(lambda index: self.taken.emit(index.data(ROW).offer))

    def set_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self._paints.set_theme(theme)
        self.viewport().update()

    def fill(self, rows: Sequence[OfferRow], chosen: Offer | None) -> None:
        """Offer these; `chosen` is gone to where it is among them, else the first."""
        self._rows.clear()
        place = 0
        for number, row in enumerate(rows):
            item = QStandardItem(row.title)
            item.setData(row, ROW)
            item.setToolTip(row.tip)
            item.setData(row.spoken, Qt.ItemDataRole.AccessibleTextRole)
            self._rows.appendRow(item)
            place = number if row.offer == chosen else place
        self.setCurrentIndex(self._rows.index(place, 0))

    def take_current(self) -> None:
        """Take the row that is gone to."""
        index = self.currentIndex()
        if index.isValid():
            self.taken.emit(index.data(ROW).offer)

    def row_height(self) -> int:
        """Of each row."""
        return self.sizeHintForRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes; what can be typed is typed into the filter."""
        text = event.text()
        held = event.modifiers() & ~_HARMLESS
        if event.key() in _TAKE:
            self.take_current()
        elif event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.topLeft.emit()
        elif text and not held and (text.isprintable() or event.key() == Qt.Key.Key_Backspace):
            self.typed.emit(text)
        else:
            super().keyPressEvent(event)


_HARMLESS = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
