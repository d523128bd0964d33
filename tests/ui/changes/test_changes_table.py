import pytest
from changes_samples import IN_ORDER, change, mixed
from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QToolButton

from snapreview.model.change import Status
from snapreview.ui.changes.category import Category
from snapreview.ui.changes.model import ChangesModel
from snapreview.ui.changes.table import ChangesTable
from snapreview.ui.theme import DARK, LIGHT

P = Status.PENDING
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def table(qtbot):
    model = ChangesModel()
    view = ChangesTable(model, LIGHT)
    model.setParent(view)
    qtbot.addWidget(view)
    view.resize(320, 400)
    model.replace(mixed())
    with qtbot.waitExposed(view):
        view.show()
    return view


def selected(table):
    return [row.name for row in table.selected_changes()]


def current(table):
    return table.current_change() and table.current_change().name


def row_point(table, name):
    row = table.model().changes.place(name)
    return QPoint(60, table.rowViewportPosition(row) + 10)


def click(qtbot, table, name, modifiers=Qt.KeyboardModifier.NoModifier):
    button = Qt.MouseButton.LeftButton
    qtbot.mouseClick(table.viewport(), button, modifiers, row_point(table, name))


@pytest.mark.parametrize(
    ("key", "modifiers", "expected"),
    [
        (Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier, 4),
        (Qt.Key.Key_Up, Qt.KeyboardModifier.NoModifier, 2),
        (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier, 0),
        (Qt.Key.Key_End, Qt.KeyboardModifier.NoModifier, 8),
        (Qt.Key.Key_Up, CONTROL, 0),
        (Qt.Key.Key_Down, CONTROL, 8),
        (Qt.Key.Key_Home, CONTROL, 0),
        (Qt.Key.Key_End, CONTROL, 8),
    ],
)
def test_keys_walk_the_list(qtbot, table, key, modifiers, expected):
    table.go_to_row(3)
    qtbot.keyClick(table, key, modifiers)
    assert current(table) == IN_ORDER[expected]
    assert selected(table) == [IN_ORDER[expected]]


def test_shift_extends_to_the_end(qtbot, table):
    table.go_to_row(6)
    qtbot.keyClick(table, Qt.Key.Key_End, SHIFT)
    assert selected(table) == IN_ORDER[6:]


@pytest.mark.parametrize("key", [Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_S])
def test_keys_of_the_viewer_do_nothing_here(qtbot, table, key):
    table.go_to_row(1)
    qtbot.keyClick(table, key)
    assert current(table) == IN_ORDER[1]
    assert selected(table) == [IN_ORDER[1]]


def test_rows_are_selected_as_in_any_list(qtbot, table):
    click(qtbot, table, IN_ORDER[1])
    click(qtbot, table, IN_ORDER[3], SHIFT)
    assert selected(table) == IN_ORDER[1:4]
    click(qtbot, table, IN_ORDER[6], CONTROL)
    assert selected(table) == [*IN_ORDER[1:4], IN_ORDER[6]]
    qtbot.keyClick(table, Qt.Key.Key_A, CONTROL)
    assert selected(table) == IN_ORDER


def test_enter_and_double_click_open_a_row(qtbot, table):
    opened = []
    table.openRequested.connect(lambda row: opened.append(row.name))
    table.go_to_row(2)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    button = Qt.MouseButton.LeftButton
    qtbot.mouseDClick(table.viewport(), button, pos=row_point(table, IN_ORDER[5]))
    assert opened == [IN_ORDER[2], IN_ORDER[5]]


def test_current_row_and_selection_follow_their_names_through_filters(table):
    table.go_to("cart/moved.png")
    table.select_names(["cart/moved.png", "cart/gone.png", "home/most.png"])
    table.model().set_filter("cart")
    assert current(table) == "cart/moved.png"
    assert selected(table) == ["cart/gone.png", "cart/moved.png"]
    table.model().set_filter("")
    assert current(table) == "cart/moved.png"
    assert selected(table) == ["cart/gone.png", "cart/moved.png"]


