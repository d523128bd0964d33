"""Where a comparison begins: two sources, or a pair from before."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QHideEvent,
    QKeyEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from snapreview.ui.background import Background
from snapreview.ui.recent_list import RecentList
from snapreview.ui.settings import RecentPair, Settings
from snapreview.ui.source_field import SourceField, dropped_sources
from snapreview.ui.start.base_search import BaseSearch
from snapreview.ui.start.choosing import Choosing
from snapreview.ui.start.given import GivenSources
from snapreview.ui.start.parts import Parts
from snapreview.ui.theme import Theme
from snapreview.ui.widgets import button, label, sentence

_WIDTH = 820
_BACK = "What was open is still open (Esc)"


class StartPage(QWidget):
    """Two sources with Browse, recent pairs, and two halves to drop things on.

    Signals: `openRequested(str, str)` with base (empty to browse the head alone) and head;
    `forgetRequested(RecentPair)`; `backRequested()` to what is open; `dropped()` when something
    was, `dragLeft()` when it was not.
    """

    openRequested = Signal(str, str)
    backRequested = Signal()
    forgetRequested = Signal(object)
    dropped = Signal()
    dragLeft = Signal()

    def __init__(self, choosing: Choosing, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("startPage")
        self.setAcceptDrops(True)
        self._background = Background(self)
        parts = Parts(choosing, self._background, GivenSources(), theme, self)
        self.base = SourceField("Base", "How it was", parts)
        self.head = SourceField("Head", "How it is now", parts)
        self.base_search = BaseSearch(self.base, self.head, choosing.find_base, self)
        self.recent = RecentList()
        self._swap = button("Swap", "startSwap", "Exchange base and head (Ctrl+Shift+S)", "quiet")
        self._go = button("Compare", "startCompare", "Compare base and head (Enter)", "primary")
        self._back = button("Back to the list", "startBack", _BACK, "quiet")
        self._fault = sentence("fault", "startFault")
        self._recent_title = label("Recent", "title")
        self._lay_out()
        self._connect()
        self.show_fault("")
        self.show_back(False)
        self._follow()

    def show_back(self, possible: bool) -> None:
        """Whether something is open to go back to."""
        self._back.setVisible(possible)

    def show_settings(self, settings: Settings) -> None:
        """Show the recent pairs."""
        self.recent.show_pairs(settings.recent)
        self.recent.setVisible(bool(settings.recent))
        self._recent_title.setVisible(bool(settings.recent))

    def set_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self.base.set_theme(theme)
        self.head.set_theme(theme)

    def close_services(self) -> None:
        """Look at nothing any more."""
        self._background.close()
        self.base_search.close()

    def show_sources(self, base: str, head: str) -> None:
        """Fill the fields."""
        self.base.set_source(base)
        self.head.set_source(head)

    def show_fault(self, sentence: str) -> None:
        """Say why the last try failed; an empty sentence hides it."""
        self._fault.setText(sentence)
        self._fault.setVisible(bool(sentence))

    def swap(self) -> None:
        """Exchange base and head."""
        self.base.exchange(self.head)

    def submit(self) -> None:
        """Ask for what the fields say, once all is chosen that has to be."""
        if self.base.demand_choice() or self.head.demand_choice():
            return
        self.base_search.drop()
        base, head = self.base.source, self.head.source
        if base and not head:
            base, head = "", base
        if head:
            self.openRequested.emit(base, head)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leads back, where something is open."""
        if event.key() == Qt.Key.Key_Escape and self._back.isVisible():
            self.backRequested.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """An open list stays where it belongs."""
        super().resizeEvent(event)
        self.base.place_list()
        self.head.place_list()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody chooses here any more."""
        self.base.close_list()
        self.head.close_list()
        super().hideEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Both halves show where it would go."""
        if dropped_sources(event):
            event.acceptProposedAction()
            self._light(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """The half under the pointer lights up."""
        self._light(event)
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Nothing is dragged any more."""
        self._dim()
        self.dragLeft.emit()
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """One thing goes into the half it is dropped on; two are base and head."""
        self._dim()
        sources = dropped_sources(event)
        if len(sources) > 1:
            self.base.put(sources[0])
            self.head.put(sources[1])
        elif sources:
            self._half(event).put(sources[0])
        event.acceptProposedAction()
        self.dropped.emit()

    def _half(self, event: QDropEvent) -> SourceField:
        return self.base if event.position().x() < self.width() / 2 else self.head

    def _light(self, event: QDropEvent) -> None:
        both = len(dropped_sources(event)) > 1
        half = self._half(event)
        for card in (self.base, self.head):
            card.light_up(both or card is half)

    def _dim(self) -> None:
        self.base.light_up(False)
        self.head.light_up(False)

    def _follow(self) -> None:
        """The button says what it would do."""
        base, head = self.base.text, self.head.text
        self._go.setEnabled(bool(base or head))
        browse = bool(base) != bool(head)
        self._go.setText("Browse one set" if browse else "Compare")
        self._go.setAccessibleName(self._go.text())
        self._swap.setEnabled(bool(base or head))

    def _choose(self, pair: RecentPair) -> None:
        self.show_sources(pair.base, pair.head)
        self.openRequested.emit(pair.base, pair.head)

    def _connect(self) -> None:
        for card in (self.base, self.head):
            card.changed.connect(self._follow)
            card.submitted.connect(self.submit)
        self._go.clicked.connect(self.submit)
        self._swap.clicked.connect(self.swap)
        self._back.clicked.connect(self.backRequested)
        self.recent.chosen.connect(self._choose)
        self.recent.forgotten.connect(self.forgetRequested)

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addWidget(label("Compare two sets of images", "display"))
        hint = "Choose or drop two folders, two images, or addresses of snapshots."
        column.addWidget(label(hint, "secondary"))
        column.addSpacing(12)
        cards = QHBoxLayout()
        cards.setSpacing(16)
        cards.addWidget(self.base, 1)
        cards.addWidget(self.head, 1)
        column.addLayout(cards)
        column.addWidget(self._fault)
        buttons = QHBoxLayout()
        buttons.addWidget(self._swap)
        buttons.addStretch(1)
        buttons.addWidget(self._back)
        buttons.addWidget(self._go)
        column.addLayout(buttons)
        column.addSpacing(12)
        column.addWidget(self._recent_title)
        column.addWidget(self.recent)
        column.addStretch(1)
        middle = QWidget()
        middle.setLayout(column)
        middle.setMaximumWidth(_WIDTH)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(32, 72, 32, 24)
        outer.addStretch(1)
        outer.addWidget(middle, 100)
        outer.addStretch(1)
        self.setTabOrder(self.base, self.head)
        for card in (self.base, self.head):
            card.order_tabs()
        middle.setFocusPolicy(Qt.FocusPolicy.NoFocus)
