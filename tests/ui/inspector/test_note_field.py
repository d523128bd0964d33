"""No keystroke of a note is lost."""

from __future__ import annotations

from collections.abc import Callable

import inspector_samples as samples
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from snapreview.model.decision import Decision, Verdict
from snapreview.ui.inspector.note_field import SAVED_AFTER_MS
from snapreview.ui.inspector.panel import Inspector

CONTROL = Qt.KeyboardModifier.ControlModifier


class Desk:
    """Keeps notes as the window does: told at once of what it kept."""

    def __init__(self, panel: Inspector) -> None:
        self.panel = panel
        self.notes: dict[str, str] = {}
        self.told: list[tuple[str, str]] = []
        panel.noteChanged.connect(self.keep)

    def keep(self, change, note: str) -> None:
        self.told.append((change.name, note))
        self.notes[change.name] = note
        if self.panel.change is not None and self.panel.change.name == change.name:
            self.panel.show_decision(Decision(None, note))

    def show(self, name: str) -> None:
        self.panel.show_change(samples.changed(name))
        self.panel.show_decision(Decision(None, self.notes.get(name, "")))


@pytest.fixture
def panel(open_inspector: Callable[..., Inspector]) -> Inspector:
    return open_inspector()


@pytest.fixture
def desk(panel: Inspector) -> Desk:
    desk = Desk(panel)
    desk.show("a.png")
    panel.focus_note()
    return desk


def field(panel: Inspector) -> QPlainTextEdit:
    return panel.findChild(QPlainTextEdit, "note")


def test_the_key_for_it_goes_to_the_field(desk, panel):
    assert field(panel).hasFocus()


def test_it_is_told_soon_and_not_with_each_key(desk, panel, qtbot):
    qtbot.keyClicks(field(panel), "Too wide")
    assert desk.told == []
    qtbot.waitUntil(lambda: desk.told == [("a.png", "Too wide")], timeout=4 * SAVED_AFTER_MS)


def test_who_never_pauses_is_told_of_too(desk, panel, qtbot):
    typed = 0

    def told_while_typing() -> bool:
        nonlocal typed
        typed += 1
        qtbot.keyClicks(field(panel), "x")
        return bool(desk.told)

    qtbot.waitUntil(told_while_typing, timeout=20 * SAVED_AFTER_MS)
    assert desk.told[0][1] == "x" * (len(desk.told[0][1]))
    panel.commit_note()
    assert desk.notes["a.png"] == "x" * typed


def test_another_image_gets_none_of_it(desk, panel, qtbot):
    qtbot.keyClicks(field(panel), "For a")
    desk.show("b.png")
    assert desk.told == [("a.png", "For a")]
    assert field(panel).toPlainText() == ""
    qtbot.keyClicks(field(panel), "For b")
    desk.show("a.png")
    assert desk.notes == {"a.png": "For a", "b.png": "For b"}
    assert field(panel).toPlainText() == "For a"


def test_the_image_that_is_left_is_the_one_that_is_told(desk, panel, qtbot):
    """Also while the window already stands on the next one."""
    qtbot.keyClicks(field(panel), "x")
    shown = []
    panel.noteChanged.connect(lambda change, _: shown.append((change.name, panel.change.name)))
    panel.show_change(samples.changed("b.png"))
    assert shown == [("a.png", "a.png")]


@pytest.mark.parametrize(
    "leave",
    [
        lambda panel: panel.show_change(None),
        lambda panel: panel.show_selection(2, {None: 2}),
        lambda panel: panel.set_reviewing(False),
        lambda panel: panel.hide(),
        lambda panel: panel.close(),
        lambda panel: panel.commit_note(),
        lambda panel: field(panel).clearFocus(),
    ],
    ids=["nothing", "several", "browsing", "folded", "closed", "asked", "left"],
)
def test_it_is_told_at_once_where_it_might_be_lost(desk, panel, qtbot, leave):
    qtbot.keyClicks(field(panel), "Too wide")
    leave(panel)
    assert desk.told == [("a.png", "Too wide")]


@pytest.mark.parametrize(
    ("key", "modifier"),
    [(Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_Return, CONTROL)],
)
def test_keys_that_end_it(desk, panel, qtbot, key, modifier):
    qtbot.keyClicks(field(panel), "Too wide")
    with qtbot.waitSignal(panel.leaveRequested, timeout=1000):
        qtbot.keyClick(field(panel), key, modifier)
    assert desk.told == [("a.png", "Too wide")]


