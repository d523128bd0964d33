"""A part of the panel: a title and what belongs to it."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from snapreview.ui.inspector.wrapped_text import WrappedText
from snapreview.ui.theme_tokens import Spacing
from snapreview.ui.widgets import label


class Section(QWidget):
    """Hides itself where nothing in it is to be seen."""

    def __init__(self, title: str, name: str, *parts: QWidget) -> None:
        super().__init__(objectName=name)
        self.setAccessibleName(title)
        self._parts = parts
        self._title = label(title, "section", f"{name}Title")
        space = Spacing()
        column = QVBoxLayout(self)
        column.setContentsMargins(space.md, 0, space.md, space.md)
        column.setSpacing(space.xs)
        column.addWidget(self._title)
        for part in parts:
            column.addWidget(part)

    def set_title(self, title: str) -> None:
        """Call it something else."""
        if title != self._title.text():
            self._title.setText(title)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ring around a text that has the focus."""
        super().paintEvent(event)
        painter = QPainter(self)
        for part in self._parts:
            if isinstance(part, WrappedText):
                part.paint_focus(painter)
        painter.end()

    def refresh(self) -> None:
        """Follow the parts."""
        self.setVisible(not all(part.isHidden() for part in self._parts))


def rule() -> QFrame:
    """A hairline across."""
    line = QFrame()
    line.setProperty("rule", True)
    line.setFrameShape(QFrame.Shape.HLine)
    line.setFixedHeight(1)
    return line
