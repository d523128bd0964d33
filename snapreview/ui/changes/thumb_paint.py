"""Paints a thumbnail: its ground, its round corners, and what stands where there is none."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap, QTransform

from snapreview.model.decision import Verdict
from snapreview.ui.changes.category import Category
from snapreview.ui.changes.cells import SMALL_GLYPH, draw_icon
from snapreview.ui.changes.marks import NOTE_ICON, verdict_colour, verdict_icon
from snapreview.ui.theme import Theme, colour, status_colour
from snapreview.ui.viewer.colours import Backdrop, ViewerColours, canvas_colour
from snapreview.ui.viewer.furniture import checkerboard

_LARGE_GLYPH = 32
_DISC = 24
_INSET = 6
"""From the corner of a thumbnail to the marks in it."""


@dataclass(frozen=True, slots=True)
class ThumbPainter:
    """Paints in the colours of a theme."""

    theme: Theme
    viewer: ViewerColours

    @classmethod
    def of(cls, theme: Theme) -> ThumbPainter:
        """For this theme."""
        return cls(theme, ViewerColours.of(theme))

    def paint(
        self, painter: QPainter, area: QRect, pixmap: QPixmap | None, canvas_theme: str | None
    ) -> None:
        """A thumbnail in its room, or the empty room where it is not there yet.

        `canvas_theme` is what the image asks for; where it asks for nothing, transparent parts
        are shown on a checkerboard.
        """
        radius = self.theme.radius
        wanted = canvas_theme if pixmap is not None else None  # an empty room is as quiet as any
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(canvas_colour(self.viewer, Backdrop.AUTO, wanted))
        painter.drawRoundedRect(area, radius, radius)
        if pixmap is not None:
            self._paint_pixmap(painter, area, pixmap, checked=canvas_theme is None)
        self._paint_edge(painter, area)

    def paint_instead(self, painter: QPainter, area: QRect, category: Category) -> None:
        """The glyph of the status, where no image will be: on a ground on which it is seen."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.viewer.canvas)
        painter.drawRoundedRect(area, self.theme.radius, self.theme.radius)
        ink = status_colour(self.theme, category.value)
        corner = area.center() - QPoint(_LARGE_GLYPH // 2 - 1, _LARGE_GLYPH // 2 - 1)
        draw_icon(painter, corner, category.value, ink, _LARGE_GLYPH)

    def paint_marks(
        self, painter: QPainter, area: QRect, verdict: Verdict | None, *, noted: bool
    ) -> None:
        """What was decided, in the upper right corner of the thumbnail."""
        marks = [(NOTE_ICON, colour(self.theme, "text_secondary"))] if noted else []
        if verdict is not None:
            marks.insert(0, (verdict_icon(verdict), verdict_colour(self.theme, verdict)))
        corner = area.topRight() + QPoint(1 - _INSET - _DISC, _INSET)
        for name, ink in marks:
            painter.setPen(QPen(colour(self.theme, "border"), 1))
            painter.setBrush(colour(self.theme, "surface"))
            painter.drawEllipse(
                QRectF(*corner.toTuple(), _DISC, _DISC).adjusted(0.5, 0.5, -0.5, -0.5)
            )
            inset = (_DISC - SMALL_GLYPH) // 2
            draw_icon(painter, corner + QPoint(inset, inset), name, ink, SMALL_GLYPH)
            corner -= QPoint(_DISC + _INSET // 2, 0)

    def _paint_pixmap(
        self, painter: QPainter, area: QRect, pixmap: QPixmap, *, checked: bool
    ) -> None:
        """The pixmap in the middle of the room, whose round corners cut it."""
        ratio, radius = pixmap.devicePixelRatio(), self.theme.radius
        width, height = pixmap.width() / ratio, pixmap.height() / ratio
        left = area.left() + int(area.width() - width) // 2
        top = area.top() + int(area.height() - height) // 2
        painter.save()
        painter.setClipRect(QRectF(left, top, width, height), Qt.ClipOperation.IntersectClip)
        if checked and pixmap.hasAlphaChannel():
            painter.setBrush(checkerboard(1.0, self.viewer))
            painter.setBrushOrigin(left, top)
            painter.drawRoundedRect(area, radius, radius)
            painter.setBrushOrigin(0, 0)
        painter.setBrush(_texture(pixmap, left, top, ratio))
        painter.drawRoundedRect(area, radius, radius)
        painter.restore()

    def _paint_edge(self, painter: QPainter, area: QRect) -> None:
        """A hairline, so that an image is parted from a ground of its colour."""
        line = QColor(255, 255, 255, 34) if self.theme.dark else QColor(0, 0, 0, 34)
        radius = self.theme.radius - 0.5
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(line, 1))
        painter.drawRoundedRect(QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


def _texture(pixmap: QPixmap, left: int, top: int, ratio: float) -> QBrush:
    """A brush with the pixmap at this place, one of its pixels on one of the device.

    Filling is antialiased at round corners, where a clip would be jagged.
    """
    plain = QPixmap(pixmap)
    plain.setDevicePixelRatio(1.0)
    brush = QBrush(plain)
    brush.setTransform(QTransform.fromTranslate(left, top).scale(1 / ratio, 1 / ratio))
    return brush
