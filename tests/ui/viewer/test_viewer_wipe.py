"""The wipe's handle, dragged by real mouse events."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mode_samples import HANDLE, NO_OVERLAY, image_in, pane_of, scene
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from viewer_samples import move, noise

from snapreview.ui.viewer.canvas import Canvas
from snapreview.ui.viewer.modes import Looks, Mode
from snapreview.ui.viewer.wipe import Part, WipeHandle

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
BASE, HEAD = noise(400, 300, 1), noise(400, 300, 2)


@pytest.fixture
def canvas(qtbot):
    widget = Canvas()
    qtbot.addWidget(widget)
    widget.resize(601, 400)
    widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    widget.set_overlay(NO_OVERLAY)
    widget.set_looks(Looks(Mode.WIPE))
    widget.show_scene(scene(BASE, HEAD))
    widget.show()
    return widget


def grip_of(canvas: Canvas) -> QPoint:
    return canvas.handle().centre


def drag(canvas: Canvas, start: QPoint, way: QPoint, button=LEFT) -> None:
    QTest.mousePress(canvas, button, pos=start)
    for part in (3, 2, 1):
        stop = start + way / part
        move(canvas, stop.x(), stop.y())
    QTest.mouseRelease(canvas, button, pos=start + way)


def divides_at(canvas: Canvas, column: int) -> bool:
    """Whether the image is the base left of this column, and the head right of it."""
    shown = image_in(canvas, 400, 300)
    left, right = slice(0, max(0, column - HANDLE)), slice(column + HANDLE, 400)
    return np.array_equal(shown[:, left], BASE[:, left]) and np.array_equal(
        shown[:, right], HEAD[:, right]
    )


@pytest.mark.parametrize("way", [-150, -13, 40, 188])
def test_the_line_follows_the_pointer_that_holds_it(canvas, way):
    seen = []
    canvas.looks_changed.connect(seen.append)
    place = canvas.view.origin
    assert divides_at(canvas, 200)
    drag(canvas, QPoint(grip_of(canvas).x(), 380), QPoint(way, -60))
    assert divides_at(canvas, 200 + way)
    assert canvas.view.origin == place
    assert seen[-1] == canvas.looks
    assert canvas.looks.wipe == pytest.approx((200 + way) / 400)
    assert canvas.looks.grip == 0.5


def test_the_line_stays_within_the_image(canvas):
    for way, share in ((-500, 0.0), (900, 1.0)):
        drag(canvas, grip_of(canvas), QPoint(way, 0))
        assert canvas.looks.wipe == share
        shown, alone = image_in(canvas, 400, 300), (HEAD, BASE)[int(share)]
        assert np.array_equal(shown[:, 30:370], alone[:, 30:370])


@pytest.mark.parametrize(("away", "holds"), [(6, True), (-6, True), (12, False), (-12, False)])
def test_the_line_is_held_from_a_little_beside_it_too(canvas, away, holds):
    place = canvas.view.origin
    canvas.zoom_to(4.0)
    before, origin = canvas.looks.wipe, canvas.view.origin
    drag(canvas, QPoint(grip_of(canvas).x() + away, 390), QPoint(40, 0))
    assert (canvas.looks.wipe > before) is holds
    assert (canvas.view.origin == origin) is holds
    assert origin != place


def test_the_grip_slides_along_its_line(canvas):
    column = grip_of(canvas).x()
    drag(canvas, grip_of(canvas), QPoint(0, -120))
    assert grip_of(canvas).x() == column
    beside = pane_of(canvas)[:, column - 11]
    grips = np.flatnonzero((beside == 255).all(axis=-1))
    middle = grip_of(canvas).y() - canvas.pane_areas()[0].top()
    assert len(grips)
    assert abs(np.mean(grips) - middle) <= 2
    assert middle < 100


def test_a_double_click_puts_the_line_into_the_middle(canvas):
    drag(canvas, grip_of(canvas), QPoint(-150, 60))
    QTest.mouseDClick(canvas, LEFT, pos=grip_of(canvas))
    assert divides_at(canvas, 200)
    assert canvas.looks.grip == 0.5


def test_a_double_click_takes_the_middle_of_what_is_seen(canvas):
    canvas.zoom_to(8.0)
    canvas.set_view(canvas.view.panned(-2000, 0))
    area = canvas.pane_areas()[0]
    QTest.mouseDClick(canvas, LEFT, pos=grip_of(canvas))
    seen = area.left() + canvas.view.line_at(canvas.looks.wipe)
    left, right = max(0, canvas.view.origin[0]), min(area.width(), canvas.view.origin[0] + 3200)
    assert abs(seen - (left + right) / 2) <= 1


@pytest.mark.parametrize("shift", [-1500, 1500])
def test_a_line_out_of_sight_is_fetched_by_its_grip(canvas, shift):
    canvas.zoom_to(8.0)
    canvas.set_view(canvas.view.panned(shift, 0))
    handle = canvas.handle()
    assert not handle.line_seen
    assert handle.area.contains(handle.centre)
    way = 200 if shift < 0 else -200
    drag(canvas, handle.centre, QPoint(way, 0))
    assert canvas.handle().line_seen


@pytest.mark.parametrize("how", ["middle", "space", "beside"])
def test_everything_else_pans_as_always(canvas, how):
    canvas.zoom_to(4.0)
    wipe, (x, y) = canvas.looks.wipe, canvas.view.origin
    start = grip_of(canvas) + QPoint(60 if how == "beside" else 0, 0)
    if how == "space":
        space = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(canvas, space)
    drag(canvas, start, QPoint(-30, 12), MIDDLE if how == "middle" else LEFT)
    assert canvas.looks.wipe == wipe
    assert canvas.view.origin == (x - 30, y + 12)


def test_the_pointer_tells_what_it_would_take_hold_of(canvas):
    shapes = {}
    for name, away in (("beside", 100), ("line", 3)):
        move(canvas, grip_of(canvas).x() + away, 390)
        shapes[name] = canvas.cursor().shape()
    assert shapes == {
        "beside": Qt.CursorShape.OpenHandCursor,
        "line": Qt.CursorShape.SplitHCursor,
    }
    canvas.set_mode(Mode.HEAD)
    move(canvas, canvas.width() // 2, 390)
    assert canvas.cursor().shape() == Qt.CursorShape.OpenHandCursor


@pytest.mark.parametrize("grey", [0, 90, 128, 190, 255])
def test_line_and_grip_are_seen_on_any_image(canvas, grey):
    rgb = np.full((300, 400, 3), grey, np.uint8)
    canvas.show_scene(scene(rgb, rgb))
    shown = image_in(canvas, 400, 300).astype(int)
    assert np.abs(shown[280, 190:210] - grey).max() >= 80
    rows = shown[120:180, 180:220] - grey
    assert (np.abs(rows).max(axis=-1) >= 60).sum() > 60


def test_there_is_no_handle_in_other_modes_nor_with_one_image(canvas):
    for mode in Mode:
        canvas.set_mode(mode)
        assert (canvas.handle() is not None) is (mode is Mode.WIPE)


def test_place_of_the_line_stays_for_other_modes_and_images(canvas):
    drag(canvas, grip_of(canvas), QPoint(-100, 0))
    canvas.set_mode(Mode.HEAD)
    canvas.show_scene(scene(BASE[:, :200], HEAD[:, :200]))
    canvas.set_mode(Mode.WIPE)
    assert canvas.looks.wipe == 0.25
    shown = image_in(canvas, 200, 300)
    assert np.array_equal(shown[:, :29], BASE[:, :29])
    assert np.array_equal(shown[:, 71:], HEAD[:, 71:200])


areas = st.builds(
    QRect, st.integers(0, 50), st.integers(0, 50), st.integers(160, 900), st.integers(160, 900)
)


@given(areas, st.integers(-5000, 5000), st.floats(0, 1), st.sampled_from([1.0, 1.5, 2.0]))
def test_the_grip_can_always_be_held(area, line, grip, ratio):
    handle = WipeHandle(area, line, grip, ratio)
    assert handle.part_at(handle.centre) is Part.GRIP
    assert handle.line_seen or area.contains(handle.centre)
    assert handle.grip_at(handle.centre.y()) == pytest.approx(grip, abs=0.6 / 88)
