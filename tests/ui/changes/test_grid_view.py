import pytest
from changes_samples import change, mixed
from grid_samples import drag, middle, mouse, no_file, rows, selected, turn_wheel
from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QAccessible, QAction, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QMainWindow, QToolButton

from snapreview.model.change import Status
from snapreview.ui.changes.grid_view import GridView, ThumbSize
from snapreview.ui.changes.model import ChangesModel
from snapreview.ui.changes.table import ChangesTable
from snapreview.ui.changes.thumbnails import Thumbnails
from snapreview.ui.theme import DARK, LIGHT

KEY, LEFT = Qt.Key, Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
HINT = QAbstractItemView.ScrollHint


@pytest.fixture
def thumbnails(qapp):
    made = Thumbnails(no_file)
    yield made
    made.close()


@pytest.fixture
def grid(qtbot, thumbnails):
    """23 tiles in five lines of five columns, three of which are in sight."""
    model = ChangesModel()
    view = GridView(model, LIGHT, thumbnails)
    model.setParent(view)
    qtbot.addWidget(view)
    view.set_tile_size(ThumbSize.SMALL)
    model.replace(rows(23))
    tiles = view.geometry_of_tiles
    view.resize(5 * tiles.tile.width + 100, 3 * tiles.pitch)
    with qtbot.waitExposed(view):
        view.show()
    assert view.geometry_of_tiles.columns == 5
    return view


def go(grid, row):
    index = grid.model().index(row, 0)
    grid.selectionModel().setCurrentIndex(
        index,
        QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
    )


def current(grid):
    return grid.currentIndex().row()


@pytest.mark.parametrize(
    ("key", "held", "expected"),
    [
        (KEY.Key_Left, NONE, 6),
        (KEY.Key_Right, NONE, 8),
        (KEY.Key_Up, NONE, 2),
        (KEY.Key_Down, NONE, 12),
        (KEY.Key_Home, NONE, 0),
        (KEY.Key_End, NONE, 22),
        (KEY.Key_PageDown, NONE, 22),
        (KEY.Key_PageUp, NONE, 2),
        (KEY.Key_Up, CONTROL, 0),
        (KEY.Key_Down, CONTROL, 22),
        (KEY.Key_Home, CONTROL, 0),
        (KEY.Key_End, CONTROL, 22),
    ],
)
def test_keys_move_through_the_grid(qtbot, grid, key, held, expected):
    go(grid, 7)
    qtbot.keyClick(grid, key, held)
    assert current(grid) == expected
    assert selected(grid) == [expected]
    assert grid.viewport().rect().contains(grid.visualRect(grid.currentIndex()))


def test_from_nowhere_a_key_leads_to_the_first_tile(qtbot, grid):
    grid.selectionModel().clear()
    qtbot.keyClick(grid, KEY.Key_Down)
    assert selected(grid) == [0]


def test_shift_extends_in_the_order_of_the_list(qtbot, grid):
    go(grid, 7)
    qtbot.keyClick(grid, KEY.Key_Down, SHIFT)
    assert selected(grid) == [7, 8, 9, 10, 11, 12]
    qtbot.keyClick(grid, KEY.Key_Left, SHIFT)
    assert selected(grid) == [7, 8, 9, 10, 11]
    qtbot.keyClick(grid, KEY.Key_Up, SHIFT)
    assert selected(grid) == [6, 7]
    qtbot.keyClick(grid, KEY.Key_End, SHIFT)
    assert selected(grid) == list(range(7, 23))


@pytest.mark.parametrize("key", [KEY.Key_Space, KEY.Key_Escape, KEY.Key_A, KEY.Key_0])
def test_other_keys_are_left_to_the_window(qtbot, grid, key):
    go(grid, 7)
    qtbot.keyClick(grid, key)
    assert selected(grid) == [7]


