"""Filter field and status pills above the list."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from snapreview.ui import icons
from snapreview.ui.changes.category import PILLS, Category, press, shown_categories
from snapreview.ui.changes.flow_layout import FlowLayout
from snapreview.ui.changes.pill import Pill
from snapreview.ui.theme import Theme, colour

_TO_LIST = {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}


class FilterField(QLineEdit):
    """A search field. Signal `leaveRequested()`: the user wants to be back in the list.

    Escape empties it, and leaves it when it is empty; Down and Enter leave it.
    """

    leaveRequested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("filterField")
        self.setAccessibleName("Filter images")
        self.setPlaceholderText("Filter by name, group…")
        self.setToolTip("Words that must all match. -word leaves out, quotes keep spaces.")
        self._search = QAction(self)
        self._search.setObjectName("filterIcon")
        self._clear = QAction("Clear the filter", self)
        self._clear.setObjectName("clearFilter")
        self.addAction(self._search, QLineEdit.ActionPosition.LeadingPosition)
        self.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        self._clear.triggered.connect(self.clear)
        self._clear.setVisible(False)
        self.textChanged.connect(lambda text: self._clear.setVisible(bool(text)))
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self._search.setIcon(icons.icon("search", colour(theme, "text_muted")))
        self._clear.setIcon(icons.icon("close", colour(theme, "text_muted")))

    def event(self, event: QEvent) -> bool:
        """Claim the keys below before a shortcut of the window gets them."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and event.key() in _TO_LIST and not event.modifiers():
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that lead back to the list."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Escape or event.key() in _TO_LIST:
            self.leaveRequested.emit()
        else:
            super().keyPressEvent(event)


class FilterBar(QWidget):
    """What narrows the list down.

    Signals: `textChanged(str)` with each keystroke; `statusesChanged(frozenset[Category])`,
    the pills pressed, none of which means the default; `listRequested()`: focus the list.
    """

    textChanged = Signal(str)
    statusesChanged = Signal(object)
    listRequested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("filterBar")
        self._pressed: frozenset[Category] = frozenset()
        self._pills_shown = True
        self._counts: Mapping[Category, int] = {}
        self.field = FilterField(theme, self)
        self.field.textChanged.connect(self.textChanged)
        self.field.leaveRequested.connect(self.listRequested)
        self._pills = {category: Pill(category, theme) for category in PILLS}
        self._lay_out(theme)
        self._show()

    @property
    def pressed(self) -> frozenset[Category]:
        """The pills that are pressed."""
        return self._pressed

    def set_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self.field.set_theme(theme)
        for pill in self._pills.values():
            pill.set_theme(theme)

    def set_counts(self, counts: Mapping[Category, int]) -> None:
        """Show how many images of each category match the text."""
        self._counts = counts
        self._show()

    def set_pressed(self, pressed: frozenset[Category]) -> None:
        """Press exactly these pills."""
        if pressed != self._pressed:
            self._pressed = pressed
            self._show()
            self.statusesChanged.emit(pressed)

    def set_pills_shown(self, shown: bool) -> None:
        """Whether there are pills at all."""
        self._pills_shown = shown
        self._show()

    def isolate(self, category: Category) -> None:
        """Show one category alone, or the default again when it was alone."""
        alone = frozenset({category})
        self.set_pressed(frozenset() if self._pressed == alone else alone)

    def clear(self) -> None:
        """No text, no pill."""
        self.field.clear()
        self.set_pressed(frozenset())

    def focus_field(self) -> None:
        """Begin typing, over what is there."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _lay_out(self, theme: Theme) -> None:
        space = theme.space
        column = QVBoxLayout(self)
        column.setContentsMargins(space.md, space.md, space.md, space.sm)
        column.setSpacing(space.sm)
        column.addWidget(self.field)
        flow = FlowLayout(space.xs)
        column.addLayout(flow)
        for category, pill in self._pills.items():
            flow.addWidget(pill)
            pill.clicked.connect(self._clicked_on(category))

    def _clicked_on(self, category: Category) -> object:
        return lambda: self.set_pressed(press(self._pressed, category))

    def _show(self) -> None:
        shown = shown_categories(self._pressed)
        for category, pill in self._pills.items():
            count, pressed = self._counts.get(category, 0), category in self._pressed
            pill.set_count(count)
            pill.set_state(pressed=pressed, listed=category in shown)
            pill.setVisible(self._pills_shown and (count > 0 or pressed))
