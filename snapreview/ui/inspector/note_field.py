"""A note on an image. No keystroke is lost, whatever happens to the image or the window."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

LEAST_LINES = 2
MOST_LINES = 8
SAVED_AFTER_MS = 500

_FRAME = 14  # the style sheet's padding and border, above and below
_CONTROL = Qt.KeyboardModifier.ControlModifier


class NoteField(QPlainTextEdit):
    """Grows with its text. What is typed is told soon, and at once where it might be lost else.

    Signals: `changed(str)`: the note is another one now, empty for none; `leaveRequested()`:
    Escape or Ctrl+Enter.
    """

    changed = Signal(str)
    leaveRequested = Signal()

    def __init__(self) -> None:
        super().__init__(objectName="note")
        self._kept = ""
        self._later: str | None = None
        self._typed = False
        self._touched = False
        self._showing = False
        self.setAccessibleName("Note")
        self.setPlaceholderText("Add a note… (M)")
        self.setToolTip("Note on this image (M). Escape goes back.")
        self.setTabChangesFocus(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._soon = QTimer(self, interval=SAVED_AFTER_MS, singleShot=True)
        self._soon.timeout.connect(self._tell)
        self.textChanged.connect(self._on_text)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def show_note(self, note: str) -> None:
        """This is the note that is kept. Whoever is typing another one is not interrupted."""
        if note == self._kept:
            self._later = None
            return
        self._kept = note
        if self._typed or (self._touched and self.hasFocus()):
            self._later = note
        else:
            self._put(note)

    def begin(self) -> None:
        """Another image, whose note follows: what was typed for the last one is told by now."""
        self._kept = ""
        self._put("")

    def commit(self) -> None:
        """Tell what was typed and not told yet, half-composed letters too."""
        if self.hasFocus():
            QGuiApplication.inputMethod().commit()
        self._tell()

    def sizeHint(self) -> QSize:
        """Any width will do."""
        return QSize(0, self.height())

    def minimumSizeHint(self) -> QSize:
        """Any width will do."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape and Ctrl+Enter end it."""
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if event.key() == Qt.Key.Key_Escape or (enter and event.modifiers() & _CONTROL):
            self.commit()
            self.leaveRequested.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell at once; then take over what came from elsewhere meanwhile."""
        super().focusOutEvent(event)
        self._tell()
        self._touched = False
        if self._later is not None:
            self._put(self._later)

    def hideEvent(self, event: QHideEvent) -> None:
        """The panel is folded, or the window closes."""
        self._tell()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other lines, another height."""
        super().resizeEvent(event)
        self._fit()

    def _on_text(self) -> None:
        if not self._showing:
            self._typed = self._touched = True
            if not self._soon.isActive():  # even who never pauses is told of
                self._soon.start()

    def _tell(self) -> None:
        self._soon.stop()
        note = _said(self.toPlainText())
        typed, self._typed = self._typed, False
        if typed and note != self._kept:
            self._kept, self._later = note, None
            self.changed.emit(note)

    def _put(self, note: str) -> None:
        """Show a text that nobody typed here."""
        self._soon.stop()
        self._later = None
        self._typed = self._touched = False
        if self.toPlainText() != note:
            self._showing = True
            self.setPlainText(note)
            self._showing = False

    def _fit(self) -> None:
        """As high as the text, within limits."""
        count = min(max(round(self.document().size().height()), LEAST_LINES), MOST_LINES)
        margin = 2 * round(self.document().documentMargin())
        height = count * self.fontMetrics().lineSpacing() + margin + _FRAME
        if height != self.height():
            self.setFixedHeight(height)
        more = self.document().size().height() > MOST_LINES
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if more else policy.ScrollBarAlwaysOff
        )


def _said(text: str) -> str:
    """Blanks alone are no note."""
    return text if text.strip() else ""