def test_where_the_current_row_is_filtered_out_its_neighbour_takes_over(table):
    table.go_to("rest/slow.png")
    table.model().set_filter("home")
    assert current(table) == "home/soft.png"
    assert selected(table) == ["home/soft.png"]


def test_nothing_is_current_where_nothing_is_listed(table):
    table.go_to_row(1)
    table.model().set_filter("zebra")
    assert current(table) is None
    assert selected(table) == []


def test_that_nothing_is_selected_any_more_is_told(table):
    table.go_to_row(1)
    told = []
    table.selectedChangesChanged.connect(lambda: told.append(selected(table)))
    table.currentChangeChanged.connect(told.append)
    table.model().set_filter("zebra")
    assert told == [None, []]


def test_a_selection_of_everything_survives_batches_and_filters_by_name(qtbot):
    model = ChangesModel()
    view = ChangesTable(model, LIGHT)
    qtbot.addWidget(view)
    model.replace([change(f"{n:05}", P) for n in range(5_000)])
    view.selectAll()
    model.update_rows([change(f"{n:05}", Status.CHANGED, 5) for n in range(0, 5_000, 100)])
    assert len(view.selected_changes()) == 5_000
    model.set_filter("7")
    assert {row.name for row in view.selected_changes()} == {row.name for row in model.changes}
    model.set_filter("")
    assert all("7" in row.name for row in view.selected_changes())


def test_a_large_selection_stays_with_its_rows_while_they_settle_and_leave(qtbot):
    model = ChangesModel()
    view = ChangesTable(model, LIGHT)
    qtbot.addWidget(view)
    model.replace([change(f"{n:04}", P) for n in range(2_000)])
    view.go_to("0700")
    chosen = [f"{n:04}" for n in range(500, 1_500)]
    view.select_names(chosen)
    told = []
    view.selectedChangesChanged.connect(lambda: told.append(len(view.selected_changes())))
    for first in range(0, 2_000, 10):
        model.update_rows([change(f"{first:04}", Status.CHANGED, 5)])
    assert sorted(selected(view)) == chosen
    assert told == []
    model.update_rows([change("0700", Status.UNCHANGED)], keep="0700")
    model.update_rows([change("0701", Status.UNCHANGED)], keep="0700")
    assert sorted(selected(view)) == [name for name in chosen if name != "0701"]
    assert current(view) == "0700"
    assert told == [999]


def test_dragging_over_rows_selects_them(qtbot, table):
    area, none = table.viewport(), Qt.KeyboardModifier.NoModifier
    button = Qt.MouseButton.LeftButton
    qtbot.mousePress(area, button, none, row_point(table, IN_ORDER[2]))
    for name in IN_ORDER[3:6]:
        drag_to(table, row_point(table, name))
    qtbot.mouseRelease(area, button, none, row_point(table, IN_ORDER[5]))
    assert selected(table) == IN_ORDER[2:6]


def drag_to(table, point):
    """A move with the left button down, which qtbot's own has not."""
    area, left = table.viewport(), Qt.MouseButton.LeftButton
    where = area.mapToGlobal(point).toPointF()
    kind, none = QEvent.Type.MouseMove, Qt.KeyboardModifier.NoModifier
    event = QMouseEvent(kind, point.toPointF(), where, left, left, none)
    QApplication.sendEvent(area, event)


def test_when_the_current_row_is_dropped_the_next_one_takes_over(table):
    table.go_to("cart/gone.png")
    table.model().update_rows([change("home/most.png", Status.UNCHANGED)], ["cart/gone.png"])
    assert current(table) == "cart/fresh.png"
    assert selected(table) == ["cart/fresh.png"]


def test_selected_rows_stay_selected_when_they_settle(table):
    table.model().replace([change(name, P) for name in "abcd"])
    table.go_to("b")
    table.select_names(["b", "c"])
    table.model().update_rows([change("c", Status.CHANGED, 5), change("d", Status.CHANGED, 5)])
    assert [row.name for row in table.model().changes] == ["c", "d", "a", "b"]
    assert current(table) == "b"
    assert selected(table) == ["c", "b"]


