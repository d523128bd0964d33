"""The keyboard table, row by row: what is on screen, decided or copied after a key.

Each is pressed with the keyboard in the list, in the picture, and in the grid. That every key is
there and means one thing is told by test_window_keyboard_table.py.
"""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QRadioButton, QWidget

from snapreview.model.decision import Verdict
from snapreview.ui.changes.model import Role
from snapreview.ui.theme_tokens import LIGHT
from snapreview.ui.viewer.canvas import Canvas
from snapreview.ui.viewer.colours import ViewerColours
from snapreview.ui.viewer.modes import Mode

from .album import (
    ABOVE,
    BELOW,
    BLACK,
    BLOCK,
    GONE,
    GREY,
    LISTED,
    MIDDLE,
    MIDDLES,
    NEW,
    SIZE,
    UNLISTED,
    Album,
    colours_at,
    count_of,
    in_the_middle,
    make_album,
    mixed,
    near,
    width_of_block,
)
from .eyes import pixels_of
from .hands import CONTROL, SETTLES, Hands

KEYS = Qt.Key
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
PLACES = ("list", "viewer", "grid")


@pytest.fixture
def album(tmp_path) -> Album:
    return make_album(tmp_path / "album")


@pytest.fixture
def user(qtbot, open_desktop, album: Album) -> Hands:
    """A user in the first row of a compared album."""
    desktop = open_desktop(theme="light")
    with qtbot.waitSignal(desktop.window.settled, timeout=SETTLES):
        desktop.show(album.sources)
    made = Hands(qtbot, desktop)
    made.window.review.focus_list()
    stand_on(made, 0)
    return made


@pytest.fixture(params=PLACES)
def at(request: pytest.FixtureRequest, user: Hands) -> Hands:
    """A user whose keyboard is in the list, then in the picture, then in the grid."""
    if request.param == "viewer":
        user.key(KEYS.Key_Return)
    if request.param == "grid":
        user.press("showGrid")
        user.window.review.focus_list()
    assert user.window.focusWidget() is place_of(user, request.param)
    return user


def place_of(user: Hands, name: str) -> QWidget:
    page = user.window.review
    return {"list": page.changes.table, "viewer": page.viewer.canvas, "grid": page.grid}[name]


def canvas(user: Hands) -> Canvas:
    return user.window.review.viewer.canvas


def stand_on(user: Hands, row: int) -> None:
    """Have a row current, and its image on screen."""
    user.window.review.changes.table.go_to_row(row)
    seen(user)


def seen(user: Hands) -> None:
    """Wait until the current image is on screen."""
    user.until(lambda: user.window.review.viewer.supply.complete)


def verdicts(user: Hands) -> dict[str, str]:
    """What the desk holds."""
    found = user.window.deciding.desk.decisions.items()
    return {name: said.verdict.value for name, said in found if said.verdict}


def listed_verdicts(user: Hands) -> dict[str, str]:
    """What the list holds."""
    model = user.window.review.changes.model
    texts = [(model.change(row).name, model.text(row).verdict) for row in range(model.rowCount())]
    return {name: verdict.value for name, verdict in texts if verdict}


def marked_in(user: Hands, row: int, ink: str) -> bool:
    """Whether the list paints something in this colour at the right end of a row."""
    table = user.window.review.changes.table
    area = table.visualRect(table.model().index(row, 1))
    area.setLeft(area.right() - 34)  # where the mark of a decision has its column
    shown = pixels_of(table.viewport().grab(area).toImage())
    return bool((shown == QColor(ink).getRgb()[:3]).all(axis=-1).any())


def without_overlay(user: Hands) -> None:
    if user.window.review.viewer.overlay.visible:
        user.key("d")


# next / previous image


def test_down_and_up(at: Hands) -> None:
    in_grid = at.window.focusWidget() is at.window.review.grid
    stand_on(at, 3)
    at.key(KEYS.Key_Right if in_grid else KEYS.Key_Down)
    seen(at)
    assert at.selected() == (at.current(),) == (LISTED[4],)
    assert at.text("viewerTitle") == LISTED[4]
    assert colours_at(canvas(at), MIDDLE) == [GONE]
    at.key(KEYS.Key_Left if in_grid else KEYS.Key_Up)
    assert at.selected() == (at.current(),) == (LISTED[3],)


