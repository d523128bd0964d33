"""Layers against straightforward pictures of the same view."""

from __future__ import annotations

from math import ceil

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from PySide6.QtCore import QRect
from PySide6.QtGui import QBrush, QColor
from viewer_samples import image_of, mask_of, noise, rgb_of, smooth

from snapreview.ui.viewer.drawing import ImageSource, graded, image_rect, shaded, tinted
from snapreview.ui.viewer.layers import Layer
from snapreview.ui.viewer.view_state import ViewState

GREY = QColor(90, 90, 90)
PINK = QColor(255, 0, 170)


def source(rgb: np.ndarray) -> ImageSource:
    return ImageSource(image_of(rgb), GREY, QBrush(GREY))


def view_of(image: tuple[int, int], zoom: float, origin=(0, 0), size=(200, 150)) -> ViewState:
    return ViewState(image, size, zoom, origin, fitted=False)


def test_at_100_percent_every_pixel_is_itself():
    rgb = noise(300, 300)
    view = view_of((300, 300), 1.0, (-37, -51))
    shown = rgb_of(Layer().image(source(rgb), view))
    assert np.array_equal(shown, rgb[51:201, 37:237])


@pytest.mark.parametrize("zoom", [2, 4, 7])
def test_large_pixels_are_squares(zoom):
    rgb = noise(300, 300)
    view = view_of((300, 300), float(zoom), (-13 * zoom - 1, -20 * zoom))
    shown = rgb_of(Layer().image(source(rgb), view))
    squares = rgb.repeat(zoom, axis=0).repeat(zoom, axis=1)
    left, top = -view.origin[0], -view.origin[1]
    assert np.array_equal(shown, squares[top : top + 150, left : left + 200])


def test_around_the_image_is_the_surround():
    rgb = noise(20, 10)
    shown = rgb_of(Layer().image(source(rgb), view_of((20, 10), 1.0, (30, 40))))
    assert np.array_equal(shown[40:50, 30:50], rgb)
    shown[40:50, 30:50] = 90
    assert (shown == 90).all()


def test_far_offsets_show_the_right_pixels():
    rgb = noise(3, 70_000)
    view = view_of((3, 70_000), 2.0, (0, -2 * 69_000))
    shown = rgb_of(Layer().image(source(rgb), view))
    assert np.array_equal(shown[:, :6], rgb[69_000:69_075].repeat(2, 0).repeat(2, 1))


@pytest.mark.parametrize(("zoom", "tolerance"), [(1.0, 0), (4.0, 0), (0.75, 4), (0.3, 4)])
def test_panning_by_strips_equals_drawing_anew(zoom, tolerance):
    picture, layer = source(smooth(900, 900)), Layer()
    view = view_of((900, 900), zoom, (-20, -30))
    layer.image(picture, view)
    for dx, dy in [(-7, 3), (11, -19), (0, 25), (-60, 0), (33, 33), (-5, -1)]:
        view = view.panned(dx, dy)
        shifted = rgb_of(layer.image(picture, view)).astype(int)
        anew = rgb_of(Layer().image(picture, view))
        assert np.abs(shifted - anew).max() <= tolerance
    assert layer.refine() == (tolerance > 0)
    assert np.array_equal(rgb_of(layer.image(picture, view)), anew)


def test_masks_pan_by_strips_too():
    marked = noise(500, 500)[..., 0] > 250
    mask, layer = tinted(mask_of(marked), PINK), Layer()
    view = view_of((500, 500), 1.0)
    layer.image(mask, view)
    for dx, dy in [(-17, -23), (9, 40), (-50, -2)]:
        view = view.panned(dx, dy)
        assert layer.image(mask, view) == Layer().image(mask, view)


