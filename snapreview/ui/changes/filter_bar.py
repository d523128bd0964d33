"""Filter field and status pills above the list."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from snapreview.model.query_vocabulary import Vocabulary
from snapreview.ui.changes.category import PILLS, Category, press, shown_categories
from snapreview.ui.changes.filter_field import FilterField
from snapreview.ui.changes.flow_layout import FlowLayout
from snapreview.ui.changes.pill import Pill
from snapreview.ui.theme import Theme
from snapreview.ui.widgets import sentence


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
        self.field.faultsChanged.connect(self._explain)
        self._fault = sentence("fault", "filterFault")
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

    def set_vocabulary(self, provider: Callable[[], Vocabulary]) -> None:
        """Where completion finds the values of the comparison, each time it is asked."""
        self.field.set_vocabulary(provider)

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
        column.addWidget(self._fault)
        self._fault.hide()
        flow = FlowLayout(space.xs)
        column.addLayout(flow)
        for category, pill in self._pills.items():
            flow.addWidget(pill)
            pill.clicked.connect(self._clicked_on(category))

    def _explain(self, message: str) -> None:
        """Say what of the text can't be read."""
        self._fault.setText(message)
        self._fault.setVisible(bool(message))

    def _clicked_on(self, category: Category) -> object:
        return lambda: self.set_pressed(press(self._pressed, category))

    def _show(self) -> None:
        shown = shown_categories(self._pressed)
        for category, pill in self._pills.items():
            count, pressed = self._counts.get(category, 0), category in self._pressed
            pill.set_count(count)
            pill.set_state(pressed=pressed, listed=category in shown)
            pill.setVisible(self._pills_shown and (count > 0 or pressed))
