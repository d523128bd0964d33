"""The page on which a comparison is reviewed: list, viewer, status line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QKeyEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from snapreview.model.change import Change, Comparison, Status
from snapreview.ui.changes.panel import ChangesPanel
from snapreview.ui.header import Header
from snapreview.ui.roles import OpenRequest
from snapreview.ui.source_field import dropped_sources
from snapreview.ui.status_line import StatusLine
from snapreview.ui.theme import Theme
from snapreview.ui.viewer.colours import ViewerColours
from snapreview.ui.viewer.viewer import Viewer

_AHEAD = (1, -1, 2)
"""Neighbours loaded ahead of the current row, the likeliest first."""

_LIST_WIDTH = 360
_WAITING = "Finding the images", "The list appears as soon as both sets have been read."
_WANTED_AFTER_MS = 100


class ReviewPage(QWidget):
    """Shows rows as they come and the current one in the viewer.

    Signals: `settled()` when nothing is on its way to the screen any more; `wanted(list[str])`,
    the names of rows in sight that wait for their result; `dragArrived()` when something that
    could be opened is dragged in.
    """

    settled = Signal()
    dragArrived = Signal()
    wanted = Signal(object)

    def __init__(self, viewer: Viewer, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reviewPage")
        self.setAcceptDrops(True)
        self.header = Header(theme)
        self.changes = ChangesPanel(theme)
        self.viewer = viewer
        self.status = StatusLine()
        self._pending: set[str] = set()
        self._sources: frozenset[str] = frozenset()
        self._total = 0
        self._finished = False
        self.splitter = QSplitter(Qt.Orientation.Horizontal, objectName="reviewSplitter")
        self._wanting = QTimer(self, interval=_WANTED_AFTER_MS, singleShot=True)
        self._lay_out()
        self._wanting.timeout.connect(self._want)
        self.changes.table.verticalScrollBar().valueChanged.connect(self._want_soon)
        self.changes.model.countsChanged.connect(self._want_soon)
        self.changes.table.currentChangeChanged.connect(self._show_current)
        self.changes.table.openRequested.connect(lambda _: viewer.canvas.setFocus())
        viewer.settled.connect(self._on_settled)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Something to open is dragged in: the start page has the places for it."""
        if dropped_sources(event):
            event.acceptProposedAction()
            self.dragArrived.emit()

    def set_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self.header.set_theme(theme)
        self.changes.set_theme(theme)
        self.viewer.set_theme(ViewerColours.of(theme))

    def begin(self, request: OpenRequest) -> None:
        """Something is being opened: nothing is there yet. A filter stays for the same sources."""
        sources = frozenset((request.base, request.head))
        if sources != self._sources:
            self.changes.bar.clear()
        self._sources = sources
        self._pending, self._total, self._finished = set(), 0, False
        self.header.show_request(request)
        self.changes.set_browsing(request.browsing)
        self.viewer.set_browsing(request.browsing)
        self.changes.set_waiting_text(*_WAITING)
        self.changes.replace(())
        self.viewer.show_change(None)
        self.status.begin("Reading what is there…")

    def refresh(self) -> None:
        """Show the current row again: the page was out of sight."""
        self._show_current(self.changes.table.current_change())

    def resume(self) -> None:
        """Some rows are compared again."""
        self._finished = False
        self.status.begin("Comparing again…")

    def update_rows(self, changes: Sequence[Change], dropped: Iterable[str]) -> None:
        """Take over a batch of rows."""
        for change in changes:
            if change.status is Status.PENDING:
                self._pending.add(change.name)
            else:
                self._pending.discard(change.name)
        self._pending.difference_update(dropped)
        self._total = max(self._total, len(self._pending))
        self.changes.update_rows(changes, dropped)
        if self._total:
            self.status.progress(self._total - len(self._pending), self._total)
        self._choose_first(changes)

    def finish(self, comparison: Comparison, text: str, *, unfinished: bool = False) -> None:
        """Every row is settled, or it was stopped: put the list into its final order."""
        self._finished = True
        failed = comparison.counts().get(Status.ERRORED, 0)
        self.status.say(text, failed=failed, unfinished=unfinished)
        self.changes.model.reorder()
        table = self.changes.table
        if table.current_change() is None and not table.go_to_row(0):
            self.settled.emit()
        else:
            self._show_current(table.current_change())

    def fail(self, title: str, sentence: str, icon: str) -> None:
        """Nothing could be opened, or nobody wanted it."""
        self._finished = True
        self.changes.set_waiting_text(title, sentence, icon)
        self.changes.replace(())
        self.status.say(sentence, unfinished=True)
        self.settled.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leads back to the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.changes.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def _want_soon(self) -> None:
        if self._pending and not self._wanting.isActive():
            self._wanting.start()

    def _want(self) -> None:
        """The rows in sight, from top to bottom."""
        table, rows = self.changes.table, len(self.changes.model.changes)
        first = table.rowAt(0)
        last = table.rowAt(table.viewport().height() - 1)
        sight = range(max(first, 0), rows if last < 0 else last + 1)
        names = [self.changes.model.change(row).name for row in sight]
        waiting = [name for name in names if name in self._pending]
        if waiting:
            self.wanted.emit(waiting)

    def _choose_first(self, changes: Sequence[Change]) -> None:
        """The first result that is worth a look comes up by itself."""
        table = self.changes.table
        if table.current_change() is not None:
            return
        for change in changes:
            if change.status is Status.CHANGED:
                table.go_to(change.name)
                return

    def _show_current(self, change: Change | None) -> None:
        self.viewer.show_change(change, self._neighbours(change))

    def _neighbours(self, change: Change | None) -> list[Change]:
        index = self.changes.model.changes
        place = None if change is None else index.place(change.name)
        if place is None:
            return []
        places = (place + step for step in _AHEAD)
        return [self.changes.model.change(p) for p in places if 0 <= p < len(index)]

    def _on_settled(self) -> None:
        if self._finished:
            self.settled.emit()

    def _lay_out(self) -> None:
        self.splitter.addWidget(self.changes)
        self.splitter.addWidget(self.viewer)
        self.splitter.setStretchFactor(0, 0)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setCollapsible(0, False)
        self.splitter.setCollapsible(1, False)
        self.splitter.setSizes([_LIST_WIDTH, 1000])
        self.splitter.setHandleWidth(1)
        self.changes.setMinimumWidth(260)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.splitter, 1)
        column.addWidget(self.status)
