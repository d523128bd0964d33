"""The field in which the filter is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAction,
    QFocusEvent,
    QHelpEvent,
    QInputMethodEvent,
    QKeyEvent,
)
from PySide6.QtWidgets import QLineEdit, QToolTip, QWidget

from snapreview.model.query import QueryFault, parse_query
from snapreview.model.query_vocabulary import Vocabulary
from snapreview.ui import icons
from snapreview.ui.changes.completer import FilterCompleter
from snapreview.ui.changes.fault_marks import mark_event
from snapreview.ui.changes.text_places import to_characters, to_units
from snapreview.ui.theme import Theme, colour, status_colour

_TO_LIST = {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}
_LEFT_TO_THE_WINDOW = {(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)}
"""Export what is filtered. On X11 a field would take it for End."""

_MESSAGES = 2
_ABOUT = (
    "Filter (Ctrl+F or /)\n"
    "Words must all be there, -word leaves out, “quotes” keep spaces.\n"
    "status:  group:  tag:  name:  diff:  size:  is:  has:  ask for more; Ctrl+Space lists them."
)


class FilterField(QLineEdit):
    """A search field that knows the filter language (model/query.py).

    Signals: `leaveRequested()`: the user wants to be back in the list; `faultsChanged(str)`:
    what is wrong with the text, in sentences, or nothing.

    Escape empties it, and leaves it when it is empty; Down and Enter leave it. While
    suggestions are open, these keys belong to them (completer.py). A term that can't be read is
    underlined, but not while it is being typed.
    """

    leaveRequested = Signal()
    faultsChanged = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("filterField")
        self.setAccessibleName("Filter images")
        self.setPlaceholderText("Filter by name, status:, is:, diff:…")
        self.setToolTip(_ABOUT)
        self.setAccessibleDescription(_ABOUT)
        self._theme = theme
        self._composing = False
        self._faults: tuple[QueryFault, ...] = ()
        self._marked: tuple[QueryFault, ...] = ()
        self._completer = FilterCompleter(self, theme)
        self._add_icons()
        self.set_theme(theme)
        self.textChanged.connect(self._read)
        self.cursorPositionChanged.connect(self._mark)

    def set_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self._theme = theme
        self._search.setIcon(icons.icon("search", colour(theme, "text_muted")))
        self._clear.setIcon(icons.icon("close", colour(theme, "text_muted")))
        self._fault.setIcon(icons.icon("errored", colour(theme, "danger")))
        self._completer.set_theme(theme)
        self._draw_marks()

    def set_vocabulary(self, provider: Callable[[], Vocabulary]) -> None:
        """Where completion finds the values of the comparison, each time it is asked."""
        self._completer.set_vocabulary(provider)

    def event(self, event: QEvent) -> bool:
        """Claim the keys below before a shortcut of the window gets them; explain marks."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and event.key() in _TO_LIST and not event.modifiers():
            event.accept()
            return True
        if override and (event.key(), event.modifiers()) in _LEFT_TO_THE_WINDOW:
            event.ignore()
            return True
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            return self._explain(event) or super().event(event)
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that lead back to the list."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Escape or event.key() in _TO_LIST:
            self.leaveRequested.emit()
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Marks share their way in with what is composed, which comes first."""
        super().inputMethodEvent(event)
        self._composing = bool(event.preeditString())
        self._draw_marks()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Somebody types here now: what is unfinished may be."""
        super().focusInEvent(event)
        self._mark()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What is still unfinished is a fault now."""
        super().focusOutEvent(event)
        self._mark()

    def _add_icons(self) -> None:
        sides = QLineEdit.ActionPosition
        self._search = QAction(self, objectName="filterIcon")
        self._clear = QAction("Clear the filter (Esc)", self, objectName="clearFilter")
        self._fault = QAction(
            "Select the term that is left out", self, objectName="filterFaultIcon"
        )
        self.addAction(self._search, sides.LeadingPosition)
        self.addAction(self._clear, sides.TrailingPosition)  # the outermost stays where it is
        self.addAction(self._fault, sides.TrailingPosition)
        self._clear.triggered.connect(self.clear)
        self._fault.triggered.connect(self._select_fault)
        self._clear.setVisible(False)
        self._fault.setVisible(False)

    def _read(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self._faults = parse_query(text).faults
        self._mark()

    def _mark(self) -> None:
        """Show the faults; those apart that somebody may be about to cure by typing on."""
        cursor = to_characters(self.text(), self.cursorPosition()) if self.hasFocus() else -1
        shown = tuple(f for f in self._faults if not (f.unfinished and f.end == cursor))
        told = _told(self._marked)
        self._marked = shown
        self._draw_marks()
        if _told(shown) != told:
            self._tell(_told(shown))

    def _draw_marks(self) -> None:
        if self._composing:
            return
        ink, ground = (status_colour(self._theme, "errored", soft=soft) for soft in (False, True))
        super().inputMethodEvent(mark_event(self, self._marked, ink, ground))

    def _tell(self, message: str) -> None:
        self._fault.setVisible(bool(message))
        self._fault.setToolTip(message)
        self.setAccessibleDescription(message or _ABOUT)
        if message:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, message))
        self.faultsChanged.emit(message)

    def _explain(self, event: QHelpEvent) -> bool:
        at = to_characters(self.text(), self.cursorPositionAt(event.pos()))
        found = next((f.message for f in self._marked if f.start <= at <= f.end), None)
        if found is not None:
            QToolTip.showText(event.globalPos(), found, self)
        return found is not None

    def _select_fault(self) -> None:
        if self._marked:
            fault, text = self._marked[0], self.text()
            start = to_units(text, fault.start)
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self.setSelection(start, to_units(text, fault.end) - start)


def _told(faults: Sequence[QueryFault]) -> str:
    """The faults in sentences, the first ones."""
    more = len(faults) - _MESSAGES
    lines = [fault.message for fault in faults[:_MESSAGES]]
    return "\n".join([*lines, f"{more} more can't be read."] if more > 0 else lines)