def test_with_alt_arrows_belong_to_the_viewer(qtbot, grid):
    go(grid, 7)
    qtbot.keyClick(grid, KEY.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert current(grid) == 7


def test_its_keys_are_no_shortcuts_of_the_window_while_it_has_the_focus(qtbot, grid):
    window, pressed = QMainWindow(), []
    qtbot.addWidget(window)
    for key in ("Left", "Down", "Home", "A", "Alt+Down"):
        action = QAction(key, window)
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda _, key=key: pressed.append(key))
        window.addAction(action)
    window.setCentralWidget(grid)
    window.resize(grid.width(), 400)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    grid.setFocus()
    qtbot.waitUntil(grid.hasFocus)
    go(grid, 7)
    qtbot.keyClick(grid, KEY.Key_Left)
    qtbot.keyClick(grid, KEY.Key_Down)
    assert current(grid) == 11
    qtbot.keyClick(grid, KEY.Key_A)
    qtbot.keyClick(grid, KEY.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert pressed == ["A", "Alt+Down"]
    window.takeCentralWidget()


def test_clicks_select_as_in_any_icon_view(qtbot, grid):
    qtbot.mouseClick(grid.viewport(), LEFT, NONE, middle(grid, 1))
    assert selected(grid) == [1]
    qtbot.mouseClick(grid.viewport(), LEFT, SHIFT, middle(grid, 8))
    assert selected(grid) == list(range(1, 9))
    qtbot.mouseClick(grid.viewport(), LEFT, CONTROL, middle(grid, 3))
    assert selected(grid) == [1, 2, 4, 5, 6, 7, 8]
    qtbot.mouseClick(grid.viewport(), LEFT, NONE, middle(grid, 3))
    assert selected(grid) == [3]
    qtbot.mouseClick(grid.viewport(), LEFT, NONE, QPoint(2, 2))
    assert selected(grid) == []
    qtbot.keyClick(grid, KEY.Key_A, CONTROL)
    assert selected(grid) == list(range(23))


def between(grid, one, other):
    """The point in the corner between two tiles that touch there."""
    first, second = (grid.visualRect(grid.model().index(row, 0)) for row in (one, other))
    return QPoint((first.right() + second.left()) // 2, (first.bottom() + second.top()) // 2)


def test_a_rubber_band_selects_what_it_touches(grid):
    drag(grid, between(grid, 0, 6), between(grid, 12, 18))
    assert selected(grid) == [6, 7, 11, 12]
    drag(grid, between(grid, 2, 8), between(grid, 8, 14), CONTROL)
    assert selected(grid) == [6, 7, 8, 11, 12]
    drag(grid, between(grid, 8, 14), between(grid, 2, 8))
    assert selected(grid) == [8]


def test_a_rubber_band_is_drawn_while_it_lasts(grid):
    begin, end = between(grid, 0, 6), between(grid, 12, 18)
    inside = begin + QPoint(4, 2)
    before = grid.viewport().grab().toImage().pixelColor(inside)
    drag(grid, begin, end, drop=False)
    during = grid.viewport().grab().toImage().pixelColor(inside)
    assert during.blue() - during.red() > before.blue() - before.red() + 10
    mouse(grid, QEvent.Type.MouseButtonRelease, end, held=False)
    assert grid.viewport().grab().toImage().pixelColor(inside) == before


def test_a_rubber_band_goes_on_beyond_what_was_in_sight_at_first(grid):
    mouse(grid, QEvent.Type.MouseButtonPress, QPoint(1, 1))
    mouse(grid, QEvent.Type.MouseMove, middle(grid, 0))
    grid.verticalScrollBar().setValue(grid.verticalScrollBar().maximum())
    mouse(grid, QEvent.Type.MouseMove, middle(grid, 21))
    assert selected(grid) == [row for row in range(23) if row % 5 < 2]
    mouse(grid, QEvent.Type.MouseButtonRelease, middle(grid, 21), held=False)


def test_dragging_tiles_is_told_and_leaves_the_selection(qtbot, grid):
    qtbot.mouseClick(grid.viewport(), LEFT, NONE, middle(grid, 1))
    qtbot.mouseClick(grid.viewport(), LEFT, SHIFT, middle(grid, 3))
    told = []
    grid.dragRequested.connect(lambda: told.append(selected(grid)))
    drag(grid, middle(grid, 2), middle(grid, 12))
    drag(grid, middle(grid, 6), middle(grid, 12))
    assert told == [[1, 2, 3], [6]]
    assert selected(grid) == [6]


def test_a_hand_that_trembles_drags_nothing(qtbot, grid):
    told = []
    grid.dragRequested.connect(lambda: told.append(True))
    drag(grid, middle(grid, 6), middle(grid, 6) + QPoint(3, 2))
    assert told == []
    assert selected(grid) == [6]


def test_enter_and_double_click_open_a_row(qtbot, grid):
    opened = []
    grid.opened.connect(opened.append)
    go(grid, 2)
    qtbot.keyClick(grid, KEY.Key_Return)
    qtbot.mouseDClick(grid.viewport(), LEFT, pos=middle(grid, 5))
    qtbot.mouseDClick(grid.viewport(), LEFT, pos=QPoint(1, 1))
    assert opened == [2, 5]


def test_a_right_click_selects_and_asks_for_a_menu(qtbot, grid):
    go(grid, 1)
    at = middle(grid, 7)
    qtbot.mousePress(grid.viewport(), Qt.MouseButton.RightButton, pos=at)
    assert selected(grid) == [7]
    assert grid.contextMenuPolicy() == Qt.ContextMenuPolicy.CustomContextMenu


@pytest.mark.parametrize(
    ("hint", "expected"),
    [(HINT.PositionAtTop, "top"), (HINT.PositionAtBottom, "bottom"), (HINT.PositionAtCenter, "")],
)
def test_scrolling_to_a_tile_puts_it_where_it_is_wanted(grid, hint, expected):
    grid.model().replace(rows(500))
    index, view = grid.model().index(250, 0), grid.viewport().rect()
    grid.scrollTo(index, hint)
    area, gap = grid.visualRect(index), grid.geometry_of_tiles.tile.gap
    if expected == "top":
        assert area.top() == gap
    elif expected == "bottom":
        assert view.bottom() - area.bottom() == gap
    else:
        assert abs(area.center().y() - view.center().y()) <= 1


def test_scrolling_to_a_tile_in_sight_moves_nothing(grid):
    grid.scrollTo(grid.model().index(22, 0))
    value = grid.verticalScrollBar().value()
    assert value == grid.verticalScrollBar().maximum()
    grid.scrollTo(grid.model().index(17, 0))
    assert grid.verticalScrollBar().value() == value


def test_control_and_wheel_change_the_size_within_its_limits(qtbot, grid):
    told = []
    grid.tileSizeChanged.connect(told.append)
    width = grid.visualRect(grid.model().index(0, 0)).width()
    turn_wheel(grid, 1, CONTROL)
    turn_wheel(grid, 4, CONTROL)
    assert grid.tile_size is ThumbSize.LARGE
    assert grid.visualRect(grid.model().index(0, 0)).width() > width
    turn_wheel(grid, -9, CONTROL)
    assert told == [ThumbSize.MEDIUM, ThumbSize.LARGE, ThumbSize.SMALL]
    turn_wheel(grid, -1)
    assert grid.tile_size is ThumbSize.SMALL
    assert grid.verticalScrollBar().value() > 0


def test_the_current_tile_stays_in_sight_when_columns_change(grid):
    grid.model().replace(rows(500))
    go(grid, 250)
    before = grid.visualRect(grid.currentIndex()).top()
    grid.set_tile_size(ThumbSize.LARGE)
    assert grid.visualRect(grid.currentIndex()).top() == before
    grid.resize(grid.width() // 2, grid.height())
    assert grid.visualRect(grid.currentIndex()).top() == before


def test_what_is_in_sight_stays_there_while_rows_come_and_go(grid):
    grid.model().replace(rows(300, Status.PENDING))
    grid.verticalScrollBar().setValue(20 * grid.geometry_of_tiles.pitch)
    name = grid.model().changes.entry(grid.rows_in_sight().start)
    before = grid.row_rect(grid.rows_in_sight().start).top()
    grid.model().update_rows([change(f"{n:05}.png", Status.UNCHANGED) for n in range(40)])
    place = grid.model().changes.place(name)
    assert place < 100
    assert grid.row_rect(place).top() == before


@pytest.fixture
def both(qtbot, thumbnails):
    """A table and a grid of one model, with one selection."""
    model = ChangesModel()
    table = ChangesTable(model, LIGHT)
    view = GridView(model, LIGHT, thumbnails)
    view.setSelectionModel(table.selectionModel())
    for widget in (table, view):
        qtbot.addWidget(widget)
        widget.resize(500, 500)
    model.setParent(table)
    model.replace(mixed())
    with qtbot.waitExposed(view):
        view.show()
    return table, view


def test_selection_and_current_row_are_shared_with_the_list_through_filters(qtbot, both):
    table, view = both
    qtbot.mouseClick(view.viewport(), LEFT, NONE, middle(view, 3))
    qtbot.mouseClick(view.viewport(), LEFT, CONTROL, middle(view, 5))
    names = [row.name for row in table.selected_changes()]
    assert names == ["cart/gone.png", "cart/moved.png"]
    view.model().set_filter("cart")
    assert [row.name for row in table.selected_changes()] == names
    assert view.model().change(current(view)).name == "cart/moved.png"
    view.model().set_filter("")
    assert [row.name for row in table.selected_changes()] == names
    view.model().update_rows([], ["cart/moved.png"])
    assert [row.name for row in table.selected_changes()] == names[:1]


def test_the_current_row_is_scrolled_to_when_the_grid_comes_up(qtbot, both):
    table, view = both
    view.hide()
    view.model().replace(rows(400))
    table.go_to_row(300)
    with qtbot.waitExposed(view):
        view.show()
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()))


def grouped(grid):
    names = ["a/1", "a/2", "a/3", "b/1", "b/2", "c/1"]
    grid.model().replace([change(f"{name}.png", Status.ADDED) for name in names])
    grid.model().set_grouped(True)
    return [grid.model().group(row) is not None for row in range(grid.model().rowCount())]


def test_groups_stand_below_a_title_as_wide_as_the_grid(grid):
    headers = grouped(grid)
    assert headers == [True, False, False, False, True, False, False, False]
    title, first = grid.row_rect(0), grid.row_rect(1)
    assert title.width() == grid.viewport().width()
    assert title.bottom() < first.top()
    assert grid.row_rect(5).top() > grid.row_rect(4).bottom()
    assert grid.row_rect(7).top() > grid.row_rect(6).bottom()  # the loose one is in no group


def test_keys_and_selections_pass_over_titles(qtbot, grid):
    grouped(grid)
    go(grid, 3)
    qtbot.keyClick(grid, KEY.Key_Right)
    assert current(grid) == 5
    qtbot.keyClick(grid, KEY.Key_Up)
    assert current(grid) == 1
    qtbot.keyClick(grid, KEY.Key_Down, SHIFT)
    assert selected(grid) == [1, 2, 3, 5]


def test_a_click_on_a_title_folds_the_group_and_selects_nothing(qtbot, grid):
    grouped(grid)
    go(grid, 5)
    qtbot.mouseClick(grid.viewport(), LEFT, NONE, middle(grid, 0))
    assert grid.model().group(0).folded
    assert grid.model().rowCount() == 5
    assert selected(grid) == [2]
    assert grid.row_rect(2).top() > grid.row_rect(1).bottom()
    qtbot.mouseClick(grid.viewport(), LEFT, NONE, middle(grid, 0))
    assert grid.model().rowCount() == 8


def test_new_rows_begin_a_line_of_their_own_whose_button_sorts_them(qtbot, grid):
    grid.model().replace([change("a", Status.ADDED), *(change(n, Status.PENDING) for n in "xyz")])
    chip = grid.findChild(QToolButton, "sortNewTiles")
    assert not chip.isVisible()
    grid.model().update_rows([change("y", Status.CHANGED, 5), change("x", Status.CHANGED, 9)])
    assert [row.name for row in grid.model().changes] == ["a", "y", "x", "z"]
    lines = [grid.row_rect(row).top() for row in range(4)]
    assert lines[0] < lines[1] == lines[2] < lines[3]
    assert lines[0] + grid.geometry_of_tiles.tile.height < chip.geometry().center().y() < lines[1]
    assert chip.text() == "2 new · Sort"
    qtbot.mouseClick(chip, LEFT)
    assert [row.name for row in grid.model().changes] == ["x", "y", "a", "z"]
    assert not chip.isVisible()
    assert len({grid.row_rect(row).top() for row in range(4)}) == 1


def test_an_empty_grid_takes_keys_and_clicks(qtbot, grid):
    grid.model().replace([])
    for key in (KEY.Key_Down, KEY.Key_End, KEY.Key_PageUp, KEY.Key_Return):
        qtbot.keyClick(grid, key)
    qtbot.keyClick(grid, KEY.Key_A, CONTROL)
    drag(grid, QPoint(5, 5), QPoint(200, 200))
    grid.set_tile_size(ThumbSize.LARGE)
    assert selected(grid) == []
    assert current(grid) == -1
    assert grid.verticalScrollBar().maximum() == 0


def test_a_large_selection_is_taken_range_by_range(qtbot, grid):
    grid.model().replace(rows(50_000))
    qtbot.keyClick(grid, KEY.Key_A, CONTROL)
    assert len(grid.selectionModel().selection()) == 1
    region = grid.visualRegionForSelection(grid.selectionModel().selection())
    assert region.boundingRect().height() <= grid.viewport().height() + grid.geometry_of_tiles.pitch


def test_news_of_all_rows_paint_only_those_in_sight(grid, monkeypatch):
    grid.model().replace(rows(50_000))
    grid.viewport().grab()
    painted = []
    delegate = grid.itemDelegate()
    monkeypatch.setattr(delegate, "paint", lambda p, o, index: painted.append(index.row()))
    model = grid.model()
    model.dataChanged.emit(model.index(0, 0), model.index(49_999, 1))
    grid.viewport().grab()
    assert set(painted) == set(grid.rows_in_sight())
    assert len(set(painted)) <= 20


def test_news_of_one_row_paint_only_that(qtbot, grid, thumbnails, monkeypatch):
    painted = []
    delegate, model = grid.itemDelegate(), grid.model()
    loaded = grid.rows_in_sight(1.0)
    qtbot.waitUntil(lambda: all(thumbnails.has_none(model.change(row)) for row in loaded))
    grid.viewport().repaint()
    monkeypatch.setattr(delegate, "paint", lambda p, o, index: painted.append(index.row()))
    model.dataChanged.emit(model.index(3, 0), model.index(3, 1))
    qtbot.waitUntil(lambda: bool(painted))
    assert set(painted) == {3}


def test_a_screen_reader_finds_a_list_with_spoken_names(grid):
    interface = QAccessible.queryAccessibleInterface(grid)
    assert interface.role() == QAccessible.Role.List
    assert interface.text(QAccessible.Text.Name) == "Thumbnails"
    assert interface.childCount() == 23
    child = interface.child(3)
    assert child.role() == QAccessible.Role.ListItem
    assert child.text(QAccessible.Text.Name) == "00003.png, added"
    at = grid.viewport().mapToGlobal(middle(grid, 3))
    assert child.rect().contains(at)
    assert grid.accessibleDescription()
    assert grid.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_the_tile_with_the_keyboard_shows_a_ring(qtbot, grid):
    grid.activateWindow()
    grid.setFocus()
    qtbot.waitUntil(grid.hasFocus)
    go(grid, 1)
    area = grid.visualRect(grid.currentIndex())
    edge = QPoint(area.center().x(), area.top())

    def hue():
        found = grid.viewport().grab().toImage().pixelColor(edge)
        return found.blue() - found.red()

    assert hue() > 60  # the focus colour
    grid.clearFocus()
    assert abs(hue()) < 20


def test_every_kind_of_tile_is_painted_in_both_looks(grid):
    grid.model().replace(mixed())
    grid.resize(grid.width(), 800)
    pictures = set()
    for theme in (LIGHT, DARK):
        grid.set_theme(theme)
        picture = grid.viewport().grab().toImage()
        for row in range(grid.model().rowCount()):
            tile = grid.row_rect(row)
            glyph = picture.copy(tile.left() + 8, tile.bottom() - 44, 18, 22)
            pictures.add(glyph.bits().tobytes())
    assert len(pictures) == 2 * len({row.status for row in mixed()})
