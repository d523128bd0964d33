"""The keyboard table, row by row: what is on screen, decided or copied after a key.

Each is pressed with the keyboard in the list, in the picture, and in the grid. That every key is
there and means one thing is told by test_window_keyboard_table.py.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QPlainTextEdit, QRadioButton, QWidget

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
    """A user whose keyboard is in the list, in the picture, or in the grid."""
    go_into(user, request.param)
    return user


def everywhere(user: Hands) -> Iterator[str]:
    """The keyboard in the list, then in the picture, then in the grid: each time in row 0, split,
    as a whole, with its overlay."""
    for name in PLACES:
        go_into(user, name)
        stand_on(user, 1)
        stand_on(user, 0)
        user.key("s")
        user.key("0")
        if not user.window.review.viewer.overlay.visible:
            user.key("d")
        yield name


def go_into(user: Hands, name: str) -> None:
    """Put the keyboard there, as a user does."""
    button = user.window.findChild(QAbstractButton, "showGrid")
    if button.isChecked() is not (name == "grid"):
        user.press("showGrid")
    user.window.review.focus_list()
    if name == "viewer":
        stand_on(user, 0)
        user.key(KEYS.Key_Return)
    assert user.window.focusWidget() is place_of(user, name)


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


def test_down_and_up(user: Hands) -> None:
    for _ in everywhere(user):
        in_grid = user.window.focusWidget() is user.window.review.grid
        stand_on(user, 3)
        user.key(KEYS.Key_Right if in_grid else KEYS.Key_Down)
        seen(user)
        assert user.selected() == (user.current(),) == (LISTED[4],)
        assert user.text("viewerTitle") == LISTED[4]
        assert colours_at(canvas(user), MIDDLE) == [GONE]
        user.key(KEYS.Key_Left if in_grid else KEYS.Key_Up)
        assert user.selected() == (user.current(),) == (LISTED[3],)


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
def test_first_and_last(user: Hands, first, last, held) -> None:
    for _ in everywhere(user):
        stand_on(user, 2)
        modifier = held or Qt.KeyboardModifier.NoModifier
        user.key(last, modifier)
        assert user.selected() == (user.current(),) == (LISTED[-1],)
        user.key(first, modifier)
        assert user.selected() == (user.current(),) == (LISTED[0],)
        seen(user)
        assert colours_at(canvas(user), (5, 5)) == [GREY, GREY]


# open in viewer / back to list


def test_enter_goes_to_the_picture_and_escape_back(user: Hands) -> None:
    ring = QColor(LIGHT.focus).getRgb()[:3]
    edge = canvas(user).height() // 2, 1
    for place in ("list", "grid"):
        go_into(user, place)
        for enter in (KEYS.Key_Return, KEYS.Key_Enter):
            assert tuple(pixels_of(canvas(user).grab().toImage())[edge]) != ring
            user.key(enter)
            assert user.window.focusWidget() is canvas(user)
            assert tuple(pixels_of(canvas(user).grab().toImage())[edge]) == ring
            user.key(KEYS.Key_Escape)
            assert user.window.focusWidget() is place_of(user, place)
            assert user.current() == LISTED[0]


# approve / reject / clear decision, next unreviewed


def test_a_and_r_decide_and_go_on_and_u_clears(user: Hands) -> None:
    for _ in everywhere(user):
        user.key("a")
        assert user.current() == LISTED[1]
        user.key("r")
        assert user.current() == LISTED[2]
        said = {LISTED[0]: "approved", LISTED[1]: "rejected"}
        assert verdicts(user) == listed_verdicts(user) == said
        inks = LIGHT.statuses["added"].ink, LIGHT.statuses["errored"].ink
        if user.window.review.changes.table.isVisible():
            assert [marked_in(user, row, ink) for row, ink in enumerate(inks)] == [True, True]
            assert not marked_in(user, 2, inks[0])
        stand_on(user, 0)
        user.key("u")
        assert verdicts(user) == listed_verdicts(user) == {LISTED[1]: "rejected"}
        assert user.current() == LISTED[0]
        clear_all(user)


def test_n_goes_to_the_next_unreviewed(user: Hands) -> None:
    for _ in everywhere(user):
        user.key("a")
        stand_on(user, 2)
        user.key("a")
        stand_on(user, 1)
        user.key("n")
        assert user.current() == LISTED[3]
        stand_on(user, len(LISTED) - 2)
        user.key("n")
        assert user.current() == LISTED[7]
        user.key("n")  # around the end
        assert user.current() == LISTED[1]
        clear_all(user)


def clear_all(user: Hands) -> None:
    user.key("a", CONTROL)
    user.key("u")
    assert verdicts(user) == listed_verdicts(user) == {}


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
def test_from_change_to_change(user: Hands, forth, back, held) -> None:
    for _ in everywhere(user):
        modifier = held or Qt.KeyboardModifier.NoModifier
        without_overlay(user)
        view = canvas(user).view
        where = []
        for key in (forth, forth, forth, forth, back):
            user.key(key, modifier)
            where.append(block_in_the_middle(user))
        assert where == [0, 1, 2, 0, 2]
        assert canvas(user).view.zoom > view.zoom
        assert count_of(canvas(user), LIGHT.accent) > 40
        assert user.current() == LISTED[0]


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


def test_ctrl_o_opens_the_start_page_with_what_is_open(user: Hands, album: Album) -> None:
    for _ in everywhere(user):
        user.key("o", CONTROL)
        start = user.window.start
        assert start.isVisible()
        assert (start.base.source, start.head.source) == album.sources
        assert user.window.focusWidget().objectName() == "headSource"
        user.press("startBack")


def test_ctrl_r_compares_again(user: Hands, album: Album) -> None:
    for removed, place in enumerate(everywhere(user), 1):
        assert f"{removed} removed" in user.pills(), place
        (album.head / LISTED[removed]).unlink()
        user.key("r", CONTROL)
        user.settle()
        assert f"{removed + 1} removed" in user.pills(), place


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
def test_undo_and_redo(user: Hands, redo: str, held) -> None:
    for _ in everywhere(user):
        user.key("a")
        user.key("r")
        user.key("z", CONTROL)
        assert verdicts(user) == listed_verdicts(user) == {LISTED[0]: "approved"}
        user.key("z", CONTROL)
        assert verdicts(user) == listed_verdicts(user) == {}
        user.key(redo, held)
        assert verdicts(user) == listed_verdicts(user) == {LISTED[0]: "approved"}
        clear_all(user)


# overlay weaker / stronger; overlay / flash / boxes


def test_brackets_make_the_overlay_weaker_and_stronger(user: Hands) -> None:
    for _ in everywhere(user):
        colour = user.window.review.viewer.overlay.colour
        for key, opacity in (
            ("[", 0.6),
            ("[", 0.5),
            ("]", 0.6),
            ("]", 0.7),
            ("]", 0.8),
            ("[", 0.7),
        ):
            user.key(key)
            for shown, under in zip(colours_at(canvas(user), MIDDLE), (GREY, BLACK), strict=True):
                assert near(shown, mixed(colour, opacity, under)), (key, opacity)


def test_d_shows_and_hides_the_overlay(user: Hands) -> None:
    for _ in everywhere(user):
        assert GREY not in colours_at(canvas(user), MIDDLE)
        user.key("d")
        assert colours_at(canvas(user), MIDDLE) == [GREY, BLACK]
        user.key("d")
        assert GREY not in colours_at(canvas(user), MIDDLE)
        assert colours_at(canvas(user), (5, 5)) == [GREY, GREY]


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


def test_h_flashes_from_anywhere(user: Hands) -> None:
    for _ in everywhere(user):
        user.key("h")
        assert colours_at(canvas(user), MIDDLE) == [GREY, BLACK]


def test_shift_h_shows_all_boxes(user: Hands) -> None:
    for _ in everywhere(user):
        without_overlay(user)
        assert count_of(canvas(user), LIGHT.accent) == 0
        user.key("H", SHIFT)
        boxed = count_of(canvas(user), LIGHT.accent)
        assert boxed > 3 * 4 * BLOCK * canvas(user).view.zoom
        assert [colours_at(canvas(user), place) for place in MIDDLES] == [[GREY, BLACK]] * 3
        user.key("H", SHIFT)
        assert count_of(canvas(user), LIGHT.accent) == 0


# settings


def test_ctrl_comma_opens_the_settings(user: Hands) -> None:
    for _ in everywhere(user):
        user.key(",", CONTROL)
        dialog = user.dialog("settingsDialog")
        assert dialog.isVisible()
        user.qtbot.keyClick(dialog, KEYS.Key_Escape)
        gone(user, "settingsDialog")


# mode


def test_modes(user: Hands) -> None:
    """By what the panes show of the block in the middle, and beside it, where nothing changed."""
    for _ in everywhere(user):
        without_overlay(user)
        shade = ViewerColours.of(LIGHT).shade
        dimmed = mixed(shade, shade.alphaF(), GREY)
        beside = ABOVE[0], BELOW[1]
        for key, mode, block, rest in (
            ("w", Mode.WIPE, None, [GREY]),
            ("o", Mode.ONION, [mixed(QColor("black"), 0.5, GREY)], [GREY]),
            ("f", Mode.DIFFERENCE, [BLACK], [dimmed]),
            ("b", Mode.BLINK, [GREY], [GREY]),
            ("s", Mode.SPLIT, [GREY, BLACK], [GREY, GREY]),
        ):
            user.key(key)
            seen(user)
            assert user.window.review.viewer.mode is mode
            shown = colours_at(canvas(user), MIDDLE), colours_at(canvas(user), beside)
            for found, wanted in zip(shown, (block, rest), strict=True):
                assert wanted is None or all(map(near, found, wanted)), (mode, found)
                assert wanted is None or len(found) == len(wanted), mode


def test_wipe_shows_the_base_at_its_left_and_the_head_at_its_right(user: Hands) -> None:
    for _ in everywhere(user):
        without_overlay(user)
        user.key("w")
        assert colours_at(canvas(user), ABOVE) == [GREY]
        assert colours_at(canvas(user), BELOW) == [BLACK]
        for key, colour in ((",", BLACK), (".", GREY)):
            for _ in range(20):
                user.key(key)  # the line goes near the left edge, and back
            assert colours_at(canvas(user), ABOVE) == [colour]


def test_blink_shows_the_other_image_after_a_moment(user: Hands) -> None:
    without_overlay(user)
    user.key("b")
    for _ in range(3):
        user.key(",")
    user.until(lambda: colours_at(canvas(user), MIDDLE) == [BLACK])
    user.until(lambda: colours_at(canvas(user), MIDDLE) == [GREY])


def test_base_head_and_t(user: Hands) -> None:
    """In the grid, arrows move in the grid."""
    for _ in everywhere(user):
        without_overlay(user)
        keys = [(KEYS.Key_Left, GREY), (KEYS.Key_Right, BLACK), ("t", GREY), ("t", BLACK)]
        if user.window.focusWidget() is user.window.review.grid:
            keys = [("t", BLACK), ("t", GREY), ("t", BLACK)]
        for key, colour in keys:
            user.key(key)
            assert colours_at(canvas(user), MIDDLE) == [colour]
        assert user.current() == LISTED[0]


# zoom


def test_zoom(user: Hands) -> None:
    for _ in everywhere(user):
        without_overlay(user)
        fitted = width_of_block(canvas(user))
        assert 0 < fitted < BLOCK
        for key, held, width in (
            ("1", CONTROL, BLOCK),
            (KEYS.Key_Plus, CONTROL, 1.5 * BLOCK),
            (KEYS.Key_Equal, CONTROL, 2 * BLOCK),
            (KEYS.Key_Minus, CONTROL, 1.5 * BLOCK),
            ("0", Qt.KeyboardModifier.NoModifier, fitted),
        ):
            user.key(key, held)
            assert abs(width_of_block(canvas(user)) - width) <= 1, key
        for width in (BLOCK, fitted):
            user.key(KEYS.Key_Space)
            assert abs(width_of_block(canvas(user)) - width) <= 1, "space"
        assert user.current() == LISTED[0]


# filter


@pytest.mark.parametrize(("key", "held"), [("f", CONTROL), ("/", None)], ids=["ctrl-f", "slash"])
def test_the_filter(user: Hands, key: str, held) -> None:
    for _ in everywhere(user):
        for typed, found in (("tw", (LISTED[1],)), ("gone", (LISTED[4],))):
            user.key(key, held or Qt.KeyboardModifier.NoModifier)
            field = user.window.review.changes.bar.field
            assert user.window.focusWidget() is field
            user.key(typed)
            assert field.text() == typed  # over what was there
            assert user.listed() == found
            user.window.review.focus_list()
        user.key("/")
        user.key(KEYS.Key_Escape)
        user.key(KEYS.Key_Escape)
        assert user.listed() == LISTED


# isolate status n, subtle


def test_numbers_isolate_a_status(user: Hands) -> None:
    for place in everywhere(user):
        for key, names in (
            *(("1", LISTED[:3]), ("2", LISTED[3:4]), ("3", LISTED[4:5]), ("4", LISTED[5:6])),
            *(("5", LISTED[6:7]), ("6", (UNLISTED,)), ("7", ()), ("8", LISTED[7:])),
        ):
            user.key(key)
            assert user.listed() == names, (place, key)
            user.key(key)
            assert user.listed() == LISTED, (place, key)
    user.key("7")
    assert user.pills()[-1] == "0 skipped"
    assert user.empty() is not None


# select all shown; export selection


def test_ctrl_a_selects_all_that_is_shown(user: Hands) -> None:
    for _ in everywhere(user):
        user.key("1")
        user.key("a", CONTROL)
        assert user.selected() == LISTED[:3]
        assert user.text("inspectorCount") == "3 images selected"
        assert verdicts(user) == {}
        user.key("1")


def test_ctrl_e_exports_the_selection(user: Hands) -> None:
    for _ in everywhere(user):
        user.key("1")
        user.key("a", CONTROL)
        user.key("e", CONTROL)
        dialog = user.dialog("exportDialog")
        choice = dialog.findChild(QRadioButton, "exportSelected")
        assert (choice.isChecked(), choice.text()) == (True, "&Selected (3)")
        dialog.reject()
        gone(user, "exportDialog")
        user.key("1")


def gone(user: Hands, name: str) -> None:
    user.until(lambda: user.window.findChild(QWidget, name) is None)


# copy image / copy details


def test_ctrl_c_copies_the_image_that_is_looked_at(user: Hands) -> None:
    clipboard = QGuiApplication.clipboard()
    modes = (("s", BLACK), ("t", BLACK), ("t", GREY))  # split and head, then base
    for _ in everywhere(user):
        for key, colour in modes:
            clipboard.clear()
            user.key(key)
            user.key("c", CONTROL)
            user.until(lambda: not clipboard.image().isNull())
            image = clipboard.image()
            assert image.size().toTuple() == SIZE
            assert image.pixelColor(*MIDDLE).getRgb()[:3] == colour


def test_ctrl_shift_c_copies_details(user: Hands) -> None:
    for _ in everywhere(user):
        user.key("C", CONTROL | SHIFT)
        text = QGuiApplication.clipboard().text()
        assert LISTED[0] in text
        assert "400 × 300" in text


# grid and groups, which the table leaves out


def test_g_shows_the_grid_and_shift_g_groups(user: Hands) -> None:
    page = user.window.review
    user.key("g")
    assert (page.grid.isVisible(), page.changes.table.isVisible()) == (True, False)
    user.key("g")
    assert (page.grid.isVisible(), page.changes.table.isVisible()) == (False, True)
    user.key("G", SHIFT)
    assert page.changes.model.group(0).name == "page"
    user.key("G", SHIFT)
    assert user.listed() == LISTED


# inspector panel; shortcuts sheet


def test_i_shows_and_hides_the_inspector(user: Hands) -> None:
    inspector, width = user.window.review.inspector, canvas(user).width()
    for name in everywhere(user):
        user.key("i")
        assert not inspector.isVisible()
        user.until(lambda: canvas(user).width() > width)
        user.key("i")
        assert inspector.isVisible()
        user.until(lambda: canvas(user).width() == width)
        assert user.window.focusWidget() is place_of(user, name)


@pytest.mark.parametrize("key", ["?", KEYS.Key_F1])
def test_the_sheet_of_shortcuts_opens_and_closes_by_its_key(user: Hands, key) -> None:
    for _ in everywhere(user):
        user.key(key)
        sheet = user.dialog("shortcutsSheet")
        assert sheet.isVisible()
        rows = sheet.findChildren(QWidget, "shortcutsRow")
        assert "Difference: F" in [row.accessibleName() for row in rows]
        user.qtbot.keyClick(sheet.focusWidget(), KEYS.Key_F1)
        gone(user, "shortcutsSheet")


def test_an_added_and_a_removed_image_are_alone_in_every_mode(user: Hands) -> None:
    for row, colour in ((4, GONE), (5, NEW)):
        stand_on(user, row)
        for key in "swobf":
            user.key(key)
            assert colours_at(canvas(user), MIDDLE) == [colour]
    assert Verdict.APPROVED.value not in verdicts(user).values()
