"""What is drawn on the images to point at something: boxes of changed regions, the held pixel.

All of it lies beside the pixels it points at, never on them, and is two lines of opposite
lightness, one of which is seen on any image. Device pixels.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import ceil, floor

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetrics, QPainter, QRegion

from snapreview.model.change import Box
from snapreview.ui.viewer.boxes import reading_order
from snapreview.ui.viewer.view_state import ViewState

_LINE = 2
_EDGE = 1
_BOX_GAP = 2
_PIN_GAP = 3
_ARM = 8
_PADDING = 5
_TEXT = 0.85
"""Numbers are a little smaller than the other words of the canvas."""

_BLACK, _WHITE = QColor("#000000"), QColor("#ffffff")


@dataclass(frozen=True, slots=True)
class Marks:
    """What to point at. `boxes` are in pixels of the image, upright.

    `current` is the index of the box that was gone to, or -1. `boxes_shown`: all of them are
    drawn, with their numbers, and not the current one alone. `pin` is a pixel's column and row.
    """

    boxes: tuple[Box, ...] = ()
    current: int = -1
    boxes_shown: bool = False
    pin: tuple[int, int] | None = None

    @property
    def order(self) -> tuple[int, ...]:
        """Indices of the boxes as one reads them: the first has the number 1."""
        return reading_order(self.boxes)


@dataclass(frozen=True, slots=True)
class MarkPainter:
    """Draws marks on a pane: `area` in the canvas, `view` of the image, `ratio` device pixels to
    a logical one. Boxes have the `colour`, which is not the overlay's: they are not changes."""

    painter: QPainter
    area: QRect
    view: ViewState
    ratio: float
    colour: QColor
    font: QFont

    def paint(self, marks: Marks) -> None:
        """Draw all that `marks` asks for."""
        self.painter.save()
        self.painter.setClipRect(self.area, Qt.ClipOperation.IntersectClip)
        self.painter.setOpacity(1)
        self.painter.setPen(Qt.PenStyle.NoPen)
        if marks.boxes_shown or marks.current >= 0:
            self._paint_boxes(marks)
        if marks.pin is not None:
            self._paint_pin(self.place((*marks.pin, 1, 1)))
        self.painter.restore()

    def place(self, box: Box) -> QRect:
        """Where a box lies on the canvas, at least one pixel large."""
        x, y, width, height = box
        left, top = self.area.x() + self.view.origin[0], self.area.y() + self.view.origin[1]
        zoom = self.view.zoom
        first = QPoint(left + floor(x * zoom), top + floor(y * zoom))
        end = QPoint(left + ceil((x + width) * zoom), top + ceil((y + height) * zoom))
        return QRect(first, end - QPoint(1, 1))

    def _paint_boxes(self, marks: Marks) -> None:
        order = marks.order
        shown = order if marks.boxes_shown else (marks.current,)
        places = {index: self.place(marks.boxes[index]) for index in shown}
        near = self.area.adjusted(*(self._size(24) * sign for sign in (-1, -1, 1, 1)))
        places = {index: place for index, place in places.items() if place.intersects(near)}
        gap, edge, line = (self._size(size) for size in (_BOX_GAP, _EDGE, _LINE))
        rings = list(places.values())
        around = (bar for ring in rings for bar in _ring(ring, gap, line + 2 * edge))
        self._fill(opposite(self.colour), around)
        self._fill(self.colour, (bar for ring in rings for bar in _ring(ring, gap + edge, line)))
        self._paint_numbers(marks, order, places)

    def _paint_numbers(
        self, marks: Marks, order: tuple[int, ...], places: dict[int, QRect]
    ) -> None:
        """The current box tells how many there are; others their number, where there is room."""
        self.painter.setFont(self._device_font())
        taken = QRegion()
        numbers = {index: number for number, index in enumerate(order, 1)}
        for index in sorted(places, key=lambda index: index != marks.current):
            current = index == marks.current
            text = f"{numbers[index]} of {len(order)}" if current else str(numbers[index])
            badge = self._badge(places[index], text)
            if current or not (badge.width() > places[index].width() or taken.intersects(badge)):
                taken += badge
                self._paint_badge(badge, text)

    def _badge(self, place: QRect, text: str) -> QRect:
        """On top of the box's left corner, or below it where the pane ends."""
        metrics = QFontMetrics(self._device_font())
        width = metrics.horizontalAdvance(text) + 2 * self._size(_PADDING)
        height = metrics.height() + 2 * self._size(_EDGE)
        out = self._size(_BOX_GAP) + self._size(_LINE) + 2 * self._size(_EDGE)
        top = place.y() - out - height + self._size(_EDGE)  # the two share their outlines
        badge = QRect(place.x() - out, top, width, height)
        if badge.top() < self.area.top():
            badge.moveTop(min(place.bottom() + 1 + out, self.area.bottom() + 1 - height))
        badge.moveLeft(max(self.area.left(), min(badge.left(), self.area.right() + 1 - width)))
        return badge

    def _paint_badge(self, badge: QRect, text: str) -> None:
        ink = opposite(self.colour)
        edge = self._size(_EDGE)
        self.painter.fillRect(badge, ink)
        self.painter.fillRect(badge.adjusted(edge, edge, -edge, -edge), self.colour)
        self.painter.setPen(ink)
        self.painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)
        self.painter.setPen(Qt.PenStyle.NoPen)

    def _paint_pin(self, pixel: QRect) -> None:
        """A ring around the pixel and four arms that lead to it."""
        edge = self._size(_EDGE)
        arms = self._arms(pixel)
        around = [arm.adjusted(-edge, -edge, edge, edge) for arm in arms]
        self._fill(_BLACK, [*_ring(pixel, 0, 2 * edge), *around])
        self._fill(_WHITE, [*_ring(pixel, 0, edge), *arms])

    def _arms(self, pixel: QRect) -> list[QRect]:
        thick, gap, length = self._size(_EDGE), self._size(_PIN_GAP), self._size(_ARM)
        x = pixel.x() + (pixel.width() - thick) // 2
        y = pixel.y() + (pixel.height() - thick) // 2
        return [
            QRect(x, pixel.y() - gap - length, thick, length),
            QRect(x, pixel.bottom() + 1 + gap, thick, length),
            QRect(pixel.x() - gap - length, y, length, thick),
            QRect(pixel.right() + 1 + gap, y, length, thick),
        ]

    def _fill(self, colour: QColor, rects: Iterable[QRect]) -> None:
        self.painter.setBrush(colour)
        self.painter.drawRects(list(rects))

    def _device_font(self) -> QFont:
        font = QFont(self.font)
        font.setPixelSize(max(1, round(QFontInfo(font).pixelSize() * self.ratio * _TEXT)))
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def _size(self, logical: float) -> int:
        return max(1, round(logical * self.ratio))


def opposite(colour: QColor) -> QColor:
    """Black or white, whichever is seen better on `colour` (WCAG 2.1's relative luminance)."""
    linear = (_linear(v) for v in (colour.redF(), colour.greenF(), colour.blueF()))
    luminance = sum(w * v for w, v in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return _BLACK if (luminance + 0.05) ** 2 > 1.05 * 0.05 else _WHITE


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _ring(inner: QRect, gap: int, thick: int) -> Iterator[QRect]:
    """Four bars around `inner`, `gap` away from it and `thick` wide."""
    hole = inner.adjusted(-gap, -gap, gap, gap)
    outer = hole.adjusted(-thick, -thick, thick, thick)
    yield QRect(outer.x(), outer.y(), outer.width(), thick)
    yield QRect(outer.x(), hole.bottom() + 1, outer.width(), thick)
    yield QRect(outer.x(), hole.y(), thick, hole.height())
    yield QRect(hole.right() + 1, hole.y(), thick, hole.height())
