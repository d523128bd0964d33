"""What can be chosen, in a list that opens below a source."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QEvent, QObject, QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QVBoxLayout, QWidget

from snapreview.stores.offers import Offers
from snapreview.ui.start.offer_list import OfferList
from snapreview.ui.start.offer_texts import OfferRow, noun, row_of
from snapreview.ui.theme import Theme
from snapreview.ui.widgets import sentence

_EDGE = 4
_MOST = 8
_FEW = 4
"""Rows that are shown at once: where there is room, and where there is little."""
_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 7,
    Qt.Key.Key_PageUp: -7,
}


class OfferPanel(QFrame):
    """Lies over the page, and closes by itself when somebody goes elsewhere.

    Signals: `taken(Offer)`, `escaped()` by Escape.
    """

    taken = Signal(object)
    escaped = Signal()

    def __init__(self, side: str, theme: Theme, page: QWidget) -> None:
        super().__init__(page, objectName=f"{side}Offers")
        self.setProperty("popup", True)
        self._offers: Offers | None = None
        self._rows: list[OfferRow] = []
        self._friends: tuple[QWidget, ...] = (self,)
        self._row_height = self._room = 0
        self.filter = QLineEdit(objectName=f"{side}OfferFilter")
        self.filter.setClearButtonEnabled(True)
        self.filter.setAcceptDrops(False)  # the page takes what is dropped
        self.filter.setToolTip("Words that must all be there: name, branch, commit (Esc closes)")
        self.list = OfferList(side, theme)
        self._none = sentence("secondary", f"{side}OfferNone")
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._more = sentence("caption", f"{side}OfferMore")
        self._more.setContentsMargins(8, 2, 8, 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[2 * _EDGE] * 4)
        column.setSpacing(6)
        column.addWidget(self.filter)
        column.addWidget(self.list, 1)
        column.addWidget(self._none, 1)
        column.addWidget(self._more)
        self._connect()
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self.list.set_theme(theme)

    def open(self, offers: Offers, now: datetime, card: QWidget) -> None:
        """Show these; a press outside of it and of its `card` closes it."""
        self._friends = self, card
        self._offers = offers
        self._rows = [row_of(offer, now) for offer in offers.offers]
        what = noun(offers)
        self.filter.setPlaceholderText(f"Filter {len(self._rows):,} by name, branch or commit")
        self.filter.setAccessibleName(f"Filter what can be chosen: {what}")
        with QSignalBlocker(self.filter):
            self.filter.clear()
        self._fill()
        self._row_height = self.list.row_height()
        self._more.setText(
            f"These are the newest {len(self._rows):,}. Another {what} can be written by its name."
        )
        self._more.setVisible(offers.more)
        if not self.isVisible():
            self.show()
            self.raise_()
            QApplication.instance().installEventFilter(self)

    def close_list(self) -> None:
        """Offer nothing."""
        if self.isVisibleTo(self.parentWidget()):
            QApplication.instance().removeEventFilter(self)
            self.hide()

    def place_below(self, card: QWidget, field: QWidget) -> None:
        """Stand below the card, as wide; over its last line where there is little room."""
        page = self.parentWidget()
        self.resize(card.width(), self.height())
        corner = card.mapTo(page, QPoint(0, card.height() + _EDGE))
        end = page.height() - 2 * _EDGE
        few = self._height(min(len(self._rows), _FEW))
        highest = field.mapTo(page, QPoint(0, field.height() + _EDGE)).y()
        top = max(min(corner.y(), end - few), highest)
        self._room = max(end - top, self._height(1))
        self.move(corner.x(), top)
        self._fit()

    def _fit(self) -> None:
        """Be as high as what is left needs; where nothing is, there is a sentence."""
        rows = min(max(self.list.model().rowCount(), 1), _MOST)
        self.resize(self.width(), min(self._height(rows), self._room))

    def _height(self, rows: int) -> int:
        """With so many rows."""
        edges, spacing = self.layout().contentsMargins(), self.layout().spacing()
        height = self.height() - self.contentsRect().height()  # the frame
        height += edges.top() + self.filter.sizeHint().height() + spacing + edges.bottom()
        if not self._more.isHidden():
            width = self.width() - edges.left() - edges.right()
            height += spacing + self._more.heightForWidth(width)
        return height + rows * self._row_height

    def enter(self) -> None:
        """Let the keyboard choose."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of the filter that are for the list, and Escape of both."""
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif event.key() in _STEPS and self.filter.hasFocus():
            self._step(_STEPS[event.key()])
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close when somebody presses, or goes, elsewhere."""
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.FocusIn):
            elsewhere = isinstance(watched, QWidget) and watched.window() is self.window()
            if elsewhere and not any(_holds(friend, watched) for friend in self._friends):
                self.close_list()
        return False

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._narrow)
        self.filter.returnPressed.connect(self.list.take_current)
        self.list.taken.connect(self.taken)
        self.list.typed.connect(self._type)
        self.list.topLeft.connect(lambda: self.filter.setFocus(Qt.FocusReason.BacktabFocusReason))

    def _narrow(self) -> None:
        self._fill()
        self._fit()

    def _fill(self) -> None:
        words = self.filter.text().casefold().split()
        rows = [row for row in self._rows if row.matches(words)]
        chosen = self._offers.chosen if self._offers else None
        self.list.fill(rows, chosen)
        if not rows and self.list.hasFocus():  # which a widget that is hidden gives to the next
            self.filter.setFocus(Qt.FocusReason.OtherFocusReason)
        self.list.setVisible(bool(rows))
        self._none.setText(f"None of them has “{self.filter.text().strip()}”.")
        self._none.setVisible(not rows)

    def _type(self, text: str) -> None:
        self.filter.setFocus(Qt.FocusReason.OtherFocusReason)
        self.filter.end(False)
        self.filter.backspace() if text == "\b" else self.filter.insert(text)

    def _step(self, rows: int) -> None:
        last = self.list.model().rowCount() - 1
        place = min(max(self.list.currentIndex().row() + rows, 0), last)
        self.list.setCurrentIndex(self.list.model().index(place, 0))
        if last >= 0:
            told = self.list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.filter, told))


def _holds(widget: QWidget, other: QWidget) -> bool:
    return widget is other or widget.isAncestorOf(other)
