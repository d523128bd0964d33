"""Going from one changed region to the next, boxes around them, and the overlay's flash."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from viewer_samples import cut, grabbed, noise, rows_in, save, save_mask

from snapreview.model.change import Change, ImageDiff, Status
from snapreview.model.manifest import ImageRecord
from snapreview.ui.theme_tokens import DARK, LIGHT
from snapreview.ui.viewer.colours import ViewerColours
from snapreview.ui.viewer.flash import FLASH_STEP_MS, Flash

SIZE = (1600, 1200)
REGIONS = ((900, 700, 40, 30), (100, 100, 20, 20), (300, 105, 8, 8))
"""Largest first, as the engine gives them: read as 1, 2, 0."""


def row(tmp_path, name="page.png", seed=0, regions=REGIONS) -> Change:
    grey = np.full((SIZE[1], SIZE[0], 3), 200 + seed, np.uint8)
    marked = np.zeros(SIZE[::-1], bool)
    for x, y, width, height in regions:
        marked[y : y + height, x : x + width] = True
    for side in ("base", "head"):
        save(tmp_path / side / name, grey)
    mask = save_mask(tmp_path / "mask" / name, marked)
    change = rows_in(tmp_path, name)
    return replace(change, diff=ImageDiff(SIZE, int(marked.sum()), mask=mask, regions=regions))


@pytest.fixture
def viewer(open_viewer, settle, tmp_path, qtbot):
    made = open_viewer(801, 600)
    with qtbot.waitActive(made):
        made.activateWindow()
    settle(made, row(tmp_path))
    return made


def place_of(viewer, box, pane=0) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of a box on the canvas; the last two just outside."""
    area, view = viewer.canvas.pane_areas()[pane], viewer.canvas.view
    x, y, width, height = box
    left, top = area.x() + view.origin[0], area.y() + view.origin[1]
    first = left + int(x * view.zoom), top + int(y * view.zoom)
    end = left + -int(-(x + width) * view.zoom // 1), top + -int(-(y + height) * view.zoom // 1)
    return *first, *end


def in_sight(viewer, box) -> bool:
    area = viewer.canvas.pane_areas()[0]
    left, top, right, bottom = place_of(viewer, box)
    across = area.left() <= left and right <= area.right() + 1
    return across and area.top() <= top and bottom <= area.bottom() + 1


@pytest.mark.parametrize(
    ("forth", "back"),
    [
        ((Qt.Key.Key_J, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_K,) * 2),
        ((Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier), (Qt.Key.Key_Up,) * 2),
    ],
)
def test_keys_go_through_the_regions_as_one_reads_and_around(viewer, qtbot, forth, back):
    went = []
    viewer.region_changed.connect(went.append)
    key, modifier = forth
    for _ in range(4):
        qtbot.keyClick(viewer.canvas, key, modifier)
        assert in_sight(viewer, REGIONS[went[-1]])
        assert viewer.canvas.view.zoom == 4.0
    for key in back:
        qtbot.keyClick(viewer.canvas, key, modifier)
    assert went == [1, 2, 0, 1, 0, 2]


def test_a_region_can_be_gone_to_by_its_index(viewer):
    went = []
    viewer.region_changed.connect(went.append)
    viewer.go_to_region(2)
    viewer.go_to_region(99)
    viewer.go_to_region(-1)
    assert went == [2]
    assert viewer.inspection.region == 2
    assert in_sight(viewer, REGIONS[2])


def test_another_image_begins_anew(viewer, settle, tmp_path, qtbot):
    went = []
    viewer.region_changed.connect(went.append)
    viewer.go_to_region(2)
    settle(viewer, row(tmp_path, "next.png", 5, ((10, 10, 5, 5),)))
    assert went == [2, -1]
    qtbot.keyClick(viewer.canvas, Qt.Key.Key_J)
    assert went == [2, -1, 0]


def test_a_newer_version_of_the_row_stays_where_it_is(viewer, settle, tmp_path):
    viewer.go_to_region(2)
    before = viewer.canvas.view
    settle(viewer, row(tmp_path))
    assert viewer.inspection.region == 2
    assert viewer.canvas.view == before


def test_a_row_without_regions_has_nowhere_to_go(open_viewer, settle, tmp_path, qtbot):
    save(tmp_path / "head" / "new.png", noise(60, 40))
    viewer = open_viewer()
    settle(viewer, Change("new.png", Status.ADDED, head=ImageRecord("new.png")))
    for action in (viewer.commands.next_region, viewer.commands.boxes, viewer.commands.flash):
        assert not action.isEnabled()
    viewer.inspection.step_region(1)
    assert viewer.inspection.region == -1


def ring_colours(viewer, box, pane=0) -> list[tuple[int, ...]]:
    """Colours right of a box's middle, from its edge outwards."""
    _, top, right, bottom = place_of(viewer, box, pane)
    shown = grabbed(viewer.canvas)
    return [tuple(pixel) for pixel in shown[(top + bottom) // 2, right : right + 7].tolist()]


def expected_ring(theme) -> list[tuple[int, ...]]:
    white, line = (255, 255, 255), ViewerColours.of(theme).badge.getRgb()[:3]
    grey = (200, 200, 200)
    return [grey, grey, white, line, line, white, grey]


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_region_gone_to_has_a_box_in_both_panes(viewer, theme):
    viewer.set_theme(ViewerColours.of(theme))
    viewer.go_to_region(0)
    for pane in (0, 1):
        assert ring_colours(viewer, REGIONS[0], pane) == expected_ring(theme)
    viewer.go_to_region(1)
    viewer.canvas.fit()
    assert expected_ring(theme)[3] not in ring_colours(viewer, REGIONS[0])


def test_a_box_covers_no_pixel_of_its_region(viewer):
    viewer.set_overlay(visible=False)
    viewer.go_to_region(0)
    left, top, right, bottom = place_of(viewer, REGIONS[0])
    inside = grabbed(viewer.canvas)[top - 2 : bottom + 2, left - 2 : right + 2]
    assert (inside == 200).all()


def test_shift_h_shows_all_boxes_and_hides_them_again(viewer, qtbot):
    told = []
    viewer.boxes_changed.connect(told.append)
    shift = Qt.KeyboardModifier.ShiftModifier
    viewer.canvas.fit()
    plain = grabbed(viewer.canvas)
    qtbot.keyClick(viewer.canvas, Qt.Key.Key_H, shift)
    line = expected_ring(LIGHT)[3]
    assert viewer.inspection.boxes_shown
    for box in REGIONS:
        for pane in (0, 1):
            assert line in ring_colours(viewer, box, pane)
    qtbot.keyClick(viewer.canvas, Qt.Key.Key_H, shift)
    assert told == [True, False]
    assert np.array_equal(grabbed(viewer.canvas), plain)


def test_boxes_stay_shown_for_the_next_image(viewer, settle, tmp_path):
    viewer.inspection.set_boxes_shown(True)
    settle(viewer, row(tmp_path, "next.png", 5, ((10, 10, 5, 5),)))
    assert viewer.commands.boxes.isChecked()
    assert expected_ring(LIGHT)[3] in ring_colours(viewer, (10, 10, 5, 5))


def test_a_region_of_one_pixel_is_boxed_at_the_smallest_zoom(viewer, settle, tmp_path):
    tiny = ((801, 601, 1, 1),)
    settle(viewer, row(tmp_path, "tiny.png", 3, tiny))
    viewer.inspection.set_boxes_shown(True)
    viewer.canvas.zoom_to(0.05)
    assert expected_ring(LIGHT)[3] in ring_colours(viewer, tiny[0])


def test_escape_leaves_the_region_and_keeps_the_view(viewer, qtbot):
    viewer.go_to_region(1)
    before = viewer.canvas.view
    qtbot.keyClick(viewer.canvas, Qt.Key.Key_Escape)
    assert viewer.inspection.region == -1
    assert viewer.canvas.view == before
    assert expected_ring(LIGHT)[3] not in ring_colours(viewer, REGIONS[1])


def test_boxes_turn_with_images_stored_in_one_orientation(open_viewer, settle, tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6
    for side in ("base", "head"):
        (tmp_path / side).mkdir()
        grey = Image.new("RGB", (160, 100), (128, 128, 128))
        grey.save(tmp_path / side / "phone.jpg", exif=exif, quality=100)
    marked = np.zeros((100, 160), bool)
    marked[60:70, 20:50] = True
    mask = save_mask(tmp_path / "mask.png", marked)
    records = ImageRecord("phone.jpg"), ImageRecord("phone.jpg")
    diff = ImageDiff((160, 100), 300, mask=mask, regions=((20, 60, 30, 10),))
    viewer = open_viewer()
    viewer.set_overlay(colour=QColor(255, 0, 0), opacity=1.0)
    settle(viewer, Change("phone.jpg", Status.CHANGED, *records, diff))
    viewer.go_to_region(0)
    red = (cut(grabbed(viewer.canvas), viewer.canvas.pane_areas()[0]) == (255, 0, 0)).all(axis=-1)
    rows, columns = np.nonzero(red)
    area = viewer.canvas.pane_areas()[0]
    found = (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
    upright = (100 - 60 - 10, 20, 10, 30)
    left, top, right, bottom = place_of(viewer, upright)
    assert found == (left - area.x(), top - area.y(), right - area.x(), bottom - area.y())
    line = expected_ring(LIGHT)[3]
    assert line in ring_colours(viewer, upright)


@pytest.mark.parametrize("visible", [True, False])
def test_a_flash_changes_what_is_seen_and_ends_as_it_was(visible):
    flash, usual = Flash.begun(visible=visible), 0.4 if visible else None
    seen = []
    while flash.running:
        seen.append(flash.opacity(usual))
        flash = flash.step()
    first, second = (None, 0.7) if visible else (0.7, None)
    assert seen == [first, second] * 3
    assert flash.opacity(usual) == usual
    assert flash.step() == flash


def test_flashes_are_slow_enough_for_everybody():
    steps_a_second = 1000 / FLASH_STEP_MS
    assert steps_a_second / 2 <= 3


@pytest.mark.parametrize("visible", [True, False])
def test_h_flashes_the_overlay_whether_it_is_on_or_off(viewer, qtbot, visible):
    viewer.set_overlay(visible=visible)
    left, top, _, _ = place_of(viewer, REGIONS[0])

    def tinted() -> bool:
        return grabbed(viewer.canvas)[top + 3, left + 3].tolist() != [200, 200, 200]

    assert tinted() is visible
    qtbot.keyClick(viewer.canvas, Qt.Key.Key_H)
    seen = [tinted()]
    for _ in range(6):
        viewer.inspection.advance_flash()
        seen.append(tinted())
    assert seen == [*[not visible, visible] * 3, visible]
    assert viewer.overlay.visible is visible


def test_a_flash_ends_by_itself(viewer, qtbot):
    viewer.inspection.flash(visible=True)
    assert not viewer.canvas.panes()[0].planes[1:]
    for _ in range(3):
        viewer.inspection.advance_flash()
    qtbot.waitUntil(lambda: len(viewer.canvas.panes()[0].planes) == 2, timeout=5000)


def test_a_flash_ends_with_its_image(viewer, settle, tmp_path):
    viewer.set_overlay(visible=False)
    viewer.inspection.flash(visible=False)
    settle(viewer, row(tmp_path, "next.png", 5))
    viewer.canvas.fit()
    left, top, _, _ = place_of(viewer, REGIONS[0])
    assert grabbed(viewer.canvas)[top + 3, left + 3].tolist() == [205, 205, 205]
