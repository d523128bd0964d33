"""What becomes of a thumbnail that was made in a worker, on the UI thread."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from PySide6.QtGui import QImage, QPixmap

from snapreview.model.errors import SnapReviewError
from snapreview.ui.changes.thumb_request import ThumbRequest
from snapreview.ui.viewer.pyramid import Pixels

_OPAQUE = 0xFF000000

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class KeptThumb:
    """A finished thumbnail. Its request is kept along, since the key may be its record's id."""

    request: ThumbRequest
    pixmap: QPixmap
    nbytes: int


def kept_thumb(request: ThumbRequest, pixels: Pixels) -> KeptThumb:
    """Pixels as a pixmap of the request's density."""
    height, width = pixels.shape
    opaque = pixels.min(initial=0xFFFFFFFF) >= _OPAQUE
    form = QImage.Format.Format_RGB32 if opaque else QImage.Format.Format_ARGB32_Premultiplied
    image = QImage(memoryview(pixels).cast("B"), width, height, width * 4, form)
    pixmap = QPixmap.fromImage(image)
    pixmap.setDevicePixelRatio(request.ratio)
    return KeptThumb(request, pixmap, width * height * 4)


def log_failure(request: ThumbRequest, error: BaseException) -> None:
    """Say why there is no thumbnail: in the log, since the viewer tells it to the user."""
    if isinstance(error, (SnapReviewError, OSError, MemoryError)):
        _log.info("No thumbnail of %s: %s", request.record.name, error)
    else:
        _log.error("No thumbnail of %s", request.record.name, exc_info=error)
