"""Modes by key, by button and by slider: what is on screen afterwards."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from mode_samples import BADGE, HANDLE, dimmed, mixed
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QSlider, QToolButton, QVBoxLayout, QWidget
from viewer_samples import cut, grabbed, move, noise, rows_in, save, save_mask

from snapreview.ui.theme_tokens import LIGHT
from snapreview.ui.viewer.colours import ViewerColours
from snapreview.ui.viewer.modes import Looks, Mode
from snapreview.ui.viewer.viewer import Viewer

KEYS = Qt.Key
COLOURS = ViewerColours.of(LIGHT)
SIZE = (300, 240)
BASE, HEAD = noise(*SIZE, 1), noise(*SIZE, 2)
MARKED = noise(*SIZE, 3)[..., 0] > 200
MODE_KEYS = {
    Mode.SPLIT: KEYS.Key_S,
    Mode.WIPE: KEYS.Key_W,
    Mode.ONION: KEYS.Key_O,
    Mode.BLINK: KEYS.Key_B,
    Mode.DIFFERENCE: KEYS.Key_F,
    Mode.BASE: KEYS.Key_Left,
    Mode.HEAD: KEYS.Key_Right,
}


@pytest.fixture
def page(tmp_path):
    for side, rgb in (("base", BASE), ("head", HEAD)):
        save(tmp_path / side / "page.png", rgb)
    save_mask(tmp_path / "mask" / "page.png", MARKED)
    return rows_in(tmp_path)


@pytest.fixture
def viewer(open_viewer, settle, page, qtbot) -> Viewer:
    """An active window with a changed row, without an overlay; the canvas has the focus."""
    opened = open_viewer(760, 520)
    with qtbot.waitActive(opened):
        opened.activateWindow()
    opened.set_overlay(visible=False)
    settle(opened, page)
    opened.canvas.setFocus()
    return opened


def panes(viewer) -> list[np.ndarray]:
    """Each pane's part where the images lie."""
    shown, (x, y) = grabbed(viewer.canvas), viewer.canvas.view.origin
    width, height = SIZE
    return [cut(shown, a)[y : y + height, x : x + width] for a in viewer.canvas.pane_areas()]


def is_split(viewer) -> bool:
    shown = panes(viewer)
    return len(shown) == 2 and np.array_equal(shown[0], BASE) and np.array_equal(shown[1], HEAD)


def is_wiped(viewer, share: float = 0.5) -> bool:
    (shown,), line = panes(viewer), round(SIZE[0] * share)
    left, right = slice(0, max(0, line - HANDLE)), slice(line + HANDLE, None)
    return np.array_equal(shown[:, left], BASE[:, left]) and np.array_equal(
        shown[:, right], HEAD[:, right]
    )


def is_onion(viewer, opacity: float = 0.5) -> bool:
    (shown,) = panes(viewer)
    return np.abs(shown - mixed(HEAD, BASE, opacity)).max() <= 2


def is_blink(viewer, rgb=BASE) -> bool:
    (shown,) = panes(viewer)
    return np.array_equal(shown[BADGE:], rgb[BADGE:]) and viewer.canvas.blinking


def is_difference(viewer) -> bool:
    (shown,) = panes(viewer)
    rest = np.abs(shown - dimmed(HEAD, COLOURS))[~MARKED].max() <= 2
    return np.array_equal(shown[MARKED], HEAD[MARKED]) and rest


def is_alone(viewer, rgb) -> bool:
    shown = panes(viewer)
    return len(shown) == 1 and np.array_equal(shown[0], rgb) and not viewer.canvas.blinking


LOOKS_LIKE = {
    Mode.SPLIT: is_split,
    Mode.WIPE: is_wiped,
    Mode.ONION: is_onion,
    Mode.BLINK: is_blink,
    Mode.DIFFERENCE: is_difference,
    Mode.BASE: lambda viewer: is_alone(viewer, BASE),
    Mode.HEAD: lambda viewer: is_alone(viewer, HEAD),
}


@pytest.mark.parametrize("mode", Mode)
def test_a_key_shows_each_mode(viewer, mode):
    start = Mode.HEAD if mode is not Mode.HEAD else Mode.BASE
    viewer.set_mode(start)
    assert LOOKS_LIKE[start](viewer)
    QTest.keyClick(viewer.canvas, MODE_KEYS[mode])
    assert LOOKS_LIKE[mode](viewer)
    assert viewer.mode is mode


