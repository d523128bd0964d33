"""Small widgets made the same way everywhere."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton


def button(text: str, name: str, tip: str = "", look: str = "") -> QPushButton:
    """A push button; `look` is one of the stylesheet's: primary, quiet, danger, or secondary."""
    made = QPushButton(text, objectName=name)
    made.setAccessibleName(text.replace("&", ""))
    made.setToolTip(tip)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.setAutoDefault(False)
    if look:
        made.setProperty("look", look)
    return made


def label(text: str, kind: str = "", name: str = "") -> QLabel:
    """A label of one of the stylesheet's types: display, heading, title, secondary, caption."""
    made = QLabel(text, objectName=name)
    if kind:
        made.setProperty("type", kind)
    return made


def rule(*, upright: bool = False) -> QFrame:
    """A thin line between two parts."""
    made = QFrame()
    made.setFrameShape(QFrame.Shape.VLine if upright else QFrame.Shape.HLine)
    made.setProperty("rule", True)
    return made
