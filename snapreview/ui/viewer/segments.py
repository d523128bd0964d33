"""Buttons that belong together, of which one is down: drawn as one control."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton


class Segments(QFrame):
    """Tool buttons without gaps in a common frame, which the style sheet draws."""

    def __init__(self, buttons: Sequence[QToolButton]) -> None:
        super().__init__()
        self.setProperty("segments", True)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(0)
        for button in buttons:
            row.addWidget(button)