@pytest.mark.parametrize("mode", Mode)
def test_a_button_shows_each_mode_and_stays_down(viewer, mode):
    buttons = {
        each: viewer.findChild(QToolButton, f"viewerMode{each.name.capitalize()}Button")
        for each in Mode
    }
    viewer.set_mode(Mode.HEAD if mode is not Mode.HEAD else Mode.BASE)
    QTest.mouseClick(buttons[mode], Qt.MouseButton.LeftButton)
    assert LOOKS_LIKE[mode](viewer)
    assert [each for each, button in buttons.items() if button.isChecked()] == [mode]


def test_t_toggles_base_and_head_from_any_mode(viewer):
    for mode in (Mode.WIPE, Mode.BLINK):
        viewer.set_mode(mode)
        for rgb in (HEAD, BASE, HEAD):
            QTest.keyClick(viewer.canvas, KEYS.Key_T)
            assert is_alone(viewer, rgb)


@pytest.mark.parametrize(
    ("less", "more", "keys"),
    [
        (KEYS.Key_Comma, KEYS.Key_Period, Qt.KeyboardModifier.NoModifier),
        (KEYS.Key_Left, KEYS.Key_Right, Qt.KeyboardModifier.AltModifier),
    ],
)
def test_keys_move_the_line_and_the_opacity(viewer, less, more, keys):
    viewer.set_mode(Mode.WIPE)
    for key, share in ((less, 0.48), (less, 0.46), (more, 0.48)):
        QTest.keyClick(viewer.canvas, key, keys)
        assert is_wiped(viewer, share)
        assert viewer.comparison.wipe == share
    viewer.set_mode(Mode.ONION)
    for key, opacity in ((less, 0.45), (more, 0.5), (more, 0.55)):
        QTest.keyClick(viewer.canvas, key, keys)
        assert is_onion(viewer, opacity)
        assert viewer.comparison.onion == opacity
    viewer.set_mode(Mode.BLINK)
    for key, pace in ((less, 400), (more, 500), (more, 600)):
        QTest.keyClick(viewer.canvas, key, keys)
        assert viewer.comparison.blink_ms == pace
    assert viewer.comparison == Looks(Mode.BLINK, 0.48, 0.55, 600)


def test_the_keys_are_listed_and_rest_where_there_is_nothing_to_move(viewer, settle, tmp_path):
    listed = {a.text(): a.shortcut().toString() for a in viewer.actions_for_menu() if a.text()}
    assert listed["Wipe left, less head"] == ","
    assert listed["Wipe right, more head"] == "."
    enabled = []
    for mode in Mode:
        viewer.set_mode(mode)
        enabled += [mode] if viewer.commands.less.isEnabled() else []
    assert enabled == [Mode.WIPE, Mode.ONION, Mode.BLINK]
    viewer.set_mode(Mode.WIPE)
    save(tmp_path / "head" / "new.png", HEAD)
    settle(viewer, rows_in(tmp_path, "new.png"))
    assert not viewer.commands.more.isEnabled()
    assert viewer.toolbar.dial.isHidden()


def test_what_modes_remember_stays_for_the_next_image(viewer, settle, tmp_path):
    viewer.set_comparison(Looks(Mode.WIPE, wipe=0.2))
    for side, rgb in (("base", HEAD), ("head", BASE)):
        save(tmp_path / side / "other.png", rgb)
    viewer.canvas.zoom_to(1.0)
    before = viewer.canvas.view
    settle(viewer, rows_in(tmp_path, "other.png"))
    (shown,) = panes(viewer)
    assert np.array_equal(shown[:, :40], HEAD[:, :40])
    assert np.array_equal(shown[:, 80:], BASE[:, 80:])
    assert viewer.canvas.view == before


def test_changes_are_told_once_and_numbers_are_kept_in_range(viewer):
    told, modes = [], []
    viewer.looks_changed.connect(told.append)
    viewer.mode_changed.connect(modes.append)
    viewer.set_comparison(Looks(Mode.ONION, onion=3.0, blink_ms=1))
    viewer.set_comparison(viewer.comparison)
    viewer.set_mode(Mode.ONION)
    QTest.keyClick(viewer.canvas, KEYS.Key_Comma)
    expected = Looks(Mode.ONION, onion=1.0, blink_ms=200)
    assert told == [expected, replace(expected, onion=0.95)]
    assert modes == [Mode.ONION]


