"""Wavy lines under parts of a line edit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QColor, QInputMethodEvent, QTextCharFormat
from PySide6.QtWidgets import QLineEdit

from snapreview.model.query import QueryFault
from snapreview.ui.changes.text_places import to_units


def mark_event(
    field: QLineEdit, faults: Sequence[QueryFault], ink: QColor, ground: QColor
) -> QInputMethodEvent:
    """An event that makes `field` draw these marks and no others.

    A line edit formats what an input method is composing; with nothing composed, the formats
    apply to the text itself. They scroll with it, which a line painted from outside could not.
    """
    style = QTextCharFormat()
    style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
    style.setUnderlineColor(ink)
    style.setBackground(ground)
    kind, cursor = QInputMethodEvent.AttributeType.TextFormat, field.cursorPosition()
    attributes = []
    for fault in faults:
        start, end = (to_units(field.text(), at) for at in (fault.start, fault.end))
        attributes.append(QInputMethodEvent.Attribute(kind, start - cursor, end - start, style))
    return QInputMethodEvent("", attributes)
