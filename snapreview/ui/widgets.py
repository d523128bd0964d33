"""Small widgets made the same way everywhere."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget


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
    """A label of one of the stylesheet's types, as `secondary` or `fault`."""
    made = QLabel(text, objectName=name)
    made.setTextFormat(Qt.TextFormat.PlainText)  # names of images are no markup
    if kind:
        made.setProperty("type", kind)
    return made


def sentence(kind: str, name: str) -> QLabel:
    """A label for text of any length, in as many lines as it takes."""
    made = label("", kind, name)
    made.setWordWrap(True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def column_of(page: QWidget) -> QVBoxLayout:
    """A column that fills `page` to its edges."""
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(10)
    return column


def row_of(*parts: QWidget | None, spacing: int = 8) -> QHBoxLayout:
    """Widgets beside one another; None takes what room is left."""
    row = QHBoxLayout()
    row.setSpacing(spacing)
    for part in parts:
        row.addStretch(1) if part is None else row.addWidget(part)
    return row