def test_down_and_up_in_the_grid_go_to_the_tile_below_and_above(user: Hands) -> None:
    user.press("showGrid")
    grid = user.window.review.grid
    user.window.review.focus_list()
    above = grid.visualRect(grid.currentIndex())
    user.key(KEYS.Key_Down)
    below = grid.visualRect(grid.currentIndex())
    assert below.left() == above.left()
    assert below.top() > above.bottom()
    user.key(KEYS.Key_Up)
    assert user.current() == LISTED[0]


def test_there_is_nothing_beyond_the_ends(user: Hands) -> None:
    user.key(KEYS.Key_Up)
    assert user.current() == LISTED[0]
    user.key(KEYS.Key_End)
    user.key(KEYS.Key_Down)
    assert user.current() == LISTED[-1]


# first / last image


@pytest.mark.parametrize(
    ("first", "last", "held"),
    [(KEYS.Key_Home, KEYS.Key_End, None), (KEYS.Key_Up, KEYS.Key_Down, CONTROL)],
    ids=["home-end", "ctrl-arrows"],
)
def test_first_and_last(at: Hands, first, last, held) -> None:
    stand_on(at, 2)
    modifier = held or Qt.KeyboardModifier.NoModifier
    at.key(last, modifier)
    assert at.selected() == (at.current(),) == (LISTED[-1],)
    at.key(first, modifier)
    assert at.selected() == (at.current(),) == (LISTED[0],)
    seen(at)
    assert colours_at(canvas(at), (5, 5)) == [GREY, GREY]


# open in viewer / back to list


@pytest.mark.parametrize("place", ["list", "grid"])
@pytest.mark.parametrize("enter", [KEYS.Key_Return, KEYS.Key_Enter])
def test_enter_goes_to_the_picture_and_escape_back(user: Hands, place: str, enter) -> None:
    if place == "grid":
        user.press("showGrid")
        user.window.review.focus_list()
    ring = QColor(LIGHT.focus).getRgb()[:3]
    edge = 1, canvas(user).height() // 2
    assert pixels_of(canvas(user).grab().toImage())[edge[::-1]].tolist() != list(ring)
    user.key(enter)
    assert user.window.focusWidget() is canvas(user)
    assert pixels_of(canvas(user).grab().toImage())[edge[::-1]].tolist() == list(ring)
    user.key(KEYS.Key_Escape)
    assert user.window.focusWidget() is place_of(user, place)
    assert user.current() == LISTED[0]


# approve / reject / clear decision, next unreviewed


def test_a_and_r_decide_and_go_on_and_u_clears(at: Hands) -> None:
    at.key("a")
    assert at.current() == LISTED[1]
    at.key("r")
    assert at.current() == LISTED[2]
    said = {LISTED[0]: "approved", LISTED[1]: "rejected"}
    assert verdicts(at) == listed_verdicts(at) == said
    inks = LIGHT.statuses["added"].ink, LIGHT.statuses["errored"].ink
    if at.window.review.changes.table.isVisible():
        assert [marked_in(at, row, ink) for row, ink in enumerate(inks)] == [True, True]
        assert not marked_in(at, 2, inks[0])
    stand_on(at, 0)
    at.key("u")
    assert verdicts(at) == listed_verdicts(at) == {LISTED[1]: "rejected"}
    assert at.current() == LISTED[0]


def test_n_goes_to_the_next_unreviewed(at: Hands) -> None:
    at.key("a")
    stand_on(at, 2)
    at.key("a")
    stand_on(at, 1)
    at.key("n")
    assert at.current() == LISTED[3]
    stand_on(at, len(LISTED) - 2)
    at.key("n")  # the last one, subtle, is nothing to judge: around the end
    assert at.current() in (LISTED[-1], LISTED[1])


# note


def test_m_writes_a_note(at: Hands) -> None:
    at.key("i")
    assert not at.window.review.inspector.isVisible()
    at.key("m")
    note = at.window.findChild(QPlainTextEdit, "note")
    assert at.window.focusWidget() is note
    at.key("too dark")
    at.key(KEYS.Key_Escape)
    assert at.window.focusWidget() is not note
    at.until(lambda: at.window.deciding.desk.decision(LISTED[0]).note == "too dark")
    model = at.window.review.changes.model
    assert model.index(0, 0).data(Role.DECISION).note == "too dark"


# next / previous change in the image


