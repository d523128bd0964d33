"""The line between two images on one another, and the grip by which it is held."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from math import hypot

from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from snapreview.ui.theme_tokens import LIGHT

_GRIP_RADIUS = 14
_REACH = 8
"""Logical pixels to either side of the line that still take hold of it."""

_EDGE = 4
_ARROW = 4


class Part(Enum):
    """What of the handle is held."""

    LINE = "line"
    GRIP = "grip"


@dataclass(frozen=True, slots=True)
class WipeHandle:
    """The handle in device pixels of the canvas.

    `line` is where the head begins. When that is out of `area`, the grip waits at the edge that
    is nearer, so that the line can be fetched from there. `ratio` is the device pixels of a
    logical one.
    """

    area: QRect
    line: int
    grip: float
    ratio: float

    @property
    def line_seen(self) -> bool:
        """Whether the line lies in the area."""
        return self.area.left() <= self.line <= self.area.right()

    @property
    def centre(self) -> QPoint:
        """The middle of the grip, which is always in the area as a whole."""
        inset = self._device(_GRIP_RADIUS + _EDGE)
        left, right = self.area.left() + inset, self.area.right() - inset
        x = self.line if self.line_seen else min(max(self.line, left), max(left, right))
        top, room = self.area.top() + inset, max(0, self.area.height() - 2 * inset)
        return QPoint(x, top + round(self.grip * room))

    def part_at(self, point: QPoint) -> Part | None:
        """What a pointer there would take hold of."""
        if not self.area.contains(point):
            return None
        away = point - self.centre
        if hypot(away.x(), away.y()) <= self._device(_GRIP_RADIUS + _EDGE):
            return Part.GRIP
        near = abs(point.x() - self.line) <= self._device(_REACH)
        return Part.LINE if near and self.line_seen else None

    def grip_at(self, y: int) -> float:
        """The grip's share of the height if its middle were at `y`."""
        inset = self._device(_GRIP_RADIUS + _EDGE)
        room = max(1, self.area.height() - 2 * inset)
        return min(max((y - self.area.top() - inset) / room, 0.0), 1.0)

    def paint(self, painter: QPainter, *, lit: bool, accent: QColor) -> None:
        """A white line with dark edges, and a grip: seen on any image. Device pixels."""
        painter.save()
        painter.setClipRect(self.area)
        if self.line_seen:
            self._paint_line(painter)
        self._paint_grip(painter, accent if lit else QColor(LIGHT.text_secondary))
        painter.restore()

    def _paint_line(self, painter: QPainter) -> None:
        core = max(2, self._device(1.5))
        edge = max(1, self._device(1))
        line = QRect(self.line - core // 2, self.area.top(), core, self.area.height())
        # Opaque: Qt would share out the rows of a translucent line among threads, and wait.
        painter.fillRect(line.adjusted(-edge, 0, edge, 0), QColor(LIGHT.text_secondary))
        painter.fillRect(line, QColor(LIGHT.surface))

    def _paint_grip(self, painter: QPainter, ink: QColor) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(QPointF(self.centre))
        painter.scale(self.ratio, self.ratio)
        halo = QColor(LIGHT.text)
        halo.setAlphaF(0.35)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(halo)
        painter.drawEllipse(QPointF(0, 0), _GRIP_RADIUS + 1, _GRIP_RADIUS + 1)
        painter.setBrush(QColor(LIGHT.surface))
        painter.drawEllipse(QPointF(0, 0), _GRIP_RADIUS, _GRIP_RADIUS)
        pen = QPen(ink, 1.75, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        for way in (-1, 1):
            tip, back = way * (3 + _ARROW), way * 3
            painter.drawPolyline([QPointF(back, -_ARROW), QPointF(tip, 0), QPointF(back, _ARROW)])

    def _device(self, logical: float) -> int:
        return round(logical * self.ratio)
