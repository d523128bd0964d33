"""The page on which a comparison is reviewed: list, viewer, inspector, status line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QKeyEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from snapreview.model.change import Change, Comparison, Status
from snapreview.ui.changes.grid_view import GridView
from snapreview.ui.changes.panel import ChangesPanel
from snapreview.ui.changes.thumbnails import Thumbnails
from snapreview.ui.first_look import FirstLook
from snapreview.ui.header import Header
from snapreview.ui.inspector.panel import Inspector
from snapreview.ui.pending import Pending
from snapreview.ui.roles import OpenRequest
from snapreview.ui.source_field import dropped_sources
from snapreview.ui.status_line import StatusLine
from snapreview.ui.theme import Theme
from snapreview.ui.viewer import message
from snapreview.ui.viewer.colours import Overlay, ViewerColours
from snapreview.ui.viewer.lookahead import steps_ahead
from snapreview.ui.viewer.probe import probe_text
from snapreview.ui.viewer.viewer import Viewer
from snapreview.ui.wanting import Wanting

_WIDTHS = 360, 780, 300
_WAITING = "Finding the images", "The list appears as soon as both sets have been read."


class ReviewPage(QWidget):
    """Shows rows as they come and the current one in the viewer.

    Signals: `settled()` when nothing is on its way to the screen any more; `wanted(list[str])`,
    the names of rows in sight that wait for their result; `dragArrived()` when something that
    could be opened is dragged in.
    """

    settled = Signal()
    dragArrived = Signal()
    wanted = Signal(object)

    def __init__(
        self, viewer: Viewer, thumbnails: Thumbnails, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("reviewPage")
        self.setAcceptDrops(True)
        self.header = Header(theme)
        self.changes = ChangesPanel(theme)
        self.grid = GridView(self.changes.model, theme, thumbnails)
        self._thumbnails = thumbnails
        self.viewer = viewer
        self.inspector = Inspector(theme)
        self.status = StatusLine()
        self._first_look = FirstLook(self.changes.table)
        self._sources: frozenset[str] = frozenset()
        self._finished = False
        self._place = -1
        self._last = ""
        self._tint = viewer.overlay.colour
        self.splitter = QSplitter(Qt.Orientation.Horizontal, objectName="reviewSplitter")
        self._wanting = Wanting(self.changes)
        self.grid.setSelectionModel(self.changes.table.selectionModel())
        self.changes.add_grid(self.grid)
        self._lay_out()
        self._connect()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Something to open is dragged in: the start page has the places for it."""
        if dropped_sources(event):
            event.acceptProposedAction()
            self.dragArrived.emit()

    def set_theme(self, theme: Theme) -> None:
        """Use other colours."""
        for part in (self.header, self.changes, self.grid, self.inspector):
            part.set_theme(theme)
        self.viewer.set_theme(ViewerColours.of(theme))

    def chosen(self) -> list[Change]:
        """The images that a command is about: those selected, else the one shown."""
        table = self.changes.table
        current = table.current_change()
        return table.selected_changes() or ([current] if current is not None else [])

    def begin(self, request: OpenRequest) -> None:
        """Something is being opened: nothing is there yet. A filter stays for the same sources."""
        sources = frozenset((request.base, request.head))
        self._first_look.begin(again=sources == self._sources)
        if sources != self._sources:
            self._last = ""
            self.changes.bar.clear()
        self._sources = sources
        self._wanting.pending, self._finished = Pending(), False
        self.header.show_request(request)
        self.changes.set_browsing(request.browsing)
        self.changes.set_stopped(False)
        self.viewer.set_browsing(request.browsing)
        self.viewer.set_nothing(message.READING)
        self.inspector.set_reviewing(not request.browsing)
        self.changes.set_waiting_text(*_WAITING)
        self.changes.replace(())
        self._show_current(None)
        self.status.begin("Reading what is there…")

    def refresh(self) -> None:
        """Show the current row again: the page was out of sight."""
        self._show_current(self.changes.table.current_change())

    def focus_list(self) -> None:
        """Give the keyboard to the list, or to the grid in its place."""
        self.changes.views.currentWidget().setFocus(Qt.FocusReason.OtherFocusReason)

    def show_offline(self, sentence: str) -> None:
        """Say that what is shown is as it was kept; empty where it is as it is now."""
        self.header.show_note(sentence)
        if sentence:
            self.status.tell(sentence)

    def write_note(self) -> None:
        """Show the inspector, and write a note there."""
        self.header.inspector.setChecked(True)
        self.inspector.focus_note()

    def show_thumbnails(self, shown: bool) -> None:
        """Show small pictures in the list, or none."""
        self.changes.show_thumbnails(self._thumbnails if shown else None)

    def step(self, rows: int) -> None:
        """Go so many images down, or up."""
        self.changes.table.step(rows)

    def resume(self) -> None:
        """Some rows are compared again."""
        self._finished = False
        self.changes.set_stopped(False)
        self.status.begin("Comparing again…")

    def update_rows(self, changes: Sequence[Change], dropped: Iterable[str]) -> None:
        """Take over a batch of rows."""
        pending = self._wanting.pending
        pending.update(changes, dropped)
        self.changes.update_rows(changes, dropped)
        if pending.total:
            self.status.progress(pending.total - len(pending), pending.total)
        self.viewer.set_nothing(message.COMPARING)
        self._first_look.offer(changes)

    def finish(self, comparison: Comparison, text: str, *, unfinished: bool = False) -> None:
        """Every row is settled, or it was stopped: put the list into its final order."""
        self._finished = True
        failed = comparison.counts().get(Status.ERRORED, 0)
        self.status.say(text, failed=failed, unfinished=unfinished)
        self.changes.set_stopped(unfinished)
        self.changes.model.reorder()
        if self._first_look.settle():
            self._show_current(self.changes.table.current_change())
        else:
            self._show_current(None)
            self.settled.emit()

    def fail(self, title: str, sentence: str, icon: str) -> None:
        """Nothing could be opened, or nobody wanted it."""
        self._finished = True
        self.changes.set_waiting_text(title, sentence, icon)
        self.changes.replace(())
        cancelled = icon == "cancel"
        self.viewer.set_nothing(message.CANCELLED if cancelled else message.failed(sentence))
        self.status.say(sentence, unfinished=True)
        self.settled.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leads back to the list; Space is the viewer's wherever nobody else wants it."""
        space = event.key() == Qt.Key.Key_Space and not event.modifiers()
        if event.key() == Qt.Key.Key_Escape:
            self.focus_list()
        elif space and not event.isAutoRepeat():
            self.viewer.canvas.toggle_fit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Widgets that were added are in the order in which one looks: list, viewer, inspector."""
        if event.type() == QEvent.Type.Polish:
            self.setTabOrder(self.changes, self.viewer)
            self.setTabOrder(self.viewer, self.inspector)
        return super().event(event)

    def _look_again(self) -> None:
        """Rows are listed again after a filter let none through: the last one, else the first."""
        rows, table = self.changes.model.changes, self.changes.table
        if self._finished and rows.shown and table.current_change() is None:
            _ = table.go_to(self._last) or table.go_first()

    def _show_current(self, change: Change | None) -> None:
        self._last = change.name if change is not None else self._last
        if change is None and self._finished:
            self.viewer.set_nothing(self._why_nothing())
        table = self.changes.table
        place = table.currentIndex().row()
        steps, self._place = steps_ahead(place - self._place), place
        self.viewer.show_change(change, table.neighbours(steps))
        self._thumbnails.hold(not self.viewer.supply.complete)  # the large image goes first

    def _why_nothing(self) -> message.Message:
        rows = self.changes.model.changes
        if rows.shown:
            return message.EMPTY
        if rows.text or rows.pressed:
            return message.NO_MATCH
        return message.no_differences(rows.total)

    def _tint_thumbnails(self, overlay: Overlay) -> None:
        if overlay.colour != self._tint:
            self._tint = overlay.colour
            self._thumbnails.set_tint(overlay.colour)
            self.grid.refresh()

    def _on_settled(self) -> None:
        self._thumbnails.hold(False)
        self.inspector.show_profiles(*self.viewer.profiles())
        if self._finished:
            self.settled.emit()

    def _connect(self) -> None:
        table, viewer = self.changes.table, self.viewer
        self._wanting.wanted.connect(self.wanted)
        table.currentChangeChanged.connect(self._show_current)
        self.changes.model.batchEnded.connect(self._look_again)
        table.openRequested.connect(lambda _: viewer.canvas.setFocus())
        self.grid.opened.connect(lambda _: viewer.canvas.setFocus())
        viewer.settled.connect(self._on_settled)
        viewer.overlay_changed.connect(self._tint_thumbnails)
        viewer.region_changed.connect(self.inspector.show_region)
        viewer.probed.connect(lambda probe: self.status.show_probe(probe_text(probe)))
        self.inspector.regionChosen.connect(viewer.go_to_region)
        self.inspector.leaveRequested.connect(self.focus_list)

    def _lay_out(self) -> None:
        for place, (part, stretch) in enumerate(
            ((self.changes, 0), (self.viewer, 1), (self.inspector, 0))
        ):
            self.splitter.addWidget(part)
            self.splitter.setStretchFactor(place, stretch)
            self.splitter.setCollapsible(place, False)
        self.splitter.setSizes(list(_WIDTHS))
        self.splitter.setHandleWidth(1)
        self.changes.setMinimumWidth(260)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.splitter, 1)
        column.addWidget(self.status)