@given(st.data(), st.floats(0.04, 1.5), st.integers(1, 900), st.integers(1, 900))
def test_a_change_of_one_pixel_is_seen_at_every_zoom(data, zoom, width, height):
    assume(max(width, height) * zoom >= 1)
    x = data.draw(st.integers(0, width - 1) | st.just(width - 1))
    y = data.draw(st.integers(0, height - 1) | st.just(height - 1))
    marked = np.zeros((height, width), bool)
    marked[y, x] = True
    view = view_of((width, height), zoom, (round(75 - x * zoom), round(75 - y * zoom)))
    shown = Layer().image(tinted(mask_of(marked), PINK), view)
    near = {(a, b) for a in range(70, 80) for b in range(70, 80)}
    assert any(shown.pixelColor(*point) == PINK for point in near)


@given(st.data(), st.floats(0.04, 1.5), st.integers(1, 900), st.integers(1, 900))
def test_a_shade_has_a_hole_for_a_change_of_one_pixel_at_every_zoom(data, zoom, width, height):
    assume(min(width, height) * zoom >= 1)
    x = data.draw(st.integers(0, width - 1) | st.just(width - 1))
    y = data.draw(st.integers(0, height - 1) | st.just(height - 1))
    marked = np.zeros((height, width), bool)
    marked[y, x] = True
    view = view_of((width, height), zoom, (round(75 - x * zoom), round(75 - y * zoom)))
    shade = shaded(mask_of(marked), GREY, (width, height))
    shown = Layer().image(shade, view)
    inside = image_rect((width, height), view) & QRect(60, 60, 30, 30)
    holes = [
        (a, b)
        for a in range(inside.left(), inside.right() + 1)
        for b in range(inside.top(), inside.bottom() + 1)
        if shown.pixelColor(a, b).alpha() == 0
    ]
    size = ceil(2 * max(1, zoom)) + 1  # of a cell, which is less than twice a device pixel
    assert 1 <= len(holes) <= size * size


def test_a_shade_covers_its_image_and_nothing_else():
    shade = shaded(mask_of(np.zeros((80, 90), bool)), GREY, (60, 50))
    shown = Layer().image(shade, view_of((90, 80), 1.0, (10, 20)))
    found = np.array([[shown.pixelColor(x, y).alpha() for x in range(200)] for y in range(150)])
    assert (found[20:70, 10:70] == 255).all()
    assert found.sum() == 255 * 60 * 50


def test_whatever_differs_at_all_can_be_seen_and_the_more_the_better():
    levels = np.arange(256, dtype=np.uint8).reshape(16, 16)
    shown = Layer().image(graded(mask_of(levels), PINK), view_of((16, 16), 1.0))
    found = [shown.pixelColor(v % 16, v // 16).alpha() for v in range(256)]
    assert found[0] == 0
    assert found[1] >= 80
    assert found[255] == 255
    assert found == sorted(found)


def test_unmarked_pixels_stay_clear_at_100_percent():
    marked = noise(60, 60)[..., 0] > 128
    shown = Layer().image(tinted(mask_of(marked), PINK), view_of((60, 60), 1.0))
    found = np.array([[shown.pixelColor(x, y).alpha() > 0 for x in range(60)] for y in range(60)])
    assert np.array_equal(found, marked)
    assert shown.pixelColor(*np.argwhere(marked)[0][::-1].tolist()) == PINK


def test_one_pixel_columns_survive_as_grey_when_zoomed_out():
    rgb = np.full((800, 800, 3), 255, np.uint8)
    rgb[:, 401] = 0
    view = view_of((800, 800), 0.25)
    shown = rgb_of(Layer().image(source(rgb), view))[75, :, 0].astype(int)
    assert abs((255 - shown).sum() - 64) <= 6


def test_the_same_view_is_not_drawn_again():
    painted = []

    class Counted(ImageSource):
        def paint(self, painter, area, view):
            painted.append(area)
            super().paint(painter, area, view)

    counted, layer = Counted(image_of(noise(50, 50)), GREY, QBrush(GREY)), Layer()
    view = view_of((50, 50), 8.0)
    layer.image(counted, view)
    layer.image(counted, view)
    assert len(painted) == 1
    layer.image(counted, view.panned(-10, 0))
    assert [(area.width(), area.height()) for area in painted[1:]] == [(10, 150)]
