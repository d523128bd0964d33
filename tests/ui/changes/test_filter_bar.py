import pytest
from PySide6.QtCore import Qt

from snapreview.ui.changes.category import PILLS, Category
from snapreview.ui.changes.filter_bar import FilterBar
from snapreview.ui.changes.pill import Pill
from snapreview.ui.theme import LIGHT

# What a window with a layout makes Qt's offscreen platform say.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")

LEFT = Qt.MouseButton.LeftButton
COUNTS = {Category.CHANGED: 12, Category.ADDED: 1, Category.UNCHANGED: 1_200}


@pytest.fixture
def bar(qtbot):
    found = FilterBar(LIGHT)
    qtbot.addWidget(found)
    found.resize(300, 160)
    found.set_counts(COUNTS)
    with qtbot.waitExposed(found):
        found.show()
    return found


def pill(bar, category):
    return bar.findChild(Pill, f"pill_{category.value}")


def shown(bar):
    return [pill(bar, category).text() for category in PILLS if pill(bar, category).isVisible()]


def test_only_what_exists_has_a_pill_with_its_count(bar):
    assert shown(bar) == ["12 changed", "1 added", "1,200 unchanged"]


def test_clicks_isolate_add_remove_and_clear(qtbot, bar):
    heard = []
    bar.statusesChanged.connect(heard.append)
    for category in (Category.CHANGED, Category.ADDED, Category.CHANGED, Category.ADDED):
        qtbot.mouseClick(pill(bar, category), LEFT)
    changed, added = Category.CHANGED, Category.ADDED
    assert heard == [{changed}, {changed, added}, {added}, set()]
    assert not any(found.isChecked() for found in bar.findChildren(Pill))


def test_a_pressed_pill_stays_until_it_is_released(qtbot, bar):
    qtbot.mouseClick(pill(bar, Category.ADDED), LEFT)
    bar.set_counts({Category.CHANGED: 3})
    assert shown(bar) == ["3 changed", "0 added"]
    qtbot.mouseClick(pill(bar, Category.ADDED), LEFT)
    assert shown(bar) == ["3 changed"]


def test_pills_say_what_they_will_do(bar):
    assert pill(bar, Category.CHANGED).toolTip() == "Show only changed images (1)"
    assert pill(bar, Category.UNCHANGED).toolTip() == "Show unchanged images (6)"
    bar.isolate(Category.CHANGED)
    assert pill(bar, Category.CHANGED).toolTip() == "Stop showing only changed images (1)"
    assert pill(bar, Category.CHANGED).isChecked()


def test_isolating_twice_is_the_default_again(bar):
    bar.isolate(Category.CHANGED)
    bar.isolate(Category.ADDED)
    assert bar.pressed == {Category.ADDED}
    bar.isolate(Category.ADDED)
    assert bar.pressed == frozenset()


def test_each_keystroke_is_told_and_escape_clears_before_it_leaves(qtbot, bar):
    texts, left = [], []
    bar.textChanged.connect(texts.append)
    bar.listRequested.connect(lambda: left.append(True))
    bar.focus_field()
    qtbot.keyClicks(bar.field, "ab")
    qtbot.keyClick(bar.field, Qt.Key.Key_Escape)
    assert texts == ["a", "ab", ""]
    assert left == []
    qtbot.keyClick(bar.field, Qt.Key.Key_Escape)
    qtbot.keyClick(bar.field, Qt.Key.Key_Down)
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    assert left == [True] * 3


def test_the_field_has_a_button_that_empties_it(bar):
    clear = next(a for a in bar.field.actions() if a.objectName() == "clearFilter")
    assert not clear.isVisible()
    bar.field.setText("cart")
    assert clear.isVisible()
    clear.trigger()
    assert bar.field.text() == ""


def test_pills_wrap_where_the_width_ends(qtbot, bar):
    bar.set_counts(dict.fromkeys(PILLS, 1234))
    bar.resize(bar.width(), bar.heightForWidth(300))
    bar.layout().activate()
    lines = {found.y() for found in bar.findChildren(Pill)}
    assert len(lines) >= 4
    assert all(found.geometry().right() <= bar.width() for found in bar.findChildren(Pill))
    assert bar.heightForWidth(1600) < bar.heightForWidth(300)


def test_everything_has_a_name_for_screen_readers_and_a_place_in_the_tab_order(bar):
    for widget in [bar.field, *bar.findChildren(Pill)]:
        assert widget.objectName()
        assert widget.accessibleName()
        assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_space_presses_a_focused_pill(qtbot, bar):
    qtbot.keyClick(pill(bar, Category.ADDED), Qt.Key.Key_Space)
    assert bar.pressed == {Category.ADDED}
