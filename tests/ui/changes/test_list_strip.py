"""Sorting, grouping and the kind of view, chosen above the list."""

import pytest
from changes_samples import change, mixed
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QListView, QToolButton

from snapreview.model.change import Status
from snapreview.model.decision import Decision, Verdict
from snapreview.model.order import Sort
from snapreview.ui.changes.groups import GroupKey
from snapreview.ui.changes.list_strip import ViewKind
from snapreview.ui.changes.panel import ChangesPanel
from snapreview.ui.theme import LIGHT

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def panel(qtbot):
    found = ChangesPanel(LIGHT)
    qtbot.addWidget(found)
    found.resize(320, 600)
    found.replace(mixed())
    with qtbot.waitExposed(found):
        found.show()
    return found


def tool(panel, name):
    return panel.findChild(QToolButton, name)


def choices(panel):
    return {action.text(): action for action in tool(panel, "sortRows").menu().actions()}


def listed(panel):
    return [row.name for row in panel.model.changes]


def count(panel):
    return panel.findChild(QLabel, "shownCount").text()


def test_the_menu_sorts_within_each_status(panel):
    told = []
    panel.sortChanged.connect(told.append)
    assert listed(panel)[:2] == ["home/most.png", "home/little.png"]
    choices(panel)["Name"].trigger()
    assert listed(panel)[:2] == ["home/little.png", "home/most.png"]
    assert told == [Sort.NAME]
    assert tool(panel, "sortRows").text().strip() == "Name"
    assert [action.isChecked() for action in choices(panel).values()][:4] == [0, 1, 0, 0]


def test_a_remembered_order_is_set_without_the_menu(panel):
    panel.set_sort(Sort.NAME)
    assert (panel.sort, listed(panel)[0]) == (Sort.NAME, "home/little.png")
    assert choices(panel)["Name"].isChecked()


def test_the_button_groups_and_the_menu_folds_all(qtbot, panel):
    told = []
    panel.groupingChanged.connect(told.append)
    assert not choices(panel)["Fold all groups"].isEnabled()
    qtbot.mouseClick(tool(panel, "groupRows"), LEFT)
    assert told == [True]
    assert panel.model.changes.entry(0) == GroupKey("home")
    choices(panel)["Fold all groups"].trigger()
    rows = panel.model.changes
    entries = rows.entries(0, len(rows) - 1)
    assert entries == [GroupKey("home"), GroupKey("cart"), "rest/left-out.png", "rest/slow.png"]
    assert len(listed(panel)) == 9
    choices(panel)["Unfold all groups"].trigger()
    assert len(rows) == 11
    panel.set_grouping(False)
    assert len(rows) == 9


def test_images_are_counted_with_those_folded_away_and_without_headers(panel):
    assert count(panel) == "9 of 10"
    panel.set_grouping(True)
    panel.model.fold_all(True)
    assert count(panel) == "9 of 10"
    panel.bar.field.setText("home")
    assert count(panel) == "3 of 10"
    panel.replace([change("a", Status.ADDED)])
    panel.bar.clear()
    assert count(panel) == "1 image"


def test_pills_count_images_whether_grouped_or_not(panel):
    before = dict(panel.model.changes.counts)
    panel.set_grouping(True)
    assert panel.model.changes.counts == before


def test_another_view_of_the_rows_is_offered_when_there_is_one(qtbot, panel):
    told = []
    panel.viewKindChanged.connect(told.append)
    assert not tool(panel, "showGrid").isVisible()
    panel.set_view_kind(ViewKind.GRID)
    assert panel.views.currentWidget() is panel.table
    grid = QListView(objectName="grid")
    panel.add_grid(grid)
    qtbot.mouseClick(tool(panel, "showGrid"), LEFT)
    assert panel.views.currentWidget() is grid
    panel.set_view_kind(ViewKind.LIST)
    assert panel.views.currentWidget() is panel.table
    assert told == [ViewKind.GRID, ViewKind.LIST]


def test_why_there_is_nothing_is_said_over_either_view(panel):
    panel.add_grid(QListView())
    panel.set_view_kind(ViewKind.GRID)
    panel.bar.field.setText("zebra")
    area = panel.empty.geometry().center()
    assert panel.views.childAt(area) in {panel.empty, *panel.empty.findChildren(QLabel)}


def test_before_there_are_rows_there_is_nothing_to_sort(panel):
    panel.replace([])
    assert not panel.strip.isVisible()


def test_the_row_that_was_decided_stays_until_the_filter_is_another(panel):
    panel.bar.field.setText("is:unreviewed")
    panel.table.go_to("cart/gone.png")
    yes = Decision(Verdict.APPROVED)
    panel.update_decisions({"cart/gone.png": yes, "cart/fresh.png": yes})
    assert "cart/gone.png" in listed(panel)
    assert "cart/fresh.png" not in listed(panel)
    panel.set_decisions({"cart/gone.png": yes})
    assert listed(panel)[-1] == "cart/fresh.png"
    panel.bar.field.setText("is:unreviewed home")
    panel.bar.field.setText("is:unreviewed")
    assert "cart/gone.png" not in listed(panel)


def test_completion_offers_what_the_comparison_has(panel):
    counts = panel.model.changes.vocabulary.counts("status")
    assert counts["removed"] == 1
    panel.update_rows([change("home/slow.png", Status.REMOVED)])
    assert panel.model.changes.vocabulary.counts("status")["removed"] == 2