def test_dragging_the_line_is_told_and_the_slider_follows(viewer):
    viewer.set_mode(Mode.WIPE)
    told = []
    viewer.looks_changed.connect(told.append)
    grip = viewer.canvas.handle().centre
    QTest.mousePress(viewer.canvas, Qt.MouseButton.LeftButton, pos=grip)
    move(viewer.canvas, grip.x() + 77, grip.y())
    QTest.mouseRelease(viewer.canvas, Qt.MouseButton.LeftButton, pos=grip + QPoint(77, 0))
    assert told[-1].wipe == pytest.approx((150 + 77) / 300)
    assert told[-1] == viewer.comparison
    assert viewer.findChild(QSlider, "viewerWipePosition").value() == 76
    assert is_wiped(viewer, (150 + 77) / 300)


def test_each_mode_has_its_own_slider(viewer):
    names = {
        Mode.WIPE: "viewerWipePosition",
        Mode.ONION: "viewerOnionOpacity",
        Mode.BLINK: "viewerBlinkInterval",
    }
    for mode in Mode:
        viewer.set_mode(mode)
        seen = [name for name in names.values() if viewer.findChild(QSlider, name).isVisible()]
        assert seen == ([names[mode]] if mode in names else [])


def test_sliders_move_what_is_shown_and_keep_their_arrows(viewer):
    viewer.set_mode(Mode.WIPE)
    slider = viewer.findChild(QSlider, "viewerWipePosition")
    slider.setValue(20)
    assert is_wiped(viewer, 0.2)
    slider.setFocus()
    QTest.keyClick(slider, KEYS.Key_Right)
    assert is_wiped(viewer, 0.22)
    viewer.set_mode(Mode.ONION)
    viewer.findChild(QSlider, "viewerOnionOpacity").setValue(100)
    assert is_onion(viewer, 1.0)
    viewer.set_mode(Mode.BLINK)
    viewer.findChild(QSlider, "viewerBlinkInterval").setValue(1500)
    assert viewer.comparison == Looks(Mode.BLINK, wipe=0.22, onion=1.0, blink_ms=1500)


def test_letters_go_into_a_text_field_and_change_no_mode(viewer, qtbot):
    window, field = QWidget(), QLineEdit()
    column = QVBoxLayout(window)
    column.addWidget(field)
    column.addWidget(viewer)
    qtbot.addWidget(window)
    window.resize(760, 560)
    viewer.set_mode(Mode.WIPE)
    before = viewer.comparison
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    field.setFocus()
    for key in "SWOBFT,.":
        QTest.keyClick(field, key)
    for key in (KEYS.Key_Left, KEYS.Key_Right):
        QTest.keyClick(field, key)
    assert field.text().upper() == "SWOBFT,."
    assert viewer.comparison == before
    assert is_wiped(viewer)
    viewer.setParent(None)  # it outlives the window


def test_zoom_and_place_stay_from_mode_to_mode(viewer):
    viewer.canvas.zoom_to(4.0)
    for mode in (Mode.BASE, Mode.WIPE, Mode.ONION, Mode.BLINK, Mode.DIFFERENCE, Mode.HEAD):
        before = viewer.canvas.view if mode is not Mode.BASE else None
        QTest.keyClick(viewer.canvas, MODE_KEYS[mode])
        assert before in {None, viewer.canvas.view}
        assert viewer.canvas.view.zoom == 4.0


@pytest.mark.parametrize("width", [420, 520, 640, 760, 900, 1100, 1400])
def test_no_control_is_cut_off_however_wide_the_viewer_is(viewer, width):
    """And all modes can be chosen."""
    viewer.resize(width, 420)
    for mode in Mode:
        viewer.set_mode(mode)
        viewer.grab()  # lays everything out
        row = viewer.toolbar.layout()
        shown = [row.itemAt(i).widget() for i in range(row.count())]
        edges = [w.geometry() for w in shown if w is not None and w.isVisible()]
        assert edges[-1].right() < viewer.toolbar.width()
        assert all(a.right() < b.left() for a, b in pairwise(edges))
        buttons = viewer.findChildren(QToolButton)
        modes = [b for b in buttons if b.objectName().startswith("viewerMode")]
        assert len(modes) == len(Mode)
        for button in modes:
            assert button.isVisible()
            assert button.width() >= button.sizeHint().width()


def test_changing_the_mode_moves_no_other_control(viewer):
    for width in (520, 900, 1400):
        viewer.resize(width, 420)
        places = set()
        for mode in Mode:
            viewer.set_mode(mode)
            viewer.grab()  # lays everything out
            buttons = viewer.findChildren(QToolButton)
            places.add(tuple((b.objectName(), b.x(), b.isVisible()) for b in buttons))
        assert len(places) == 1