@pytest.mark.parametrize(
    ("forth", "back", "held"),
    [("j", "k", None), (KEYS.Key_Down, KEYS.Key_Up, ALT)],
    ids=["letters", "alt-arrows"],
)
def test_from_change_to_change(at: Hands, forth, back, held) -> None:
    modifier = held or Qt.KeyboardModifier.NoModifier
    without_overlay(at)
    view = canvas(at).view
    where = []
    for key in (forth, forth, forth, forth, back):
        at.key(key, modifier)
        where.append(block_in_the_middle(at))
    assert where == [0, 1, 2, 0, 2]
    assert canvas(at).view.zoom > view.zoom
    assert count_of(canvas(at), LIGHT.accent) > 40
    assert at.current() == LISTED[0]


def block_in_the_middle(user: Hands) -> int:
    """Which block the panes have in their middle: the head shows it, the base does not."""
    assert in_the_middle(canvas(user)) == [GREY, BLACK]
    shown, view = canvas(user).pane_areas()[0], canvas(user).view
    place = [
        (side / 2 - origin) / view.zoom
        for side, origin in zip((shown.width(), shown.height()), view.origin, strict=True)
    ]
    away = [max(abs(a - b) for a, b in zip(place, middle, strict=True)) for middle in MIDDLES]
    assert min(away) < 3
    return away.index(min(away))


# open / reload / swap base and head


def test_ctrl_o_opens_the_start_page_with_what_is_open(at: Hands, album: Album) -> None:
    at.key("o", CONTROL)
    start = at.window.start
    assert start.isVisible()
    assert (start.base.source, start.head.source) == album.sources
    assert at.window.focusWidget().objectName() == "headSource"


def test_ctrl_r_compares_again(at: Hands, album: Album) -> None:
    (album.head / LISTED[1]).unlink()
    at.key("r", CONTROL)
    at.settle()
    assert "2 removed" in at.pills()
    assert LISTED[1] in at.listed()


def test_ctrl_shift_s_swaps_on_either_page(at: Hands, album: Album) -> None:
    swapped = album.sources[::-1]
    at.key("S", CONTROL | SHIFT)
    at.settle()
    assert at.text("headerTitle") == "   →   ".join(swapped)
    at.window.review.changes.table.go_to(LISTED[4])
    assert at.text("viewerSummary").startswith("Added")
    at.key("o", CONTROL)
    at.key("S", CONTROL | SHIFT)
    assert (at.window.start.base.source, at.window.start.head.source) == album.sources


# undo / redo a decision


@pytest.mark.parametrize(("redo", "held"), [("Z", CONTROL | SHIFT), ("y", CONTROL)])
def test_undo_and_redo(at: Hands, redo: str, held) -> None:
    at.key("a")
    at.key("r")
    at.key("z", CONTROL)
    assert verdicts(at) == listed_verdicts(at) == {LISTED[0]: "approved"}
    at.key("z", CONTROL)
    assert verdicts(at) == listed_verdicts(at) == {}
    at.key(redo, held)
    assert verdicts(at) == listed_verdicts(at) == {LISTED[0]: "approved"}


# overlay weaker / stronger; overlay / flash / boxes


def test_brackets_make_the_overlay_weaker_and_stronger(at: Hands) -> None:
    colour = at.window.review.viewer.overlay.colour
    for key, opacity in (("[", 0.6), ("[", 0.5), ("]", 0.6), ("]", 0.7), ("]", 0.8)):
        at.key(key)
        for shown, under in zip(colours_at(canvas(at), MIDDLE), (GREY, BLACK), strict=True):
            assert near(shown, mixed(colour, opacity, under)), (key, opacity)


def test_d_shows_and_hides_the_overlay(at: Hands) -> None:
    assert GREY not in colours_at(canvas(at), MIDDLE)
    at.key("d")
    assert colours_at(canvas(at), MIDDLE) == [GREY, BLACK]
    at.key("d")
    assert GREY not in colours_at(canvas(at), MIDDLE)
    assert colours_at(canvas(at), (5, 5)) == [GREY, GREY]


@pytest.mark.parametrize("visible", [True, False])
def test_h_flashes_the_overlay(user: Hands, visible: bool) -> None:
    if not visible:
        user.key("d")

    def is_tinted() -> bool:
        return colours_at(canvas(user), MIDDLE) != [GREY, BLACK]

    assert is_tinted() is visible
    user.key("h")
    assert is_tinted() is not visible
    user.until(lambda: is_tinted() is visible)


