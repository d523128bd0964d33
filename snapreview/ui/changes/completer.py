"""Suggestions while a filter is written: when they are open, and what the keys do to them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from snapreview.model.query_complete import Candidate, Completion, complete
from snapreview.model.query_vocabulary import Vocabulary
from snapreview.ui.changes.suggestions import Suggestions, spoken
from snapreview.ui.changes.text_places import to_characters, to_units
from snapreview.ui.theme import Theme

_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 8,
    Qt.Key.Key_PageUp: -8,
}
_TAKE = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab}
_ASK = {Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.MetaModifier}
_PLAIN = {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
_AWAY = {QEvent.Type.FocusOut, QEvent.Type.Hide}
_MOVED = {QEvent.Type.Resize, QEvent.Type.Move}


class FilterCompleter(QObject):
    """Opens suggestions below a filter field, and puts the chosen one into it.

    They open while a term is typed, when the empty field is clicked, and on Ctrl+Space. Nothing
    is chosen until an arrow key or the mouse chooses: Enter without a choice is the field's own.
    Tab takes the choice, or the first where a term is being typed. The suggestions lie in the
    field's window and never have the focus, so that every letter goes into the field.
    """

    def __init__(self, field: QLineEdit, theme: Theme) -> None:
        super().__init__(field)
        self._field = field
        self._theme = theme
        self._provider: Callable[[], Vocabulary] = Vocabulary
        self._list: Suggestions | None = None
        self._completion = Completion(0, 0)
        self._asked = False
        self._taking = False
        field.installEventFilter(self)
        field.textEdited.connect(self._on_typed)
        field.cursorPositionChanged.connect(self._on_moved)

    @property
    def is_open(self) -> bool:
        """Whether suggestions are shown."""
        return self._list is not None and self._list.isVisible()

    def set_vocabulary(self, provider: Callable[[], Vocabulary]) -> None:
        """Where the values come from."""
        self._provider = provider

    def set_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self._theme = theme
        if self._list is not None:
            self._list.set_theme(theme)

    def open(self, *, asked: bool) -> None:
        """Offer what fits where the cursor is; whole terms only when somebody asked."""
        text = self._field.text()
        cursor = to_characters(text, self._field.cursorPosition())
        self._completion, self._asked = complete(text, cursor, self._provider()), asked
        if not self._completion.candidates or not (asked or self._completion.in_term):
            self.close()
            return
        shown, was_open = self._suggestions(), self.is_open
        shown.fill(self._completion.candidates)
        shown.place_below(self._field)
        if not was_open:
            shown.show()
            shown.raise_()
            QApplication.instance().installEventFilter(self)
            self._announce(f"{len(self._completion.candidates)} suggestions")

    def close(self) -> None:
        """Offer nothing."""
        if self.is_open:
            QApplication.instance().removeEventFilter(self)
            self._list.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the field; while suggestions are open, presses of the mouse elsewhere too."""
        kind = event.type()
        if kind == QEvent.Type.MouseButtonPress and self._is_elsewhere(watched):
            self.close()
        if watched is not self._field:
            return False
        if kind == QEvent.Type.ShortcutOverride and self._claims(event):
            event.accept()
            return True
        if kind == QEvent.Type.KeyPress:
            if self._claims(event):
                return self._press(event)
            if event.key() in _TAKE:
                self.close()
            return False
        self._follow_field(event)
        return False

    def _follow_field(self, event: QEvent) -> None:
        if event.type() in _AWAY:
            self.close()
        elif event.type() in _MOVED and self.is_open:
            self._list.place_below(self._field)
        elif _is_left_click(event) and not self._field.text():
            self.open(asked=True)

    def _claims(self, event: QKeyEvent) -> bool:
        """Whether a key is for the suggestions, and not for the field or the window."""
        key, modifiers = event.key(), event.modifiers()
        if key == Qt.Key.Key_Space and modifiers in _ASK:
            return True
        if not self.is_open or modifiers not in _PLAIN:
            return False
        return key == Qt.Key.Key_Escape or key in _STEPS or (key in _TAKE and self._take(key))

    def _press(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key == Qt.Key.Key_Space:
            self.open(asked=True)
        elif key == Qt.Key.Key_Escape:
            self.close()
        elif key in _STEPS:
            self._list.step(_STEPS[key])
            chosen = self._list.chosen()
            self._announce(spoken(chosen) if chosen else self._field.text())
        else:
            self._put(self._take(key))
        return True

    def _take(self, key: int) -> Candidate | None:
        """What this key takes, if anything."""
        chosen = self._list.chosen()
        if chosen is None and key == Qt.Key.Key_Tab and self._completion.in_term:
            return self._list.first()
        return chosen

    def _put(self, candidate: Candidate) -> None:
        """Replace what is typed of the term; go on with the value after a key."""
        field, text, done = self._field, self._field.text(), self._completion
        start, end = to_units(text, done.start), to_units(text, done.end)
        self._taking = True
        field.setSelection(start, end - start)
        field.insert(done.insertion(text, candidate))
        self._taking = False
        self.close() if candidate.closes else self.open(asked=False)

    def _on_typed(self) -> None:
        if not self._taking:
            self.open(asked=self._asked and self.is_open)

    def _on_moved(self) -> None:
        if self.is_open and not self._taking:
            self.open(asked=self._asked)

    def _is_elsewhere(self, watched: QObject) -> bool:
        if not isinstance(watched, QWidget) or not self.is_open:
            return False
        return watched is not self._field and not self._list.isAncestorOf(watched)

    def _suggestions(self) -> Suggestions:
        """The list, which lives in the window above all else that is there."""
        if self._list is None:
            self._list = Suggestions(self._theme, self._field.window())
            self._list.taken.connect(self._put)
        return self._list

    def _announce(self, text: str) -> None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._field, text))


def _is_left_click(event: QEvent) -> bool:
    released = event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent)
    return released and event.button() == Qt.MouseButton.LeftButton
