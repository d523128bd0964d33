"""A start page on which a test says what a text is, and when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Event, current_thread, main_thread

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import SourceNotFound
from snapreview.stores.base_choice import FoundBase
from snapreview.stores.offers import Offer, OfferKind, Offers
from snapreview.stores.recognising import Kind
from snapreview.ui.start.choosing import Choosing
from snapreview.ui.start.offer_delegate import ROW
from snapreview.ui.start.offer_list import OfferList
from snapreview.ui.start_page import StartPage
from snapreview.ui.theme import LIGHT

NOW = datetime(2026, 3, 28, 12, tzinfo=UTC)
KEYS = Qt.Key
SECRET = "pa55w0rd-for-nobody"


def snapshot(name: str, branch: str = "main", count: int = 1214) -> Offer:
    source = f"https://mia:{SECRET}@host/store/snapshots/{name}"
    return Offer(OfferKind.SNAPSHOT, source, name, "2025-03-02T10:00:00Z", branch, "ab" * 20, count)


STORE = Offers(
    Kind.STORE,
    "a store of snapshots on host",
    "",
    (snapshot("main-3"), snapshot("pr-7", "feature/basket", 87), snapshot("main-2", count=1)),
)
FOLDER = Offers(Kind.FOLDER, "the folder “shots”", "shots")


@dataclass
class Store:
    """Answers what is in `known`; a text in `gates` waits for its gate, deaf to its token."""

    known: dict[str, Offers | str] = field(default_factory=dict)
    gates: dict[str, Event] = field(default_factory=dict)
    bases: dict[str, FoundBase | str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    tokens: list[CancelToken] = field(default_factory=list)

    def look(self, text: str, token: CancelToken) -> Offers:
        return self._answer(self.known, text, token)

    def find_base(self, head: str, token: CancelToken) -> FoundBase:
        return self._answer(self.bases, head, token)

    def _answer(self, answers: dict, text: str, token: CancelToken):
        assert current_thread() is not main_thread()
        self.asked.append(text)
        self.tokens.append(token)
        if text in self.gates:
            assert self.gates[text].wait(20)
        found = answers.get(text, f"There is nothing at “{text}”.")
        if isinstance(found, str):
            raise SourceNotFound(found)
        return found


class Chooser:
    """A user at a start page."""

    def __init__(self, qtbot, page: StartPage) -> None:
        self.qtbot = qtbot
        self.page = page

    def field(self, side: str = "head") -> QLineEdit:
        return self.page.findChild(QLineEdit, f"{side}Source")

    def filter(self, side: str = "head") -> QLineEdit:
        return self.page.findChild(QLineEdit, f"{side}OfferFilter")

    def list(self, side: str = "head") -> OfferList:
        return self.page.findChild(OfferList, f"{side}OfferList")

    def panel(self, side: str = "head") -> QWidget:
        return self.page.findChild(QWidget, f"{side}Offers")

    def button(self, name: str) -> QPushButton:
        return self.page.findChild(QPushButton, name)

    def said(self, side: str = "head") -> str:
        return self.page.findChild(QLabel, f"{side}Said").text()

    def rows(self, side: str = "head") -> list[str]:
        model = self.list(side).model()
        return [model.index(row, 0).data(ROW).title for row in range(model.rowCount())]

    def current(self, side: str = "head") -> str:
        return self.list(side).currentIndex().data(ROW).title

    def paste(self, text: str, side: str = "head") -> None:
        self.page.window().activateWindow()
        self.field(side).setFocus()
        self.field(side).selectAll()
        self.field(side).insert(text)

    def type(self, text: str, side: str = "head") -> None:
        self.page.window().activateWindow()
        self.field(side).setFocus()
        self.qtbot.keyClicks(self.field(side), text)

    def key(self, key: Qt.Key) -> None:
        self.qtbot.keyClick(QApplication.focusWidget(), key)

    def press(self, name: str) -> None:
        assert self.button(name).isVisible()
        assert self.button(name).isEnabled()
        self.qtbot.mouseClick(self.button(name), Qt.MouseButton.LeftButton)

    def click_row(self, row: int, side: str = "head") -> None:
        view = self.list(side)
        at: QPoint = view.visualRect(view.model().index(row, 0)).center()
        self.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)

    def until(self, condition: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=20_000)

    def until_open(self, side: str = "head") -> None:
        self.until(lambda: self.panel(side).isVisible())


def make_page(store: Store) -> StartPage:
    return StartPage(Choosing(store.look, store.find_base, lambda: NOW), LIGHT)
