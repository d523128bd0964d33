"""Pairs that were opened before."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QMenu, QWidget

from snapreview.ui.settings import RecentPair

_MOST_ROWS = 6
"""More are reached by scrolling."""

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
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.itemClicked.connect(self._choose)
        self.itemActivated.connect(self._choose)
        self.customContextMenuRequested.connect(self._show_menu)
        forget = QAction("Forget", self)
        forget.setShortcut(QKeySequence.StandardKey.Delete)
        forget.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        forget.triggered.connect(self._forget_current)
        self.addAction(forget)

    def show_pairs(self, pairs: Sequence[RecentPair]) -> None:
        """Show these."""
        self.clear()
        for pair in pairs:
            item = QListWidgetItem(pair_text(pair))
            item.setData(_PAIR, pair)
            item.setToolTip(pair_tip(pair))
            self.addItem(item)
        rows = min(self.count(), _MOST_ROWS)
        self.setFixedHeight(rows * max(self.sizeHintForRow(0), 1) + 2 * self.frameWidth())

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
        menu = QMenu(self)
        menu.addAction("Open", lambda: self._choose(item))
        menu.addAction("Forget", lambda: self.forgotten.emit(item.data(_PAIR)))
        menu.popup(self.viewport().mapToGlobal(at))


def pair_text(pair: RecentPair) -> str:
    """A pair in one line."""
    return f"{pair.base}  →  {pair.head}" if pair.base else pair.head


def pair_tip(pair: RecentPair) -> str:
    """A pair in full."""
    return f"Base: {pair.base}\nHead: {pair.head}" if pair.base else f"Browse: {pair.head}"
