"""Makes thumbnails out of files. Runs in worker threads; pixels are handled by numpy and Pillow.

What Qt would do in one call (scale, convert) holds Python's lock for as long as it takes, so Qt
only reads files here, and converts what is already as small as a tile.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QImage

from snapreview.stores.imagefile import Header, read_header
from snapreview.ui.changes.thumb_framing import Frame, Size, frame, looks_like_an_icon
from snapreview.ui.changes.thumb_request import ThumbRequest
from snapreview.ui.changes.thumb_tint import marked_cells, tinted
from snapreview.ui.viewer.colour_profiles import SRGB, needs_conversion
from snapreview.ui.viewer.decode import decode_picture
from snapreview.ui.viewer.pixels import QImageMemory
from snapreview.ui.viewer.pyramid import Check, Pixels
from snapreview.ui.viewer.reading import reader_of
from snapreview.ui.viewer.source import UPRIGHT, Picture

_REDUCED = 0.5
"""Zoom up to which a JPEG is decoded at the wanted size, faster than as a whole."""

_LEAST_SEEN = 0.3
"""Share of a frame that the image must fill; else the image is framed, and not the canvas."""

_OPAQUE = np.uint32(0xFF000000)


def render(request: ThumbRequest, path: Path, tint: int, check: Check) -> Pixels:
    """The thumbnail of the image in `path`, at most as large as the request's room.

    `tint` is the colour of changed pixels, 0xRRGGBB. `check` is called between steps and may
    raise. Raises UnreadableImage.
    """
    header = read_header(path)
    if header.format == "JPEG" and header.orientation == UPRIGHT:
        size = header.width, header.height
        shown = _frame(request, size, opaque=True)
        reduced = _read_reduced(path, header, shown) if _is_reduced(shown, size) else None
        if reduced is not None:
            return _marked(request, reduced, shown, tint)
    return render_picture(request, decode_picture(path, check), tint)


def render_picture(request: ThumbRequest, picture: Picture, tint: int) -> Pixels:
    """The thumbnail of an image that is already decoded."""
    opaque = picture.pyramid.opaque
    if picture.orientation != UPRIGHT:  # its mask and regions may lie otherwise than it is shown
        return _cut(picture, _plain_frame(request, picture.size, opaque=opaque))
    shown = _frame(request, picture.size, opaque=opaque)
    return _marked(request, _cut(picture, shown), shown, tint)


def _frame(request: ThumbRequest, size: Size, *, opaque: bool) -> Frame:
    """What is shown of the canvas, of which the image may be a small part."""
    canvas = request.canvas or size
    whole = looks_like_an_icon(canvas, opaque=opaque)
    shown = frame(canvas, request.room, request.ratio, request.focus, whole=whole)
    right, bottom = _end_in(shown, size)
    seen = max(right - shown.left, 0) * max(bottom - shown.top, 0)
    if seen < _LEAST_SEEN * shown.width * shown.height:
        return _plain_frame(request, size, opaque=opaque)
    return shown


def _plain_frame(request: ThumbRequest, size: Size, *, opaque: bool) -> Frame:
    whole = looks_like_an_icon(size, opaque=opaque)
    return frame(size, request.room, request.ratio, None, whole=whole)


def _marked(request: ThumbRequest, pixels: Pixels, shown: Frame, tint: int) -> Pixels:
    cells = marked_cells(request.mask, shown) if request.mask is not None else None
    return pixels if cells is None else tinted(pixels, cells, tint, request.ratio)


def _cut(picture: Picture, shown: Frame) -> Pixels:
    """The framed part; transparent where the canvas is larger than the image."""
    level = picture.pyramid.finer(shown.zoom)
    part, scale = picture.pyramid.levels[level], 1 / 2**level
    right, bottom = _end_in(shown, picture.size)
    width = min(round((right - shown.left) * shown.zoom), shown.size[0])
    height = min(round((bottom - shown.top) * shown.zoom), shown.size[1])
    found: Pixels = np.zeros(shown.size[::-1], np.uint32)
    if width > 0 and height > 0:
        box = tuple(edge * scale for edge in (shown.left, shown.top, right, bottom))
        cut = _resized(part, (width, height), box, sharp=shown.pixelated)
        # What Qt leaves in the fourth byte of opaque pixels is not their alpha.
        found[:height, :width] = cut | _OPAQUE if picture.pyramid.opaque else cut
    return found


def _end_in(shown: Frame, size: Size) -> tuple[float, float]:
    """Where the framed part of the image ends, at the right and below."""
    return min(shown.left + shown.width, size[0]), min(shown.top + shown.height, size[1])


def _resized(pixels: Pixels, size: Size, box: tuple[float, ...], *, sharp: bool) -> Pixels:
    """A part of `pixels` at another size. Pillow's four bands stand for Qt's in any order."""
    height, width = pixels.shape
    image = Image.frombuffer("RGBX", (width, height), pixels, "raw", "RGBX", width * 4, 1)
    # Hamming has no negative lobes: colours stay below their alpha.
    way = Image.Resampling.NEAREST if sharp else Image.Resampling.HAMMING
    return np.asarray(image.resize(size, way, box)).view(np.uint32)[..., 0]


def _is_reduced(shown: Frame, size: Size) -> bool:
    """Whether the frame lies within the image and shows it small."""
    within = _end_in(shown, size) == (shown.left + shown.width, shown.top + shown.height)
    return within and shown.zoom <= _REDUCED


def _read_reduced(path: Path, header: Header, shown: Frame) -> Pixels | None:
    """The framed part of a JPEG, decoded at its final size; None where Qt cannot."""
    zoom, part = shown.zoom, QSize(*shown.size)
    whole = QSize(round(header.width * zoom), round(header.height * zoom)).expandedTo(part)
    left = min(round(shown.left * zoom), whole.width() - part.width())
    top = min(round(shown.top * zoom), whole.height() - part.height())
    reader = reader_of(path)
    if reader is None:
        return None
    reader.setScaledSize(whole)
    reader.setScaledClipRect(QRect(left, top, part.width(), part.height()))
    image = reader.read()
    return _in_srgb(image) if image.size() == part else None


def _in_srgb(image: QImage) -> Pixels:
    """The pixels of a small opaque image."""
    if needs_conversion(image.colorSpace()):
        image.convertToColorSpace(SRGB)
    return QImageMemory(image.convertToFormat(QImage.Format.Format_RGB32)).rows() | _OPAQUE
