"""The left side of the window: filter, pills, list, and what it says when it is empty."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from snapreview.model.change import Change
from snapreview.ui.changes.category import Category
from snapreview.ui.changes.empty_state import EmptyState
from snapreview.ui.changes.filter_bar import FilterBar
from snapreview.ui.changes.model import ChangesModel
from snapreview.ui.changes.table import ChangesTable
from snapreview.ui.theme import Theme

_WAITING = "Finding the images", "The list appears as soon as both sets have been read."
_WAITING_ICON = "pending"


class ChangesPanel(QWidget):
    """Filter bar and list, wired. Its parts are `model`, `table` and `bar`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("changesPanel")
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = ChangesModel(self)
        self.bar = FilterBar(theme)
        self.table = ChangesTable(self.model, theme)
        self.empty = EmptyState(self.table.viewport(), theme)
        self._waiting = _WAITING_ICON, *_WAITING
        self._lay_out()
        self._connect()
        self._show_counts()

    def set_theme(self, theme: Theme) -> None:
        """Use other colours."""
        for part in (self.bar, self.table, self.empty):
            part.set_theme(theme)

    def replace(self, changes: Iterable[Change]) -> None:
        """Show the rows of another comparison, or the final order of this one."""
        self.model.replace(changes)

    def update_rows(self, changes: Iterable[Change], dropped: Iterable[str] = ()) -> None:
        """Take over a batch; the current row stays where it is."""
        current = self.table.current_change()
        self.model.update_rows(changes, dropped, keep=current.name if current else None)

    def set_browsing(self, browsing: bool) -> None:
        """Whether one set is looked at: then no row has a status that says anything."""
        self.model.set_browsing(browsing)
        self.bar.set_pills_shown(not browsing)

    def set_waiting_text(self, title: str, text: str = "", icon: str = _WAITING_ICON) -> None:
        """What stands in the list as long as there is no comparison."""
        self._waiting = icon, title, text
        self._show_counts()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.table, 1)

    def _connect(self) -> None:
        self.bar.textChanged.connect(self.model.set_filter)
        self.bar.statusesChanged.connect(self.model.set_pressed)
        self.bar.listRequested.connect(self._to_list)
        self.model.countsChanged.connect(self._show_counts)

    def _to_list(self) -> None:
        self.table.setFocus(Qt.FocusReason.TabFocusReason)
        if self.table.current_change() is None:
            self.table.go_to_row(0)

    def _show_counts(self) -> None:
        self.bar.set_counts(self.model.changes.counts)
        if len(self.model.changes):
            self.empty.hide()
        else:
            self._say_why_empty()

    def _say_why_empty(self) -> None:
        index = self.model.changes
        if not index.total:
            self.empty.say(*self._waiting)
        elif index.text or index.pressed:
            self.empty.say("search", *_no_match(index.text), "Clear filter", self.bar.clear)
        else:
            text = "Both sets look the same."
            act = "Show unchanged"
            self.empty.say(
                "check", f"0 of {index.total:,} images differ", text, act, self._show_unchanged
            )

    def _show_unchanged(self) -> None:
        self.bar.set_pressed(frozenset({Category.UNCHANGED}))


def _no_match(text: str) -> tuple[str, str]:
    if not text.strip():
        return "No such image", "No image has the status you are looking for."
    shown = text if len(text) <= 40 else f"{text[:39]}…"
    return "No match", f"No image that is shown matches “{shown}”."
