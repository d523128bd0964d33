"""The pixel inspector: what it says of two colours, and how it is used."""

from __future__ import annotations

import subprocess

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from viewer_samples import cut, grabbed, move, noise, rows_in, save, wheel

from snapreview.engine.locate import BUNDLED
from snapreview.model.change import Change, Status
from snapreview.model.manifest import ImageRecord
from snapreview.ui.viewer.modes import Mode
from snapreview.ui.viewer.probe import Probe, colour_distance, probe_text

levels = st.integers(0, 255)
colours = st.tuples(levels, levels, levels, levels)

BLUE, LIGHTER = (0x1A, 0x2B, 0x3C, 255), (0x1A, 0x2B, 0x40, 255)


@given(colours, colours)
def test_the_distance_is_a_share_and_the_same_both_ways(one, other):
    assert 0 <= colour_distance(one, other) <= 1
    assert colour_distance(one, other) == pytest.approx(colour_distance(other, one))
    assert colour_distance(one, one) == 0


@given(colours, levels)
def test_transparent_is_white_as_odiff_sees_it(colour, level):
    assert colour_distance((*colour[:3], 0), (255, 255, 255, level)) == pytest.approx(0)


@pytest.mark.skipif(not BUNDLED.is_file(), reason="odiff has not been built in")
@pytest.mark.parametrize("sensitivity", [0.01, 0.05, 0.2])
def test_a_pixel_counts_for_odiff_where_it_is_further_than_the_sensitivity(tmp_path, sensitivity):
    random = np.random.default_rng(7)
    base = random.integers(0, 256, (30, 40, 4), np.uint8)
    head = np.clip(base + random.integers(-60, 61, base.shape), 0, 255).astype(np.uint8)
    base[:15, :, 3] = head[:15, :, 3] = 255
    files = [save(tmp_path / f"{n}.png", a) for n, a in (("base", base), ("head", head))]
    mask = tmp_path / "mask.png"
    options = ["--diff-mask", "--threshold", str(sensitivity)]
    subprocess.run([BUNDLED, *files, mask, *options], capture_output=True, timeout=30, check=False)
    with Image.open(mask) as opened:
        counted = np.asarray(opened.convert("RGBA"))[..., 3] > 0
    pairs = zip(base.reshape(-1, 4).tolist(), head.reshape(-1, 4).tolist(), strict=True)
    far = [colour_distance(tuple(b), tuple(h)) > sensitivity for b, h in pairs]
    assert 0 < sum(far) < len(far)
    assert np.array_equal(counted.reshape(-1), far)


@pytest.mark.parametrize(
    ("probe", "text"),
    [
        (
            Probe(312, 88, BLUE, LIGHTER),
            "x 312 y 88 · base #1A2B3C FF · head #1A2B40 FF · Δ 4 levels, 0.51\u00a0%",
        ),
        (Probe(0, 0, BLUE, BLUE), "x 0 y 0 · base #1A2B3C FF · head #1A2B3C FF · equal"),
        (Probe(1, 2, None, BLUE), "x 1 y 2 · base — · head #1A2B3C FF"),
        (Probe(1, 2, (9, 8, 7, 0), None), "x 1 y 2 · base #090807 00 · head —"),
        (
            Probe(1, 2, (255, 255, 255, 255), (255, 255, 255, 254)),
            "x 1 y 2 · base #FFFFFF FF · head #FFFFFF FE · Δ 1 level, 0\u00a0%",
        ),
        (
            Probe(1, 2, BLUE, BLUE, in_srgb=True),
            "x 1 y 2 · base #1A2B3C FF · head #1A2B3C FF · equal · as shown, in sRGB",
        ),
        (None, ""),
    ],
)
def test_a_probe_in_words(probe, text):
    assert probe_text(probe) == text


@pytest.fixture
def page(tmp_path):
    """A changed row of 300 × 220 pixels, no two alike."""
    for side, seed in (("base", 1), ("head", 2)):
        save(tmp_path / side / "page.png", noise(300, 220, seed))
    return rows_in(tmp_path)


@pytest.fixture
def viewer(open_viewer, settle, page):
    made = open_viewer(701, 500)
    settle(made, page)
    made.set_overlay(visible=False)
    return made


def seen_at(viewer, point: QPoint) -> tuple[int, ...]:
    ratio = viewer.canvas.devicePixelRatioF()
    return tuple(grabbed(viewer.canvas)[round(point.y() * ratio), round(point.x() * ratio)])


def place_of(viewer, x: int, y: int, pane: int = 0) -> QPoint:
    """Where the canvas shows the middle of a pixel."""
    area, view = viewer.canvas.pane_areas()[pane], viewer.canvas.view
    left = area.x() + view.origin[0] + (x + 0.5) * view.zoom
    top = area.y() + view.origin[1] + (y + 0.5) * view.zoom
    return QPoint(int(left), int(top))