def test_enter_is_a_line_and_letters_are_letters(desk, panel, qtbot):
    qtbot.keyClicks(field(panel), "A")
    qtbot.keyClick(field(panel), Qt.Key.Key_Return)
    qtbot.keyClicks(field(panel), "RU")
    panel.commit_note()
    assert desk.notes["a.png"] == "A\nRU"


def test_text_that_is_dropped_in_is_kept_too(desk, panel):
    """The field has no focus then."""
    field(panel).clearFocus()
    field(panel).insertPlainText("dropped")
    panel.hide()
    assert desk.told == [("a.png", "dropped")]


def test_it_is_told_once(desk, panel, qtbot):
    qtbot.keyClicks(field(panel), "x")
    panel.commit_note()
    panel.commit_note()
    desk.show("b.png")
    assert desk.told == [("a.png", "x")]


def test_what_was_taken_back_is_not_told(desk, panel, qtbot):
    qtbot.keyClicks(field(panel), "x")
    qtbot.keyClick(field(panel), Qt.Key.Key_Backspace)
    panel.commit_note()
    assert desk.told == []


def test_blanks_are_no_note_but_stay_while_typing(desk, panel, qtbot):
    qtbot.keyClicks(field(panel), "x")
    panel.commit_note()
    field(panel).selectAll()
    qtbot.keyClicks(field(panel), "   ")
    panel.commit_note()
    assert desk.told[-1] == ("a.png", "")
    assert field(panel).toPlainText() == "   "


def test_what_somebody_else_noted_appears(desk, panel):
    field(panel).clearFocus()
    panel.show_decision(Decision(Verdict.APPROVED, "From the other window"))
    assert field(panel).toPlainText() == "From the other window"
    assert desk.told == []


def test_who_is_typing_is_not_interrupted(desk, panel, qtbot):
    qtbot.keyClicks(field(panel), "Mine")
    panel.show_decision(Decision(None, "Theirs"))
    assert field(panel).toPlainText() == "Mine"
    field(panel).clearFocus()
    assert desk.told == [("a.png", "Mine")]
    assert field(panel).toPlainText() == "Mine"


def test_what_came_while_the_field_was_in_use_appears_when_it_is_left(desk, panel, qtbot):
    qtbot.keyClicks(field(panel), "Mine")
    panel.commit_note()
    panel.show_decision(Decision(None, "Theirs"))
    assert field(panel).toPlainText() == "Mine"
    field(panel).clearFocus()
    assert field(panel).toPlainText() == "Theirs"
    assert desk.told == [("a.png", "Mine")]


def test_undone_elsewhere_it_goes(desk, panel, qtbot):
    qtbot.keyClicks(field(panel), "Mine")
    field(panel).clearFocus()
    panel.show_decision(Decision())
    assert field(panel).toPlainText() == ""
    assert desk.told == [("a.png", "Mine")]


def test_news_of_the_image_leave_what_is_typed(desk, panel, qtbot):
    qtbot.keyClicks(field(panel), "Half a")
    panel.show_change(samples.changed("a.png", diff=None))
    qtbot.keyClicks(field(panel), " word")
    panel.commit_note()
    assert desk.told == [("a.png", "Half a word")]


def test_line_ends_of_others_are_no_edit(desk, panel):
    field(panel).clearFocus()
    panel.show_decision(Decision(None, "one\r\ntwo"))
    panel.commit_note()
    desk.show("b.png")
    assert desk.told == []


def test_letters_still_being_composed_are_kept(desk, panel, qtbot):
    """As when typing Japanese: what is underlined belongs to the note, too."""
    QApplication.sendEvent(field(panel), QInputMethodEvent("に", []))
    done = QInputMethodEvent()
    done.setCommitString("日")
    QApplication.sendEvent(field(panel), done)
    desk.show("b.png")
    assert desk.told == [("a.png", "日")]


def test_the_field_grows_with_the_text_and_ends_somewhere(desk, panel, qtbot):
    note = field(panel)
    heights = [note.height()]
    for _ in range(12):
        qtbot.keyClick(note, Qt.Key.Key_Return)
        heights.append(note.height())
    line = note.fontMetrics().lineSpacing()
    assert heights == sorted(heights)
    assert heights[-1] - heights[0] == 6 * line
    note.selectAll()
    qtbot.keyClick(note, Qt.Key.Key_Delete)
    assert note.height() == heights[0]
    qtbot.keyClicks(note, "w" * 200)  # one long word is broken and makes it higher, never wider
    assert note.height() > heights[0]
    assert panel.width() == 300


def test_tab_leads_on(desk, panel, qtbot):
    qtbot.keyClick(field(panel), Qt.Key.Key_Tab)
    assert "\t" not in field(panel).toPlainText()
    assert not field(panel).hasFocus()
