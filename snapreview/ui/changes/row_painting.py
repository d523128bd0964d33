"""What rows and headers have in common: the ground, and the mark of a decision."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from snapreview.model.decision import Verdict
from snapreview.ui.changes.cells import MARGIN, MARK, draw_icon
from snapreview.ui.changes.marks import NOTE_ICON, verdict_colour, verdict_icon
from snapreview.ui.geometry import middle
from snapreview.ui.theme import Theme, colour


def paint_ground(painter: QPainter, option: QStyleOptionViewItem, row: int, theme: Theme) -> None:
    """The ground of a whole row, of which the cell shows its part, and the ring of the keyboard.

    The view tells with `hovered_row` which row is under the pointer.
    """
    view = option.widget
    focused = view.hasFocus()
    ground = _ground(option, focused, hovered=view.hovered_row == row)
    ring = focused and view.currentIndex().row() == row
    if not ground and not ring:
        return
    area = QRectF(0, option.rect.top(), view.viewport().width(), option.rect.height())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(colour(theme, ground) if ground else Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour(theme, "focus"), 1.5) if ring else Qt.PenStyle.NoPen)
    inset = 0.75 if ring else 0.0
    area.adjust(MARGIN + inset, 1 + inset, -MARGIN - inset, -1 - inset)
    painter.drawRoundedRect(area, theme.radius, theme.radius)


def _ground(option: QStyleOptionViewItem, focused: bool, *, hovered: bool) -> str:
    if option.state & QStyle.StateFlag.State_Selected:
        return "selected" if focused else "selected_idle"
    return "hover" if hovered else ""


def paint_mark(
    painter: QPainter, area: QRect, verdict: Verdict | None, theme: Theme, *, noted: bool = False
) -> None:
    """What was said, at the right end: a verdict, a note, or one above the other."""
    marks = []
    if verdict is not None:
        marks.append((verdict_icon(verdict), verdict_colour(theme, verdict)))
    if noted:
        marks.append((NOTE_ICON, colour(theme, "text_muted")))
    step = MARK + 2
    top = middle(area) + 1 - (step * len(marks) - 2) // 2
    for number, (name, ink) in enumerate(marks):
        at = QPoint(area.right() + 1 - MARK, top + step * number)
        draw_icon(painter, at, name, ink, MARK)
