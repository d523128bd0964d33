"""What can be drawn for a view: images, and maps of what changed in them.

Drawing wraps the visible part of one pyramid level as a QImage without copying it. Scaled drawing
from far offsets inside a large image is slow and, beyond 65,536, wrong in Qt: a window has none.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil, floor, sqrt
from typing import Protocol

import numpy as np
from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtGui import QBrush, QColor, QImage, QPainter

from snapreview.ui.viewer.pyramid import Level, Pyramid
from snapreview.ui.viewer.view_state import SHARP_FROM, Size, ViewState, extent

_FORMAT = QImage.Format
_MODE = QPainter.CompositionMode
_FAINTEST = 96


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
class MapSource:
    """A map of changed pixels, every value in its colour, each at least one device pixel large.

    `palette` holds the colours of the values from 0 on, as 0xAARRGGBB. `within` is the size of
    the image that the map is for; None lets its last cells stick out by a pixel or two, without
    which a change on the edge could not be seen.
    """

    pyramid: Pyramid
    palette: tuple[int, ...]
    within: Size | None = None
    format: QImage.Format = _FORMAT.Format_ARGB32_Premultiplied

    def paint(self, painter: QPainter, area: QRect, view: ViewState) -> None:
        """See Source.paint."""
        painter.setClipRect(area)
        painter.setCompositionMode(_MODE.CompositionMode_Clear)
        painter.fillRect(area, QColor(0, 0, 0, 0))
        painter.setCompositionMode(_MODE.CompositionMode_SourceOver)
        level = self.pyramid.coarser(view.zoom)
        inside = area & self._cells(level, view)
        if self.within is not None:
            inside &= image_rect(self.within, view)
        if inside.isEmpty():
            return
        painter.setClipRect(inside)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
        indexed = _FORMAT.Format_Indexed8
        _draw_level(painter, self.pyramid, level, indexed, inside, view, list(self.palette))
        if self.within is not None and view.zoom < 1:
            self._keep_edges(painter, area, level, view)

    def _keep_edges(self, painter: QPainter, area: QRect, level: int, view: ViewState) -> None:
        """Clear what is clear in the last cells, should these lie just beside the image: their
        pixels belong to its last column and row."""
        image = image_rect(self.within or (1, 1), view)
        column, row = QRect(image), QRect(image)
        column.setLeft(image.right())
        row.setTop(image.bottom())
        keep = [0xFF000000 if colour else 0 for colour in self.palette]
        painter.setCompositionMode(_MODE.CompositionMode_DestinationIn)
        for edge, left, up in ((column, 1, 0), (row, 0, 1), (column & row, 1, 1)):
            x, y = view.origin
            beside = replace(view, origin=(x - left, y - up))
            part = edge & area & self._cells(level, beside)
            if not part.isEmpty():
                painter.setClipRect(part)
                indexed = _FORMAT.Format_Indexed8
                _draw_level(painter, self.pyramid, level, indexed, part, beside, keep)
        painter.setCompositionMode(_MODE.CompositionMode_SourceOver)

    def _cells(self, level: int, view: ViewState) -> QRect:
        """Where a level's cells lie."""
        scale = view.zoom * 2**level
        height, width = self.pyramid.levels[level].shape
        return QRect(*view.origin, ceil(width * scale), ceil(height * scale))


def tinted(mask: Pyramid, colour: QColor) -> MapSource:
    """Changed pixels in one colour, the others transparent."""
    return MapSource(mask, (0, colour.rgb()))


def graded(difference: Pyramid, colour: QColor) -> MapSource:
    """Pixels in one colour, the stronger the more they differ; all that differ can be seen."""
    shades = [QColor(colour.red(), colour.green(), colour.blue(), _grade(v)) for v in range(256)]
    return MapSource(difference, tuple(shade.rgba() for shade in shades))


def shaded(marks: Pyramid, colour: QColor, size: Size) -> MapSource:
    """A shade over an image of `size`, with holes for what changed."""
    return MapSource(marks, (colour.rgba(), *[0] * 255), size)


def _grade(levels: int) -> int:
    """Opacity (0 to 255) for a difference of so many levels."""
    return round(_FAINTEST + (255 - _FAINTEST) * sqrt(levels / 255)) if levels else 0


def image_rect(size: Size, view: ViewState) -> QRect:
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
