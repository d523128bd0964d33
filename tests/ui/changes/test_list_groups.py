"""The list with groups and decisions, by keys and mouse."""

import pytest
from changes_samples import change
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut

from snapreview.model.change import Status
from snapreview.model.decision import UNDECIDED, Decision, Verdict
from snapreview.ui.changes.category import Category
from snapreview.ui.changes.groups import GroupKey
from snapreview.ui.changes.model import ChangesModel
from snapreview.ui.changes.table import ChangesTable
from snapreview.ui.theme import DARK, LIGHT, status_colour

LEFT = Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
YES, NO = Decision(Verdict.APPROVED), Decision(Verdict.REJECTED)
CART, HOME = GroupKey("cart"), GroupKey("home")
ROWS = [
    change("cart/a.png", Status.CHANGED, 90),
    change("cart/b.png", Status.ADDED),
    change("cart/c.png", Status.ADDED),
    change("top.png", Status.CHANGED, 50),
    change("home/a.png", Status.CHANGED, 10),
    change("home/b.png", Status.REMOVED),
]
ALL = [CART, "cart/a.png", "cart/b.png", "cart/c.png", "top.png", HOME, "home/a.png", "home/b.png"]


@pytest.fixture
def table(qtbot):
    model = ChangesModel()
    view = ChangesTable(model, LIGHT)
    model.setParent(view)
    qtbot.addWidget(view)
    view.resize(320, 500)
    model.replace(ROWS)
    model.set_grouped(True)
    with qtbot.waitExposed(view):
        view.show()
    view.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    return view


def entries(table):
    rows = table.model().changes
    return rows.entries(0, len(rows) - 1)


def current(table):
    return table.model().changes.entry(table.currentIndex().row())


def selected(table):
    return [row.name for row in table.selected_changes()]


