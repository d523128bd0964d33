"""Sources drawn at the size of a view, and kept until the view changes.

Drawing wraps the visible part of one pyramid level as a QImage without copying it. Scaled drawing
from far offsets inside a large image is slow and, beyond 65,536, wrong in Qt: a window has none.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor
from typing import Protocol

import numpy as np
from PySide6.QtCore import QPoint, QRect, QRectF, QSize
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QRegion

from snapreview.ui.viewer.pyramid import Level, Pyramid
from snapreview.ui.viewer.view_state import SHARP_FROM, ViewState, extent

_FORMAT = QImage.Format
_MODE = QPainter.CompositionMode


class Source(Protocol):
    """Something that can be drawn for a view. A changed look is another source."""

    format: QImage.Format

    def paint(self, painter: QPainter, area: QRect, view: ViewState) -> None:
        """Draw all of `area`, in device pixels of the view; what was there is replaced."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class ImageSource:
    """An image on what shows behind its transparent parts, with `surround` all around."""

    pyramid: Pyramid
    surround: QColor
    backdrop: QBrush
    format: QImage.Format = _FORMAT.Format_RGB32

    def paint(self, painter: QPainter, area: QRect, view: ViewState) -> None:
        """See Source.paint."""
        painter.setClipRect(area)
        painter.fillRect(area, self.surround)
        inside = area & image_rect(self.pyramid.size, view)
        if inside.isEmpty():
            return
        painter.setClipRect(inside)
        if not self.pyramid.opaque:
            painter.setBrushOrigin(*view.origin)
            painter.fillRect(inside, self.backdrop)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=view.zoom < SHARP_FROM)
        level = self.pyramid.finer(view.zoom)
        opaque, alpha = _FORMAT.Format_RGB32, _FORMAT.Format_ARGB32_Premultiplied
        pixel_format = opaque if self.pyramid.opaque else alpha
        _draw_level(painter, self.pyramid, level, pixel_format, inside, view)


@dataclass(frozen=True, slots=True, eq=False)
class MaskSource:
    """Changed pixels in one colour, each at least one device pixel large; else transparent."""

    pyramid: Pyramid
    colour: QColor
    format: QImage.Format = _FORMAT.Format_ARGB32_Premultiplied

    def paint(self, painter: QPainter, area: QRect, view: ViewState) -> None:
        """See Source.paint."""
        painter.setClipRect(area)
        painter.setCompositionMode(_MODE.CompositionMode_Clear)
        painter.fillRect(area, QColor(0, 0, 0, 0))
        painter.setCompositionMode(_MODE.CompositionMode_SourceOver)
        level = self.pyramid.coarser(view.zoom)
        inside = area & self._cells(level, view)
        if inside.isEmpty():
            return
        painter.setClipRect(inside)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
        palette = [0, self.colour.rgb()]
        _draw_level(painter, self.pyramid, level, _FORMAT.Format_Indexed8, inside, view, palette)

    def _cells(self, level: int, view: ViewState) -> QRect:
        """Where a level's cells lie. The last ones may stick out of the image by a pixel or two,
        without which a change on its edge could not be seen."""
        scale = view.zoom * 2**level
        height, width = self.pyramid.levels[level].shape
        return QRect(*view.origin, ceil(width * scale), ceil(height * scale))


def image_rect(size: tuple[int, int], view: ViewState) -> QRect:
    """Where an image of `size` lies in the view, in device pixels."""
    width, height = (extent(side, view.zoom) for side in size)
    return QRect(*view.origin, width, height)


def _draw_level(
    painter: QPainter,
    pyramid: Pyramid,
    level: int,
    pixel_format: QImage.Format,
    inside: QRect,
    view: ViewState,
    palette: list[int] | None = None,
) -> None:
    """Draw the part of one level that `inside` shows; a palette makes it premultiplied first."""
    scale = view.zoom * 2**level
    rows = pyramid.levels[level]
    part = _part_seen(rows, inside, view, scale)
    image = window(rows, part, pixel_format)
    if palette is not None:
        image.setColorTable(palette)
        image = image.convertToFormat(_FORMAT.Format_ARGB32_Premultiplied)
    x, y = view.origin
    if scale == 1:
        painter.drawImage(QPoint(x + part.x(), y + part.y()), image)
        return
    left, top = x + part.x() * scale, y + part.y() * scale
    target = QRectF(left, top, part.width() * scale, part.height() * scale)
    painter.drawImage(target, image, QRectF(image.rect()))