def test_h_flashes_from_anywhere(at: Hands) -> None:
    at.key("h")
    assert colours_at(canvas(at), MIDDLE) == [GREY, BLACK]


def test_shift_h_shows_all_boxes(at: Hands) -> None:
    without_overlay(at)
    assert count_of(canvas(at), LIGHT.accent) == 0
    at.key("H", SHIFT)
    boxed = count_of(canvas(at), LIGHT.accent)
    assert boxed > 3 * 4 * BLOCK * canvas(at).view.zoom
    assert [colours_at(canvas(at), place) for place in MIDDLES] == [[GREY, BLACK]] * 3
    at.key("H", SHIFT)
    assert count_of(canvas(at), LIGHT.accent) == 0


# settings


def test_ctrl_comma_opens_the_settings(at: Hands) -> None:
    at.key(",", CONTROL)
    dialog = at.dialog("settingsDialog")
    assert dialog.isVisible()
    at.qtbot.keyClick(dialog, KEYS.Key_Escape)
    at.until(lambda: at.window.findChild(QWidget, "settingsDialog") is None)


# mode


def test_modes(at: Hands) -> None:
    """By what the panes show of the block in the middle, and beside it, where nothing changed."""
    without_overlay(at)
    shade = ViewerColours.of(LIGHT).shade
    dimmed = mixed(shade, shade.alphaF(), GREY)
    beside = MIDDLE[0], MIDDLE[1] + 2 * BLOCK
    for key, mode, block, rest in (
        ("w", Mode.WIPE, None, [GREY]),
        ("o", Mode.ONION, [mixed(QColor("black"), 0.5, GREY)], [GREY]),
        ("f", Mode.DIFFERENCE, [BLACK], [dimmed]),
        ("b", Mode.BLINK, [GREY], [GREY]),
        ("s", Mode.SPLIT, [GREY, BLACK], [GREY, GREY]),
    ):
        at.key(key)
        seen(at)
        assert at.window.review.viewer.mode is mode
        shown = colours_at(canvas(at), MIDDLE), colours_at(canvas(at), beside)
        for found, wanted in zip(shown, (block, rest), strict=True):
            assert wanted is None or all(map(near, found, wanted)), (mode, found)
            assert wanted is None or len(found) == len(wanted), mode


def test_wipe_shows_the_base_at_its_left_and_the_head_at_its_right(at: Hands) -> None:
    without_overlay(at)
    at.key("w")
    assert colours_at(canvas(at), ABOVE) == [GREY]
    assert colours_at(canvas(at), BELOW) == [BLACK]
    for _ in range(25):
        at.key(",")  # the line goes to the left edge
    assert colours_at(canvas(at), ABOVE) == [BLACK]


def test_blink_shows_the_other_image_after_a_moment(user: Hands) -> None:
    without_overlay(user)
    user.key("b")
    for _ in range(3):
        user.key(",")
    user.until(lambda: colours_at(canvas(user), MIDDLE) == [BLACK])
    user.until(lambda: colours_at(canvas(user), MIDDLE) == [GREY])


def test_base_head_and_t(at: Hands) -> None:
    """In the grid, arrows move in the grid."""
    without_overlay(at)
    keys = [(KEYS.Key_Left, GREY), (KEYS.Key_Right, BLACK), ("t", GREY), ("t", BLACK)]
    if at.window.focusWidget() is at.window.review.grid:
        keys = [("t", BLACK), ("t", GREY), ("t", BLACK)]
    for key, colour in keys:
        at.key(key)
        assert colours_at(canvas(at), MIDDLE) == [colour]
    assert at.current() == LISTED[0]


# zoom


def test_zoom(at: Hands) -> None:
    without_overlay(at)
    fitted = width_of_block(canvas(at))
    assert 0 < fitted < BLOCK
    for key, held, width in (
        ("1", CONTROL, BLOCK),
        (KEYS.Key_Plus, CONTROL, 1.5 * BLOCK),
        (KEYS.Key_Equal, CONTROL, 2 * BLOCK),
        (KEYS.Key_Minus, CONTROL, 1.5 * BLOCK),
        ("0", Qt.KeyboardModifier.NoModifier, fitted),
    ):
        at.key(key, held)
        assert abs(width_of_block(canvas(at)) - width) <= 1, key
    for width in (BLOCK, fitted):
        at.key(KEYS.Key_Space)
        assert abs(width_of_block(canvas(at)) - width) <= 1, "space"
    assert at.current() == LISTED[0]