def point(table, entry, x=150):
    row = table.model().changes.place(entry)
    return QPoint(x, table.rowViewportPosition(row) + table.rowHeight(row) // 2)


def click(qtbot, table, entry, modifiers=PLAIN, x=150):
    qtbot.mouseClick(table.viewport(), LEFT, modifiers, point(table, entry, x))


def test_a_click_on_the_arrow_folds_and_chooses_nothing(qtbot, table):
    assert entries(table) == ALL
    table.go_to("top.png")
    click(qtbot, table, CART, x=24)
    assert entries(table) == [CART, *ALL[4:]]
    assert (current(table), selected(table)) == ("top.png", ["top.png"])
    click(qtbot, table, CART, x=24)
    assert entries(table) == ALL


def test_left_and_right_fold_the_header_they_stand_on(qtbot, table):
    table.go_to_row(0)
    qtbot.keyClick(table, Qt.Key.Key_Left)
    assert entries(table) == [CART, *ALL[4:]]
    qtbot.keyClick(table, Qt.Key.Key_Left)
    assert current(table) == CART
    qtbot.keyClick(table, Qt.Key.Key_Right)
    assert (entries(table), current(table)) == (ALL, CART)
    qtbot.keyClick(table, Qt.Key.Key_Right)
    assert current(table) == "cart/a.png"


@pytest.mark.parametrize("key", [Qt.Key.Key_Left, Qt.Key.Key_Right])
def test_only_on_a_header_are_these_keys_kept_from_the_window(qtbot, table, key):
    heard = []
    shortcut = QShortcut(QKeySequence(key), table.window())
    shortcut.activated.connect(lambda: heard.append(current(table)))
    table.go_to_row(0)
    qtbot.keyClick(table, key)
    table.go_to("top.png")
    qtbot.keyClick(table, key)
    assert heard == ["top.png"]


def test_enter_and_a_double_click_on_a_header_fold_it_and_open_nothing(qtbot, table):
    opened = []
    table.openRequested.connect(opened.append)
    table.go_to_row(0)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert entries(table) == [CART, *ALL[4:]]
    qtbot.mouseDClick(table.viewport(), LEFT, PLAIN, point(table, CART))
    assert entries(table) == ALL
    assert opened == []


def test_folding_the_group_of_the_current_row_leads_to_its_header(qtbot, table):
    table.go_to("cart/b.png")
    click(qtbot, table, CART, x=24)
    assert current(table) == CART
    assert selected(table) == ["cart/a.png", "cart/b.png", "cart/c.png"]
    table.model().fold_all(False)
    table.go_to("home/b.png")
    table.model().fold_all(True)
    assert current(table) == HOME


def test_a_header_shows_its_first_image_and_selects_all_of_them(qtbot, table):
    told = []
    table.currentChangeChanged.connect(lambda row: told.append(row.name))
    click(qtbot, table, HOME)
    assert told == ["home/a.png"]
    assert selected(table) == ["home/a.png", "home/b.png"]
    click(qtbot, table, "home/b.png", CONTROL)
    click(qtbot, table, "top.png", CONTROL)
    assert selected(table) == ["top.png", "home/a.png", "home/b.png"]
    table.selectAll()
    assert selected(table) == [entry for entry in ALL if isinstance(entry, str)]


def test_a_folded_group_is_selected_with_its_header(qtbot, table):
    table.model().fold("cart", True)
    click(qtbot, table, CART)
    click(qtbot, table, "top.png", SHIFT)
    assert selected(table) == ["cart/a.png", "cart/b.png", "cart/c.png", "top.png"]


def test_the_keyboard_walks_the_list_with_its_headers(qtbot, table):
    table.go_to("top.png")
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert current(table) == HOME
    assert table.step(1)
    assert current(table) == "home/a.png"
    qtbot.keyClick(table, Qt.Key.Key_Down, SHIFT)
    assert selected(table) == ["home/a.png", "home/b.png"]


def test_from_elsewhere_images_are_walked_and_folded_groups_count_as_one(qtbot, table):
    table.clearFocus()
    table.go_to("top.png")
    assert table.step(1)
    assert current(table) == "home/a.png"
    assert table.step(-1)
    assert current(table) == "top.png"
    table.model().fold("home", True)
    assert table.step(1)
    assert current(table) == HOME
    table.go_first()
    assert current(table) == "cart/a.png"
    assert not table.step(-1)


def test_going_to_a_folded_image_unfolds_its_group(table):
    table.model().fold_all(True)
    assert table.go_to("home/b.png")
    assert current(table) == "home/b.png"
    assert entries(table) == [CART, "top.png", HOME, "home/a.png", "home/b.png"]
    table.model().set_filter("cart")
    assert not table.go_to("home/b.png")


def unreviewed(row):
    return row.decision is UNDECIDED


def test_the_next_unreviewed_is_found_below_then_round_the_end_unfolding_its_group(table):
    decided = ["top.png", "home/a.png", "home/b.png", "cart/a.png", "cart/b.png"]
    table.model().update_decisions(dict.fromkeys(decided, YES))
    table.model().fold("cart", True)
    table.go_to("top.png")
    assert table.next_where(unreviewed)
    assert current(table) == "cart/c.png"
    assert table.next_where(unreviewed)  # the only one that is left
    assert current(table) == "cart/c.png"
    table.model().update_decisions({"cart/c.png": NO})
    assert not table.next_where(unreviewed)
    assert current(table) == "cart/c.png"


def test_from_a_folded_header_its_own_images_come_first(table):
    table.model().fold("cart", True)
    table.go_to_row(0)
    assert table.next_where(lambda row: row.category is Category.CHANGED)
    assert current(table) == "cart/a.png"


def test_hidden_by_the_filter_is_not_next(table):
    table.model().set_filter("top")
    assert not table.next_where(lambda row: row.name.startswith("home"))


def test_neighbours_are_images_each_once(table):
    table.go_to("top.png")
    assert [row.name for row in table.neighbours((1, -1, 2))] == ["home/a.png", "cart/c.png"]
    table.go_to_row(0)
    assert [row.name for row in table.neighbours((1, -1, 2))] == ["cart/b.png"]


def test_a_decided_row_stays_while_somebody_stands_on_it(table):
    table.model().set_filter("is:unreviewed")
    table.go_to("top.png")
    decided = {"top.png": YES, "home/a.png": NO}
    table.model().update_decisions(decided, keep=table.current_change().name)
    assert current(table) == "top.png"
    assert table.model().changes.place("home/a.png") is None
    table.model().reorder()
    assert table.model().changes.place("top.png") is None


def test_grouping_keeps_current_row_and_selection(table):
    table.model().set_grouped(False)
    table.go_to("home/a.png")
    table.select_names(["home/a.png", "cart/b.png"])
    table.model().set_grouped(True)
    assert current(table) == "home/a.png"
    assert selected(table) == ["cart/b.png", "home/a.png"]


def test_from_a_header_ungrouping_leads_to_its_first_image(table):
    table.go_to_row(5)
    table.model().set_grouped(False)
    assert current(table) == "home/a.png"


def picture(table):
    return table.viewport().grab().toImage()


def inks(table, row, left, right):
    """The colours between two distances from the left, in a row."""
    image, top = picture(table), table.rowViewportPosition(row)
    ratio = image.devicePixelRatio()
    places = range(round(left * ratio), round(right * ratio))
    heights = range(round(top * ratio), round((top + table.rowHeight(row)) * ratio))
    return {image.pixelColor(x, y).name() for x in places for y in heights}


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_a_verdict_stands_at_the_right_in_its_colour(table, theme):
    table.set_theme(theme)
    table.go_to_row(7)
    approved, rejected = (status_colour(theme, name).name() for name in ("added", "errored"))
    right = table.viewport().width()
    table.model().update_decisions({"cart/a.png": YES, "top.png": NO})
    assert approved in inks(table, 1, right - 34, right)
    assert rejected in inks(table, 4, right - 34, right)
    assert not {approved, rejected} & inks(table, 2, right - 34, right)


def test_a_note_is_marked(table):
    right = table.viewport().width()
    table.go_to_row(7)
    before = inks(table, 4, right - 34, right)
    table.model().update_decisions({"top.png": Decision(None, "Why?")})
    assert inks(table, 4, right - 34, right) != before


def test_members_stand_further_in_than_rows_without_a_group(table):
    table.go_to_row(7)
    ink = status_colour(LIGHT, "changed").name()
    assert ink in inks(table, 4, 16, 28)
    assert ink not in inks(table, 1, 16, 28)


def test_the_arrow_of_a_header_tells_whether_it_is_folded(table):
    table.go_to_row(7)
    before = picture(table).copy(16, 0, 20, table.rowHeight(0))
    table.model().fold("cart", True)
    assert picture(table).copy(16, 0, 20, table.rowHeight(0)) != before
