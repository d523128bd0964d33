"""Everything that can be operated can be found: by name, by screen reader, by keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAction, QContextMenuEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QScrollBar,
    QStackedWidget,
    QTabBar,
    QTabWidget,
    QTextEdit,
    QWidget,
)

from snapreview.model.change import Change, ImageDiff, Status
from snapreview.model.manifest import ImageRecord
from snapreview.ui.changes.filter_field import FilterField
from snapreview.ui.changes.pill import Pill
from snapreview.ui.viewer.canvas import Canvas

from .eyes import changed_contrasts
from .hands import Hands
from .sets import Sets

OPERATED = (
    *(QAbstractButton, QAbstractItemView, QAbstractSlider, QAbstractSpinBox, QComboBox),
    *(QLineEdit, QPlainTextEdit, QTabBar, QTextEdit, Canvas),
)
OF_QT = {"qt_toolbar_ext_button", "qt_spinbox_lineedit", "ScrollLeftButton", "ScrollRightButton"}
NEVER_FOCUSED = {"filterSuggestions"}
"""The field keeps the keyboard, and moves the choice in them."""

WORDS = re.compile(r"[^\W\d_]{2,}")
RING = 20
"""Pixels at least that change clearly with the focus."""

ROLES = QAccessible.Role


@pytest.fixture
def user(qtbot, compared) -> Hands:
    return Hands(qtbot, compared)


def operated(root: QWidget) -> list[QWidget]:
    """What of ours can be operated; Qt's own parts (buttons in a field, scroll bars) apart."""
    found = dict.fromkeys(widget for kind in OPERATED for widget in root.findChildren(kind))
    return [
        widget
        for widget in found
        if not isinstance(widget, QScrollBar)
        and not isinstance(widget.parentWidget(), QLineEdit | QTabBar)
        and widget.objectName() not in OF_QT
        and not type(widget).__name__.startswith("QTableCornerButton")
        and type(widget).__name__ not in ("QHeaderView", "QAbstractButton")
    ]


def spoken(widget: QWidget) -> str:
    """What a screen reader calls it."""
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(QAccessible.Text.Name) if found is not None else ""


def lacking(root: QWidget) -> list[str]:
    """What is missing, by widget."""
    faults = []
    for widget in operated(root):
        about = f"{type(widget).__name__} {widget.objectName()!r} {spoken(widget)!r}"
        hidden = not widget.isVisibleTo(root)  # some get their text when they are shown
        if not widget.objectName():
            faults.append(f"{about}: no object name")
        if not hidden and not WORDS.search(spoken(widget)):
            faults.append(f"{about}: no accessible name in words")
        reached = (each.focusPolicy() & Qt.FocusPolicy.TabFocus for each in alternatives(widget))
        if not any(reached) and widget.objectName() not in NEVER_FOCUSED:
            faults.append(f"{about}: not reached by Tab")
    names = [widget.objectName() for widget in operated(root)]
    return faults + [f"{name}: given twice" for name in sorted({*names}) if names.count(name) > 1]


