"""The start page tells what was pasted, and lets what is offered be chosen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from threading import Event

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDropEvent, QImage
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from snapreview.stores.base_choice import FoundBase
from snapreview.ui.start import lookout
from snapreview.ui.start.spinner import Spinner
from snapreview.ui.start_page import StartPage

from .choosing_parts import FOLDER, KEYS, SECRET, STORE, Chooser, Store, make_page, snapshot
from .hands import drag_event

ADDRESS = f"https://mia:{SECRET}@host/store"
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def store() -> Store:
    return Store({"shots": FOLDER, "store": STORE, ADDRESS: STORE})


@pytest.fixture
def page(qtbot, store: Store) -> Iterator[StartPage]:
    made = make_page(store)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.close_services()
    for gate in store.gates.values():
        gate.set()


@pytest.fixture
def user(qtbot, page: StartPage) -> Chooser:
    return Chooser(qtbot, page)


@pytest.fixture
def asked(page: StartPage) -> list[tuple[str, str]]:
    requests: list[tuple[str, str]] = []
    page.openRequested.connect(lambda base, head: requests.append((base, head)))
    return requests


def text_of(widget: QWidget) -> str:
    found = [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()]
    return " ".join([*found, widget.text() if isinstance(widget, QLabel | QLineEdit) else ""])


def test_it_tells_what_was_typed(user: Chooser, store: Store, asked: list) -> None:
    user.type("shots")
    user.until(user.said)
    assert user.said() == "The folder “shots”"
    assert store.asked == ["shots"]  # and not each letter of it
    assert not user.button("headChoose").isVisible()
    user.key(KEYS.Key_Down)
    assert not user.panel().isVisible()
    user.key(KEYS.Key_Return)
    assert asked == [("", "shots")]


def test_what_is_opened_is_what_was_recognised(user: Chooser, store: Store, asked: list) -> None:
    store.known['"shots"'] = FOLDER
    user.paste('"shots"')
    user.until(user.said)
    user.key(KEYS.Key_Return)
    assert asked == [("", "shots")]


def test_a_note_follows(user: Chooser, store: Store) -> None:
    store.known["old"] = replace(FOLDER, note="It cannot be reached.")
    user.paste("old")
    user.until(user.said)
    assert user.said() == "The folder “shots”. It cannot be reached."


def test_an_older_answer_is_dropped(user: Chooser, store: Store) -> None:
    store.gates["store"] = Event()
    user.paste("store")
    user.until(lambda: store.asked)
    user.paste("shots")
    assert store.tokens[0].cancelled
    user.until(user.said)
    store.gates["store"].set()
    user.paste("other")
    user.paste("shots")
    user.until(lambda: user.said() == "The folder “shots”")
    assert not user.button("headChoose").isVisible()


def test_a_fault_waits_until_the_text_has_rested(user: Chooser) -> None:
    user.type("shotz")
    user.until(user.said)  # nobody goes on
    assert user.said() == "There is nothing at “shotz”."


def test_half_a_path_is_no_fault(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setattr(lookout, "_REST_MS", 600_000)
    user, store = request.getfixturevalue("user"), request.getfixturevalue("store")
    user.paste("sho")
    user.until(lambda: store.asked)
    user.page.base.put("shots")  # whose answer comes later
    user.until(lambda: user.said("base"))
    assert user.said() == ""
    user.type("ts")
    user.until(user.said)
    assert user.said() == "The folder “shots”"
    user.paste("https://sho")
    user.until(user.said)
    assert user.said() == "There is nothing at “https://sho”."


def test_a_fault_is_told_when_somebody_goes_on(user: Chooser, store: Store) -> None:
    user.paste("nowhere")
    user.until(lambda: "nowhere" in store.asked)
    user.key(KEYS.Key_Tab)
    user.until(user.said)
    assert user.said() == "There is nothing at “nowhere”."


def test_another_text_takes_away_what_was_said(user: Chooser) -> None:
    user.paste("store")
    user.until_open()
    user.type("x")
    assert (user.said(), user.panel().isVisible()) == ("", False)
    assert not user.button("headChoose").isVisible()


def test_a_store_is_chosen_from_by_keyboard_alone(user: Chooser, asked: list) -> None:
    user.paste(ADDRESS)
    user.until_open()
    assert user.field().hasFocus()  # typing goes on
    assert user.rows() == ["main-3", "pr-7", "main-2"]
    user.key(KEYS.Key_Down)
    assert user.list().hasFocus()
    user.key(KEYS.Key_Down)
    assert user.current() == "pr-7"
    user.key(KEYS.Key_Return)
    assert not user.panel().isVisible()
    assert user.field().hasFocus()
    assert user.said().replace("\u00a0", " ") == (
        "feature/basket · abababa · 2 March 2025 · 87 images"
    )
    assert user.field().text() == "https://host/store/snapshots/pr-7"
    user.key(KEYS.Key_Return)
    assert asked == [("", snapshot("pr-7").source)]


def test_a_store_is_chosen_from_by_mouse_alone(user: Chooser) -> None:
    user.paste("store")
    user.until_open()
    user.click_row(2)
    assert user.field().text().endswith("/main-2")
    user.press("headChoose")
    assert user.panel().isVisible()
    assert user.current() == "main-2"
    user.press("headChoose")
    assert not user.panel().isVisible()


def test_letters_filter(user: Chooser) -> None:
    user.paste("store")
    user.until_open()
    user.key(KEYS.Key_Down)
    whole = user.panel().height()
    user.qtbot.keyClicks(user.list(), "M")
    assert user.filter().hasFocus()
    user.qtbot.keyClicks(user.filter(), "ain")
    assert user.rows() == ["main-3", "main-2"]
    assert user.panel().height() < whole
    user.key(KEYS.Key_Down)
    assert (user.current(), user.filter().hasFocus()) == ("main-2", True)
    user.key(KEYS.Key_Return)
    assert user.field().text().endswith("/main-2")


@pytest.mark.parametrize(
    ("words", "rows"),
    [("basket FEATURE", ["pr-7"]), ("abab 3", ["main-3"]), ("main basket", [])],
)
def test_all_words_are_looked_for(user: Chooser, words: str, rows: list[str]) -> None:
    user.paste("store")
    user.until_open()
    user.key(KEYS.Key_Down)
    user.key(KEYS.Key_Up)  # from the first row
    assert user.filter().hasFocus()
    user.qtbot.keyClicks(user.filter(), words)
    assert user.rows() == rows
    told = user.page.findChild(QLabel, "headOfferNone")
    assert told.isVisible() is not bool(rows)
    if not rows:
        assert told.text() == "None of them has “main basket”."
        user.key(KEYS.Key_Return)
        assert user.panel().isVisible()
        user.filter().clear()
        assert len(user.rows()) == 3


def test_escape_closes_the_list_and_nothing_else(user: Chooser) -> None:
    back: list[bool] = []
    user.page.backRequested.connect(lambda: back.append(True))
    user.page.show_back(True)
    user.paste("store")
    user.until_open()
    user.key(KEYS.Key_Escape)
    assert not user.panel().isVisible()
    user.key(KEYS.Key_Down)
    user.qtbot.keyClicks(user.list(), "x")
    user.key(KEYS.Key_Escape)
    assert (user.panel().isVisible(), user.field().hasFocus()) == (False, True)
    assert back == []
    user.key(KEYS.Key_Escape)
    assert back == [True]


def test_going_elsewhere_closes_the_list(user: Chooser) -> None:
    user.paste("store")
    user.until_open()
    user.qtbot.mouseClick(user.page, LEFT, pos=QPoint(4, 4))
    assert not user.panel().isVisible()
    user.key(KEYS.Key_Down)
    assert user.panel().isVisible()
    user.field("base").setFocus()
    assert not user.panel().isVisible()
    user.press("headChoose")
    user.page.hide()
    user.page.show()
    assert not user.panel().isVisible()


def test_tab_leads_through_the_list(user: Chooser) -> None:
    user.paste("store")
    user.until_open()
    seen = []
    for _ in range(5):
        seen.append(user.page.focusWidget().objectName())
        user.key(KEYS.Key_Tab)
    assert seen == ["headSource", "headBrowse", "headChoose", "headOfferFilter", "headOfferList"]


def test_compare_asks_for_a_choice_where_one_is_needed(user: Chooser, asked: list) -> None:
    user.paste("store")
    user.until_open()
    user.key(KEYS.Key_Escape)
    user.press("startCompare")
    assert asked == []
    assert user.said() == "Choose one of its snapshots."
    assert user.list().hasFocus()
    user.key(KEYS.Key_Return)
    user.key(KEYS.Key_Return)
    assert asked == [("", snapshot("main-3").source)]


def test_nothing_can_be_chosen_from_an_empty_store(
    user: Chooser, store: Store, asked: list
) -> None:
    store.known["new"] = replace(STORE, offers=())
    user.paste("new")
    user.until(user.said)
    user.key(KEYS.Key_Return)
    assert (user.said(), asked) == ("Nothing is in there yet.", [])
    assert not user.panel().isVisible()


def test_the_one_that_is_named_is_gone_to(user: Chooser, store: Store) -> None:
    named = replace(STORE, source="store/pr-7", chosen=STORE.offers[1])
    store.known["store/pr-7"] = named
    user.paste("store/pr-7")
    user.until(user.said)
    assert not user.panel().isVisible()  # it can be opened as it is
    user.key(KEYS.Key_Down)
    assert user.current() == "pr-7"


def test_that_there_are_more_is_told(user: Chooser, store: Store) -> None:
    many = tuple(snapshot(f"s-{number}") for number in range(500))
    store.known["big"] = replace(STORE, offers=many, more=True)
    user.paste("big")
    user.until_open()
    more = user.page.findChild(QLabel, "headOfferMore")
    assert more.isVisible()
    assert more.text().startswith("These are the newest 500.")
    user.paste("store")
    user.until_open()
    assert not more.isVisible()


def test_rows_are_told_by_a_screen_reader(user: Chooser) -> None:
    user.paste("store")
    user.until_open()
    found = QAccessible.queryAccessibleInterface(user.list())
    assert found.role() is QAccessible.Role.List
    said = [found.child(n).text(QAccessible.Text.Name) for n in range(found.childCount())]
    assert said == [
        "main-3, main, abababa, 2 March 2025, 1,214 images",
        "pr-7, feature/basket, abababa, 2 March 2025, 87 images",
        "main-2, main, abababa, 2 March 2025, 1 image",
    ]
    for name in ("headOfferFilter", "headOfferList", "headChoose"):
        widget = user.page.findChild(QWidget, name)
        interface = QAccessible.queryAccessibleInterface(widget)
        assert interface.text(QAccessible.Text.Name)
        assert widget.toolTip()


def test_a_password_is_used_and_not_shown(user: Chooser) -> None:
    user.paste(ADDRESS)
    user.until_open()
    user.key(KEYS.Key_Down)
    shown = [user.list().model().index(n, 0).data(Qt.ItemDataRole.ToolTipRole) for n in range(3)]
    user.key(KEYS.Key_Return)
    assert user.page.head.source == snapshot("main-3").source
    user.page.swap()
    assert user.page.base.source == snapshot("main-3").source
    shown += [text_of(widget) for widget in user.page.findChildren(QWidget)]
    assert SECRET not in "\n".join(shown)


def test_swapping_takes_along_what_is_known(user: Chooser, store: Store) -> None:
    user.paste("store")
    user.until_open()
    user.paste("shots", "base")
    user.until(lambda: user.said("base"))
    user.page.swap()
    assert (user.field().text(), user.field("base").text()) == ("shots", "store")
    assert (user.said(), user.said("base")) == (
        "The folder “shots”",
        "A store of snapshots on host",
    )
    user.press("baseChoose")
    assert user.rows("base") == ["main-3", "pr-7", "main-2"]
    assert store.asked == ["store", "shots"]


def test_what_is_dropped_is_looked_at(user: Chooser, store: Store) -> None:
    store.known["/tmp/store"] = STORE
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/tmp/store")])
    event = drag_event(QDropEvent, QPointF(900, 300), data)
    user.page.dropEvent(event)
    user.until_open()
    assert user.rows() == ["main-3", "pr-7", "main-2"]


def test_what_stands_there_is_looked_at_when_somebody_asks(user: Chooser, store: Store) -> None:
    user.page.show_sources("shots", "store")
    user.field().setFocus()
    user.key(KEYS.Key_Down)
    user.until_open()
    assert user.list().hasFocus()
    user.qtbot.mouseClick(user.field("base"), LEFT)
    user.until(lambda: user.said("base"))
    assert store.asked == ["store", "shots"]


def test_the_list_makes_room_for_what_is_said(user: Chooser, store: Store) -> None:
    note = "It cannot be reached: this is its list as of the day before yesterday. " * 3
    store.known["old"] = replace(STORE, note=note)
    user.paste("old")
    user.until_open()
    card = user.page.head
    user.until(lambda: card.height() > 150)
    user.until(lambda: user.panel().y() > card.mapTo(user.page, QPoint(0, card.height())).y())


@pytest.mark.parametrize("size", [(1000, 700), (1000, 460), (700, 360), (2000, 1200)])
def test_the_list_lies_on_the_page(user: Chooser, store: Store, size: tuple[int, int]) -> None:
    store.known["big"] = replace(STORE, offers=STORE.offers * 9, more=True)
    user.paste("big")
    user.until_open()
    user.page.resize(*size)
    user.until(lambda: user.page.width() == size[0])
    user.until(lambda: user.panel().width() == user.page.head.width())
    panel, field = user.panel().geometry(), user.field()
    assert user.page.rect().contains(panel)
    assert panel.top() > field.mapTo(user.page, QPoint(0, field.height())).y()
    assert user.list().viewport().height() >= 2 * user.list().row_height()


def test_a_sign_turns_while_it_looks(user: Chooser, store: Store) -> None:
    store.gates["shots"] = Event()
    user.paste("shots")
    sign = user.page.head.findChild(Spinner)
    user.until(sign.isVisible)
    plain = QImage(sign.grab().toImage())
    user.until(lambda: sign.grab().toImage() != plain)  # what is quick needs no sign
    first = QImage(sign.grab().toImage())
    user.until(lambda: sign.grab().toImage() not in (plain, first))
    store.gates["shots"].set()
    user.until(user.said)
    assert not sign.isVisible()


def test_closing_does_not_wait_for_a_store_that_hangs(user: Chooser, store: Store) -> None:
    store.gates |= {"slow": Event(), "head": Event()}
    user.paste("slow", "base")
    user.paste("head")
    user.until(lambda: len(store.asked) == 2)
    user.page.close_services()  # neither ends before the fixture lets them
    assert all(token.cancelled for token in store.tokens)


def test_the_base_is_found(user: Chooser, store: Store, asked: list) -> None:
    base = snapshot("main-2").source
    store.bases["pr"] = FoundBase(base, "pr", "it is the newest of “main”")
    assert not user.button("startFindBase").isEnabled()
    user.paste("pr")
    assert "Ctrl+B" in user.button("startFindBase").toolTip()
    user.press("startFindBase")
    user.until(lambda: user.said("base").startswith("Found"))
    assert user.said("base") == "Found: it is the newest of “main”."
    assert user.field("base").text() == "https://host/store/snapshots/main-2"
    assert not user.button("startFindBase").isVisible()
    user.press("startCompare")
    assert asked == [(base, "pr")]


def test_the_base_is_found_by_key_and_may_name_another_head(user: Chooser, store: Store) -> None:
    store.gates["both.zip"] = Event()
    store.bases["both.zip"] = FoundBase("both.zip!base", "both.zip!head", "it is in the same zip")
    user.paste("both.zip")
    user.qtbot.keyClick(user.field(), KEYS.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert user.said("base") == "Looking for the base…"
    assert not user.button("startFindBase").isEnabled()
    store.gates["both.zip"].set()
    user.until(lambda: user.field("base").text())
    assert (user.page.base.source, user.page.head.source) == ("both.zip!base", "both.zip!head")
    assert user.said("base") == "Found: it is in the same zip."
    user.field().clear()  # another head: the reason is none any more
    assert "Found" not in user.said("base")


def test_why_no_base_is_found_is_told(user: Chooser, store: Store) -> None:
    store.bases["pr"] = "No base was found for pr."
    user.paste("pr")
    user.press("startFindBase")
    user.until(lambda: user.said("base").startswith("No base"))
    assert user.button("startFindBase").isEnabled()
    user.type("x")
    assert user.said("base") == ""


def test_a_base_that_was_typed_meanwhile_stays(user: Chooser, store: Store) -> None:
    store.gates["pr"] = Event()
    store.bases["pr"] = FoundBase("other", "pr", "it is another")
    user.paste("pr")
    user.press("startFindBase")
    user.until(lambda: len(store.asked) == 2)
    user.paste("shots", "base")
    store.gates["pr"].set()
    user.until(lambda: user.said("base"))
    assert (user.page.base.source, user.said("base")) == ("shots", "The folder “shots”")
