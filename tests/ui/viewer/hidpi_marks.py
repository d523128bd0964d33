"""Run by test_viewer_hidpi_marks in a process of its own: a scale factor is for a whole process."""

from __future__ import annotations

import sys

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from viewer_samples import grabbed, image_of, noise

from snapreview.ui.viewer.canvas import Canvas
from snapreview.ui.viewer.inspection import Inspection
from snapreview.ui.viewer.scene import Scene
from snapreview.ui.viewer.source import Picture, Side

BOX = (20, 30, 11, 7)


def main(ratio: float) -> None:
    app = QApplication([])
    canvas = Canvas()
    canvas.resize(401, 300)
    inspection = Inspection(canvas)
    pictures = {side: Picture(image_of(noise(90, 80, n))) for n, side in enumerate(Side)}
    scene = Scene(tuple(Side), pictures, image_size=(90, 80), regions=(BOX,))
    canvas.show_scene(scene)
    inspection.show_scene(scene)
    for zoom in (1.0, 3.0):
        canvas.zoom_to(zoom)
        check_probe(canvas, inspection, ratio)
    check_box(canvas, inspection, ratio)
    app.quit()


def check_probe(canvas: Canvas, inspection: Inspection, ratio: float) -> None:
    """At every device pixel of a row, the pixel told is the one seen."""
    shown = grabbed(canvas)
    y = shown.shape[0] // 2
    told = 0
    for x in range(shown.shape[1]):
        hover(canvas, QPointF(x, y) / ratio)
        probe = inspection.probe
        if probe is not None:
            left = x < shown.shape[1] // 2
            colour = probe.base if left else probe.head
            assert colour[:3] == tuple(shown[y, x]), (x, y)
            told += 1
    assert told >= 2 * 90


def check_box(canvas: Canvas, inspection: Inspection, ratio: float) -> None:
    """Two logical pixels wide, on whole device pixels, and two away from the region."""
    inspection.go_to_region(0)
    shown = grabbed(canvas)
    area, view = canvas.pane_areas()[0], canvas.view
    right = area.x() + view.origin[0] + round((BOX[0] + BOX[2]) * view.zoom)
    middle = area.y() + view.origin[1] + round((BOX[1] + BOX[3] / 2) * view.zoom)
    gap, edge, line = round(2 * ratio), max(1, round(ratio)), round(2 * ratio)
    colours = shown[middle, right + gap : right + gap + 2 * edge + line]
    white, colour = [255, 255, 255], colours[edge].tolist()
    assert colour != white
    assert colours.tolist() == [white] * edge + [colour] * line + [white] * edge


def hover(canvas: Canvas, place: QPointF) -> None:
    none, keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    event = QMouseEvent(QEvent.Type.MouseMove, place, place, none, none, keys)
    QApplication.sendEvent(canvas, event)


main(float(sys.argv[1]))
