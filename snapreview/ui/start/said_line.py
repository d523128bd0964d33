"""The quiet line below a source: what it is, or why it is nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from snapreview.ui import icons
from snapreview.ui.start.spinner import Spinner
from snapreview.ui.theme import Theme, colour
from snapreview.ui.widgets import sentence

_SIGN = 16
_HEIGHT = 30
"""Of the line while it says little, so that nothing jumps when it begins to speak."""


class SaidLine(QWidget):
    """An icon or a sign that somebody is looking, a sentence, and behind it buttons."""

    def __init__(self, side: str, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._icon = ""
        self._sign = QLabel(self)
        self._spinner = Spinner(self)
        self._text = sentence("caption", f"{side}Said")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        for sign in (self._sign, self._spinner):
            sign.setFixedSize(_SIGN, _SIGN)
            self._row.addWidget(sign)
        self._row.addWidget(self._text, 1)
        self.setMinimumHeight(_HEIGHT)
        self.set_theme(theme)
        self.show_said("")

    @property
    def text(self) -> str:
        """What is said."""
        return self._text.text()

    def add_button(self, button: QWidget) -> None:
        """Put a button at the end."""
        self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)

    def set_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self._theme = theme
        self._spinner.set_ink(colour(theme, "text_muted"))
        self._draw()

    def show_said(self, text: str, icon: str = "", *, busy: bool = False) -> None:
        """Say this; screen readers are told."""
        self._icon = icon
        self._sign.setVisible(bool(icon) and not busy)
        self._spinner.setVisible(busy)
        self._draw()
        if text != self._text.text():
            self._text.setText(text)
            if text:
                told = QAccessibleAnnouncementEvent(self._text, text)
                QAccessible.updateAccessibility(told)

    def _draw(self) -> None:
        if self._icon:
            ink, ratio = colour(self._theme, "text_muted"), self.devicePixelRatioF()
            self._sign.setPixmap(icons.pixmap(self._icon, ink, _SIGN, ratio))
