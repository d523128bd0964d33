"""The whole viewer, from a row to the screen."""

from __future__ import annotations

from dataclasses import replace
from threading import Event

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QSlider, QVBoxLayout, QWidget
from viewer_samples import cut, grabbed, noise, rows_in, save, save_mask

from snapreview.model.change import Change, ImageDiff, Status
from snapreview.model.manifest import ImageRecord
from snapreview.ui.theme_tokens import DARK, LIGHT
from snapreview.ui.viewer.colours import OVERLAY_COLOURS, Overlay, ViewerColours
from snapreview.ui.viewer.modes import Mode
from snapreview.ui.viewer.source import Side


@pytest.fixture
def page(tmp_path):
    """A changed row: a base, a head and a mask of 200 × 160 pixels."""
    save(tmp_path / "base" / "page.png", noise(200, 160, 1))
    save(tmp_path / "head" / "page.png", noise(200, 160, 2))
    save_mask(tmp_path / "mask" / "page.png", noise(200, 160, 3)[..., 0] > 200)
    return rows_in(tmp_path)


def panes_of(viewer) -> list[np.ndarray]:
    shown = grabbed(viewer.canvas)
    x, y = viewer.canvas.view.origin
    return [cut(shown, area)[y:, x:] for area in viewer.canvas.pane_areas()]


def label(viewer, name: str) -> QLabel:
    return viewer.findChild(QLabel, name)


def test_a_changed_row_is_shown_split_with_its_overlay(open_viewer, settle, page):
    viewer = open_viewer()
    settle(viewer, page)
    marked = noise(200, 160, 3)[..., 0] > 200
    for pane, seed in zip(panes_of(viewer), (1, 2), strict=True):
        shown = pane[:160, :200].astype(int)
        rgb = noise(200, 160, seed).astype(int)
        assert np.array_equal(shown[~marked], rgb[~marked])
        tint = Overlay().colour.getRgb()[:3]
        assert np.abs(shown[marked] - (rgb[marked] * 0.3 + np.array(tint) * 0.7)).max() <= 3