# filter


@pytest.mark.parametrize(("key", "held"), [("f", CONTROL), ("/", None)], ids=["ctrl-f", "slash"])
def test_the_filter(at: Hands, key: str, held) -> None:
    for typed, found in (("tw", (LISTED[1],)), ("gone", (LISTED[4],))):
        at.key(key, held or Qt.KeyboardModifier.NoModifier)
        field = at.window.review.changes.bar.field
        assert at.window.focusWidget() is field
        at.key(typed)
        assert field.text() == typed  # over what was there
        assert at.listed() == found
        at.window.review.focus_list()


# isolate status n, subtle


@pytest.mark.parametrize("place", PLACES)
def test_numbers_isolate_a_status(user: Hands, place: str) -> None:
    if place == "grid":
        user.press("showGrid")
    place_of(user, place).setFocus()
    for key, names in (
        *(("1", LISTED[:3]), ("2", LISTED[3:4]), ("3", LISTED[4:5]), ("4", LISTED[5:6])),
        *(("5", LISTED[6:7]), ("6", (UNLISTED,)), ("7", ()), ("8", LISTED[7:])),
    ):
        user.key(key)
        assert user.listed() == names, key
        user.key(key)
        assert user.listed() == LISTED, key
    user.key("7")
    assert user.pills()[-1] == "0 skipped"
    assert user.empty()[0] == "No match"


# select all shown; export selection


def test_ctrl_a_selects_all_that_is_shown(at: Hands) -> None:
    at.key("1")
    at.key("a", CONTROL)
    assert at.selected() == LISTED[:3]
    assert at.text("inspectorCount") == "3 images selected"
    assert verdicts(at) == {}


def test_ctrl_e_exports_the_selection(at: Hands) -> None:
    at.key("1")
    at.key("a", CONTROL)
    at.key("e", CONTROL)
    dialog = at.dialog("exportDialog")
    choice = dialog.findChild(QRadioButton, "exportSelected")
    assert (choice.isChecked(), choice.text()) == (True, "&Selected (3)")
    dialog.reject()


# copy image / copy details


def test_ctrl_c_copies_the_image_that_is_looked_at(at: Hands) -> None:
    clipboard = QGuiApplication.clipboard()
    modes = (("s", BLACK), ("t", BLACK), ("t", GREY))  # split and head, then base
    for key, colour in modes:
        clipboard.clear()
        at.key(key)
        at.key("c", CONTROL)
        at.until(lambda: not clipboard.image().isNull())
        image = clipboard.image()
        assert image.size().toTuple() == SIZE
        assert image.pixelColor(*MIDDLE).getRgb()[:3] == colour


def test_ctrl_shift_c_copies_details(at: Hands) -> None:
    at.key("C", CONTROL | SHIFT)
    text = QGuiApplication.clipboard().text()
    assert LISTED[0] in text
    assert "400 × 300" in text


# inspector panel; shortcuts sheet


def test_i_shows_and_hides_the_inspector(at: Hands) -> None:
    inspector, width = at.window.review.inspector, canvas(at).width()
    focused = at.window.focusWidget()
    at.key("i")
    assert not inspector.isVisible()
    assert canvas(at).width() > width
    at.key("i")
    assert inspector.isVisible()
    assert canvas(at).width() == width
    assert at.window.focusWidget() is focused


@pytest.mark.parametrize("key", ["?", KEYS.Key_F1])
def test_the_sheet_of_shortcuts_opens_and_closes_by_its_key(at: Hands, key) -> None:
    at.key(key)
    sheet = at.dialog("shortcutsSheet")
    assert sheet.isVisible()
    rows = sheet.findChildren(QWidget, "shortcutsRow")
    assert "Difference: F" in [row.accessibleName() for row in rows]
    at.qtbot.keyClick(sheet.focusWidget(), KEYS.Key_F1)
    at.until(lambda: at.window.findChild(QWidget, "shortcutsSheet") is None)


def test_an_added_and_a_removed_image_are_alone_in_every_mode(user: Hands) -> None:
    for row, colour in ((4, GONE), (5, NEW)):
        stand_on(user, row)
        for key in "swobf":
            user.key(key)
            assert colours_at(canvas(user), MIDDLE) == [colour]
    assert Verdict.APPROVED.value not in verdicts(user).values()
