"""Images that Qt does not read (AVIF) or refuses (wrong checksums), read by Pillow."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import ImageOps
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColorSpace, QImage

from snapreview.stores.colourmodes import stored_mode, to_rgba
from snapreview.stores.imagefile import read_header
from snapreview.stores.readers import explained, opened
from snapreview.ui.viewer.pixels import from_rgba

_MODELS_OF_SCREENS = {QColorSpace.ColorModel.Rgb}


def read_with_pillow(path: Path, allow: Callable[[int, int], None]) -> tuple[QImage, int]:
    """The image upright, as Qt would give it, and the EXIF orientation it was stored with.

    `allow` is called with width and height before anything is decoded, and may raise. Raises
    UnreadableImage.
    """
    orientation = read_header(path).orientation
    with opened(path) as image, explained():
        allow(*image.size)
        rawmode = stored_mode(image)
        image.load()
        space = _space_of(image.info.get("icc_profile"))
        pixels = from_rgba(np.asarray(to_rgba(ImageOps.exif_transpose(image), rawmode)))
    height, width = pixels.shape
    memory = pixels.reshape(-1).view(np.uint8)
    found = QImage(memory, width, height, width * 4, QImage.Format.Format_ARGB32)
    if space.colorModel() in _MODELS_OF_SCREENS:
        found.setColorSpace(space)
    return found, orientation


def _space_of(profile: bytes | None) -> QColorSpace:
    """The colours that an embedded profile stands for; invalid where it is none."""
    return QColorSpace.fromIccProfile(QByteArray(profile)) if profile else QColorSpace()
