"""Every key is there and means one thing; it only writes where somebody writes; Escape leads back.

What the keys do is told by test_window_keys.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QTableView,
    QTabWidget,
    QTreeView,
    QWidget,
)

from snapreview.ui.dialogs.key_names import caps_of
from snapreview.ui.theme_tokens import LIGHT
from snapreview.ui.viewer.canvas import Canvas

from .album import LISTED, SIZE, count_of, make_album
from .hands import CONTROL, LEFT, SETTLES, Hands
from .test_accessible import everything, stops

KEYS = Qt.Key
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier

TABLE = {
    "next / previous image": ("↓ ↑", "Down Up"),
    "first / last image": ("Home End, Ctrl+↑ Ctrl+↓", "Home End Ctrl+Up Ctrl+Down"),
    "open in viewer / back to list": ("Enter / Esc", ""),
    "approve / reject / clear decision": ("A / R / U", "A R U"),
    "next unreviewed": ("N", "N"),
    "note": ("M", "M"),
    "next / previous change in the image": ("J K, Alt+↓ Alt+↑", "J K Alt+Down Alt+Up"),
    "open / reload / swap base and head": (
        "Ctrl+O / Ctrl+R / Ctrl+Shift+S",
        "Ctrl+O Ctrl+R Ctrl+Shift+S",
    ),
    "undo / redo a decision": ("Ctrl+Z / Ctrl+Shift+Z", "Ctrl+Z Ctrl+Shift+Z"),
    "overlay weaker / stronger": ("[ ]", "[ ]"),
    "settings": ("Ctrl+,", "Ctrl+,"),
    "mode": ("S W O B F, ← → T", "S W O B F Left Right T"),
    "overlay / flash / boxes": ("D / H / Shift+H", "D H Shift+H"),
    "zoom": ("0, Ctrl+1, Ctrl++ Ctrl+-, Space", "0 Ctrl+1 Ctrl++ Ctrl+-"),
    "filter": ("Ctrl+F or /", "Ctrl+F /"),
    "isolate status n, subtle": ("1 to 7, 8", "1 2 3 4 5 6 7 8"),
    "select all shown": ("Ctrl+A", "Ctrl+A"),
    "export selection": ("Ctrl+E", "Ctrl+E"),
    "copy image / copy details": ("Ctrl+C / Ctrl+Shift+C", "Ctrl+C Ctrl+Shift+C"),
    "inspector panel": ("I", "I"),
    "shortcuts sheet": ("? or F1", "? F1"),
}
"""The keyboard table: its words, and what of it is a shortcut. The rest belongs to the widgets."""

OF_WIDGETS = "Enter", "Esc", "Space"
OTHERS = (
    *("Ctrl+Q", "Ctrl+Y", "Ctrl+=", ",", ".", "Alt+Left", "Alt+Right", "C", "G", "Shift+G"),
    *("Ctrl+B", "Ctrl+Shift+B"),
)
"""Shortcuts that are not in the table: what is usual, and what modes, pixel and grid need."""

SPECIFICATION = Path(__file__).parents[3].parent / "shared/ux.md"


@pytest.fixture
def user(qtbot, open_desktop, tmp_path: Path) -> Hands:
    """A user in the first row of a compared album."""
    album = make_album(tmp_path / "album")
    desktop = open_desktop(theme="light")
    with qtbot.waitSignal(desktop.window.settled, timeout=SETTLES):
        desktop.show(album.sources)
    made = Hands(qtbot, desktop)
    made.window.review.focus_list()
    made.window.review.changes.table.go_to_row(0)
    made.until(lambda: made.window.review.viewer.supply.complete)
    return made


def bound(user: Hands) -> list[tuple[str, QAction | QShortcut]]:
    """Every key of the window with what it does, those that are a widget's own apart."""
    actions = user.window.findChildren(QAction)
    found = [(key, action) for action in actions for key in action.shortcuts()]
    found += [(key, one) for one in user.window.findChildren(QShortcut) for key in [*one.keys()]]
    own = Qt.ShortcutContext.WidgetShortcut
    return [(key.toString(), action) for key, action in found if _context(action) is not own]


def _context(action: QAction | QShortcut) -> Qt.ShortcutContext:
    return action.shortcutContext() if isinstance(action, QAction) else action.context()


def wanted() -> list[str]:
    return [key for _, keys in TABLE.values() for key in keys.split()]


def normal(keys: list[str]) -> list[str]:
    return [QKeySequence(key).toString() for key in keys]


