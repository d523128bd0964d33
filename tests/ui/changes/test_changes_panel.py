import pytest
from changes_samples import change, mixed
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from snapreview.model.change import Status
from snapreview.ui.changes.category import Category
from snapreview.ui.changes.panel import ChangesPanel
from snapreview.ui.changes.pill import Pill
from snapreview.ui.theme import DARK, LIGHT

# What a window with a layout makes Qt's offscreen platform say.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def panel(qtbot):
    found = ChangesPanel(LIGHT)
    qtbot.addWidget(found)
    found.resize(320, 600)
    with qtbot.waitExposed(found):
        found.show()
    return found


def listed(panel):
    return [row.name for row in panel.model.changes]


def said(panel):
    if not panel.empty.isVisible():
        return None
    return panel.findChild(QLabel, "emptyTitle").text()


def action(panel):
    return panel.findChild(QPushButton, "emptyAction")


def test_typing_and_pressing_narrow_the_list_down(qtbot, panel):
    panel.replace(mixed())
    qtbot.keyClicks(panel.bar.field, "cart")
    assert len(listed(panel)) == 4
    panel.bar.isolate(Category.ERRORED)
    assert listed(panel) == ["cart/broken.png"]


def test_pills_count_what_the_text_leaves(panel):
    panel.replace(mixed())
    panel.bar.field.setText("home")
    pills = {pill.category: pill.text() for pill in panel.bar.findChildren(Pill)}
    assert pills[Category.CHANGED] == "2 changed"
    assert pills[Category.ERRORED] == "0 errored"


def test_pills_follow_the_stream(panel):
    panel.replace([change(name, Status.PENDING) for name in "abc"])
    panel.update_rows([change("a", Status.CHANGED, 5), change("b", Status.UNCHANGED)])
    assert listed(panel) == ["a", "c"]
    counts = panel.model.changes.counts
    assert (counts[Category.CHANGED], counts[Category.UNCHANGED]) == (1, 1)


def test_the_current_row_stays_while_results_stream_in(panel):
    panel.replace([change(name, Status.PENDING) for name in "abc"])
    panel.table.go_to("b")
    panel.update_rows([change(name, Status.UNCHANGED) for name in "abc"])
    assert listed(panel) == ["b"]
    panel.model.reorder()
    assert listed(panel) == []


def test_before_there_is_anything_the_list_says_so(panel):
    assert said(panel) == "Finding the images"
    panel.set_waiting_text("Choose two sets", "Then press Compare.")
    assert said(panel) == "Choose two sets"
    panel.replace(mixed())
    assert said(panel) is None


def test_a_failure_is_said_with_what_can_be_done_about_it(qtbot, panel):
    tried = []
    panel.set_waiting_text(
        "Nothing could be read", "It is gone.", "errored", "Try again", lambda: tried.append(1)
    )
    assert said(panel) == "Nothing could be read"
    qtbot.mouseClick(action(panel), LEFT)
    assert tried == [1]
    panel.set_waiting_text("Finding the images")
    assert not action(panel).isVisible()


def test_cancelled_rows_are_not_compared_and_have_room_to_say_so(panel):
    panel.replace([change("a", Status.PENDING)])
    before = panel.table.columnWidth(1)
    panel.set_stopped(True)
    assert panel.model.text(0).badge == "not compared"
    assert panel.table.columnWidth(1) > before
    panel.set_stopped(False)
    assert panel.table.columnWidth(1) == before


def test_no_differences_is_said_with_the_number_of_images(qtbot, panel):
    panel.replace([change(f"{n}.png", Status.UNCHANGED) for n in range(214)])
    assert said(panel) == "0 of 214 images differ"
    qtbot.mouseClick(action(panel), LEFT)
    assert len(listed(panel)) == 214
    assert said(panel) is None


def test_no_match_offers_to_clear_the_filter(qtbot, panel):
    panel.replace(mixed())
    panel.bar.field.setText("zebra")
    panel.bar.isolate(Category.CHANGED)
    assert said(panel) == "No match"
    assert action(panel).text() == "Clear filter"
    qtbot.mouseClick(action(panel), LEFT)
    assert panel.bar.field.text() == ""
    assert panel.bar.pressed == frozenset()
    assert len(listed(panel)) == 9


def test_a_text_that_only_unlisted_rows_match_is_no_match_either(panel):
    panel.replace([change("a.png", Status.UNCHANGED), change("b.png", Status.ADDED)])
    panel.bar.field.setText("a.png")
    assert said(panel) == "No match"


def test_a_status_without_images_is_said(panel):
    panel.replace([change("b.png", Status.ADDED)])
    panel.bar.isolate(Category.SKIPPED)
    assert said(panel) == "No such image"


def test_from_the_field_down_leads_into_the_list(qtbot, panel):
    panel.replace(mixed())
    panel.window().activateWindow()
    panel.bar.focus_field()
    qtbot.keyClick(panel.bar.field, Qt.Key.Key_Down)
    assert panel.table.current_change().name == "home/most.png"
    qtbot.waitUntil(panel.table.hasFocus)


def test_the_message_keeps_the_size_of_the_list(panel):
    panel.resize(500, 700)
    assert panel.empty.size() == panel.table.viewport().size()


def test_takes_other_colours(panel):
    panel.replace(mixed())
    before = panel.grab().toImage()
    panel.set_theme(DARK)
    assert panel.grab().toImage() != before
