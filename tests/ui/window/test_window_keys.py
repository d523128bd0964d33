"""The keyboard: where keys work, and where they write."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from snapreview.ui.viewer.modes import Mode

from .hands import CONTROL, Hands
from .sets import Sets

KEYS = Qt.Key


@pytest.fixture
def user(qtbot, compared) -> Hands:
    made = Hands(qtbot, compared)
    made.window.review.changes.table.setFocus()
    made.window.review.changes.table.go_to_row(0)
    made.until(made.window.review.viewer.commands.modes.isEnabled)
    return made


@pytest.fixture(params=["list", "viewer"])
def focused(request: pytest.FixtureRequest, user: Hands) -> Hands:
    """A user whose focus is in the list, then in the viewer."""
    if request.param == "viewer":
        user.key(KEYS.Key_Return)
        assert user.window.focusWidget() is user.window.review.viewer.canvas
    return user


@pytest.mark.parametrize(
    ("key", "modifier", "row"),
    [
        (KEYS.Key_Down, None, 3),
        (KEYS.Key_Up, None, 1),
        (KEYS.Key_Home, None, 0),
        (KEYS.Key_End, None, 6),
        (KEYS.Key_Up, CONTROL, 0),
        (KEYS.Key_Down, CONTROL, 6),
    ],
)
def test_walking_the_list(focused: Hands, key, modifier, row: int) -> None:
    focused.window.review.changes.table.go_to_row(2)
    focused.key(key, modifier or Qt.KeyboardModifier.NoModifier)
    assert focused.current() == Sets.listed[row]
    assert focused.selected() == (Sets.listed[row],)


def test_there_is_nothing_beyond_the_ends(user: Hands) -> None:
    user.key(KEYS.Key_Up)
    assert user.current() == Sets.listed[0]
    user.key(KEYS.Key_End)
    user.key(KEYS.Key_Down)
    assert user.current() == Sets.listed[-1]


def test_enter_goes_to_the_picture_and_escape_back(user: Hands) -> None:
    user.key(KEYS.Key_Return)
    assert user.window.focusWidget() is user.window.review.viewer.canvas
    user.key(KEYS.Key_Escape)
    assert user.window.focusWidget() is user.window.review.changes.table


@pytest.mark.parametrize(
    ("key", "names"),
    [
        ("1", Sets.listed[:3]),
        ("2", ("cart/broken.png",)),
        ("3", ("cart/gone.png",)),
        ("4", ("cart/fresh.png",)),
        ("5", ("cart/moved.png",)),
        ("6", ("home/same.png",)),
        ("7", ()),
        ("8", ()),
    ],
)
def test_numbers_isolate_a_status(user: Hands, key: str, names: tuple[str, ...]) -> None:
    user.key(key)
    assert user.listed() == names
    user.key(key)
    assert user.listed() == Sets.listed


def test_modes(focused: Hands) -> None:
    viewer = focused.window.review.viewer
    for key, mode in (
        (KEYS.Key_Left, Mode.BASE),
        (KEYS.Key_Right, Mode.HEAD),
        (KEYS.Key_T, Mode.BASE),
        (KEYS.Key_T, Mode.HEAD),
        (KEYS.Key_S, Mode.SPLIT),
    ):
        focused.key(key)
        assert viewer.mode is mode


def test_overlay(focused: Hands) -> None:
    viewer = focused.window.review.viewer
    before = viewer.overlay
    focused.key("d")
    assert viewer.overlay.visible is not before.visible
    focused.key("]")
    assert viewer.overlay.opacity > before.opacity
    focused.key("[")
    focused.key("[")
    assert viewer.overlay.opacity < before.opacity


def test_zoom(focused: Hands) -> None:
    canvas = focused.window.review.viewer.canvas
    focused.until(lambda: canvas.view.image == (48, 36))
    focused.key(KEYS.Key_Plus, CONTROL)
    assert not canvas.view.fitted
    focused.key("0")
    assert canvas.view.fitted
    focused.key("1", CONTROL)
    assert (canvas.view.zoom, canvas.view.fitted) == (1.0, False)


def state(user: Hands) -> tuple[object, ...]:
    viewer, review = user.window.review.viewer, user.window.review
    return viewer.mode, viewer.overlay, viewer.canvas.view.fitted, review.changes.bar.pressed


@pytest.mark.parametrize("way", ["ctrl", "slash"])
def test_in_the_filter_keys_only_write(user: Hands, way: str) -> None:
    if way == "ctrl":
        user.key(KEYS.Key_F, CONTROL)
    else:
        user.key(KEYS.Key_Slash)
    field = user.window.review.changes.bar.field
    assert user.window.focusWidget() is field
    before = state(user)
    user.key("std[]0123456780/")
    assert field.text() == "std[]0123456780/"
    assert state(user) == before
    user.key(KEYS.Key_Home)
    user.key(KEYS.Key_Right)
    user.key("x")
    user.key(KEYS.Key_Left)
    user.key("y")
    assert field.text() == "syxtd[]0123456780/"
    assert state(user) == before
    user.key("a", CONTROL)
    assert field.selectedText() == field.text()


def test_from_the_filter_into_the_list(user: Hands) -> None:
    user.key(KEYS.Key_Slash)
    user.key("cart")
    user.key(KEYS.Key_Down)
    assert user.window.focusWidget() is user.window.review.changes.table
    user.key(KEYS.Key_Slash)
    user.key(KEYS.Key_Escape)
    assert user.window.review.changes.bar.field.text() == ""
    user.key(KEYS.Key_Escape)
    assert user.window.focusWidget() is user.window.review.changes.table


def test_on_the_start_page_they_do_nothing(user: Hands) -> None:
    before = state(user), user.current()
    user.key("o", CONTROL)
    swap = user.window.findChild(QWidget, "startSwap")
    swap.setFocus()
    for key in "sd1]":
        user.qtbot.keyClick(swap, key)
    for key in (KEYS.Key_Down, KEYS.Key_Left, KEYS.Key_End):
        user.qtbot.keyClick(swap, key)
    assert (state(user), user.current()) == before


def test_swap_by_key_on_either_page(user: Hands, sets: Sets) -> None:
    swapped = sets.sources[::-1]
    user.key("o", CONTROL)
    user.key("S", CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert (user.window.start.base.source, user.window.start.head.source) == swapped
    user.press("startBack")
    user.key("S", CONTROL | Qt.KeyboardModifier.ShiftModifier)
    user.settle()
    assert user.text("headerTitle") == "   →   ".join(swapped)