@pytest.mark.skipif(not SPECIFICATION.is_file(), reason="the specification is not at hand")
def test_the_table_is_that_of_the_specification() -> None:
    part = SPECIFICATION.read_text(encoding="utf-8").partition("## Keyboard")[2]
    rows = re.findall(r"^\| (.+?) \| (.+?) \|$", part.partition("\n## ")[0], re.MULTILINE)
    assert dict(rows) == {"Action": "Keys"} | {words: told for words, (told, _) in TABLE.items()}


def test_every_key_is_bound_to_one_action_that_is_possible(user: Hands) -> None:
    user.key("a")  # so that there is something to undo
    user.key("z", CONTROL)
    user.window.review.changes.table.go_to_row(0)
    user.key("w")  # in which there is something to move
    user.key("a", CONTROL)
    user.window.review.changes.table.go_to_row(0)
    found = bound(user)
    counts = Counter(key for key, _ in found)
    assert [key for key, count in counts.items() if count > 1] == []
    assert {*counts} == {*normal(wanted()), *normal(list(OTHERS))}
    actions = dict(found)
    for key in normal(wanted()):
        assert actions[key].isEnabled(), key
        assert actions[key].text(), key


def test_no_menu_has_two_letters_alike(user: Hands) -> None:
    """The letters that Alt chooses: in the bar, and in each dialog that has some."""
    texts = [[action.text() for action in user.window.menuBar().actions()]]
    user.window.exporting.open()
    dialog = user.dialog("exportDialog")
    texts.append([button.text() for button in dialog.findChildren(QWidget) if _marked(button)])
    for marked in texts:
        letters = [text[text.index("&") + 1].lower() for text in marked]
        assert len(letters) > 5
        assert sorted(letters) == sorted(set(letters))
    dialog.reject()


def _marked(widget: QWidget) -> bool:
    text = getattr(widget, "text", None)
    return text is not None and "&" in text()


def test_the_sheet_lists_every_key(user: Hands) -> None:
    user.key("?")
    sheet = user.dialog("shortcutsSheet")
    rows = [row.accessibleName() for row in sheet.findChildren(QWidget, "shortcutsRow")]
    told = [way for row in rows for way in row.rpartition(": ")[2].split(" or ")]
    for key in (*wanted(), *OTHERS):
        assert " ".join(caps_of(QKeySequence(key))) in told, key
    assert set(OF_WIDGETS) <= set(told)
    assert [row for row, count in Counter(rows).items() if count > 1] == []
    sheet.reject()


# Typing


def signs(user: Hands) -> str:
    """Every letter, digit and sign that is a shortcut."""
    return "".join(key for key, _ in bound(user) if len(key) == 1)


def state(user: Hands) -> dict[str, object]:
    """What keys can change, the texts of fields apart."""
    window, page = user.window, user.window.review
    viewer = page.viewer
    return {
        "page": window.pages.currentWidget().objectName(),
        "dialogs": sorted(d.objectName() for d in QApplication.topLevelWidgets() if d.isVisible()),
        "looks": viewer.comparison,
        "overlay": viewer.overlay,
        "view": (viewer.canvas.view.zoom, viewer.canvas.view.fitted),
        "region": viewer.inspection.region,
        "boxes": viewer.inspection.boxes_shown,
        "pills": page.changes.bar.pressed,
        "list": (page.changes.view_kind, page.changes.grouping, page.changes.sort),
        "decided": {name: d.verdict for name, d in window.deciding.desk.decisions.items()},
        "inspector": page.inspector.isVisible(),
        "clipboard": QGuiApplication.clipboard().text(),
        "title": user.text("headerTitle"),
    }


def fields(user: Hands) -> Iterator[QLineEdit | QPlainTextEdit]:
    """Each text field of the window and of its dialogs, with the keyboard in it."""
    user.key("/")
    yield user.window.findChild(QLineEdit, "filterField")
    user.key(KEYS.Key_Escape)
    user.key(KEYS.Key_Escape)
    user.window.review.changes.table.go_to_row(0)
    user.key("m")
    yield user.window.findChild(QPlainTextEdit, "note")
    yield from dialog_fields(user)
    user.key("o", CONTROL)
    for name in ("baseSource", "headSource"):
        field = user.window.findChild(QLineEdit, name)
        field.setFocus()
        yield field


def dialog_fields(user: Hands) -> Iterator[QLineEdit]:
    user.window.exporting.open()
    yield from of_dialog(user, "exportDialog", "exportTarget")
    user.window.findChild(QAction, "actionSettings").trigger()
    user.dialog("settingsDialog").findChild(QTabWidget).setCurrentIndex(2)
    numbers = "settingsSensitivity", "settingsSmaller", "settingsLargest"
    yield from of_dialog(user, "settingsDialog", *numbers, "settingsEngine")
    user.window.findChild(QAction, "actionShortcuts").trigger()
    yield from of_dialog(user, "shortcutsSheet", "shortcutsFilter")


