"""Where a comparison begins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NoReturn

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton

from snapreview.model.errors import SourceError
from snapreview.ui.settings import RecentPair, Settings
from snapreview.ui.start.choosing import Choosing
from snapreview.ui.start_page import StartPage
from snapreview.ui.theme import LIGHT

from .hands import drag_event

LEFT = Qt.MouseButton.LeftButton
KEYS = Qt.Key
COPY = Qt.DropAction.CopyAction
NO_KEYS = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def page(qtbot) -> Iterator[StartPage]:
    """A page on which nothing is recognised; see tests/ui/start."""

    def nothing(*_: object) -> NoReturn:
        raise SourceError("Nothing is known of this.")

    made = StartPage(Choosing(nothing, nothing), LIGHT)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show_settings(Settings())
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close_services()


@pytest.fixture
def asked(page: StartPage) -> list[tuple[str, str]]:
    """What the page has asked to open."""
    requests: list[tuple[str, str]] = []
    page.openRequested.connect(lambda base, head: requests.append((base, head)))
    return requests


def field(page: StartPage, side: str) -> QLineEdit:
    return page.findChild(QLineEdit, f"{side}Source")


def push(page: StartPage, name: str) -> QPushButton:
    return page.findChild(QPushButton, name)


def sources(page: StartPage) -> tuple[str, str]:
    return page.base.source, page.head.source


def test_typed_sources_are_compared(qtbot, page: StartPage, asked: list) -> None:
    assert not push(page, "startCompare").isEnabled()
    qtbot.keyClicks(field(page, "base"), "old")
    qtbot.keyClicks(field(page, "head"), " new ")
    assert push(page, "startCompare").text() == "Compare"
    qtbot.mouseClick(push(page, "startCompare"), LEFT)
    assert asked == [("old", "new")]


def test_enter_compares(qtbot, page: StartPage, asked: list) -> None:
    page.show_sources("old", "new")
    qtbot.keyClick(field(page, "base"), KEYS.Key_Return)
    assert asked == [("old", "new")]


def test_enter_without_anything_does_nothing(qtbot, page: StartPage, asked: list) -> None:
    qtbot.keyClick(field(page, "base"), KEYS.Key_Return)
    assert asked == []


@pytest.mark.parametrize("side", ["base", "head"])
def test_one_source_is_browsed(qtbot, page: StartPage, asked: list, side: str) -> None:
    qtbot.keyClicks(field(page, side), "set")
    go = push(page, "startCompare")
    assert (go.text(), go.accessibleName()) == ("Browse one set", "Browse one set")
    qtbot.mouseClick(go, LEFT)
    assert asked == [("", "set")]


def test_swap(qtbot, page: StartPage) -> None:
    page.show_sources("old", "new")
    qtbot.mouseClick(push(page, "startSwap"), LEFT)
    assert sources(page) == ("new", "old")


def test_the_last_fault_is_told_until_it_is_taken_away(page: StartPage) -> None:
    fault = page.findChild(QLabel, "startFault")
    assert not fault.isVisible()
    page.show_fault("There is no folder <b>x</b>. Check the path.")
    assert fault.isVisible()
    assert fault.text() == "There is no folder <b>x</b>. Check the path."
    assert fault.textFormat() == Qt.TextFormat.PlainText
    page.show_fault("")
    assert not fault.isVisible()


# What is dropped


def mime(paths: Sequence[Path | str]) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl(p) if isinstance(p, str) else QUrl.fromLocalFile(str(p)) for p in paths])
    return data


def place(page: StartPage, side: str) -> QPointF:
    return QPointF(page.width() * (0.25 if side == "base" else 0.75), page.height() - 20)


def lit(page: StartPage) -> list[str]:
    return [s for s in ("base", "head") if getattr(page, s).property("drop")]


def drag(page: StartPage, data: QMimeData, side: str) -> bool:
    """Drag into the window and to one half; whether it may be dropped there."""
    at = place(page, side)
    enter = drag_event(QDragEnterEvent, at, data)
    enter.ignore()
    QApplication.sendEvent(page, enter)
    if enter.isAccepted():
        QApplication.sendEvent(page, drag_event(QDragMoveEvent, at, data))
    return enter.isAccepted()


def drop(page: StartPage, data: QMimeData, side: str) -> None:
    assert drag(page, data, side)
    QApplication.sendEvent(page, QDropEvent(place(page, side), COPY, data, LEFT, NO_KEYS))


@pytest.mark.parametrize("side", ["base", "head"])
def test_one_thing_goes_into_the_half_it_is_dropped_on(
    page: StartPage, asked: list, tmp_path: Path, side: str
) -> None:
    data = mime([tmp_path])
    assert drag(page, data, side)
    assert lit(page) == [side]
    drop(page, data, side)
    assert lit(page) == []
    assert sources(page) == ((str(tmp_path), "") if side == "base" else ("", str(tmp_path)))
    assert asked == []  # nothing starts by itself


def test_two_things_are_base_and_head_wherever_they_are_dropped(
    page: StartPage, tmp_path: Path
) -> None:
    data = mime([tmp_path / "a", tmp_path / "b"])
    assert drag(page, data, "head")
    assert lit(page) == ["base", "head"]
    drop(page, data, "head")
    assert sources(page) == (str(tmp_path / "a"), str(tmp_path / "b"))


def test_the_cards_leave_dropping_to_the_page(page: StartPage) -> None:
    """Else a card would take one of two, and only it would light up."""
    for card in (page.base, page.head):
        at = card.mapTo(page, QPoint(card.width() // 2, card.height() // 2))
        widget = page.childAt(at)
        while widget is not page:
            assert not widget.acceptDrops(), widget.objectName()
            widget = widget.parentWidget()


def test_the_light_follows_the_pointer_and_goes_with_it(page: StartPage, tmp_path: Path) -> None:
    data = mime([tmp_path])
    drag(page, data, "base")
    QApplication.sendEvent(page, drag_event(QDragMoveEvent, place(page, "head"), data))
    assert lit(page) == ["head"]
    QApplication.sendEvent(page, QDragLeaveEvent())
    assert lit(page) == []
    assert sources(page) == ("", "")


def test_an_address_can_be_dropped_as_link_or_as_text(page: StartPage) -> None:
    address = "https://host/snapshots/one"
    drop(page, mime([address]), "head")
    assert sources(page) == ("", address)
    text = QMimeData()
    text.setText(f" {address}2\n")
    drop(page, text, "base")
    assert sources(page) == (f"{address}2", address)


def test_other_things_cannot_be_dropped(page: StartPage) -> None:
    data = QMimeData()
    data.setText("just words")
    assert not drag(page, data, "base")
    assert lit(page) == []


# Pairs from before

RECENT = Settings().with_recent("", "one").with_recent("a", "b").with_recent("c", "d")


def click_row(qtbot, page: StartPage, row: int) -> None:
    recent = page.recent
    at = recent.visualItemRect(recent.item(row)).center()
    qtbot.mouseClick(recent.viewport(), LEFT, pos=at)


def test_without_recent_pairs_there_is_no_list(page: StartPage) -> None:
    titles = [label for label in page.findChildren(QLabel) if label.text() == "Recent"]
    assert not page.recent.isVisible()
    assert not any(label.isVisible() for label in titles)
    page.show_settings(RECENT)
    assert page.recent.isVisible()
    assert all(label.isVisible() for label in titles)


def test_the_newest_pair_comes_first(page: StartPage) -> None:
    page.show_settings(RECENT)
    texts = [page.recent.item(row).text() for row in range(page.recent.count())]
    assert texts == ["c  →  d", "a  →  b", "one"]
    assert page.recent.item(0).toolTip() == "Base: c\nHead: d"


def test_a_click_opens_a_pair_once(qtbot, page: StartPage, asked: list) -> None:
    page.show_settings(RECENT)
    click_row(qtbot, page, 1)
    assert asked == [("a", "b")]
    assert sources(page) == ("a", "b")
    click_row(qtbot, page, 2)
    assert asked[1:] == [("", "one")]


def test_a_pair_by_the_keyboard(qtbot, page: StartPage, asked: list) -> None:
    page.show_settings(RECENT)
    page.recent.setCurrentRow(0)
    qtbot.keyClick(page.recent, KEYS.Key_Down)
    qtbot.keyClick(page.recent, KEYS.Key_Return)
    assert asked == [("a", "b")]


def test_delete_forgets_the_pair_under_the_cursor(qtbot, page: StartPage, asked: list) -> None:
    settings = RECENT
    page.show_settings(settings)
    forgotten: list[RecentPair] = []
    page.forgetRequested.connect(forgotten.append)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.recent.setFocus()
    page.recent.setCurrentRow(1)
    qtbot.keyClick(page.recent, KEYS.Key_Delete)
    assert forgotten == [RecentPair(base="a", head="b")]
    page.show_settings(settings.without_recent("a", "b"))
    assert page.recent.currentRow() == 1  # so that the next one can be forgotten too
    assert asked == []


def test_the_model_of_the_recent_pairs_is_sound(qtmodeltester, page: StartPage) -> None:
    pairs = tuple(RecentPair(base=f"/base/{n}", head=f"/head/{n}") for n in range(3))
    page.show_settings(Settings(recent=pairs))
    assert page.recent.model().rowCount() == 3
    # The view takes its model along while Qt's own tester still listens to it: that crashes.
    qtmodeltester.check(page.recent.model(), force_py=True)
