"""Suggestions below the filter field, by keyboard and mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QListView, QPushButton, QVBoxLayout, QWidget

from snapreview.model.change import Change, Status
from snapreview.model.decision import UNDECIDED
from snapreview.model.manifest import ImageRecord
from snapreview.model.query import haystack
from snapreview.model.query_vocabulary import Vocabulary
from snapreview.ui.changes.filter_bar import FilterBar
from snapreview.ui.theme import DARK, LIGHT

KEYS, LEFT = Qt.Key, Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
KEY_NAMES = ("status", "group", "name", "diff", "size", "is", "has")


class Asked:
    def __init__(self, name, status, group):
        self.change = Change(name, status, head=ImageRecord(name, group=group))
        self.haystack = haystack(self.change)
        self.decision = UNDECIDED


ROWS = [
    Asked("a.png", Status.CHANGED, "My Account"),
    Asked("b.png", Status.CHANGED, "My Account"),
    Asked("c.png", Status.ADDED, "Checkout"),
]


@pytest.fixture
def window(qtbot):
    found = QWidget()
    column = QVBoxLayout(found)
    found.bar = FilterBar(LIGHT)
    column.addWidget(found.bar)
    column.addStretch(1)
    column.addWidget(QPushButton("Other", objectName="other"))
    words = Vocabulary(lambda: ROWS)
    found.bar.set_vocabulary(lambda: words)
    found.left = []
    found.bar.listRequested.connect(lambda: found.left.append(True))
    qtbot.addWidget(found)
    found.resize(420, 400)
    with qtbot.waitExposed(found):
        found.show()
    found.activateWindow()
    found.bar.focus_field()
    qtbot.waitUntil(found.bar.field.hasFocus)
    return found


@pytest.fixture
def field(window):
    return window.bar.field


def popup(window):
    return window.findChild(QListView, "filterSuggestions")


def offered(window):
    shown = popup(window)
    if shown is None or not shown.isVisible():
        return []
    return [shown.model().index(row, 0).data() for row in range(shown.model().rowCount())]


def chosen(window):
    return popup(window).currentIndex().data()


def keys(qtbot, field, *pressed):
    for key in pressed:
        qtbot.keyClicks(field, key) if isinstance(key, str) else qtbot.keyClick(field, key)


def test_a_key_then_a_value_by_arrows_and_enter(qtbot, window, field):
    keys(qtbot, field, "g")
    assert offered(window) == ["group:"]
    keys(qtbot, field, KEYS.Key_Down, KEYS.Key_Return)
    assert field.text() == "group:"
    assert offered(window) == ["My Account", "Checkout"]
    keys(qtbot, field, KEYS.Key_Down, KEYS.Key_Enter)
    assert field.text() == 'group:"My Account" '
    assert offered(window) == []
    assert window.left == []


def test_tab_takes_the_first_of_what_is_typed(qtbot, window, field):
    keys(qtbot, field, "dark -st", KEYS.Key_Tab, "c", KEYS.Key_Tab)
    assert field.text() == "dark -status:changed "
    assert field.hasFocus()
    field.undo()
    assert field.text() == "dark -status:c"


def test_each_step_filters_at_once(qtbot, window, field):
    heard = []
    window.bar.textChanged.connect(heard.append)
    keys(qtbot, field, "g", KEYS.Key_Tab, KEYS.Key_Tab)
    assert heard == ["g", "group:", 'group:"My Account" ']


def test_arrows_go_round_past_what_was_typed(qtbot, window, field):
    keys(qtbot, field, "group:")
    steps = []
    for key in (KEYS.Key_Down,) * 3 + (KEYS.Key_Up,) * 2 + (KEYS.Key_PageUp, KEYS.Key_PageDown):
        keys(qtbot, field, key)
        steps.append(chosen(window))
    first, second = "My Account", "Checkout"
    assert steps == [first, second, None, second, first, first, second]
    assert field.text() == "group:"


def test_enter_without_a_choice_goes_to_the_list(qtbot, window, field):
    keys(qtbot, field, "s")
    assert offered(window) == ["status:", "size:"]
    keys(qtbot, field, KEYS.Key_Return)
    assert (field.text(), window.left, offered(window)) == ("s", [True], [])


def test_escape_closes_then_empties_then_leaves(qtbot, window, field):
    keys(qtbot, field, "s", KEYS.Key_Escape)
    assert (field.text(), offered(window)) == ("s", [])
    keys(qtbot, field, KEYS.Key_Escape)
    assert (field.text(), window.left) == ("", [])
    keys(qtbot, field, KEYS.Key_Escape, KEYS.Key_Down)
    assert window.left == [True, True]
    assert offered(window) == []


def test_plain_words_are_left_in_peace(qtbot, window, field):
    keys(qtbot, field, "checkout ", "da")
    assert offered(window) == []
    keys(qtbot, field, KEYS.Key_Down)
    assert window.left == [True]


def test_control_space_teaches_the_keys(qtbot, window, field):
    qtbot.keyClick(field, KEYS.Key_Space, CONTROL)
    assert offered(window) == [f"{k}:" for k in KEY_NAMES]
    assert chosen(window) is None
    keys(qtbot, field, "n")
    assert offered(window) == ["name:"]
    keys(qtbot, field, "ab")
    assert offered(window) == []


def test_tab_leaves_a_field_in_which_nothing_is_typed(qtbot, window, field):
    qtbot.keyClick(field, KEYS.Key_Space, CONTROL)
    keys(qtbot, field, KEYS.Key_Tab)
    assert field.text() == ""
    assert not field.hasFocus()
    assert offered(window) == []


def test_a_click_into_the_empty_field_teaches_the_keys(qtbot, window, field):
    qtbot.mouseClick(field, LEFT)
    assert offered(window)[0] == "status:"
    qtbot.mouseClick(window, LEFT, pos=QPoint(2, 2))  # where nothing takes the focus
    assert offered(window) == []
    assert field.hasFocus()
    field.setText("dark")
    qtbot.mouseClick(field, LEFT)
    assert offered(window) == []


def test_the_mouse_chooses_and_takes(qtbot, window, field):
    keys(qtbot, field, "group:")
    shown = popup(window)
    at = shown.visualRect(shown.model().index(1, 0)).center()
    qtbot.mouseMove(shown.viewport(), at)
    qtbot.waitUntil(lambda: chosen(window) == "Checkout")
    qtbot.mouseClick(shown.viewport(), LEFT, pos=at)
    assert field.text() == "group:Checkout "
    assert field.hasFocus()
    assert offered(window) == []


def test_suggestions_stand_below_the_field_inside_the_window(qtbot, window, field):
    keys(qtbot, field, "s")
    shown = popup(window)
    bottom = field.mapTo(window, QPoint(0, field.height())).y()
    assert 0 < shown.y() - bottom < 12
    assert shown.x() == field.mapTo(window, QPoint(0, 0)).x()
    assert shown.width() >= field.width()
    assert window.rect().contains(shown.geometry())
    narrow = shown.width()
    window.resize(640, 400)
    qtbot.waitUntil(lambda: shown.width() >= field.width() > narrow)


def test_the_cursor_decides_what_is_offered(qtbot, window, field):
    keys(qtbot, field, "group:My status:c")
    assert offered(window) == ["changed"]
    field.setCursorPosition(8)
    assert offered(window) == ["My Account"]
    keys(qtbot, field, KEYS.Key_Home)
    assert offered(window) == []


def test_text_that_nobody_typed_opens_nothing(window, field):
    field.setText("group:")
    assert offered(window) == []


def test_characters_beyond_the_first_plane_are_counted_right(qtbot, window, field):
    field.setText("😀😀 ")
    field.end(False)
    keys(qtbot, field, "g", KEYS.Key_Tab, KEYS.Key_Tab)
    assert field.text() == '😀😀 group:"My Account" '


def test_numbers_are_painted_and_spoken(qtbot, window, field):
    keys(qtbot, field, "group:")
    shown = popup(window)
    spoken = shown.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "My Account, 2 images"
    before = shown.grab().toImage()
    window.bar.set_theme(DARK)
    assert shown.grab().toImage() != before
    right = shown.viewport().rect().adjusted(shown.viewport().width() - 24, 0, 0, 0)
    assert len({shown.viewport().grab(right).toImage().pixel(x, 14) for x in range(24)}) > 1


def test_keys_of_the_window_are_the_suggestions_while_they_are_open(qtbot, window, field):
    heard = []
    for key in ("Up", "Down", "Return", "Escape", "Ctrl+Space", "PgDown"):
        QShortcut(QKeySequence(key), window, lambda key=key: heard.append(key))
    qtbot.keyClick(field, KEYS.Key_Space, CONTROL)
    keys(qtbot, field, KEYS.Key_Down, KEYS.Key_Down, KEYS.Key_Up, KEYS.Key_PageDown)
    keys(qtbot, field, KEYS.Key_Escape, "s", KEYS.Key_Down, KEYS.Key_Return)
    assert heard == []
    assert field.text() == "status:"


def test_the_vocabulary_is_asked_for_each_time(qtbot, window, field):
    window.bar.set_vocabulary(lambda: Vocabulary(lambda: [Asked("z.png", Status.ADDED, "Zoo")]))
    keys(qtbot, field, "group:")
    assert offered(window) == ["Zoo"]
