"""What the canvas shows and how it is moved, by pictures of real widgets."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QApplication
from viewer_samples import cut, grabbed, image_of, mask_of, move, noise, wheel

from snapreview.ui.viewer.canvas import Canvas
from snapreview.ui.viewer.colours import Backdrop, Overlay
from snapreview.ui.viewer.modes import Mode
from snapreview.ui.viewer.pyramid import image_pyramid
from snapreview.ui.viewer.scene import Message, Scene
from snapreview.ui.viewer.source import Picture, Side

BOTH = (Side.BASE, Side.HEAD)
NO_OVERLAY = Overlay(visible=False)


def scene(base=None, head=None, marked=None, **more) -> Scene:
    arrays = {s: a for s, a in zip(BOTH, (base, head), strict=True) if a is not None}
    size = np.max([a.shape[1::-1] for a in arrays.values()], axis=0).tolist()
    return Scene(
        sides=tuple(arrays),
        pictures={side: Picture(image_of(a)) for side, a in arrays.items()},
        mask=mask_of(marked) if marked is not None else None,
        image_size=tuple(size),
        **more,
    )


@pytest.fixture
def canvas(qtbot):
    widget = Canvas()
    qtbot.addWidget(widget)
    widget.resize(601, 400)
    widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # else its ring lies over the pixels
    widget.show()
    return widget


def panes_of(canvas: Canvas) -> list[np.ndarray]:
    shown = grabbed(canvas)
    return [cut(shown, area) for area in canvas.pane_areas()]


def test_at_100_percent_both_panes_show_their_pixels(canvas):
    base, head = noise(900, 900, 1), noise(900, 900, 2)
    canvas.show_scene(scene(base, head))
    canvas.zoom_to(1.0)
    x, y = canvas.view.origin
    assert len(canvas.pane_areas()) == 2
    for pane, rgb in zip(panes_of(canvas), (base, head), strict=True):
        height, width = pane.shape[:2]
        assert np.array_equal(pane, rgb[-y : height - y, -x : width - x])


def test_panes_move_in_lockstep(canvas):
    rgb = noise(700, 700)
    canvas.show_scene(scene(rgb, rgb))
    for change_view in (
        lambda: canvas.zoom_to(4.0),
        lambda: canvas.set_view(canvas.view.panned(-35, 21)),
        lambda: wheel(canvas, QPointF(450, 200), -3),
        canvas.fit,
    ):
        change_view()
        left, right = panes_of(canvas)
        assert np.array_equal(left, right)
        assert left.std() > 10


def test_the_overlay_tints_changed_pixels_and_no_others(canvas):
    rgb = noise(100, 100)
    marked = noise(100, 100, 5)[..., 0] > 128
    canvas.show_scene(scene(rgb, rgb, marked))
    canvas.set_overlay(Overlay(colour=QColor(255, 0, 170), opacity=0.5))
    x, y = canvas.view.origin
    for pane in panes_of(canvas):
        shown = pane[y : y + 100, x : x + 100].astype(int)
        assert np.array_equal(shown[~marked], rgb[~marked])
        tinted = (rgb[marked].astype(int) + np.array((255, 0, 170))) / 2
        assert np.abs(shown[marked] - tinted).max() <= 2


def test_overlay_colour_opacity_and_visibility_apply_at_once(canvas):
    rgb = np.full((50, 50, 3), 255, np.uint8)
    canvas.show_scene(scene(rgb, rgb, np.ones((50, 50), bool)))
    found = []
    for overlay in (
        Overlay(colour=QColor(0, 0, 255), opacity=1.0),
        Overlay(colour=QColor(255, 0, 0), opacity=1.0),
        Overlay(colour=QColor(255, 0, 0), opacity=0.2),
        NO_OVERLAY,
    ):
        canvas.set_overlay(overlay)
        found.append(grabbed(canvas)[canvas.pane_areas()[0].center().y(), 150].tolist())
    expected = [[0, 0, 255], [255, 0, 0], [255, 204, 204], [255, 255, 255]]
    assert np.abs(np.subtract(found, expected)).max() <= 1


def test_a_one_pixel_change_is_seen_at_8_percent(canvas):
    rgb = np.full((2000, 2000, 3), 255, np.uint8)
    marked = np.zeros((2000, 2000), bool)
    marked[1003, 777] = True
    canvas.show_scene(scene(rgb, rgb, marked))
    canvas.set_overlay(Overlay(colour=QColor(255, 0, 170), opacity=1.0))
    canvas.zoom_to(0.08)
    for pane in panes_of(canvas):
        assert (pane == (255, 0, 170)).all(axis=-1).any()


def test_pixels_are_squares_at_400_percent(canvas):
    rgb = noise(300, 300)
    canvas.show_scene(scene(rgb, rgb))
    canvas.zoom_to(4.0)
    x, y = canvas.view.origin
    pane = panes_of(canvas)[0]
    squares = rgb.repeat(4, 0).repeat(4, 1)
    assert np.array_equal(pane, squares[-y : pane.shape[0] - y, -x : pane.shape[1] - x])


@pytest.mark.parametrize(("mode", "seed"), [(Mode.BASE, 1), (Mode.HEAD, 2)])
def test_one_side_alone_fills_the_canvas(canvas, mode, seed):
    canvas.show_scene(scene(noise(200, 100, 1), noise(200, 100, 2)))
    canvas.set_mode(mode)
    (pane,) = panes_of(canvas)
    x, y = canvas.view.origin
    assert pane.shape[1] == 601
    assert np.array_equal(pane[y : y + 100, x : x + 200], noise(200, 100, seed))


def test_switching_the_mode_keeps_the_centre_and_the_zoom(canvas):
    canvas.show_scene(scene(noise(2000, 2000, 1), noise(2000, 2000, 2)))
    canvas.zoom_to(3.0)
    before = [(v // 2 - o) / 3 for v, o in zip(canvas.view.view, canvas.view.origin, strict=True)]
    canvas.set_mode(Mode.HEAD)
    after = [(v // 2 - o) / 3 for v, o in zip(canvas.view.view, canvas.view.origin, strict=True)]
    assert after == before
    assert canvas.view.zoom == 3.0


@pytest.mark.parametrize("side", BOTH)
def test_rows_with_one_side_show_it_in_every_mode(canvas, side):
    rgb = noise(60, 40)
    canvas.show_scene(scene(**{side.value: rgb}))
    for mode in Mode:
        canvas.set_mode(mode)
        (pane,) = panes_of(canvas)
        x, y = canvas.view.origin
        assert np.array_equal(pane[y : y + 40, x : x + 60], rgb)


def test_images_of_different_size_are_aligned_top_left(canvas):
    base, head = noise(100, 80, 1), noise(120, 150, 2)
    canvas.show_scene(scene(base, head))
    x, y = canvas.view.origin
    left, right = panes_of(canvas)
    assert np.array_equal(left[y : y + 80, x : x + 100], base)
    assert np.array_equal(right[y : y + 150, x : x + 120], head)
    assert (left[y + 90 : y + 150, x : x + 120] == canvas.surround.getRgb()[:3]).all()


def test_the_same_point_is_zoomed_at_from_either_pane(canvas):
    rgb = noise(3000, 3000)
    canvas.show_scene(scene(rgb, rgb))
    canvas.zoom_to(1.0)
    for area in canvas.pane_areas():
        position = QPointF(area.left() + 101, area.top() + 57)
        assert canvas.point_in_view(position) == (101, 57)
        before = panes_of(canvas)[0][57, 101].tolist()
        wheel(canvas, position, 2)
        assert canvas.view.zoom > 1
        assert panes_of(canvas)[1][57, 101].tolist() == before
        wheel(canvas, position, -2)
        assert canvas.view.zoom == 1


def test_notches_of_a_fine_wheel_add_up(canvas):
    canvas.show_scene(scene(noise(900, 900), noise(900, 900)))
    canvas.zoom_to(1.0)
    for _ in range(3):
        wheel(canvas, QPointF(100, 100), 0.25)
    assert canvas.view.zoom == 1.0
    wheel(canvas, QPointF(100, 100), 0.25)
    assert canvas.view.zoom == 1.5


@pytest.mark.parametrize("button", [Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton])
def test_dragging_moves_the_image_with_the_pointer(canvas, qtbot, button):
    canvas.show_scene(scene(noise(900, 900), noise(900, 900)))
    canvas.zoom_to(2.0)
    x, y = canvas.view.origin
    qtbot.mousePress(canvas, button, pos=QPoint(100, 100))
    move(canvas, 111, 93)
    move(canvas, 130, 80)
    qtbot.mouseRelease(canvas, button, pos=QPoint(130, 80))
    assert canvas.view.origin == (x + 30, y - 20)
    move(canvas, 200, 200)
    assert canvas.view.origin == (x + 30, y - 20)


def key(canvas, kind, code, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    QApplication.sendEvent(canvas, QKeyEvent(kind, code, modifiers))


def test_a_tap_of_space_toggles_fit_and_100_percent(canvas):
    canvas.show_scene(scene(noise(900, 900), noise(900, 900)))
    zooms = []
    for _ in range(2):
        key(canvas, QEvent.Type.KeyPress, Qt.Key.Key_Space)
        key(canvas, QEvent.Type.KeyRelease, Qt.Key.Key_Space)
        zooms.append(canvas.view.zoom)
    assert zooms == [1.0, canvas.view.fit_zoom]
    assert canvas.view.fitted


def test_space_held_pans_and_then_does_not_toggle(canvas):
    canvas.show_scene(scene(noise(900, 900), noise(900, 900)))
    canvas.zoom_to(2.0)
    x, y = canvas.view.origin
    key(canvas, QEvent.Type.KeyPress, Qt.Key.Key_Space)
    move(canvas, 100, 100)
    move(canvas, 90, 105)
    key(canvas, QEvent.Type.KeyRelease, Qt.Key.Key_Space)
    assert canvas.view.zoom == 2.0
    assert canvas.view.origin == (x - 10, y + 5)


def test_shift_and_arrows_pan_without_a_mouse(canvas):
    canvas.show_scene(scene(noise(900, 900), noise(900, 900)))
    canvas.zoom_to(2.0)
    x, y = canvas.view.origin
    key(canvas, QEvent.Type.KeyPress, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    key(canvas, QEvent.Type.KeyPress, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert canvas.view.origin == (x - 64, y - 64)


def test_transparency_shows_what_the_user_chose(canvas):
    clear = Picture(image_pyramid(np.zeros((40, 40), np.uint32), opaque=False))
    glass = Scene((Side.HEAD,), {Side.HEAD: clear}, image_size=(40, 40), canvas_theme="dark")
    canvas.show_scene(glass)
    seen = {}
    for backdrop in Backdrop:
        canvas.set_backdrop(backdrop)
        x, y = canvas.view.origin
        colours = panes_of(canvas)[0][y : y + 40, x : x + 40].reshape(-1, 3)
        seen[backdrop] = {tuple(colour) for colour in colours.tolist()}
    assert seen[Backdrop.AUTO] == seen[Backdrop.DARK]
    assert sum(next(iter(seen[Backdrop.DARK]))) < sum(next(iter(seen[Backdrop.LIGHT])))
    assert len(seen[Backdrop.LIGHT]) == 1
    assert len(seen[Backdrop.CHECKER]) == 2


def test_a_pane_without_a_picture_says_why(canvas):
    rgb = noise(60, 40)
    broken = Scene(
        BOTH,
        {Side.BASE: Picture(image_of(rgb))},
        {Side.HEAD: Message("This image could not be opened", "The file is empty.")},
        {Side.BASE: "60 × 40"},
        image_size=(60, 40),
    )
    canvas.show_scene(broken)
    left, right = panes_of(canvas)
    x, y = canvas.view.origin
    assert np.array_equal(left[y : y + 40, x : x + 40], rgb[:, :40])
    assert len(np.unique(right.reshape(-1, 3), axis=0)) > 2
    assert "The file is empty." in canvas.accessibleDescription()


def test_an_odd_width_leaves_no_gap_but_the_divider(canvas):
    canvas.show_scene(scene(noise(60, 40), noise(60, 40)))
    for width in (600, 601):
        canvas.resize(width, 300)
        left, right = canvas.pane_areas()
        assert left.width() == right.width()
        assert right.right() == width - 1
        assert right.left() - left.right() - 1 in {1, 2}


def test_a_fitted_image_follows_the_size_of_the_canvas(canvas):
    canvas.show_scene(scene(noise(2000, 1000), noise(2000, 1000)))
    small = canvas.view.zoom
    canvas.resize(900, 700)
    assert canvas.view.fitted
    assert canvas.view.zoom > small
