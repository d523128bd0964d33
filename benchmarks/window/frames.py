"""A frame of the canvas: what it costs on a very large page against a small image."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle

import numpy as np
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage, QPainter

from benchmarks.window.laps import Line, alternated, ratio_of
from snapreview.model.change import Side
from snapreview.ui.viewer.canvas import Canvas
from snapreview.ui.viewer.pyramid import image_pyramid, mask_pyramid
from snapreview.ui.viewer.scene import Scene
from snapreview.ui.viewer.source import Picture

SMALL = 1000, 1000
LARGE = 3446, 10_728
TARGET = 1.3
_WINDOW = 1440, 900
_CHANGED_SHARE = 0.02


@dataclass(frozen=True, slots=True)
class Shown:
    """A canvas with a pair of images and their mask on it."""

    canvas: Canvas
    frame: QImage

    def repaint(self) -> None:
        """Draw it all, as the screen would have it."""
        painter = QPainter(self.frame)
        self.canvas.render(painter, QPoint())
        painter.end()


def measure(rounds: int) -> list[Line]:
    """One line for panning at 100 %, one for zooming in steps from 100 % to 400 %."""
    small, large = _shown(SMALL), _shown(LARGE)
    pans = [_panning(shown) for shown in (large, small)]
    zooms = [_zooming(shown) for shown in (large, small)]
    for step in (*zooms, *pans):
        step()
    large_pan, small_pan = alternated(pans, rounds * 20)
    large_zoom, small_zoom = alternated(zooms, rounds * 20)
    title = "with overlay, 37 ÷ 1 megapixels"
    return [
        ratio_of(f"pan at 100 % {title}", large_pan, small_pan, TARGET),
        ratio_of(f"zoom step {title}", large_zoom, small_zoom, TARGET),
    ]


def _panning(shown: Shown) -> Callable[[], None]:
    """To and fro around the middle, where both images fill the window."""
    shown.canvas.zoom_to(1.0)
    moves = cycle([(7, 5), (-7, -5)])

    def step() -> None:
        shown.canvas.set_view(shown.canvas.view.panned(*next(moves)))
        shown.repaint()

    return step


def _zooming(shown: Shown) -> Callable[[], None]:
    zooms = cycle([1.0, 1.5, 2.0, 3.0, 4.0, 3.0, 2.0, 1.5])

    def step() -> None:
        shown.canvas.zoom_to(next(zooms))
        shown.repaint()

    return step


def _shown(size: tuple[int, int]) -> Shown:
    canvas = Canvas()
    canvas.resize(*_WINDOW)
    canvas.show()
    random = np.random.default_rng(1)
    pictures = {side: Picture(image_pyramid(_noise(size, random), opaque=True)) for side in Side}
    mask = (random.random((size[1], size[0])) < _CHANGED_SHARE).astype(np.uint8)
    scene = Scene(sides=tuple(Side), pictures=pictures, mask=mask_pyramid(mask), image_size=size)
    canvas.show_scene(scene)
    return Shown(canvas, QImage(*_WINDOW, QImage.Format.Format_RGB32))


def _noise(size: tuple[int, int], random: np.random.Generator) -> np.ndarray:
    """Opaque pixels that no shortcut can be taken with."""
    shape = size[1], size[0]
    return random.integers(0, 1 << 24, shape, np.uint32) | np.uint32(0xFF000000)
