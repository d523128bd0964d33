"""Differences that no mask tells of."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mode_samples import COMPOSED, NO_OVERLAY, dimmed, image_in
from PySide6.QtGui import QColor
from viewer_samples import grabbed, noise, packed, rows_in, save, save_mask

from snapreview.model.change import Status
from snapreview.model.errors import Cancelled
from snapreview.ui.theme_tokens import LIGHT
from snapreview.ui.viewer.colours import ViewerColours
from snapreview.ui.viewer.difference import difference_map
from snapreview.ui.viewer.modes import Mode
from snapreview.ui.viewer.pixels import from_rgba, premultiply
from snapreview.ui.viewer.pyramid import image_pyramid
from snapreview.ui.viewer.source import Picture

COLOURS = ViewerColours.of(LIGHT)


def picture(rgb: np.ndarray) -> Picture:
    return Picture(image_pyramid(packed(rgb), opaque=True))


def glass(rgba: np.ndarray) -> Picture:
    straight = from_rgba(rgba)
    shown, opaque = premultiply(straight)
    return Picture(image_pyramid(shown, opaque=opaque), straight=straight)


def never() -> None:
    """Nobody stops the work."""


sizes = st.tuples(st.integers(1, 150), st.integers(1, 150))


@given(sizes, sizes, st.integers(0, 9))
def test_it_is_the_largest_difference_of_the_channels_on_the_common_canvas(base, head, seed):
    one, other = noise(*base, seed), noise(*head, seed + 1)
    height, width = max(base[1], head[1]), max(base[0], head[0])
    shared = slice(min(base[1], head[1])), slice(min(base[0], head[0]))
    plain = np.zeros((height, width), int)
    plain[: base[1], : base[0]] = plain[: head[1], : head[0]] = 255
    plain[shared] = np.abs(one[shared].astype(int) - other[shared]).max(axis=-1)
    found = difference_map(picture(one), picture(other), never)
    assert np.array_equal(found.levels[0], plain)


def test_what_differs_a_little_is_not_averaged_away():
    base = np.full((256, 256, 3), 100, np.uint8)
    head = base.copy()
    head[np.indices((256, 256)).sum(axis=0) % 2 == 0] += 20
    head[np.indices((256, 256)).sum(axis=0) % 2 == 1] -= 20
    for level in difference_map(picture(base), picture(head), never).levels:
        assert (level == 20).all()


def test_opacity_counts_and_what_it_hides_too():
    base = np.zeros((4, 4, 4), np.uint8)
    base[...] = (10, 20, 30, 200)
    head = base.copy()
    head[0, 0] = (10, 20, 30, 190)
    base[1, 1], head[1, 1] = (0, 0, 0, 0), (255, 255, 255, 0)
    found = difference_map(glass(base), glass(head), never).levels[0]
    assert found[0, 0] == 10
    assert found[1, 1] == 255
    assert found.sum() == 265


def test_an_opaque_image_and_a_translucent_one_compare_by_what_is_in_them():
    rgb = noise(30, 20)
    rgba = np.dstack([rgb, np.full((20, 30), 255, np.uint8)])
    rgba[3, 4, 3] = 0
    found = difference_map(picture(rgb), glass(rgba), never).levels[0]
    assert found[3, 4] == found.sum() == 255


def test_the_work_can_be_stopped():
    def stop() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        difference_map(picture(noise(90, 90)), picture(noise(90, 90)), stop)


@pytest.fixture
def subtle(tmp_path):
    """A row that the engine takes for equal, although a few pixels differ by one level."""
    base = np.full((160, 200, 3), 120, np.uint8)
    head = base.copy()
    head[30:33, 50:54] = 121
    save(tmp_path / "base" / "page.png", base)
    save(tmp_path / "head" / "page.png", head)
    return rows_in(tmp_path)


def shown(viewer) -> np.ndarray:
    return image_in(viewer.canvas, 200, 160)


def is_dim(pixels) -> np.ndarray:
    return np.abs(pixels - dimmed((120, 120, 120), COLOURS)).max(axis=-1) <= 2


def test_subtle_differences_are_found_when_they_are_looked_for(open_viewer, settle, subtle, qtbot):
    viewer = open_viewer()
    viewer.set_overlay(visible=False)
    settle(viewer, subtle)
    with qtbot.waitSignal(viewer.settled, timeout=10_000):
        viewer.set_mode(Mode.DIFFERENCE)
    pixels = shown(viewer)
    marked = np.zeros((160, 200), bool)
    marked[30:33, 50:54] = True
    assert (pixels[marked] == 121).all()
    assert np.array_equal(is_dim(pixels), ~marked)


def test_the_next_image_is_looked_at_in_the_same_way(open_viewer, settle, subtle, tmp_path):
    viewer = open_viewer()
    viewer.set_overlay(visible=False)
    viewer.set_mode(Mode.DIFFERENCE)
    settle(viewer, subtle)
    assert (~is_dim(shown(viewer))).sum() == 12


def test_subtle_differences_are_seen_zoomed_out(open_viewer, settle, tmp_path):
    base = np.full((2000, 1500, 3), 120, np.uint8)
    head = base.copy()
    head[1003, 777] = 121
    save(tmp_path / "base" / "page.png", base)
    save(tmp_path / "head" / "page.png", head)
    viewer = open_viewer()
    viewer.set_overlay(colour=QColor(0, 0, 0), opacity=1.0)
    viewer.set_mode(Mode.DIFFERENCE)
    settle(viewer, rows_in(tmp_path))
    viewer.canvas.zoom_to(0.1)
    x, y = viewer.canvas.view.origin
    left, top = x + 77, viewer.canvas.pane_areas()[0].top() + y + 100
    around = grabbed(viewer.canvas)[top - 3 : top + 4, left - 3 : left + 4]
    assert around.min() < dimmed((120, 120, 120), COLOURS).min() - 20


def caption(viewer) -> np.ndarray:
    return grabbed(viewer.canvas)[: viewer.canvas.pane_areas()[0].top()]


def test_equal_images_are_dim_all_over_and_it_is_said(open_viewer, settle, tmp_path, subtle):
    viewer = open_viewer()
    viewer.set_overlay(visible=False)
    viewer.set_mode(Mode.DIFFERENCE)
    settle(viewer, subtle)
    said = caption(viewer)
    for side in ("base", "head"):
        save(tmp_path / side / "equal.png", np.full((160, 200, 3), 120, np.uint8))
    settle(viewer, rows_in(tmp_path, "equal.png"))
    assert is_dim(shown(viewer)).all()
    assert not np.array_equal(caption(viewer), said)


def test_the_verdict_of_the_engine_comes_first(open_viewer, settle, tmp_path, subtle):
    marked = np.zeros((160, 200), bool)
    marked[100:110, 100:110] = True
    save_mask(tmp_path / "mask" / "page.png", marked)
    viewer = open_viewer()
    viewer.set_overlay(visible=False)
    viewer.set_mode(Mode.DIFFERENCE)
    settle(viewer, rows_in(tmp_path))
    assert np.array_equal(is_dim(shown(viewer)), ~marked)


def test_a_mask_that_cannot_be_read_leaves_the_plain_difference(
    open_viewer, settle, tmp_path, subtle
):
    save_mask(tmp_path / "mask" / "page.png", np.ones((160, 200), bool))
    row = rows_in(tmp_path)
    row.diff.mask.write_bytes(b"")
    viewer = open_viewer()
    viewer.set_overlay(visible=False)
    viewer.set_mode(Mode.DIFFERENCE)
    settle(viewer, row)
    assert (~is_dim(shown(viewer))).sum() == 12


@pytest.mark.parametrize("mode", COMPOSED)
def test_a_damaged_image_stands_beside_the_other_in_every_mode(open_viewer, settle, tmp_path, mode):
    save(tmp_path / "base" / "page.png", noise(200, 160))
    (tmp_path / "head").mkdir()
    (tmp_path / "head" / "page.png").write_bytes(b"not an image")
    viewer = open_viewer()
    viewer.canvas.set_overlay(NO_OVERLAY)
    viewer.set_mode(mode)
    row = rows_in(tmp_path)
    assert row.status is Status.CHANGED
    settle(viewer, row)
    area = viewer.canvas.pane_areas()[0]
    x, y = viewer.canvas.view.origin
    top = area.top() + y
    assert np.array_equal(grabbed(viewer.canvas)[top : top + 160, x : x + 200], noise(200, 160))
