"""Marks what changed in a thumbnail. Runs in worker threads."""

from __future__ import annotations

import logging
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage

from snapreview.ui.changes.thumb_framing import Frame
from snapreview.ui.viewer.pixels import QImageMemory
from snapreview.ui.viewer.pyramid import STRIP_ROWS, Mask, Pixels
from snapreview.ui.viewer.reading import reader_of

Cells = NDArray[np.bool_]
"""Device pixels of a thumbnail, True where anything below changed."""

_STRONGEST, _WEAKEST = 0.75, 0.35
_FEW, _MANY = 0.1, 0.6
"""Shares of marked pixels between which the tint weakens, so as not to bury the image."""

_SPECK, _SPECKS = 0.001, 0.01
"""Shares of marked pixels below which marks are widened, by two logical pixels or by one."""

_log = logging.getLogger(__name__)


def marked_cells(mask: Path, shown: Frame) -> Cells | None:
    """What of the framed part a mask marks, no cell lost; None where it cannot be read.

    Only the frame is converted: a mask of one bit a pixel is read faster than its image.
    """
    reader = reader_of(mask)
    image = reader.read() if reader is not None else QImage()
    if image.isNull():
        _log.info("A thumbnail stays without tint: its mask %s cannot be read", mask.name)
        return None
    area = QRect(shown.left, shown.top, int(np.ceil(shown.width)), int(np.ceil(shown.height)))
    marks = _marks(image, area)
    rows, columns = (_starts(n, shown.zoom, marks.shape[i]) for i, n in enumerate(shown.size[::-1]))
    pooled = np.maximum.reduceat(np.maximum.reduceat(marks, columns, axis=1), rows, axis=0)
    return pooled.astype(np.bool_)


def tinted(pixels: Pixels, cells: Cells, colour: int, ratio: float) -> Pixels:
    """`pixels` with `colour` (0xRRGGBB) over the marked ones."""
    share = float(cells.mean())
    if not share:
        return pixels
    widen = round((2 if share < _SPECK else 1 if share < _SPECKS else 0) * ratio)
    for _ in range(widen):
        cells = _widened(cells)
    strength = np.interp(share, (_FEW, _MANY), (_STRONGEST, _WEAKEST))
    found = np.ascontiguousarray(pixels).copy()
    channels = found.view(np.uint8).reshape(*found.shape, 4)
    over = np.array([colour & 0xFF, colour >> 8 & 0xFF, colour >> 16 & 0xFF, 0xFF], np.float32)
    under = channels[cells].astype(np.float32)
    channels[cells] = np.rint(under * (1 - strength) + over * strength).astype(np.uint8)
    return found


def _marks(image: QImage, area: QRect) -> Mask:
    """1 where the mask has an alpha above 0, for each pixel of `area`; 0 outside the mask."""
    marks: Mask = np.zeros((area.height(), area.width()), np.uint8)
    spare = area.left() % 8  # from whole bytes on, Qt copies bits in one go
    for top in range(0, area.height(), STRIP_ROWS):
        rows = min(STRIP_ROWS, area.height() - top)
        part = image.copy(area.left() - spare, area.top() + top, area.width() + spare, rows)
        pixels = QImageMemory(part.convertToFormat(QImage.Format.Format_ARGB32)).rows()
        np.greater(pixels[:, spare:], 0x00FFFFFF, out=marks[top : top + rows], casting="unsafe")
    return marks


def _starts(cells: int, zoom: float, pixels: int) -> NDArray[np.intp]:
    """The first pixel of each cell along an axis."""
    return np.minimum((np.arange(cells) / zoom).astype(np.intp), pixels - 1)


def _widened(cells: Cells) -> Cells:
    wide = cells.copy()
    wide[1:] |= cells[:-1]
    wide[:-1] |= cells[1:]
    wide[:, 1:] |= cells[:, :-1]
    wide[:, :-1] |= cells[:, 1:]
    return wide
