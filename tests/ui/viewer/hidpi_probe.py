"""Run by test_viewer_hidpi in a process of its own, since a scale factor is for a whole process."""

from __future__ import annotations

import sys

import numpy as np
from mode_samples import BADGE, HANDLE, NO_OVERLAY, dimmed, mixed, pane_of, scene
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from viewer_samples import cut, grabbed, image_of, move, noise, wheel

from snapreview.ui.theme_tokens import LIGHT
from snapreview.ui.viewer.canvas import Canvas
from snapreview.ui.viewer.colours import ViewerColours
from snapreview.ui.viewer.modes import Looks, Mode
from snapreview.ui.viewer.scene import Scene
from snapreview.ui.viewer.source import Picture, Side


def main(ratio: float) -> None:
    app = QApplication([])
    canvas = Canvas()
    canvas.setFocusPolicy(Qt.FocusPolicy.NoFocus)
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
    check_modes(canvas)
    canvas.set_looks(Looks())
    canvas.show_scene(Scene(sides, dict.fromkeys(sides, picture), image_size=(1500, 1500)))
    canvas.zoom_to(1.0)
    place = QPointF(100, 200)
    x, y = (round(v) for v in canvas.point_in_view(place))
    before = cut(grabbed(canvas), canvas.pane_areas()[0])[y, x]
    wheel(canvas, place, 3)
    assert np.array_equal(cut(grabbed(canvas), canvas.pane_areas()[0])[y, x], before)
    app.quit()


def check_modes(canvas: Canvas) -> None:
    """Every mode shows the right pixels of two images, whatever the size of a device pixel."""
    base, head = noise(420, 380, 1), noise(420, 380, 2)
    marked = noise(420, 380, 3)[..., 0] > 200
    canvas.set_overlay(NO_OVERLAY)
    canvas.show_scene(scene(base, head, marked))
    ratio = canvas.devicePixelRatioF()
    reach, badge = round(HANDLE * ratio), round(BADGE * ratio)
    whole = np.ones((380, 420), bool)
    beside = whole.copy()
    beside[:, 210 - reach : 210 + reach] = False
    wiped = np.concatenate([base[:, :210], head[:, 210:]], axis=1)
    different = np.where(marked[..., None], head, dimmed(head, ViewerColours.of(LIGHT)))
    for mode, expected, judged in (
        (Mode.WIPE, wiped, beside),
        (Mode.ONION, mixed(head, base, 0.5), whole),
        (Mode.BLINK, base, whole),
        (Mode.DIFFERENCE, different, whole),
    ):
        canvas.set_mode(mode)
        canvas.zoom_to(1.0)
        x, y = canvas.view.origin
        pane = pane_of(canvas)
        top, left = max(badge - y if mode is Mode.BLINK else 0, -y), max(0, -x)
        bottom, right = min(380, pane.shape[0] - y), min(420, pane.shape[1] - x)
        seen = slice(top, bottom), slice(left, right)
        shown = pane[top + y : bottom + y, left + x : right + x]
        away = np.abs(shown - expected[seen].astype(float))[judged[seen]]
        assert away.size > 10_000, mode
        assert away.max() <= 2, mode
    canvas.set_mode(Mode.WIPE)
    handle = canvas.handle()
    assert handle is not None
    held = (handle.centre.toPointF() / ratio).toPoint()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=held)
    move(canvas, held.x() + 20, held.y())
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=held)
    moved = canvas.handle()
    assert moved is not None
    assert abs(moved.line - handle.line - 20 * ratio) <= ratio


main(float(sys.argv[1]))
