"""Base and head taking turns: what is said of it, and when it pauses."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from mode_samples import BADGE, BOTH, NO_OVERLAY, pane_of, scene
from PySide6.QtWidgets import QWidget
from viewer_samples import grabbed, image_of, noise

from snapreview.ui.viewer.canvas import Canvas
from snapreview.ui.viewer.message import LOADING
from snapreview.ui.viewer.modes import Looks, Mode
from snapreview.ui.viewer.scene import Scene
from snapreview.ui.viewer.source import Picture, Side

GREY = np.full((300, 400, 3), 128, np.uint8)
FASTEST = Looks(Mode.BLINK, blink_ms=200)


@pytest.fixture
def canvas(qtbot):
    widget = Canvas()
    qtbot.addWidget(widget)
    widget.resize(601, 400)
    widget.set_overlay(NO_OVERLAY)
    widget.set_looks(replace(FASTEST, blink_ms=2000))
    widget.show_scene(scene(GREY, GREY))
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()
    return widget


def label(canvas: Canvas) -> np.ndarray:
    """The pixels of the badge on the canvas."""
    return pane_of(canvas)[:BADGE, 200:400]


def caption(canvas: Canvas) -> np.ndarray:
    return grabbed(canvas)[4 : canvas.pane_areas()[0].top(), 4:200]


def test_caption_and_badge_tell_which_image_is_shown(canvas):
    """Both images are the same grey: all that can differ is what is said."""
    said = {}
    for turn in ("base", "head", "base again"):
        said[turn] = caption(canvas), label(canvas), pane_of(canvas)[BADGE:]
        canvas.blink_now()
    for before, after in (("base", "head"), ("head", "base again")):
        for words in (0, 1):
            assert not np.array_equal(said[before][words], said[after][words])
        assert np.array_equal(said[before][2], said[after][2])
    for words in (0, 1):
        assert np.array_equal(said["base"][words], said["base again"][words])


def test_the_badge_says_the_same_as_in_a_mode_of_one_image(canvas):
    titles = {}
    for mode in (Mode.BASE, Mode.HEAD):
        canvas.set_mode(mode)
        titles[mode] = caption(canvas)
    canvas.set_mode(Mode.BLINK)
    assert np.array_equal(caption(canvas), titles[Mode.BASE])
    canvas.blink_now()
    assert np.array_equal(caption(canvas), titles[Mode.HEAD])


def test_the_badge_stays_where_it_is(canvas):
    outlines = []
    for _ in range(2):
        badge = np.argwhere((label(canvas) != 128).any(axis=-1))
        outlines.append((badge.min(axis=0).tolist(), badge.max(axis=0).tolist()))
        canvas.blink_now()
    assert outlines[0] == outlines[1]


def test_images_take_turns_by_themselves(canvas, qtbot):
    first = label(canvas)
    canvas.set_looks(FASTEST)
    qtbot.waitUntil(lambda: not np.array_equal(label(canvas), first))
    qtbot.waitUntil(lambda: np.array_equal(label(canvas), first))


def test_every_image_and_every_return_to_the_mode_begins_with_the_base(canvas):
    first = label(canvas)
    for again in (
        lambda: canvas.show_scene(scene(GREY, GREY)),
        lambda: [canvas.set_mode(mode) for mode in (Mode.HEAD, Mode.BLINK)],
    ):
        canvas.blink_now()
        assert not np.array_equal(label(canvas), first)
        again()
        assert np.array_equal(label(canvas), first)


def test_it_pauses_out_of_sight_in_a_window_that_is_in_use(canvas, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    canvas.setParent(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    canvas.show()
    assert canvas.blinking
    canvas.hide()
    assert not canvas.blinking
    canvas.show()
    assert canvas.blinking
    canvas.setParent(None)


def test_it_goes_on_when_the_window_is_used_again(canvas, qtbot):
    other = QWidget()
    qtbot.addWidget(other)
    with qtbot.waitActive(other):
        other.show()
        other.activateWindow()
    qtbot.waitUntil(lambda: not canvas.blinking)
    with qtbot.waitActive(canvas):
        canvas.activateWindow()
    qtbot.waitUntil(lambda: canvas.blinking)


def test_it_pauses_while_the_window_is_minimised(canvas, qtbot):
    canvas.showMinimized()
    qtbot.waitUntil(lambda: not canvas.blinking)
    canvas.showNormal()
    canvas.activateWindow()
    qtbot.waitUntil(lambda: canvas.blinking)


def test_one_image_alone_does_not_blink(canvas):
    one = {Side.HEAD: Picture(image_of(noise(40, 30)))}
    for alone in (
        Scene((Side.HEAD,), one, image_size=(40, 30)),
        Scene(BOTH, one, {Side.BASE: LOADING}, image_size=(40, 30)),
        Scene(),
    ):
        canvas.show_scene(alone)
        assert not canvas.blinking
    canvas.show_scene(scene(GREY, GREY))
    assert canvas.blinking


def test_other_modes_do_not_blink(canvas):
    for mode in Mode:
        canvas.set_mode(mode)
        assert canvas.blinking is (mode is Mode.BLINK)
