"""Sliders for the viewer's toolbar: their arrow keys are their own, not the window's."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, Qt
from PySide6.QtWidgets import QSlider, QWidget

_ARROWS = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down})
_WIDTH = 88
_HEIGHT = 20
"""So that the handle is seen as a whole."""


class ToolbarSlider(QSlider):
    """A short horizontal slider. Signals: those of QSlider."""

    def __init__(self, name: str, spoken: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setToolTip(tip)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedWidth(_WIDTH)
        self.setMinimumHeight(_HEIGHT)

    def set_steps(self, least: int, most: int, step: int) -> None:
        """The range, and how far an arrow key goes; a page is twice as far."""
        self.setRange(least, most)
        self.setSingleStep(step)
        self.setPageStep(2 * step)

    def stand_at(self, value: int) -> None:
        """Show a value that the user did not choose here: nobody is told."""
        with QSignalBlocker(self):
            self.setValue(value)

    def event(self, event: QEvent) -> bool:
        """Claim arrows before a shortcut of the window gets them."""
        plain = event.type() == QEvent.Type.ShortcutOverride and not event.modifiers()
        if plain and event.key() in _ARROWS:
            event.accept()
            return True
        return super().event(event)