@pytest.mark.parametrize("zoom", [1.0, 2.0, 7.0, 64.0])
@pytest.mark.parametrize("pane", [0, 1])
def test_the_pixel_under_the_pointer_is_the_one_that_is_seen_there(viewer, zoom, pane):
    viewer.canvas.zoom_to(zoom)
    area = viewer.canvas.pane_areas()[pane]
    for dx, dy in ((3, 5), (100, 90), (171, 201), (252, 311)):
        point = area.topLeft() + QPoint(dx, dy)
        move(viewer.canvas, point.x(), point.y())
        probe = viewer.inspection.probe
        if probe is None:
            continue
        side = (probe.base, probe.head)[pane]
        assert side[:3] == seen_at(viewer, point)
        assert probe.base == (*noise(300, 220, 1)[probe.y, probe.x], 255)
        assert probe.head == (*noise(300, 220, 2)[probe.y, probe.x], 255)
    assert viewer.inspection.probe is not None


def test_it_tells_when_the_pointer_goes_and_where_it_never_was(viewer):
    told = []
    viewer.probed.connect(told.append)
    place = place_of(viewer, 10, 20)
    move(viewer.canvas, place.x(), place.y())
    move(viewer.canvas, place.x(), place.y())
    beside = viewer.canvas.pane_areas()[0].topLeft() + QPoint(1, 1)
    move(viewer.canvas, beside.x(), beside.y())
    move(viewer.canvas, place.x(), place.y())
    QApplication.sendEvent(viewer.canvas, QEvent(QEvent.Type.Leave))
    assert [(p.x, p.y) if p else None for p in told] == [(10, 20), None, (10, 20), None]


def test_zooming_moves_other_pixels_under_the_pointer(viewer):
    viewer.canvas.zoom_to(4.0)
    centre = viewer.canvas.pane_areas()[0].center()
    move(viewer.canvas, centre.x(), centre.y())
    before = viewer.inspection.probe
    viewer.canvas.set_view(viewer.canvas.view.panned(-40, -80))
    after = viewer.inspection.probe
    assert (after.x - before.x, after.y - before.y) == (10, 20)
    wheel(viewer.canvas, QPointF(centre), 1)
    assert viewer.inspection.probe == after


@pytest.mark.parametrize("mode", [Mode.HEAD, Mode.ONION, Mode.BLINK, Mode.WIPE, Mode.DIFFERENCE])
def test_both_sides_are_told_in_every_mode(viewer, mode, qtbot):
    viewer.set_mode(mode)
    place = place_of(viewer, 30, 40)
    move(viewer.canvas, place.x(), place.y())
    probe = viewer.inspection.probe
    assert (probe.x, probe.y) == (30, 40)
    assert None not in (probe.base, probe.head)


def test_an_image_alone_leaves_the_other_out(open_viewer, settle, tmp_path):
    save(tmp_path / "head" / "new.png", noise(60, 40))
    viewer = open_viewer()
    settle(viewer, Change("new.png", Status.ADDED, head=ImageRecord("new.png")))
    place = place_of(viewer, 5, 6)
    move(viewer.canvas, place.x(), place.y())
    assert viewer.inspection.probe.base is None
    assert viewer.inspection.probe.head == (*noise(60, 40)[6, 5], 255)


def test_where_one_image_is_smaller_it_has_no_pixel(open_viewer, settle, tmp_path):
    save(tmp_path / "base" / "page.png", noise(50, 40))
    save(tmp_path / "head" / "page.png", noise(80, 40))
    viewer = open_viewer()
    settle(viewer, rows_in(tmp_path))
    place = place_of(viewer, 60, 10)
    move(viewer.canvas, place.x(), place.y())
    assert viewer.inspection.probe.base is None
    assert viewer.inspection.probe.head is not None
    assert viewer.inspection.probe.levels is None


def test_transparent_pixels_keep_their_exact_colour(open_viewer, settle, tmp_path):
    rgba = np.random.default_rng(3).integers(0, 256, (40, 60, 4), np.uint8)
    save(tmp_path / "base" / "page.png", rgba)
    save(tmp_path / "head" / "page.png", rgba[::-1].copy())
    viewer = open_viewer()
    settle(viewer, rows_in(tmp_path))
    for x, y in ((0, 0), (17, 23), (59, 39)):
        place = place_of(viewer, x, y)
        move(viewer.canvas, place.x(), place.y())
        assert viewer.inspection.probe.base == tuple(rgba[y, x])
        assert viewer.inspection.probe.head == tuple(rgba[39 - y, x])


def click(qtbot, viewer, x: int, y: int, pane: int = 0) -> None:
    place = place_of(viewer, x, y, pane)
    qtbot.mouseClick(viewer.canvas, Qt.MouseButton.LeftButton, pos=place)


def pinned(viewer) -> tuple[int, int] | None:
    probe = viewer.inspection.probe
    return (probe.x, probe.y) if probe is not None and probe.pinned else None