def test_keys_choose_mode_overlay_and_zoom(open_viewer, settle, page, qtbot):
    viewer = open_viewer()
    with qtbot.waitActive(viewer):
        viewer.activateWindow()
    settle(viewer, page)
    modes = []
    viewer.mode_changed.connect(modes.append)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_T, Qt.Key.Key_T, Qt.Key.Key_S):
        qtbot.keyClick(viewer.canvas, key)
    assert modes == [Mode.BASE, Mode.HEAD, Mode.BASE, Mode.HEAD, Mode.SPLIT]
    overlays = []
    viewer.overlay_changed.connect(overlays.append)
    for key in (Qt.Key.Key_D, Qt.Key.Key_D, *[Qt.Key.Key_BracketRight] * 5):
        qtbot.keyClick(viewer.canvas, key)
    assert [o.visible for o in overlays[:2]] == [False, True]
    assert [o.opacity for o in overlays[2:]] == [0.8, 0.9, 1.0]
    qtbot.keyClick(viewer.canvas, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert viewer.canvas.view.zoom == 1.5
    assert label(viewer, "viewerZoom").text() == "150 %"
    qtbot.keyClick(viewer.canvas, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert viewer.canvas.view.zoom == 1.0
    qtbot.keyClick(viewer.canvas, Qt.Key.Key_0)
    assert viewer.canvas.view.fitted


def test_letters_go_into_a_text_field_that_has_the_focus(open_viewer, settle, page, qtbot):
    viewer = open_viewer()
    window, field = QWidget(), QLineEdit()
    column = QVBoxLayout(window)
    column.addWidget(field)
    column.addWidget(viewer)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    settle(viewer, page)
    field.setFocus()
    for key in (Qt.Key.Key_T, Qt.Key.Key_D, Qt.Key.Key_0, Qt.Key.Key_BracketLeft, Qt.Key.Key_Left):
        qtbot.keyClick(field, key)
    assert field.text() == "td0["
    assert field.cursorPosition() == 3
    assert viewer.mode is Mode.SPLIT
    assert viewer.overlay == Overlay()


def test_arrows_move_the_slider_that_has_the_focus(open_viewer, settle, page, qtbot):
    viewer = open_viewer(1100)
    settle(viewer, page)
    viewer.toolbar.opacity.setFocus()
    qtbot.keyClick(viewer.toolbar.opacity, Qt.Key.Key_Left)
    assert viewer.overlay.opacity == pytest.approx(0.6)
    assert viewer.mode is Mode.SPLIT


def test_the_overlay_is_chosen_in_the_toolbar(open_viewer, settle, page, qtbot):
    viewer = open_viewer(1100)
    settle(viewer, page)
    names = {action.text(): action for action in viewer.toolbar.colour.menu().actions()}
    names["Sky blue"].trigger()
    viewer.toolbar.opacity.setValue(40)
    assert viewer.overlay == Overlay(True, OVERLAY_COLOURS["Sky blue"], 0.4)
    assert names["Sky blue"].isChecked()
    assert not names["Vermilion"].isChecked()


def test_zoom_and_place_stay_for_an_image_of_the_same_size(open_viewer, settle, tmp_path):
    for name, size in (("a.png", (900, 700)), ("b.png", (900, 700)), ("c.png", (900, 701))):
        for side in ("base", "head"):
            save(tmp_path / side / name, noise(*size, seed=ord(name[0])))
    viewer = open_viewer()
    settle(viewer, rows_in(tmp_path, "a.png"))
    viewer.canvas.zoom_to(3.0)
    before = viewer.canvas.view
    settle(viewer, rows_in(tmp_path, "b.png"))
    assert viewer.canvas.view == before
    settle(viewer, rows_in(tmp_path, "c.png"))
    assert viewer.canvas.view.fitted


@pytest.mark.parametrize(("side", "status"), [("base", "Removed"), ("head", "Added")])
def test_added_and_removed_images_stand_alone(open_viewer, settle, tmp_path, side, status):
    save(tmp_path / side / "page.png", noise(200, 160))
    viewer = open_viewer()
    settle(viewer, rows_in(tmp_path))
    (pane,) = panes_of(viewer)
    assert np.array_equal(pane[:160, :200], noise(200, 160))
    assert label(viewer, "viewerSummary").text() == status
    assert not viewer.commands.mode[Mode.BASE].isEnabled()


def test_a_renamed_image_is_shown_once_with_both_names(open_viewer, settle, tmp_path):
    save(tmp_path / "head" / "new.png", noise(60, 40))
    records = ImageRecord("old.png"), ImageRecord("new.png")
    viewer = open_viewer()
    settle(viewer, Change("new.png", Status.RENAMED, *records, previous_name="old.png"))
    assert len(panes_of(viewer)) == 1
    assert label(viewer, "viewerSummary").text() == "Renamed · old.png → new.png"


def test_a_difference_in_size_is_stated(open_viewer, settle, tmp_path):
    save(tmp_path / "base" / "page.png", noise(100, 80))
    save(tmp_path / "head" / "page.png", noise(92, 200))
    viewer = open_viewer()
    settle(viewer, rows_in(tmp_path))
    spoken = viewer.canvas.accessibleDescription()
    assert spoken == "Base: 100 × 80; Head: 92 × 200 · −8 px wide, +120 px tall"


def test_an_errored_row_shows_what_there_is_and_why(open_viewer, settle, tmp_path):
    save(tmp_path / "base" / "page.png", noise(100, 80))
    (tmp_path / "head").mkdir()
    (tmp_path / "head" / "page.png").write_bytes(b"not an image")
    row = replace(rows_in(tmp_path), status=Status.ERRORED, error="The head is damaged.")
    viewer = open_viewer()
    settle(viewer, row)
    left, _ = panes_of(viewer)
    assert np.array_equal(left[:80, :100], noise(100, 80))
    assert label(viewer, "viewerRemarks").text() == "The head is damaged."
    assert "Head: This image could not be opened. " in viewer.canvas.accessibleDescription()


def test_a_mask_that_cannot_be_read_is_told_and_the_images_stay(open_viewer, settle, page):
    page.diff.mask.write_bytes(b"")
    viewer = open_viewer()
    settle(viewer, page)
    assert label(viewer, "viewerRemarks").text().startswith("The overlay cannot be shown: ")
    assert np.array_equal(panes_of(viewer)[0][:160, :200], noise(200, 160, 1))


def test_a_slow_image_never_replaces_a_later_one(open_viewer, settle, tmp_path, qtbot):
    go_on, entered = Event(), Event()
    for name, seed in (("slow.png", 1), ("next.png", 2)):
        save(tmp_path / "head" / name, noise(80, 60, seed))

    def fetch(record, side, token):
        if record.name == "slow.png":
            entered.set()
            assert go_on.wait(10)
        return tmp_path / side.value / record.name

    viewer = open_viewer(fetch=fetch)
    viewer.show_change(rows_in(tmp_path, "slow.png"))
    assert entered.wait(10)
    settle(viewer, rows_in(tmp_path, "next.png"))
    go_on.set()
    settle(viewer, rows_in(tmp_path, "next.png"))
    (pane,) = panes_of(viewer)
    assert np.array_equal(pane[:60, :80], noise(80, 60, 2))


def test_loading_is_said_when_it_takes_long(open_viewer, tmp_path, qtbot):
    go_on = Event()
    save(tmp_path / "head" / "page.png", noise(80, 60))

    def fetch(record, side, token):
        assert go_on.wait(10)
        return tmp_path / side.value / record.name

    viewer = open_viewer(fetch=fetch)
    viewer.show_change(rows_in(tmp_path))
    qtbot.waitUntil(lambda: viewer.canvas.accessibleDescription() == "Head: Loading…")
    with qtbot.waitSignal(viewer.settled):
        go_on.set()
    assert viewer.canvas.accessibleDescription() == "Head: 80 × 60"


def test_neighbours_are_there_before_they_are_asked_for(open_viewer, settle, tmp_path, qtbot):
    fetched = []
    rows = []
    for number in range(3):
        save(tmp_path / "head" / f"{number}.png", noise(80, 60, number))
        record = ImageRecord(f"{number}.png", sha256=f"{number:064x}")
        rows.append(Change(record.name, Status.ADDED, head=record))

    def fetch(record, side, token):
        fetched.append(record.name)
        return tmp_path / side.value / record.name

    viewer = open_viewer(fetch=fetch)
    settle(viewer, rows[0], neighbours=rows[1:])
    qtbot.waitUntil(lambda: len(fetched) == 3 and viewer.supply.loader.idle)
    settle(viewer, rows[1], neighbours=[rows[2], rows[0]])
    assert fetched[0] == "0.png"
    assert sorted(fetched) == ["0.png", "1.png", "2.png"]


def test_a_pending_row_gets_its_overlay_when_it_is_known(open_viewer, settle, page):
    viewer = open_viewer()
    settle(viewer, replace(page, status=Status.PENDING, diff=None))
    plain = panes_of(viewer)[0]
    settle(viewer, page)
    assert not np.array_equal(plain, panes_of(viewer)[0])


def test_nothing_selected_is_a_state_of_its_own(open_viewer, settle, page):
    viewer = open_viewer()
    settle(viewer, page)
    settle(viewer, None)
    assert viewer.toolbar.isHidden()
    assert not viewer.canvas.panes()
    settle(viewer, page)
    assert not viewer.toolbar.isHidden()


def test_masks_follow_images_stored_in_one_orientation(open_viewer, settle, tmp_path):
    from PIL import Image

    exif = Image.Exif()
    exif[0x0112] = 6
    for side in ("base", "head"):
        (tmp_path / side).mkdir()
        grey = Image.new("RGB", (160, 100), (128, 128, 128))
        grey.save(tmp_path / side / "phone.jpg", exif=exif, quality=100)
    marked = np.zeros((100, 160), bool)
    marked[90:, :20] = True  # bottom left as stored is top left when turned clockwise
    mask = save_mask(tmp_path / "mask.png", marked)
    records = ImageRecord("phone.jpg"), ImageRecord("phone.jpg")
    diff = ImageDiff((160, 100), 200, mask=mask)
    viewer = open_viewer()
    viewer.set_overlay(colour=QColor(255, 0, 0), opacity=1.0)
    settle(viewer, Change("phone.jpg", Status.CHANGED, *records, diff))
    for pane in panes_of(viewer):
        red = (pane[:160, :100] == (255, 0, 0)).all(axis=-1)
        assert red[:20, :10].all()
        assert red.sum() == 200


def test_light_and_dark_differ_around_the_image_and_not_in_it(open_viewer, settle, page):
    viewer = open_viewer()
    viewer.set_overlay(visible=False)
    settle(viewer, page)
    corners, inside = [], []
    for theme in (LIGHT, DARK):
        viewer.set_theme(ViewerColours.of(theme))
        corners.append(grabbed(viewer.canvas)[-1, 0].tolist())
        inside.append(panes_of(viewer)[0][:160, :200])
    assert sum(corners[0]) > 500 > 200 > sum(corners[1])
    assert np.array_equal(*inside)


def test_every_control_has_a_name_a_tip_and_a_place_in_the_tab_order(open_viewer, settle, page):
    viewer = open_viewer(1100)
    settle(viewer, page)
    controls = [*viewer.findChildren(QAbstractButton), *viewer.findChildren(QSlider)]
    assert len(controls) >= 9
    for control in controls:
        assert control.objectName(), control
        assert control.accessibleName(), control.objectName()
        assert control.toolTip(), control.objectName()
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus, control.objectName()
    assert len({control.objectName() for control in controls}) == len(controls)
    assert "(D)" in viewer.commands.overlay.toolTip()


def test_a_narrow_viewer_gives_up_words_before_controls(open_viewer, settle, page):
    viewer = open_viewer(1400)
    settle(viewer, page)
    assert viewer.minimumSizeHint().width() < 500
    split = viewer.findChild(QAbstractButton, "viewerModeSplitButton")
    wide = split.width()
    viewer.resize(520, 400)
    assert viewer.width() == 520
    assert split.width() < wide
    viewer.resize(1400, 500)
    assert split.width() == wide


def test_sides_have_words():
    assert [side.title for side in Side] == ["Base", "Head"]