def test_what_is_current_and_selected_is_told_once_a_batch_and_only_if_different(qtbot, table):
    table.go_to("cart/gone.png")
    told, counted = [], []
    table.currentChangeChanged.connect(told.append)
    table.selectedChangesChanged.connect(lambda: counted.append(selected(table)))
    table.model().update_rows([change("home/most.png", Status.CHANGED, 1)])
    table.model().set_filter("cart")
    assert told == []
    news = change("cart/gone.png", Status.ERRORED, error="No.")
    table.model().update_rows([news])
    assert told == [news]
    table.go_to_row(0)
    assert [row.name for row in told[1:]] == ["cart/broken.png"]
    assert counted == [["cart/broken.png"]]


def test_the_row_in_sight_stays_at_its_height_while_others_come_and_go(qtbot, table):
    table.model().replace([change(f"{n:03}", P) for n in range(300)])
    table.go_to("150")
    before = table.rowViewportPosition(table.currentIndex().row())
    table.model().update_rows(
        [change(f"{n:03}", Status.UNCHANGED if n % 2 else Status.CHANGED, 5) for n in range(64)],
        keep="150",
    )
    assert table.rowViewportPosition(table.currentIndex().row()) == before


def test_at_the_top_the_list_stays_at_the_top(table):
    table.model().replace([change(f"{n:03}", P) for n in range(300)])
    table.model().update_rows([change(f"{n:03}", Status.CHANGED, 5) for n in range(100, 140)])
    assert table.verticalScrollBar().value() == 0


def chip_of(table):
    return table.findChild(QToolButton, "sortNewRows")


def test_new_rows_stand_below_a_line_whose_button_sorts_them(qtbot, table):
    table.model().replace([change("a", Status.ADDED), change("x", P), change("y", P)])
    assert not chip_of(table).isVisible()
    table.model().update_rows([change("x", Status.CHANGED, 5), change("y", Status.CHANGED, 9)])
    chip = chip_of(table)
    assert chip.text() == "2 new · Sort"
    assert chip.geometry().center().y() == pytest.approx(table.rowViewportPosition(1), abs=1)
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert [row.name for row in table.model().changes] == ["y", "x", "a"]
    assert not chip.isVisible()


def test_stepping_ends_at_the_ends(table):
    table.setCurrentIndex(QModelIndex())
    assert table.step(1)
    assert current(table) == IN_ORDER[0]
    assert not table.step(-1)
    assert table.go_last()
    assert not table.step(1)
    assert not table.go_to("nowhere")
    assert current(table) == IN_ORDER[-1]


def test_the_row_with_the_keyboard_shows_a_ring(qtbot, table):
    table.setFocus()
    table.clearSelection()
    table.go_to_row(1)
    area = table.visualRect(table.currentIndex())
    edge = QPoint(table.viewport().width() // 3, area.top() + 2)

    def colour():
        return table.viewport().grab().toImage().pixelColor(edge)

    table.window().activateWindow()
    qtbot.waitUntil(table.hasFocus)
    with_focus = colour()
    table.clearFocus()
    assert with_focus.blue() - with_focus.red() > 60  # the focus colour
    assert abs(colour().blue() - colour().red()) < 20


def test_every_kind_of_row_is_painted_in_both_looks(table):
    pictures = set()
    table.resize(320, 600)
    for theme in (LIGHT, DARK):
        table.set_theme(theme)
        picture = table.viewport().grab().toImage()
        for row in range(len(IN_ORDER)):
            glyph = picture.copy(16, table.rowViewportPosition(row) + 8, 20, 28)
            pictures.add(glyph.bits().tobytes())
    kinds = len(Category) - 1  # unchanged rows are not listed
    assert len(pictures) == 2 * kinds
