"""Pictures, rows and viewers for the tests of the viewer."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from snapreview.model.change import Change, ImageDiff, Status
from snapreview.model.manifest import ImageRecord
from snapreview.ui.viewer.pyramid import image_pyramid, mask_pyramid


def noise(width: int, height: int, seed: int = 1) -> np.ndarray:
    """RGB pixels, no two regions alike."""
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)


def smooth(width: int, height: int) -> np.ndarray:
    """RGB pixels of a photograph's softness."""
    y, x = np.mgrid[0:height, 0:width]
    return np.dstack([x % 256, y % 256, (x + y) // 2 % 256]).astype(np.uint8)


def save(path: Path, pixels: np.ndarray) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels).save(path)
    return path


def save_mask(path: Path, marked: np.ndarray) -> Path:
    """As odiff writes it: RGBA, opaque red where it differs."""
    rgba = np.zeros((*marked.shape, 4), np.uint8)
    rgba[marked] = (255, 0, 0, 255)
    return save(path, rgba)


def packed(rgb: np.ndarray) -> np.ndarray:
    """RGB bytes as 0xFFRRGGBB."""
    r, g, b = (rgb[..., i].astype(np.uint32) for i in range(3))
    return 0xFF000000 | r << 16 | g << 8 | b


def image_of(rgb: np.ndarray):
    return image_pyramid(packed(rgb), opaque=True)


def mask_of(marked: np.ndarray):
    return mask_pyramid(marked.astype(np.uint8))


def rgb_of(image: QImage) -> np.ndarray:
    """A QImage's colours as RGB bytes."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)
    return rows[:, : image.width(), 2::-1].copy()


def grabbed(widget) -> np.ndarray:
    """What a widget shows, in device pixels."""
    return rgb_of(widget.grab().toImage())


def cut(picture: np.ndarray, area) -> np.ndarray:
    """The part of `picture` inside a QRect."""
    return picture[area.top() : area.bottom() + 1, area.left() : area.right() + 1]


def rows_in(folder: Path, name: str = "page.png") -> Change:
    """A changed row whose files are in base/, head/ and mask/ of `folder`, as far as they exist."""
    sides = {s: ImageRecord(name) if (folder / s / name).exists() else None for s in _SIDES}
    mask = folder / "mask" / name
    if None in sides.values():
        status = Status.REMOVED if sides["head"] is None else Status.ADDED
        return Change(name, status, sides["base"], sides["head"])
    diff = None
    if mask.exists():
        with Image.open(mask) as opened:
            diff = ImageDiff(opened.size, changed_pixels=1, mask=mask)
    return Change(name, Status.CHANGED, sides["base"], sides["head"], diff)


_SIDES = ("base", "head")


def move(widget, x: int, y: int) -> None:
    """Move the pointer over a widget, wherever the real one is."""
    place = QPointF(x, y)
    none = Qt.MouseButton.NoButton
    where = QPointF(widget.mapToGlobal(place.toPoint()))
    kind, keys = QEvent.Type.MouseMove, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(widget, QMouseEvent(kind, place, where, none, none, keys))


def wheel(widget, position: QPointF, notches: float, modifiers=Qt.KeyboardModifier.NoModifier):
    """Turn a mouse wheel over a widget."""
    event = QWheelEvent(
        position,
        QPointF(widget.mapToGlobal(position.toPoint())),
        QPoint(),
        QPoint(0, round(120 * notches)),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)
