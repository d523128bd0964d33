"""The sheet of shortcuts says what the actions say."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QScrollArea, QWidget

from snapreview.ui.dialogs.key_caps import KeyCaps
from snapreview.ui.dialogs.key_names import caps_of, named_caps
from snapreview.ui.dialogs.shortcut_rows import ShortcutGroup, ShortcutRow, by_hand, groups_of
from snapreview.ui.dialogs.shortcuts_sheet import ShortcutsSheet
from snapreview.ui.theme import apply_theme
from snapreview.ui.theme_tokens import DARK, LIGHT

from .test_accessible import lacking


def action(text: str, *keys: str) -> QAction:
    made = QAction(text)
    made.setShortcuts([QKeySequence(key) for key in keys])
    return made


def line() -> QAction:
    made = QAction("")
    made.setSeparator(True)
    return made


@pytest.fixture
def actions(qapp) -> list[tuple[str, Sequence[QAction | None]]]:
    return [
        ("&File", [action("&Open…", "Ctrl+O"), None, action("Quit", "Ctrl+Q")]),
        ("&Review", [action("Approve", "A"), line(), action("Compare these two")]),
        ("&Go", [action("First image", "Ctrl+Up", "Home"), action("Undo: Approve 3", "Ctrl+Z")]),
        ("&Help", [action("About SnapReview")]),
    ]


@pytest.fixture
def open_sheet(qapp, qtbot, actions):
    made: list[ShortcutsSheet] = []

    def make() -> ShortcutsSheet:
        sheet = ShortcutsSheet(actions, by_hand())
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        made.append(sheet)
        sheet.open()
        qtbot.waitExposed(sheet)
        sheet.activateWindow()
        qtbot.waitUntil(sheet.isActiveWindow)
        return sheet

    yield make
    for sheet in made:
        sheet.close()
        sheet.deleteLater()


def shown(sheet: ShortcutsSheet) -> list[str]:
    """The rows to be seen, as they are spoken."""
    rows = sheet.findChildren(QWidget, "shortcutsRow")
    return [row.accessibleName() for row in rows if row.isVisible()]


def groups(sheet: ShortcutsSheet) -> list[str]:
    found = sheet.findChildren(QWidget, "shortcutsGroup")
    return [group.accessibleName() for group in found if group.isVisible()]


def test_every_action_with_a_key_is_there_and_no_other(open_sheet):
    sheet = open_sheet()
    rows = shown(sheet)
    assert rows[:5] == [
        "Open: Ctrl O",
        "Quit: Ctrl Q",
        "Approve: A",
        "First image: Ctrl ↑ or Home",
        "Undo: Ctrl Z",
    ]
    assert not any("About" in row or "these two" in row for row in rows)
    assert groups(sheet) == ["File", "Review", "Go", "In the image", "On the start page"]
    assert "Back to the list: Esc" in rows
    assert "Zoom at the pointer: Wheel or Pinch" in rows


def test_a_key_that_changes_is_another_on_the_sheet(open_sheet, actions):
    actions[1][1][0].setShortcut(QKeySequence("Shift+Y"))
    assert "Approve: Shift Y" in shown(open_sheet())


@pytest.mark.parametrize(
    ("keys", "elsewhere", "mac"),
    [
        ("Ctrl+Shift+C", ("Ctrl", "Shift", "C"), ("⇧", "⌘", "C")),
        ("Ctrl++", ("Ctrl", "+"), ("⌘", "+")),
        ("Ctrl+,", ("Ctrl", ","), ("⌘", ",")),
        ("Alt+Down", ("Alt", "↓"), ("⌥", "↓")),
        ("Meta+K", ("Super", "K"), ("⌃", "K")),
        ("/", ("/",), ("/",)),
        ("?", ("?",), ("?",)),
        ("F1", ("F1",), ("F1",)),
        ("Left", ("←",), ("←",)),
        ("", (), ()),
    ],
)
def test_keys_have_the_names_of_the_system(qapp, keys, elsewhere, mac):
    sequence = QKeySequence(keys)
    told = caps_of(sequence, mac=False)
    assert tuple("Super" if cap == "Win" else cap for cap in told) == elsewhere
    assert caps_of(sequence, mac=True) == mac


def test_named_keys_follow_the_system_too():
    assert named_caps("Ctrl", "Wheel", mac=True) == ("⌘", "Wheel")
    assert named_caps("Ctrl", "Wheel", mac=False) == ("Ctrl", "Wheel")


def test_rows_of_one_title_stand_together(actions):
    extra = ShortcutGroup("File", (ShortcutRow("Drop", (("Drag",),)),))
    found = groups_of(actions, [extra])
    assert [group.title for group in found] == ["File", "Review", "Go"]
    assert [row.text for row in found[0].rows] == ["Open", "Quit", "Drop"]


def test_ampersands_that_are_meant_stay(qapp):
    found = groups_of([("Cut && paste", [action("Black && &white", "B")])])
    assert (found[0].title, found[0].rows[0].text) == ("Cut & paste", "Black & white")


@pytest.mark.parametrize(
    ("typed", "rows"),
    [
        ("quit", ["Quit: Ctrl Q"]),
        ("FIRST im", ["First image: Ctrl ↑ or Home"]),
        ("ctrl z", ["Undo: Ctrl Z"]),
        ("pinch", ["Zoom at the pointer: Wheel or Pinch"]),
    ],
)
def test_typing_filters_by_action_and_key(open_sheet, qtbot, typed, rows):
    sheet = open_sheet()
    field = sheet.findChild(QLineEdit, "shortcutsFilter")
    assert field.hasFocus()
    qtbot.keyClicks(field, typed)
    assert shown(sheet) == rows
    assert len(groups(sheet)) == 1
    field.clear()
    assert len(shown(sheet)) > 8


def test_no_match_is_said(open_sheet, qtbot):
    sheet = open_sheet()
    said = sheet.findChild(QLabel, "shortcutsNone")
    assert not said.isVisible()
    qtbot.keyClicks(sheet.findChild(QLineEdit, "shortcutsFilter"), "zebra")
    assert shown(sheet) == []
    assert said.text() == "No shortcut has “zebra”."
    assert said.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Question, Qt.Key.Key_F1])
@pytest.mark.parametrize("typed", ["", "open"])
def test_it_closes_by_the_keys_that_open_it(open_sheet, qtbot, key, typed):
    sheet = open_sheet()
    field = sheet.findChild(QLineEdit, "shortcutsFilter")
    qtbot.keyClicks(field, typed)
    qtbot.keyClick(field, key)
    assert not sheet.isVisible()
    assert sheet.result() == QDialog.DialogCode.Rejected


def test_enter_while_filtering_keeps_it_open(open_sheet, qtbot):
    sheet = open_sheet()
    qtbot.keyClick(sheet.findChild(QLineEdit, "shortcutsFilter"), Qt.Key.Key_Return)
    assert sheet.isVisible()


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_caps_are_drawn_apart_in_the_themes_colours(qapp, qtbot, theme):
    before = qapp.style().name(), qapp.palette(), qapp.font(), qapp.styleSheet()
    apply_theme(qapp, theme)
    caps = KeyCaps([("Ctrl", "X"), ("Y",)])
    qtbot.addWidget(caps)
    caps.resize(caps.sizeHint())
    picture = caps.grab().toImage()
    middle = [picture.pixelColor(x, 3).name() for x in range(picture.width())]
    bodies = [x for x in range(1, len(middle)) if middle[x] == theme.surface != middle[x - 1]]
    assert len(bodies) == 3
    qapp.setStyleSheet(before[3])
    qapp.setStyle(before[0])
    qapp.setPalette(before[1])
    qapp.setFont(before[2])


def test_all_of_it_is_reached_and_nothing_is_wider_than_the_sheet(open_sheet, qtbot):
    sheet = open_sheet()
    assert lacking(sheet) == []
    sheet.resize(760, 500)
    area = sheet.findChild(QScrollArea, "shortcutsArea")
    qtbot.waitUntil(lambda: area.widget().width() <= area.viewport().width())
    assert all(row.width() <= area.viewport().width() for row in sheet.findChildren(KeyCaps))
