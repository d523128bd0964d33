"""Pairs that were opened before."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QMenu, QWidget

from snapreview.ui.settings import RecentPair

_MOST_ROWS = 6
"""More are reached by scrolling."""

_MARGIN = 4

_PAIR = Qt.ItemDataRole.UserRole


class RecentList(QListWidget):
    """Recent pairs, newest first. A click or Enter chooses one, Delete forgets it.

    Signals: `chosen(RecentPair)`, `forgotten(RecentPair)`.
    """

    chosen = Signal(object)
    forgotten = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("recentPairs")
        self.setAccessibleName("Recent comparisons")
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setUniformItemSizes(True)
        self.setViewportMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.itemClicked.connect(self._choose)
        self.customContextMenuRequested.connect(self._show_menu)
        forget = QAction("Forget", self, objectName="forgetPair")
        forget.setShortcut(QKeySequence.StandardKey.Delete)
        forget.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        forget.triggered.connect(self._forget_current)
        self.addAction(forget)

    def show_pairs(self, pairs: Sequence[RecentPair]) -> None:
        """Show these; the current row stays where it was, so that several can be forgotten."""
        current = self.currentRow()
        self.clear()
        for pair in pairs:
            item = QListWidgetItem(pair_text(pair))
            item.setData(_PAIR, pair)
            item.setToolTip(pair_tip(pair))
            self.addItem(item)
        if current >= 0:
            self.setCurrentRow(min(current, self.count() - 1))
        rows = min(self.count(), _MOST_ROWS)
        around = 2 * (self.frameWidth() + _MARGIN)
        self.setFixedHeight(rows * max(self.sizeHintForRow(0), 1) + around)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses: by itself, Qt would choose on some systems on a click as well."""
        item = self.currentItem()
        if item is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(item)
        else:
            super().keyPressEvent(event)

    def _choose(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(_PAIR))

    def _forget_current(self) -> None:
        item = self.currentItem()
        if item is not None:
            self.forgotten.emit(item.data(_PAIR))

    def _show_menu(self, at: QPoint) -> None:
        item = self.itemAt(at)
        if item is None:
            return
        menu = QMenu(self, objectName="recentMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Open", lambda: self._choose(item)).setObjectName("recentOpen")
        forget = menu.addAction("Forget", lambda: self.forgotten.emit(item.data(_PAIR)))
        forget.setObjectName("recentForget")
        menu.popup(self.viewport().mapToGlobal(at))


def pair_text(pair: RecentPair) -> str:
    """A pair in one line."""
    return f"{pair.base}  →  {pair.head}" if pair.base else pair.head


def pair_tip(pair: RecentPair) -> str:
    """A pair in full."""
    return f"Base: {pair.base}\nHead: {pair.head}" if pair.base else f"Browse: {pair.head}"