def of_dialog(user: Hands, dialog: str, *names: str) -> Iterator[QLineEdit]:
    opened = user.dialog(dialog)
    opened.activateWindow()
    user.until(opened.isActiveWindow)
    for name in names:
        field = opened.findChild(QLineEdit, name)
        field.setFocus()
        yield field
    opened.reject()
    user.until(lambda: user.window.findChild(QWidget, dialog) is None)


def test_keys_only_write_where_somebody_writes(user: Hands) -> None:
    keys, seen = f"{signs(user)}{signs(user).lower()}xz9 ", []
    assert len(keys) > 50
    for field in fields(user):
        name = field.objectName()
        typed = keys.replace("?", "") if name == "shortcutsFilter" else keys  # that closes it
        field.selectAll()
        before = state(user)
        user.qtbot.keyClicks(field, typed)
        assert text_of(field) == typed, name
        # What the filter leaves no row of is not in view either.
        after = state(user) | ({"view": before["view"]} if name == "filterField" else {})
        assert after == before, name
        field.selectAll()
        user.qtbot.keyClick(field, KEYS.Key_Backspace)
        assert text_of(field) == "", name
        seen.append(name)
    assert len(seen) == len(set(seen)) == 10


def text_of(field: QLineEdit | QPlainTextEdit) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def test_in_a_note_arrows_move_and_ctrl_z_takes_typing_back(user: Hands) -> None:
    user.key("m")
    note = user.window.findChild(QPlainTextEdit, "note")
    user.key("one")
    user.key(KEYS.Key_Return)
    user.key("two")
    before = state(user)
    for key in (KEYS.Key_Up, KEYS.Key_Home, KEYS.Key_Right, KEYS.Key_Left, KEYS.Key_End):
        user.key(key)
    user.key("!")
    user.key(KEYS.Key_Down)
    user.key("?")
    assert note.toPlainText() == "one!\ntwo?"
    assert user.current() == LISTED[0]
    assert state(user) == before
    user.key("z", CONTROL)
    assert note.toPlainText() != "one!\ntwo?"
    user.key("a", CONTROL)
    assert note.textCursor().selectedText()
    assert user.selected() == (LISTED[0],)
    user.key("x", CONTROL)
    assert note.toPlainText() == ""
    assert state(user) | {"clipboard": ""} == before | {"clipboard": ""}


def test_in_the_filter_arrows_move_and_ctrl_a_selects_the_text(user: Hands) -> None:
    user.key("/")
    field = user.window.review.changes.bar.field
    user.key("dt")
    before = state(user)
    user.key(KEYS.Key_Home)
    user.key(KEYS.Key_Right)
    user.key("x")
    user.key(KEYS.Key_Left)
    user.key("y")
    user.key(KEYS.Key_End)
    user.key("z")
    assert field.text() == "dyxtz"
    user.key("a", CONTROL)
    assert field.selectedText() == field.text()
    assert state(user) == before


@pytest.mark.parametrize("place", ["changesTable", "changesGrid", "viewerCanvas"])
def test_letters_without_a_meaning_search_nothing(user: Hands, place: str) -> None:
    """Lists of Qt go to the row whose text begins with what is typed: extra.png by an E."""
    if place == "changesGrid":
        user.press("showGrid")
    user.window.findChild(QWidget, place).setFocus()
    user.window.review.changes.table.go_to_row(1)
    before = state(user), user.current(), user.selected()
    free = {*"abcdefghijklmnopqrstuvwxyz9"} - {*signs(user).lower()}
    assert "e" in free
    for letter in sorted(free, key=lambda letter: letter != "e"):
        user.key(letter)
        user.key(letter.upper(), SHIFT)
    user.key("A", SHIFT)  # approving is a small letter
    assert (state(user), user.current(), user.selected()) == before


def test_letters_are_shortcuts_wherever_nobody_writes(user: Hands) -> None:
    """On every stop of Tab but the two fields, a letter, and Escape back to the list."""
    user.window.resize(1440, 900)
    page = user.window.review
    page.inspector.show_change(everything())
    table, viewer = page.changes.table, page.viewer
    around = stops(user, page.changes.bar.field, page)
    assert len(around) > 40
    for widget in around:
        if isinstance(widget, QLineEdit | QPlainTextEdit):
            continue
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        before = viewer.overlay.visible
        user.key("d")
        assert viewer.overlay.visible is not before, widget.objectName()
        user.key(KEYS.Key_Escape)
        assert user.window.focusWidget() is table, widget.objectName()