def test_a_click_holds_the_pixel_until_it_is_clicked_again(viewer, qtbot):
    click(qtbot, viewer, 20, 30)
    assert pinned(viewer) == (20, 30)
    move(viewer.canvas, 200, 300)
    assert pinned(viewer) == (20, 30)
    click(qtbot, viewer, 25, 31, pane=1)
    assert pinned(viewer) == (25, 31)
    click(qtbot, viewer, 25, 31)
    assert pinned(viewer) is None


def test_a_held_pixel_is_marked_around_in_all_panes(viewer, qtbot):
    viewer.canvas.zoom_to(8.0)
    centre = viewer.canvas.pane_areas()[0].center()
    before = grabbed(viewer.canvas)
    qtbot.mouseClick(viewer.canvas, Qt.MouseButton.LeftButton, pos=centre)
    viewer.canvas.clearFocus()
    x, y = pinned(viewer)
    after = grabbed(viewer.canvas)
    view = viewer.canvas.view
    for area in viewer.canvas.pane_areas():
        left, top = view.origin[0] + 8 * x, view.origin[1] + 8 * y
        old, new = cut(before, area), cut(after, area)
        inside = (slice(top, top + 8), slice(left, left + 8))
        assert np.array_equal(old[inside], new[inside])
        assert (new[top - 1, left : left + 8] == 255).all()
        assert (new[top - 2, left : left + 8] == 0).all()
        changed = np.argwhere((old != new).any(axis=-1))
        assert np.abs(changed - (top + 4, left + 4)).max() <= 20


def test_dragging_the_image_holds_nothing(viewer, qtbot):
    place = place_of(viewer, 20, 30)
    qtbot.mousePress(viewer.canvas, Qt.MouseButton.LeftButton, pos=place)
    move(viewer.canvas, place.x() + 40, place.y() + 30)
    qtbot.mouseRelease(viewer.canvas, Qt.MouseButton.LeftButton, pos=place + QPoint(40, 30))
    assert pinned(viewer) is None
    assert viewer.inspection.probe is not None


def test_taking_hold_of_the_wipe_holds_no_pixel(viewer, qtbot):
    viewer.set_mode(Mode.WIPE)
    qtbot.mouseClick(viewer.canvas, Qt.MouseButton.LeftButton, pos=viewer.canvas.handle().centre)
    assert pinned(viewer) is None


def test_escape_lets_go_before_it_leads_back(viewer, qtbot):
    click(qtbot, viewer, 20, 30)
    heard = []

    class Parent(QWidget):
        def keyPressEvent(self, event):
            heard.append(event.key())

    parent = Parent()
    qtbot.addWidget(parent)
    viewer.setParent(parent)
    qtbot.keyClick(viewer.canvas, Qt.Key.Key_Escape)
    assert pinned(viewer) is None
    assert heard == []
    qtbot.keyClick(viewer.canvas, Qt.Key.Key_Escape)
    assert heard == [Qt.Key.Key_Escape]
    viewer.setParent(None)


def test_another_image_is_not_held(viewer, settle, qtbot, tmp_path):
    save(tmp_path / "head" / "next.png", noise(300, 220, 9))
    click(qtbot, viewer, 20, 30)
    settle(viewer, rows_in(tmp_path, "next.png"))
    assert pinned(viewer) is None


def test_c_copies_the_held_pixel_else_the_one_under_the_pointer(viewer, qtbot):
    with qtbot.waitActive(viewer):
        viewer.activateWindow()
    copied = []
    viewer.copied.connect(copied.append)
    for x, y, hold in ((7, 8, False), (20, 30, True)):
        place = place_of(viewer, x, y)
        move(viewer.canvas, place.x(), place.y())
        if hold:
            click(qtbot, viewer, x, y)
            move(viewer.canvas, place.x() + 50, place.y())
        qtbot.keyClick(viewer.canvas, Qt.Key.Key_C)
        assert copied[-1].startswith(f"x {x} y {y} · base #")
        assert QGuiApplication.clipboard().text() == copied[-1]


def test_letters_belong_to_a_text_field(viewer, qtbot):
    window, field = QWidget(), QLineEdit()
    column = QVBoxLayout(window)
    column.addWidget(field)
    column.addWidget(viewer)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    copied, boxes = [], []
    viewer.copied.connect(copied.append)
    viewer.boxes_changed.connect(boxes.append)
    place = place_of(viewer, 7, 8)
    move(viewer.canvas, place.x(), place.y())
    field.setFocus()
    qtbot.keyClicks(field, "cjkh")
    qtbot.keyClick(field, Qt.Key.Key_H, Qt.KeyboardModifier.ShiftModifier)
    assert field.text().lower() == "cjkhh"
    assert copied == boxes == []
    assert viewer.inspection.region == -1
    viewer.setParent(None)
