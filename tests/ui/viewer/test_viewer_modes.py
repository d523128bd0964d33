"""What each mode shows, by the pixels of real canvases."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from mode_samples import (
    BADGE,
    BOTH,
    COMPOSED,
    HANDLE,
    NO_OVERLAY,
    dimmed,
    image_in,
    mixed,
    pane_of,
    scene,
)
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from viewer_samples import cut, grabbed, image_of, noise, smooth

from snapreview.ui.theme_tokens import LIGHT
from snapreview.ui.viewer.canvas import Canvas
from snapreview.ui.viewer.colours import Overlay, ViewerColours
from snapreview.ui.viewer.message import LOADING, Message
from snapreview.ui.viewer.modes import Looks, Mode
from snapreview.ui.viewer.scene import Scene
from snapreview.ui.viewer.source import Picture, Side

COLOURS = ViewerColours.of(LIGHT)
BASE, HEAD = noise(200, 160, 1), noise(200, 160, 2)


@pytest.fixture
def make_canvas(qtbot):
    def make(shown: Scene, looks: Looks, overlay: Overlay = NO_OVERLAY) -> Canvas:
        widget = Canvas()
        qtbot.addWidget(widget)
        widget.resize(601, 400)
        widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # else its ring lies over the pixels
        widget.set_overlay(overlay)
        widget.set_looks(looks)
        widget.show_scene(shown)
        widget.show()
        return widget

    return make


@pytest.mark.parametrize("share", [0.0, 0.3, 0.5, 1.0])
def test_wiping_shows_the_base_left_of_the_line_and_the_head_right_of_it(make_canvas, share):
    canvas = make_canvas(scene(BASE, HEAD), Looks(Mode.WIPE, wipe=share))
    shown, line = image_in(canvas, 200, 160), round(200 * share)
    left, right = slice(0, max(0, line - HANDLE)), slice(line + HANDLE, 200)
    assert np.array_equal(shown[:, left], BASE[:, left])
    assert np.array_equal(shown[:, right], HEAD[:, right])
    on_line = slice(max(0, line - 1), line + 1)
    assert not np.array_equal(shown[:, on_line], HEAD[:, on_line])


@pytest.mark.parametrize("opacity", [0.0, 0.25, 0.5, 1.0])
def test_an_onion_skin_is_the_head_over_the_base(make_canvas, opacity):
    canvas = make_canvas(scene(BASE, HEAD), Looks(Mode.ONION, onion=opacity))
    away = np.abs(image_in(canvas, 200, 160) - mixed(HEAD, BASE, opacity)).max()
    assert away <= (0 if opacity in {0, 1} else 2)


def test_blinking_begins_with_the_base_and_takes_turns(make_canvas):
    canvas = make_canvas(scene(BASE, HEAD), Looks(Mode.BLINK))
    for rgb in (BASE, HEAD, BASE):
        assert np.array_equal(image_in(canvas, 200, 160), rgb)
        canvas.blink_now()


@pytest.mark.parametrize("marks", ["mask", "difference"])
def test_a_difference_is_the_changed_pixels_of_the_head_over_the_dimmed_rest(make_canvas, marks):
    marked = noise(200, 160, 5)[..., 0] > 128
    shown = scene(BASE, HEAD, marked)
    if marks == "difference":
        shown = replace(shown, mask=None, difference=shown.mask)
    pixels = image_in(make_canvas(shown, Looks(Mode.DIFFERENCE)), 200, 160)
    assert np.array_equal(pixels[marked], HEAD[marked])
    assert np.abs(pixels - dimmed(HEAD, COLOURS))[~marked].max() <= 2


def test_what_changed_stands_out_on_white_black_and_grey(make_canvas):
    marked = np.zeros((160, 200), bool)
    marked[40:80, 50:90] = True
    for grey in (0, 80, 180, 255):
        rgb = np.full((160, 200, 3), grey, np.uint8)
        pixels = image_in(make_canvas(scene(rgb, rgb, marked), Looks(Mode.DIFFERENCE)), 200, 160)
        inside, outside = pixels[60, 60].astype(int), pixels[10, 10].astype(int)
        assert np.abs(inside - outside).max() >= 30, grey


@pytest.mark.parametrize("mode", COMPOSED)
def test_the_overlay_tints_changed_pixels_in_every_mode(make_canvas, mode):
    marked = np.zeros((160, 200), bool)
    marked[120:150, 10:40] = marked[120:150, 150:190] = True
    pink = Overlay(colour=QColor(255, 0, 170), opacity=1.0)
    canvas = make_canvas(scene(BASE, HEAD, marked), Looks(mode, grip=0.1), pink)
    tinted = (image_in(canvas, 200, 160) == (255, 0, 170)).all(axis=-1)
    assert np.array_equal(tinted, marked)


def test_differences_that_the_engine_did_not_count_are_tinted_only_where_they_are_sought(
    make_canvas,
):
    marked = noise(200, 160, 5)[..., 0] > 128
    counted = scene(BASE, HEAD, marked)
    uncounted = replace(counted, mask=None, difference=counted.mask)
    pink = Overlay(colour=QColor(255, 0, 170), opacity=1.0)
    canvas = make_canvas(uncounted, Looks(Mode.HEAD), pink)
    assert np.array_equal(image_in(canvas, 200, 160), HEAD)
    canvas.set_mode(Mode.DIFFERENCE)
    pixels = image_in(canvas, 200, 160).astype(int)
    assert (np.abs(pixels - HEAD)[marked].max(axis=-1) > 0).mean() > 0.9
    assert np.abs(pixels - dimmed(HEAD, COLOURS))[~marked].max() <= 2


def test_the_more_pixels_differ_the_stronger_they_are_tinted(make_canvas):
    rgb = np.full((160, 200, 3), 255, np.uint8)
    shown = scene(rgb, rgb, np.zeros((160, 200), bool))
    levels = shown.mask.levels[0]
    levels[:, 50:100], levels[:, 100:150], levels[:, 150:] = 1, 60, 255
    shown = replace(shown, mask=None, difference=replace(shown.mask, levels=(levels,)))
    black = Overlay(colour=QColor(0, 0, 0), opacity=1.0)
    row = image_in(make_canvas(shown, Looks(Mode.DIFFERENCE), black), 200, 160)[80, :, 0]
    assert 255 - int(row[75]) >= 60
    assert row[75] > row[125] > row[175] == 0


@pytest.mark.parametrize("overlay", [NO_OVERLAY, Overlay(opacity=1.0)])
def test_one_changed_pixel_is_seen_at_8_percent_in_a_difference(make_canvas, overlay):
    rgb = np.full((2000, 2000, 3), (255, 120, 0), np.uint8)
    marked = np.zeros((2000, 2000), bool)
    marked[1003, 777] = True
    canvas = make_canvas(scene(rgb, rgb, marked), Looks(Mode.DIFFERENCE), overlay)
    canvas.zoom_to(0.08)
    seen = overlay.colour.getRgb()[:3] if overlay.visible else (255, 120, 0)
    assert (pane_of(canvas) == seen).all(axis=-1).any()


def expected(mode: Mode, base, head, size, surround) -> np.ndarray:
    """What a mode shows of images on a common canvas, without marks, computed plainly."""
    width, height = size
    whole = []
    for rgb in (base, head):
        padded = np.full((height, width, 3), surround, float)
        padded[: rgb.shape[0], : rgb.shape[1]] = rgb
        whole.append(padded)
    if mode is Mode.WIPE:
        middle = width // 2
        return np.concatenate([whole[0][:, :middle], whole[1][:, middle:]], axis=1)
    if mode is Mode.ONION:
        return mixed(whole[1], whole[0], 0.5)
    if mode is Mode.DIFFERENCE:
        whole[1][: head.shape[0], : head.shape[1]] = dimmed(head, COLOURS)
        return whole[1]
    return whole[1] if mode is Mode.HEAD else whole[0]


def near_edges(base, head, size) -> np.ndarray:
    """Where the hairlines around the images may lie."""
    width, height = size
    edge = np.zeros((height, width), bool)
    for rgb in (base, head):
        rows, columns = rgb.shape[:2]
        edge[max(0, rows - 1) : rows + 2, :] = True
        edge[:, max(0, columns - 1) : columns + 2] = True
    return edge


@pytest.mark.parametrize("mode", [*COMPOSED, Mode.BASE, Mode.HEAD])
@pytest.mark.parametrize(("base", "head"), [((200, 80), (120, 160)), ((90, 160), (200, 150))])
def test_images_of_different_size_lie_top_left_and_beside_them_is_nothing(
    make_canvas, mode, base, head
):
    base, head = noise(*base, 1), noise(*head, 2)
    size = (200, 160)
    none = np.zeros((160, 200), bool)
    canvas = make_canvas(scene(base, head, none), Looks(mode, grip=0.0))
    surround = canvas.surround.getRgb()[:3]
    left_out = near_edges(base, head, size)
    if mode is Mode.WIPE:
        left_out[:, 100 - HANDLE : 100 + HANDLE] = True
    away = np.abs(image_in(canvas, *size) - expected(mode, base, head, size, surround))
    assert away[~left_out].max() <= 2


def test_a_difference_shows_how_far_the_base_went(make_canvas):
    base, head = noise(200, 160, 1), noise(120, 90, 2)
    canvas = make_canvas(scene(base, head, np.zeros((160, 200), bool)), Looks(Mode.DIFFERENCE))
    x, y = canvas.view.origin
    pane, surround = pane_of(canvas), canvas.surround.getRgb()[:3]
    assert (pane[y + 160, x : x + 200] != surround).any(axis=-1).all()
    assert (pane[y : y + 160, x + 200] != surround).any(axis=-1).all()


@pytest.mark.parametrize("mode", COMPOSED)
@pytest.mark.parametrize("message", [Message("This image could not be opened"), LOADING])
def test_where_one_of_two_images_is_missing_they_stand_side_by_side(make_canvas, mode, message):
    half = Scene(
        BOTH,
        {Side.BASE: Picture(image_of(BASE))},
        {Side.HEAD: message},
        image_size=(200, 160),
    )
    canvas = make_canvas(half, Looks(mode))
    left, right = (cut(grabbed(canvas), area) for area in canvas.pane_areas())
    x, y = canvas.view.origin
    assert np.array_equal(left[y : y + 160, x : x + 200], BASE)
    assert len(np.unique(right.reshape(-1, 3), axis=0)) > 2


@pytest.mark.parametrize("mode", COMPOSED)
def test_while_both_images_load_there_is_one_pane_that_says_so(make_canvas, mode):
    waiting = Scene(BOTH, messages=dict.fromkeys(BOTH, LOADING), image_size=(200, 160))
    canvas = make_canvas(waiting, Looks(mode))
    assert len(np.unique(pane_of(canvas).reshape(-1, 3), axis=0)) > 2
    assert canvas.handle() is None


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("zoom", [1.0, 3.0])
def test_panning_by_strips_equals_drawing_anew(make_canvas, mode, zoom):
    base, head = smooth(900, 900), noise(900, 900, 2)
    marked = noise(900, 900, 5)[..., 0] > 200
    shown = scene(base, head, marked)
    canvas = make_canvas(shown, Looks(mode), Overlay())
    canvas.zoom_to(zoom)
    grabbed(canvas)
    for dx, dy in [(-7, 3), (11, -19), (0, 25), (-60, 0), (33, 33), (-5, -1)]:
        canvas.set_view(canvas.view.panned(dx, dy))
        shifted = grabbed(canvas)
    anew = make_canvas(shown, Looks(mode), Overlay())
    anew.set_view(canvas.view)
    assert np.array_equal(shifted, grabbed(anew))


def test_blinking_after_a_pan_shows_the_other_image_in_the_same_place(make_canvas):
    base, head = noise(900, 900, 1), noise(900, 900, 2)
    canvas = make_canvas(scene(base, head), Looks(Mode.BLINK))
    canvas.zoom_to(1.0)
    grabbed(canvas)
    canvas.blink_now()
    grabbed(canvas)
    canvas.set_view(canvas.view.panned(-30, 17))
    grabbed(canvas)
    canvas.blink_now()
    x, y = canvas.view.origin
    pane = pane_of(canvas)
    height, width = pane.shape[:2]
    assert np.array_equal(pane[BADGE:], base[BADGE - y : height - y, -x : width - x])


def test_zoom_and_place_stay_from_mode_to_mode(make_canvas):
    canvas = make_canvas(scene(noise(2000, 2000, 1), noise(2000, 2000, 2)), Looks())
    canvas.zoom_to(3.0)
    canvas.set_view(canvas.view.panned(-301, 77))

    def centre() -> list[float]:
        view = canvas.view
        return [(v // 2 - o) / view.zoom for v, o in zip(view.view, view.origin, strict=True)]

    before = centre()
    for mode in (*Mode, Mode.SPLIT):
        canvas.set_mode(mode)
        assert centre() == before
        assert canvas.view.zoom == 3.0


@pytest.mark.parametrize("mode", Mode)
def test_the_end_of_a_page_of_60000_rows_is_right_in_every_mode(make_canvas, mode):
    rng = np.random.default_rng(3)
    base, head = (rng.integers(0, 256, (60_000, 24, 3), np.uint8) for _ in range(2))
    shown = scene(base, head, np.zeros((60_000, 24), bool))
    canvas = make_canvas(shown, Looks(mode, wipe=1.0 if mode is Mode.WIPE else 0.5))
    canvas.zoom_to(8.0)
    canvas.set_view(canvas.view.panned(0, -10_000_000))
    x, y = canvas.view.origin
    area = canvas.pane_areas()[0]
    pane = cut(grabbed(canvas), area)
    last = pane[y + 8 * 59_995 + 4 : y + 8 * 60_000 : 8, x + 4 : x + 8 * 24 : 8]
    none = expected(mode, base[-5:], head[-5:], (24, 5), (0, 0, 0))
    base_shown = mode in {Mode.SPLIT, Mode.WIPE}
    assert np.abs(last[:, :21] - (base[-5:] if base_shown else none)[:, :21]).max() <= 2
    frame = pane[y + 8 * 60_000, x + 4 : x + 8 * 20]
    assert (frame != canvas.surround.getRgb()[:3]).any()