@pytest.mark.parametrize("kind", [QTableView, QTreeView])
def test_letters_search_nothing_in_the_inspector(user: Hands, kind) -> None:
    page = user.window.review
    page.inspector.show_change(everything())
    for view in page.inspector.findChildren(kind):
        view.setFocus(Qt.FocusReason.TabFocusReason)
        current = view.currentIndex()
        for letter in "spf":  # Status, Size, Profile, Pixels, File: s and f are shortcuts
            user.qtbot.keyClick(view, letter)
        assert view.currentIndex() == current


def test_on_the_start_page_keys_of_reviewing_do_nothing(user: Hands) -> None:
    before = state(user), user.current()
    user.key("o", CONTROL)
    swap = user.window.findChild(QWidget, "startSwap")
    swap.setFocus()
    for key in signs(user).replace("?", ""):
        user.qtbot.keyClick(swap, key)
    for key in (KEYS.Key_Down, KEYS.Key_Left, KEYS.Key_End):
        user.qtbot.keyClick(swap, key)
    user.press("startBack")
    assert (state(user), user.current()) == before


# Escape


def test_escape_lets_go_of_the_pixel_then_of_the_change_then_of_the_picture(user: Hands) -> None:
    canvas: Canvas = user.window.review.viewer.canvas
    user.key(KEYS.Key_Return)
    user.key("d")
    user.key("j")
    boxed = count_of(canvas, LIGHT.accent)
    area = canvas.pane_areas()[0]
    user.qtbot.mouseClick(canvas, LEFT, pos=area.center() + QPoint(3, 3))
    pinned = user.text("statusProbe")
    assert pinned.startswith("x ")
    assert boxed > 0
    crossed = count_of(canvas, "#ffffff")
    user.key(KEYS.Key_Escape)
    assert count_of(canvas, "#ffffff") < crossed
    assert count_of(canvas, LIGHT.accent) == boxed
    assert user.window.focusWidget() is canvas
    user.key(KEYS.Key_Escape)
    assert count_of(canvas, LIGHT.accent) == 0
    assert user.window.focusWidget() is canvas
    user.key(KEYS.Key_Escape)
    assert user.window.focusWidget() is user.window.review.changes.table
    assert canvas.view.image == SIZE


def test_escape_closes_suggestions_then_empties_the_filter_then_leaves_it(user: Hands) -> None:
    field = user.window.review.changes.bar.field
    user.key("/")
    user.key("status:ch")
    suggestions = user.window.findChild(QListView, "filterSuggestions")
    assert suggestions.isVisible()
    user.key(KEYS.Key_Escape)
    assert not suggestions.isVisible()
    assert (field.text(), user.window.focusWidget()) == ("status:ch", field)
    user.key(KEYS.Key_Escape)
    assert (field.text(), user.window.focusWidget()) == ("", field)
    assert user.listed() == LISTED
    user.key(KEYS.Key_Escape)
    assert user.window.focusWidget() is user.window.review.changes.table


@pytest.mark.parametrize("place", ["changesTable", "changesGrid"])
def test_escape_leaves_the_note_for_the_list_or_the_grid(user: Hands, place: str) -> None:
    if place == "changesGrid":
        user.press("showGrid")
        user.window.review.focus_list()
    user.key("m")
    user.key("kept")
    user.key(KEYS.Key_Escape)
    assert user.window.focusWidget().objectName() == place
    user.until(lambda: user.window.deciding.desk.decision(LISTED[0]).note == "kept")


def test_escape_closes_dialogs_and_the_keyboard_is_where_it_was(user: Hands) -> None:
    user.key(KEYS.Key_Return)
    focused = user.window.focusWidget()
    for action, name in (
        ("actionExport", "exportDialog"),
        ("actionSettings", "settingsDialog"),
        ("actionShortcuts", "shortcutsSheet"),
        ("actionAbout", "aboutBox"),
    ):
        user.window.findChild(QAction, action).trigger()
        dialog = user.dialog(name)
        dialog.activateWindow()
        user.until(dialog.isActiveWindow)
        user.qtbot.keyClick(dialog.focusWidget() or dialog, KEYS.Key_Escape)
        user.until(lambda name=name: user.window.findChild(QWidget, name) is None)
        assert user.window.focusWidget() is focused, name
    user.press("statusDetails")
    dialog = user.dialog("faultDialog")
    user.qtbot.keyClick(dialog.focusWidget() or dialog, KEYS.Key_Escape)
    user.until(lambda: user.window.findChild(QWidget, "faultDialog") is None)


def test_from_the_filter_into_the_list(user: Hands) -> None:
    user.key("/")
    user.key("gone")
    user.key(KEYS.Key_Down)
    assert user.window.focusWidget() is user.window.review.changes.table
    assert user.listed() == (LISTED[4],)
    user.key("/")
    user.key(KEYS.Key_Return)
    assert user.window.focusWidget() is user.window.review.changes.table
