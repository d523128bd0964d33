"""The window on real folders, compared by the real engine."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLineEdit

from snapreview.model.change import Status
from snapreview.ui.settings import SettingsFile
from snapreview.ui.theme import DARK, LIGHT
from snapreview.ui.viewer.modes import Mode

from .hands import LEFT, Hands
from .sets import Sets

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def user(qtbot, compared) -> Hands:
    return Hands(qtbot, compared)


def test_rows_come_while_it_runs_and_are_in_order_at_the_end(
    qtbot, open_desktop, gate, sets: Sets
) -> None:
    user = Hands(qtbot, open_desktop(*sets.sources))
    assert user.window.pages.currentWidget() is user.window.review
    user.until(lambda: user.status().endswith("compared") and "home/most.png" in user.listed())
    user.until(lambda: "home/same.png" not in user.listed())
    waiting = user.window.review.changes.model.change(user.listed().index("home/most.png"))
    assert waiting.status is Status.PENDING
    assert user.offers() == {"statusCancel"}
    gate.open()
    user.settle()
    assert user.listed() == sets.listed
    assert user.offers() == {"statusDetails", "statusRetry"}
    assert user.status().startswith("6 of 8 images differ · 1 could not be compared · ")


def test_the_first_changed_row_comes_up_by_itself(user: Hands) -> None:
    assert user.current() in ("home/most.png", "home/more.png", "home/some.png")
    assert user.text("viewerTitle") == user.current()
    assert "Changed" in user.text("viewerSummary")


def test_pills_count_and_isolate(user: Hands) -> None:
    assert user.pills() == [
        "3 changed",
        "1 errored",
        "1 removed",
        "1 added",
        "1 renamed",
        "1 unchanged",
    ]
    user.press("pill_renamed")
    assert user.listed() == ("cart/moved.png",)
    user.press("pill_unchanged")
    assert user.listed() == ("cart/moved.png", "home/same.png")
    user.press("pill_renamed")
    user.press("pill_unchanged")
    assert user.listed() == Sets.listed


def test_filter(user: Hands) -> None:
    user.key(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    user.key("cart -fresh")
    assert user.listed() == ("cart/broken.png", "cart/gone.png", "cart/moved.png")
    assert user.pills()[0] == "1 errored"
    user.key(" xyz")
    assert user.empty()[0] == "No match"
    user.press("emptyAction")
    assert user.listed() == Sets.listed


def test_selection(user: Hands, qtbot) -> None:
    table = user.window.review.changes.table
    table.setFocus()
    user.key(Qt.Key.Key_Home)
    assert user.selected() == Sets.listed[:1]
    user.key(Qt.Key.Key_Down, SHIFT)
    assert user.selected() == Sets.listed[:2]
    at = table.visualRect(table.model().index(4, 0)).center()
    qtbot.mouseClick(table.viewport(), LEFT, Qt.KeyboardModifier.ControlModifier, at)
    assert user.selected() == (*Sets.listed[:2], Sets.listed[4])
    user.key("a", Qt.KeyboardModifier.ControlModifier)
    assert user.selected() == Sets.listed


def test_nothing_differs(user: Hands, sets: Sets) -> None:
    user.compare(str(sets.base), str(sets.base))
    assert user.empty() == ("0 of 7 images differ", "Both sets look the same.")
    assert user.status().startswith("0 of 7 images differ · ")
    assert user.offers() == set()
    user.press("emptyAction")
    assert len(user.listed()) == 7


def test_one_set_has_no_statuses(user: Hands, sets: Sets) -> None:
    user.press("pill_changed")
    user.compare(str(sets.base))
    assert user.pills() == []
    assert len(user.listed()) == 7  # the pill that was pressed does not filter on unseen
    assert user.status() == "7 images"
    assert user.current() == user.listed()[0]
    user.key("1")
    assert len(user.listed()) == 7


def test_swap_and_reload(user: Hands, sets: Sets) -> None:
    user.press("headerSwap")
    user.settle()
    assert {"cart/gone.png", "shop/moved.png"} <= set(user.listed())
    gone = user.window.review.changes.model.changes.place("cart/gone.png")
    assert user.window.review.changes.model.change(gone).status is Status.ADDED
    assert user.text("headerTitle") == f"{sets.head}   →   {sets.base}"
    sets.repair()
    user.press("headerReload")
    user.settle()
    assert "3 changed" not in user.pills()
    assert "4 changed" in user.pills()


def test_a_filter_stays_when_the_same_is_opened_again_only(user: Hands, sets: Sets) -> None:
    field = user.window.findChild(QLineEdit, "filterField")
    field.setText("home")
    user.press("headerReload")
    user.settle()
    assert field.text() == "home"
    user.press("headerSwap")
    user.settle()
    assert field.text() == "home"
    user.compare(str(sets.base))
    assert field.text() == ""


def test_back_to_the_start_page_and_to_the_list(user: Hands, sets: Sets) -> None:
    start = user.window.start
    user.press("headerBack")
    assert user.window.pages.currentWidget() is start
    assert (start.base.source, start.head.source) == sets.sources
    for name in ("actionExport", "actionReload", "actionFilter", "actionNext", "viewerModeBase"):
        enabled = user.window.findChild(object, name).isEnabled()
        assert enabled is (name == "actionExport"), name
    user.press("startBack")
    assert user.window.pages.currentWidget() is user.window.review
    assert user.listed() == Sets.listed


def test_what_was_opened_is_remembered_by_its_whole_path(
    user: Hands, sets: Sets, dirs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(sets.base.parent)
    user.compare("base", "head")
    saved = SettingsFile(dirs.config)
    user.until(lambda: [(p.base, p.head) for p in saved.load().recent] == [sets.sources])
    user.press("headerBack")
    recents = user.window.start.recent
    user.qtbot.keyClick(recents, Qt.Key.Key_Delete)  # no row is current
    recents.setCurrentRow(0)
    recents.setFocus()
    user.qtbot.keyClick(recents, Qt.Key.Key_Delete)
    user.until(lambda: saved.load().recent == ())
    assert not recents.isVisible()


def test_the_theme_changes_at_run_time_and_is_remembered(user: Hands, qapp, dirs) -> None:
    ground = qapp.palette().window().color()
    user.window.findChild(object, "actionThemeDark").trigger()
    dark = qapp.palette().window().color()
    assert dark == QColor(DARK.window)
    assert dark != ground or ground == QColor(DARK.window)
    picture = user.window.grab().toImage()
    assert picture.pixelColor(picture.width() - 4, 4).lightness() < 80
    user.window.findChild(object, "actionThemeLight").trigger()
    assert qapp.palette().window().color() == QColor(LIGHT.window)
    picture = user.window.grab().toImage()
    assert picture.pixelColor(picture.width() - 4, 4).lightness() > 180
    saved = SettingsFile(dirs.config)
    user.until(lambda: saved.load().theme == "light")
    user.window.findChild(object, "actionThemeSystem").trigger()
    user.until(lambda: saved.load().theme is None)


def test_overlay_and_place_are_remembered(user: Hands, open_desktop, dirs) -> None:
    viewer = user.window.review.viewer
    user.window.review.changes.table.setFocus()
    user.key("d")
    user.key("]")
    viewer.toolbar.colour.chosen.emit(QColor("#00aa55"))
    user.key("i")  # without the inspector, which needs more room than this screen has
    user.until(lambda: user.window.resize(700, 520) or user.window.width() == 700)
    user.window.review.splitter.setSizes([270, 430])
    kept = viewer.overlay, user.window.size(), user.window.review.splitter.sizes()
    user.window.close()
    settings = SettingsFile(dirs.config).load()
    assert (settings.overlay_visible, settings.overlay_colour) == (False, "#00aa55")

    again = open_desktop(size=None).window
    assert (again.review.viewer.overlay, again.size()) == kept[:2]
    again.show_review()
    assert again.settings.splitter == (*kept[2][:2], 300)
    assert not again.settings.inspector_visible
    assert not again.review.inspector.isVisibleTo(again.review)


def test_the_bar_tells_how_far_it_is(qtbot, open_desktop, gate, sets: Sets) -> None:
    user = Hands(qtbot, open_desktop(*sets.sources))
    user.until(lambda: user.status() == "1 of 5 compared")  # the one of equal bytes
    assert not user.window.findChild(object, "actionExport").isEnabled()
    assert not user.window.review.header.export.isEnabled()
    gate.open()
    user.settle()
    assert user.window.findChild(object, "actionExport").isEnabled()
    assert user.window.review.header.export.isEnabled()


def test_a_single_pair_of_images(user: Hands, sets: Sets) -> None:
    old, new = (Path(source) / "home/most.png" for source in sets.sources)
    user.compare(str(old), str(new))
    assert user.listed() == ("most.png",)
    assert user.window.windowTitle() == "most.png – SnapReview"
    assert user.window.review.viewer.mode is Mode.SPLIT


def test_about_tells_the_engine(user: Hands, qapp: QApplication) -> None:
    user.window.findChild(object, "actionAbout").trigger()
    box = user.dialog("aboutBox")
    user.until(lambda: "odiff 4." in box.informativeText())
    assert "part of SnapReview" in box.informativeText()
    box.close()
    user.until(lambda: user.window.findChild(object, "aboutBox") is None)


def test_after_a_filter_without_a_match_one_is_where_one_was(user: Hands) -> None:
    table = user.window.review.changes.table
    table.go_to("home/more.png")
    user.write_into("filterField", "nowhere")
    assert user.current() is None
    user.window.review.changes.bar.clear()
    assert user.current() == "home/more.png"
    assert user.selected() == ("home/more.png",)
