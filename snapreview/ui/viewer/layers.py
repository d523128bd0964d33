"""Sources drawn at the size of a view, and kept until the view changes."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QImage, QPainter, QRegion

from snapreview.ui.viewer.drawing import Source
from snapreview.ui.viewer.view_state import ViewState

_MODE = QPainter.CompositionMode


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
