"""What can't be read is marked in the filter field and explained."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QInputMethodEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolTip, QVBoxLayout, QWidget

from snapreview.ui.changes.filter_bar import FilterBar
from snapreview.ui.changes.text_places import to_characters, to_units
from snapreview.ui.theme import DARK, LIGHT, apply_theme, status_colour

KEYS = Qt.Key
KEY_NAMES = ("status", "group", "tag", "name", "diff", "size", "is", "has")


@pytest.fixture(autouse=True)
def styled(qapp):
    apply_theme(qapp, LIGHT)
    yield
    qapp.setStyleSheet("")


@pytest.fixture
def window(qtbot):
    found = QWidget()
    column = QVBoxLayout(found)
    found.bar = FilterBar(LIGHT)
    column.addWidget(found.bar)
    column.addWidget(QPushButton("Other", objectName="other"))
    qtbot.addWidget(found)
    found.resize(420, 300)
    with qtbot.waitExposed(found):
        found.show()
    found.activateWindow()
    found.bar.focus_field()
    qtbot.waitUntil(found.bar.field.hasFocus)
    return found


@pytest.fixture
def field(window):
    return window.bar.field


def marked(field, theme=LIGHT):
    """The text that stands on the ground of a mark and has a line below it."""
    image = field.grab().toImage()
    ground = status_colour(theme, "errored", soft=True).rgb()
    rows = range(image.height())
    columns = [x for x in range(image.width()) if any(image.pixel(x, y) == ground for y in rows)]
    below = rows[image.height() // 2 :]
    reds = [image.pixelColor(x, y) for x in columns for y in below]
    assert bool(columns) == any(pixel.red() - pixel.green() > 50 for pixel in reds)
    if not columns:
        return ""
    middle = field.height() // 2
    first, last = (field.cursorPositionAt(QPoint(x, middle)) for x in (columns[0], columns[-1]))
    text = field.text()
    return text[to_characters(text, first) : to_characters(text, last)]


def told(bar):
    line = bar.findChild(QLabel, "filterFault")
    return line.text() if line.isVisible() else ""


def fault_icon(field):
    return next(a for a in field.actions() if a.objectName() == "filterFaultIcon")


CHNGED = "There is no status “chnged”. Did you mean “changed”?"


def test_a_faulty_term_is_underlined_and_explained(qtbot, window, field):
    qtbot.keyClicks(field, "dark status:chnged x")
    assert marked(field) == "chnged"
    assert told(window.bar) == CHNGED
    assert field.accessibleDescription() == CHNGED
    assert fault_icon(field).isVisible()
    assert fault_icon(field).toolTip() == CHNGED
    field.setText("dark status:changed x")
    assert marked(field) == ""
    assert told(window.bar) == ""
    assert "status:" in field.accessibleDescription()
    assert not fault_icon(field).isVisible()


def test_the_mark_follows_the_text_and_the_theme(qtbot, window, field, qapp):
    qtbot.keyClicks(field, "status:chnged")
    field.setCursorPosition(0)
    field.insert("😀 ")
    assert marked(field) == "chnged"
    field.insert("many words before it, more than there is room for ")
    field.setCursorPosition(len(field.text()) + 1)
    assert marked(field) == "chnged"
    apply_theme(qapp, DARK)
    window.bar.set_theme(DARK)
    assert marked(field, DARK) == "chnged"


def test_marks_leave_text_cursor_and_undo_alone(qtbot, window, field):
    heard = []
    window.bar.textChanged.connect(heard.append)
    qtbot.keyClicks(field, "is:x")
    qtbot.keyClick(field, KEYS.Key_Left)
    qtbot.keyClicks(field, "y")
    assert (field.text(), field.cursorPosition()) == ("is:yx", 4)
    assert heard == ["i", "is", "is:", "is:x", "is:yx"]
    field.undo()
    field.undo()
    assert field.text() == ""


def test_what_is_being_typed_is_marked_when_it_is_left(qtbot, window, field):
    qtbot.keyClicks(field, "status:cha")
    assert marked(field) == ""
    assert told(window.bar) == ""
    window.findChild(QPushButton, "other").setFocus()
    assert marked(field) == "cha"
    assert told(window.bar).startswith("There is no status “cha”.")
    field.setFocus()
    assert told(window.bar) == ""
    qtbot.keyClick(field, KEYS.Key_Home)
    assert marked(field) == "cha"


def test_the_tooltip_over_a_mark_explains_it_and_elsewhere_the_language(qtbot, window, field):
    qtbot.keyClicks(field, "dark status:chnged x")

    def tip_at(place):
        field.setCursorPosition(place)
        at = field.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle).center()
        QApplication.sendEvent(field, QHelpEvent(QEvent.Type.ToolTip, at, field.mapToGlobal(at)))
        return QToolTip.text()

    assert tip_at(15) == CHNGED
    about = tip_at(2)
    assert all(f"{key}:" in about for key in KEY_NAMES)
    assert "Ctrl+F" in about
    QToolTip.hideText()


def test_the_icon_selects_what_is_wrong(qtbot, window, field):
    field.setText("😀 status:chnged x")
    fault_icon(field).trigger()
    assert field.selectedText() == "chnged"


def test_many_faults_are_told_briefly(window, field):
    field.setText("a:1 b:1 c:1 d:1")
    lines = told(window.bar).splitlines()
    assert [line[:24] for line in lines] == [
        "There is no filter “a:”.",
        "There is no filter “b:”.",
        "2 more can't be read.",
    ]


def test_the_explanation_is_inside_the_bar_however_narrow(qtbot, window, field):
    window.resize(240, 400)
    field.setText("Button:hover stauts:changed")
    window.layout().activate()
    line = window.bar.findChild(QLabel, "filterFault")
    qtbot.waitUntil(lambda: line.height() >= line.heightForWidth(line.width()))
    assert line.geometry().right() <= window.bar.width()


def test_marks_wait_while_a_word_is_composed(qtbot, window, field):
    qtbot.keyClicks(field, "is:x ")

    def cursor():
        return field.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle).x()

    before = cursor()
    QApplication.sendEvent(field, QInputMethodEvent("かな", []))
    behind = cursor()
    window.bar.set_theme(LIGHT)
    assert (field.text(), cursor()) == ("is:x ", behind)
    assert behind > before
    commit = QInputMethodEvent()
    commit.setCommitString("仮名")
    QApplication.sendEvent(field, commit)
    assert field.text() == "is:x 仮名"
    assert marked(field) == "x"


def test_letters_only_write(qtbot, window, field):
    heard = []
    for keys in ("A", "R", "S", "N", "?", "1", "Up", "Tab", "Space"):
        QShortcut(QKeySequence(keys), window, lambda keys=keys: heard.append(keys))
    qtbot.keyClicks(field, "s")  # suggestions are open
    qtbot.keyClicks(field, "arsn ?1")
    qtbot.keyClicks(field, " st")
    assert field.text() == "sarsn ?1 st"
    assert heard == []
    window.findChild(QPushButton, "other").setFocus()
    qtbot.keyClicks(window.findChild(QPushButton, "other"), "a")
    assert heard == ["A"]


@pytest.mark.parametrize("text", ["", "abc", "😀a😀b", "a\ud800b"])
def test_places_are_counted_both_ways(text):
    units = [
        len(text[:at].encode("utf-16-le", "surrogatepass")) // 2 for at in range(len(text) + 1)
    ]
    assert [to_units(text, at) for at in range(len(text) + 1)] == units
    assert [to_characters(text, at) for at in units] == list(range(len(text) + 1))