def alternatives(widget: QWidget) -> list[QWidget]:
    """The buttons of which one is chosen: Tab leads to one of them, arrows to the others."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    return list(group.buttons()) if group is not None and group.exclusive() else [widget]


def stops(user: Hands, first: QWidget, root: QWidget) -> list[QWidget]:
    """Where Tab leads from `first`, once around, each time looked at with and without focus."""
    first.setFocus(Qt.FocusReason.TabFocusReason)
    seen: list[QWidget] = []
    while (here := root.window().focusWidget()) not in seen:
        seen.append(here)
        assert len(seen) < 100
        user.qtbot.keyClick(here, Qt.Key.Key_Tab)
    return seen


def without_ring(root: QWidget, around: Sequence[QWidget]) -> list[str]:
    """The names of those that look the same with the focus as without it."""
    faults = []
    for widget in around:
        area = widget.rect().translated(widget.mapTo(root, QPoint(0, 0))).adjusted(-6, -6, 6, 6)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        lit = root.grab(area).toImage()
        widget.clearFocus()
        dim = root.grab(area).toImage()
        if sum(ratio >= 3 for ratio in changed_contrasts(lit, dim)) < RING:
            faults.append(widget.objectName())
    return faults


def missed(root: QWidget, seen: Sequence[QWidget]) -> list[str]:
    """What can be operated now, and Tab passes by."""
    return [
        widget.objectName()
        for widget in operated(root)
        if widget.isVisible()
        and widget.isEnabled()
        and not any(each in seen for each in alternatives(widget))
        and widget.objectName() not in NEVER_FOCUSED
    ]


def everything() -> Change:
    """A change of which the inspector has something to tell in each of its parts."""
    more = {"tags": {"locale": "de"}, "description": "The cart.", "extra": {"a": {"b": "c"}}}
    base = ImageRecord("all.png", "a" * 64, width=48, height=36)
    head = ImageRecord("all.png", "b" * 64, width=48, height=36, **more)
    diff = ImageDiff((48, 36), 10, regions=((0, 0, 5, 1), (20, 20, 5, 1)))
    return Change("all.png", Status.CHANGED, base, head, diff)


def page_states(user: Hands) -> Iterator[str]:
    """The review page in all that it can show, one after the other."""
    page = user.window.review
    for name in (*Sets.listed, *Sets.unlisted):
        page.changes.bar.set_pressed(frozenset())
        if name in Sets.unlisted:
            user.press("pill_unchanged")
        assert page.changes.table.go_to(name)
        yield name
    page.changes.bar.set_pressed(frozenset())
    page.inspector.show_change(everything())
    yield "everything in the inspector"
    page.changes.set_grouping(True)
    yield "grouped"
    user.press("showGrid")
    yield "grid"
    page.changes.table.selectAll()
    yield "several selected"
    page.changes.bar.field.setFocus()
    user.key("status:")
    yield "suggestions"
    user.key("nonsense ")
    yield "a fault, and no match"


def test_the_start_page(user: Hands) -> None:
    user.press("headerBack")
    start = user.window.start
    assert len(operated(start)) >= 8
    assert lacking(start) == []
    seen = stops(user, start.base.focusWidget() or user.window.focusWidget(), start)
    assert missed(start, seen) == []
    assert without_ring(start, seen) == []


def test_the_review_page_in_every_state(user: Hands) -> None:
    page = user.window.review
    assert len(operated(page)) >= 40
    faults = {state: lacking(page) for state in page_states(user)}
    assert {state: found for state, found in faults.items() if found} == {}
    assert len(faults) == 14


@pytest.mark.parametrize("kind", ["changed", "errored", "everything", "grid", "several"])
def test_tab_reaches_all_of_the_review_page_and_shows_where_it_is(user: Hands, kind: str) -> None:
    user.window.resize(1440, 900)
    page = user.window.review
    page.changes.table.go_to("cart/broken.png" if kind == "errored" else "home/most.png")
    user.settle()
    if kind == "everything":
        page.inspector.show_change(everything())
    if kind == "grid":
        user.press("showGrid")
    if kind == "several":
        page.changes.table.selectAll()
    seen = stops(user, page.changes.bar.field, page)
    assert missed(page, seen) == []
    assert without_ring(page, seen) == []
    names = [widget.objectName() for widget in seen]
    listed = "changesGrid" if kind == "grid" else "changesTable"
    ways = ["filterField", "pill_changed", "sortRows", listed, "viewerModeSplitButton"]
    ways += ["viewerOverlayButton", "viewerCanvas", "verdictApprove"]
    ways += [] if kind == "several" else ["note", "inspectorImages", "inspectorCopy"]
    places = [names.index(name) for name in [*ways, "statusDetails", "headerBack"]]
    assert places == sorted(places)


def test_shift_tab_goes_back(user: Hands) -> None:
    page = user.window.review
    page.changes.table.setFocus()
    user.key(Qt.Key.Key_Tab)
    user.key(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert user.window.focusWidget() is page.changes.table


def test_the_export_dialog(user: Hands, tmp_path: Path) -> None:
    user.window.exporting.open()
    dialog = user.dialog("exportDialog")
    assert len(operated(dialog)) >= 12
    assert lacking(dialog) == []
    check_round(user, dialog, "exportTarget")
    user.write_into("exportTarget", str(tmp_path / "out.zip"), dialog)
    user.press("exportStart", dialog)
    user.until(lambda: dialog.findChild(QWidget, "exportDone").isVisible())
    assert lacking(dialog) == []
    check_round(user, dialog, "exportDone")
    dialog.findChild(QStackedWidget).setCurrentIndex(1)
    assert lacking(dialog) == []
    check_round(user, dialog, "exportCancel")
    dialog.reject()


def test_the_settings_dialog(user: Hands) -> None:
    user.window.findChild(QAction, "actionSettings").trigger()
    dialog = user.dialog("settingsDialog")
    tabs = dialog.findChild(QTabWidget)
    for page in range(tabs.count()):
        tabs.setCurrentIndex(page)
        assert len(operated(dialog)) >= 15
        assert lacking(dialog) == []
        check_round(user, dialog, "settingsTabBar")
    dialog.reject()


def test_the_small_dialogs(user: Hands) -> None:
    user.window.review.changes.table.go_to("home/most.png")
    user.key("a")
    for action in ("actionShortcuts", "actionAbout", "actionForget"):
        user.window.findChild(QAction, action).trigger()
    user.press("statusDetails")
    for name, first in (
        ("aboutBox", "aboutClose"),
        ("faultDialog", "faultText"),
        ("forgetDialog", "forgetDecisions"),
        ("shortcutsSheet", "shortcutsFilter"),
    ):
        dialog = user.dialog(name)
        assert lacking(dialog) == []
        check_round(user, dialog, first)
        dialog.reject()


def check_round(user: Hands, dialog: QWidget, first: str) -> None:
    """Tab goes once around a dialog and is seen wherever it is."""
    dialog.activateWindow()
    user.until(dialog.isActiveWindow)
    seen = stops(user, dialog.findChild(QWidget, first), dialog)
    assert missed(dialog, seen) == []
    assert without_ring(dialog, seen) == []


def test_tab_goes_from_source_to_source_to_compare(user: Hands, qapp: QApplication) -> None:
    user.press("headerBack")
    start = user.window.start
    start.base.focus()
    seen = []
    for _ in range(8):
        seen.append(user.window.focusWidget().objectName())
        user.key(Qt.Key.Key_Tab)
    order = ["baseSource", "baseBrowse", "headSource", "headBrowse", "startSwap"]
    assert seen[: len(order)] == order
    assert seen.index("startCompare") < seen.index("recentPairs")


KEYED = {
    "headerBack": "actionOpen",
    "headerSwap": "actionSwap",
    "headerReload": "actionReload",
    "headerInspector": "actionInspector",
    "headerReview": "actionNextUnreviewed",
    "headerExport": "actionExport",
    "startSwap": "actionSwap",
    "startFindBase": "actionFindBase",
    "verdictApprove": "actionApprove",
    "verdictReject": "actionReject",
    "verdictClear": "actionClearDecision",
    "note": "actionNote",
    "inspectorCopy": "actionCopyDetails",
    "filterField": "actionFilter",
    "viewerWipePosition": "viewerLess",
    "viewerOnionOpacity": "viewerMore",
    "viewerBlinkInterval": "viewerLess",
    "viewerOverlayOpacity": "viewerOverlayWeaker",
}
"""Widgets, and the actions whose keys do the same."""


def test_tooltips_tell_the_key(user: Hands) -> None:
    window = user.window
    keyed = KEYED | {
        f"{action.objectName()}Button": action.objectName()
        for action in window.review.viewer.actions_for_menu()
        if window.findChild(QWidget, f"{action.objectName()}Button") is not None
    }
    keyed |= {
        pill.objectName(): f"actionIsolate{pill.category.value.capitalize()}"
        for pill in window.findChildren(Pill)
    }
    assert len(keyed) == 18 + 12 + 8
    for name, action in keyed.items():
        key = window.findChild(QAction, action).shortcut()
        told = window.findChild(QWidget, name).toolTip()
        assert key.toString(QKeySequence.SequenceFormat.NativeText) in told, (name, told)


def test_each_action_of_a_menu_has_words_and_a_name(user: Hands) -> None:
    actions = [a for menu in menus_below(user.window) for a in menu.actions()]
    told = [action for action in actions if not action.isSeparator()]
    assert len(told) > 70
    for action in told:
        assert WORDS.search(action.text()) or action.text() == "100 %", action.text()
        assert action.objectName() or action.menu() is not None, action.text()
    bar = [action.text() for action in user.window.menuBar().actions()]
    marks = [text[text.index("&") + 1] for text in bar]
    assert len(set(marks)) == len(marks) == 6


def menus_below(root: QWidget) -> list[QMenu]:
    """The menus of the bar, those of buttons, and their submenus."""
    return [menu for menu in root.findChildren(QMenu) if not isinstance(menu.parent(), QLineEdit)]


@pytest.mark.parametrize("place", ["changesTable", "changesGrid", "viewerCanvas"])
def test_the_context_menu_comes_by_keyboard_at_the_current_image(user: Hands, place: str) -> None:
    if place == "changesGrid":
        user.press("showGrid")
    user.window.review.changes.table.go_to("home/more.png")
    view = user.window.findChild(QWidget, place)
    view.setFocus()
    at = view.rect().center()
    if isinstance(view, QAbstractItemView):
        at = view.visualRect(view.currentIndex()).center()
    QApplication.sendEvent(
        view.viewport() if isinstance(view, QAbstractItemView) else view,
        QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, view.mapToGlobal(at)),
    )
    menu = user.dialog("imageMenu")
    told = {action.text(): action.isEnabled() for action in menu.actions() if action.text()}
    assert {"Approve", "Export…", "Copy image", "Copy details", "Show in folder"} <= told.keys()
    assert all(told.values())
    menu.close()
    user.until(lambda: user.window.findChild(QMenu, "imageMenu") is None)


def test_rows_and_tiles_are_told_by_a_screen_reader(user: Hands) -> None:
    page = user.window.review
    page.changes.table.go_to("home/most.png")
    user.key("a")
    table = QAccessible.queryAccessibleInterface(page.changes.table)
    assert table.role() is ROLES.Table
    children = [table.child(place) for place in range(table.childCount())]
    said = [c.text(QAccessible.Text.Name) for c in children if c.role() is ROLES.Cell]
    assert said[0] == "most.png, changed, 17.4\u00a0%, home, approved"
    assert any(text.startswith("broken.png, errored, The head image could") for text in said)
    assert "moved.png, renamed, was shop/moved.png" in said
    user.press("showGrid")
    grid = QAccessible.queryAccessibleInterface(page.grid)
    assert grid.role() is ROLES.List
    tiles = [grid.child(place) for place in range(grid.childCount())]
    assert {tile.role() for tile in tiles} == {ROLES.ListItem}
    assert [tile.text(QAccessible.Text.Name) for tile in tiles] == said[::2]


def test_verdicts_pills_and_meter_are_told_by_a_screen_reader(user: Hands) -> None:
    user.window.review.changes.table.go_to("home/most.png")
    told = {}
    for name in ("verdictApprove", "headerReview", "pill_changed", "headerExport"):
        found = QAccessible.queryAccessibleInterface(user.window.findChild(QWidget, name))
        told[name] = found.role(), found.text(QAccessible.Text.Name)
    assert told == {
        "verdictApprove": (ROLES.CheckBox, "Approve"),
        "headerReview": (ROLES.Button, "0 of 7 reviewed, go to the next"),
        "pill_changed": (ROLES.CheckBox, "3 changed"),
        "headerExport": (ROLES.Button, "Export…"),
    }
    checked = [verdict_is_checked(user)]
    user.window.deciding.advances = False
    user.key("a")
    assert [*checked, verdict_is_checked(user)] == [False, True]
    assert spoken(user.window.findChild(QWidget, "headerReview")).startswith("1 of 7 reviewed")


def verdict_is_checked(user: Hands) -> bool:
    button = user.window.findChild(QWidget, "verdictApprove")
    return bool(QAccessible.queryAccessibleInterface(button).state().checked)


def test_the_picture_is_described(user: Hands) -> None:
    page = user.window.review
    page.changes.table.go_to("cart/gone.png")
    canvas = QAccessible.queryAccessibleInterface(page.viewer.canvas)
    user.until(lambda: canvas.text(QAccessible.Text.Description) == "Base: 48 × 36")
    assert canvas.text(QAccessible.Text.Name) == "Image comparison"
    page.changes.table.go_to("home/most.png")
    user.key("w")
    user.until(lambda: canvas.text(QAccessible.Text.Description).endswith("Head: 48 × 36"))
    assert canvas.text(QAccessible.Text.Name) == "Image comparison: Wipe"


def test_a_fault_of_the_filter_is_told_where_it_is_written(user: Hands) -> None:
    field = user.window.findChild(FilterField, "filterField")
    field.setFocus()
    user.key("status:nonsense ")
    found = QAccessible.queryAccessibleInterface(field)
    assert "nonsense" in found.text(QAccessible.Text.Description)