def _part_seen(rows: Level, inside: QRect, view: ViewState, scale: float) -> QRect:
    """The pixels of a level that `inside` shows, and one more all around to blend with."""
    height, width = rows.shape
    left = floor((inside.left() - view.origin[0]) / scale) - 1
    top = floor((inside.top() - view.origin[1]) / scale) - 1
    right = ceil((inside.right() + 1 - view.origin[0]) / scale) + 1
    bottom = ceil((inside.bottom() + 1 - view.origin[1]) / scale) + 1
    wanted = QRect(left, top, right - left, bottom - top)
    return wanted & QRect(0, 0, width, height)


def window(rows: Level, part: QRect, pixel_format: QImage.Format) -> QImage:
    """A part of a C-contiguous level as a QImage that shares its memory and keeps it alive."""
    stride = rows.shape[1]
    first = part.top() * stride + part.left()
    last = part.bottom() * stride + part.right() + 1
    memory = rows.reshape(-1)[first:last].view(np.uint8)
    bytes_per_line = stride * rows.itemsize
    return QImage(memory, part.width(), part.height(), bytes_per_line, pixel_format)


class Layer:
    """One source at the size of a view: drawn once, shifted when panned, redrawn when it changed.

    After a pan at a fractional zoom it can be off by a few grey levels until `refine`.
    """

    def __init__(self) -> None:
        self._source: Source | None = None
        self._view: ViewState | None = None
        self._image = QImage()
        self._spare = QImage()
        self._shifted = False

    def image(self, source: Source, view: ViewState) -> QImage:
        """The source as the view shows it, as large as the view."""
        if source is self._source and view == self._view:
            return self._image
        shift = self._shift_to(source, view)
        if shift is None:
            self._redraw(source, view)
        else:
            self._scroll(source, view, shift)
        self._source, self._view = source, view
        return self._image

    def refine(self) -> bool:
        """Make the next `image` draw anew where panning left it inexact; whether it will."""
        if not self._shifted:
            return False
        self._view, self._shifted = None, False
        return True

    def _shift_to(self, source: Source, view: ViewState) -> tuple[int, int] | None:
        """By how much to move what is there, or None where that is no help."""
        old = self._view
        if source is not self._source or old is None:
            return None
        if (old.view, old.zoom, old.image) != (view.view, view.zoom, view.image):
            return None
        dx, dy = view.origin[0] - old.origin[0], view.origin[1] - old.origin[1]
        return (dx, dy) if abs(dx) < view.view[0] and abs(dy) < view.view[1] else None

    def _redraw(self, source: Source, view: ViewState) -> None:
        self._image = _fitting(self._image, view, source.format)
        painter = QPainter(self._image)
        source.paint(painter, self._image.rect(), view)
        painter.end()
        self._shifted = False

    def _scroll(self, source: Source, view: ViewState, shift: tuple[int, int]) -> None:
        spare = _fitting(self._spare, view, source.format)
        painter = QPainter(spare)
        painter.setCompositionMode(_MODE.CompositionMode_Source)
        painter.drawImage(QPoint(*shift), self._image)
        painter.setCompositionMode(_MODE.CompositionMode_SourceOver)
        for strip in QRegion(spare.rect()) - QRegion(spare.rect().translated(*shift)):
            source.paint(painter, strip, view)
        painter.end()
        self._image, self._spare = spare, self._image
        self._shifted = self._shifted or view.zoom != round(view.zoom)


def _fitting(image: QImage, view: ViewState, pixel_format: QImage.Format) -> QImage:
    """`image` if it has the wanted size and format, else a new one."""
    size = QSize(*view.view)
    if image.size() == size and image.format() == pixel_format:
        return image
    return QImage(size, pixel_format)
