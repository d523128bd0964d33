"""The left side of the window: filter, pills, list, and what it says when it is empty."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from snapreview.model.change import Change
from snapreview.model.decision import Decision
from snapreview.model.order import Sort
from snapreview.ui.changes.category import Category
from snapreview.ui.changes.empty_state import EmptyState
from snapreview.ui.changes.filter_bar import FilterBar
from snapreview.ui.changes.list_strip import ListStrip, ViewKind
from snapreview.ui.changes.model import ChangesModel
from snapreview.ui.changes.sayings import (
    WAITING,
    WAITING_ICON,
    Saying,
    no_difference,
    no_match,
)
from snapreview.ui.changes.table import ChangesTable
from snapreview.ui.changes.thumbnails import Thumbnails
from snapreview.ui.theme import Theme


class ChangesPanel(QWidget):
    """Filter bar, strip and list, wired. Its parts are `model`, `table`, `bar` and `strip`.

    Signals: `sortChanged(Sort)`, `groupingChanged(bool)`, `viewKindChanged(ViewKind)`: how the
    list is looked at is another now, worth remembering.
    """

    sortChanged = Signal(object)
    groupingChanged = Signal(bool)
    viewKindChanged = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("changesPanel")
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = ChangesModel(self)
        self.bar = FilterBar(theme)
        self.strip = ListStrip(theme)
        self.table = ChangesTable(self.model, theme)
        self.views = QStackedWidget(objectName="changesViews")
        self.empty = EmptyState(self.views, theme)
        self._grid: QWidget | None = None
        self._waiting = WAITING
        self._lay_out()
        self._connect()
        self._show_counts()

    @property
    def sort(self) -> Sort:
        """What the rows of each status are sorted by."""
        return self.strip.sort

    @property
    def grouping(self) -> bool:
        """Whether rows are grouped."""
        return self.strip.grouping

    @property
    def view_kind(self) -> ViewKind:
        """List or grid."""
        return self.strip.view_kind

    def set_sort(self, sort: Sort) -> None:
        """Sort the rows of each status by this."""
        self.strip.set_sort(sort)

    def set_grouping(self, grouping: bool) -> None:
        """Group rows, or do not."""
        self.strip.set_grouping(grouping)

    def set_view_kind(self, kind: ViewKind) -> None:
        """Show the list, or the grid where there is one."""
        if kind is ViewKind.LIST or self._grid is not None:
            self.strip.set_view_kind(kind)

    def set_theme(self, theme: Theme) -> None:
        """Use other colours."""
        for part in (self.bar, self.strip, self.table, self.empty):
            part.set_theme(theme)

    def add_grid(self, grid: QWidget) -> None:
        """Offer another view of the rows in the place of the list."""
        self._grid = grid
        self.views.addWidget(grid)
        self.strip.offer_grid()

    def show_thumbnails(self, thumbnails: Thumbnails | None) -> None:
        """Show small pictures in the list, or none."""
        self.table.show_thumbnails(thumbnails)

    def replace(self, changes: Iterable[Change]) -> None:
        """Show the rows of another comparison, or the final order of this one."""
        self.model.replace(changes)

    def update_rows(self, changes: Iterable[Change], dropped: Iterable[str] = ()) -> None:
        """Take over a batch; the current row stays where it is."""
        self.model.update_rows(changes, dropped, keep=self._current())

    def set_decisions(self, decisions: Mapping[str, Decision]) -> None:
        """Take over all decisions, by name of row; the current row stays."""
        self.model.set_decisions(decisions, keep=self._current())

    def update_decisions(self, decisions: Mapping[str, Decision]) -> None:
        """Take over some decisions; the current row stays, even where it matches no more."""
        self.model.update_decisions(decisions, keep=self._current())

    def set_browsing(self, browsing: bool) -> None:
        """Whether one set is looked at: then no row has a status that says anything."""
        self.model.set_browsing(browsing)
        self.bar.set_pills_shown(not browsing)
        self.table.fit()

    def set_stopped(self, stopped: bool) -> None:
        """Whether comparing was cancelled: rows that are pending then wait for nothing."""
        self.model.set_stopped(stopped)
        self.table.fit()

    def set_waiting_text(
        self,
        title: str,
        text: str = "",
        icon: str = WAITING_ICON,
        action: str = "",
        act: Callable[[], None] | None = None,
    ) -> None:
        """What stands in the list as long as there is no comparison: that it is under way, or
        why there is none, and perhaps what can be done about that.
        """
        self._waiting = Saying(icon, title, text, action, act)
        self._show_counts()

    def _current(self) -> str | None:
        current = self.table.current_change()
        return current.name if current else None

    def _lay_out(self) -> None:
        self.views.addWidget(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.strip)
        column.addWidget(self.views, 1)

    def _connect(self) -> None:
        self.bar.set_vocabulary(lambda: self.model.changes.vocabulary)
        self.bar.textChanged.connect(self.model.set_filter)
        self.bar.statusesChanged.connect(self.model.set_pressed)
        self.bar.listRequested.connect(self._to_list)
        self.strip.sortChanged.connect(self.model.set_sort)
        self.strip.sortChanged.connect(self.sortChanged)
        self.strip.groupingChanged.connect(self.model.set_grouped)
        self.strip.groupingChanged.connect(self.groupingChanged)
        self.strip.viewKindChanged.connect(self._show_view)
        self.strip.foldAllRequested.connect(self.model.fold_all)
        self.model.countsChanged.connect(self._show_counts)

    def _show_view(self, kind: ViewKind) -> None:
        self.views.setCurrentWidget(self._grid if kind is ViewKind.GRID else self.table)
        self.empty.raise_()
        self.viewKindChanged.emit(kind)

    def _to_list(self) -> None:
        self.views.currentWidget().setFocus(Qt.FocusReason.TabFocusReason)
        if self.table.current_change() is None:
            self.table.go_first()

    def _show_counts(self) -> None:
        rows = self.model.changes
        self.bar.set_counts(rows.counts)
        self.strip.set_count(rows.shown, rows.total)
        self.strip.setVisible(rows.total > 0)
        if rows.shown:
            self.empty.hide()
        else:
            self.empty.say(self._why_empty())

    def _why_empty(self) -> Saying:
        rows = self.model.changes
        if not rows.total:
            return self._waiting
        if rows.text or rows.pressed:
            return no_match(rows.text, self.bar.clear)
        return no_difference(rows.total, self._show_unchanged)

    def _show_unchanged(self) -> None:
        self.bar.set_pressed(frozenset({Category.UNCHANGED}))
