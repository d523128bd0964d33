"""Run by test_viewer_hidpi in a process of its own, since a scale factor is for a whole process."""

from __future__ import annotations

import sys

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication
from viewer_samples import cut, grabbed, image_of, noise, wheel

from snapreview.ui.viewer.canvas import Canvas
from snapreview.ui.viewer.scene import Scene
from snapreview.ui.viewer.source import Picture, Side


def main(ratio: float) -> None:
    app = QApplication([])
    canvas = Canvas()
    canvas.resize(401, 300)
    rgb = noise(1500, 1500)
    picture = Picture(image_of(rgb))
    sides = (Side.BASE, Side.HEAD)
    canvas.show_scene(Scene(sides, dict.fromkeys(sides, picture), image_size=(1500, 1500)))
    assert canvas.devicePixelRatioF() == ratio
    for zoom in (1, 2, 3):
        canvas.zoom_to(float(zoom))
        x, y = canvas.view.origin
        squares = rgb.repeat(zoom, 0).repeat(zoom, 1)
        shown = grabbed(canvas)
        assert shown.shape[1] == round(401 * ratio)
        for area in canvas.pane_areas():
            pane = cut(shown, area)
            height, width = pane.shape[:2]
            expected = squares[-y : height - y, -x : width - x]
            assert np.array_equal(pane, expected), f"{zoom * 100} %"
    canvas.zoom_to(1.0)
    place = QPointF(100, 200)
    x, y = (round(v) for v in canvas.point_in_view(place))
    before = cut(grabbed(canvas), canvas.pane_areas()[0])[y, x]
    wheel(canvas, place, 3)
    assert np.array_equal(cut(grabbed(canvas), canvas.pane_areas()[0])[y, x], before)
    app.quit()


main(float(sys.argv[1]))
