"""Finds what the head is to be compared with, and says why."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QPushButton, QWidget

from snapreview.model.errors import SourceError
from snapreview.stores.base_choice import FoundBase
from snapreview.ui.background import Background
from snapreview.ui.source_field import SourceField
from snapreview.ui.start.choosing import FindBase
from snapreview.ui.start.latest import Latest, answer
from snapreview.ui.widgets import button

_KEY = "Ctrl+B"
_TIP = (
    "Find what the head is to be compared with: in its store, its git repository, its zip or on"
    " Sentry ({key})"
)


class BaseSearch(QObject):
    """The button “Find the base” in the card of the base, and the action with its key.

    It can be pressed while there is a head and no base, and is not shown beside a base. What was
    found goes into the fields, unless somebody has written there meanwhile.
    """

    def __init__(
        self, base: SourceField, head: SourceField, find_base: FindBase, page: QWidget
    ) -> None:
        super().__init__(page)
        self._base, self._head, self._find_base = base, head, find_base
        self._background = Background(self)
        self._latest = Latest(self._background)
        self._speaks = False
        self.action = QAction("Find the base of the head", self, objectName="actionFindBase")
        self.action.setShortcut(QKeySequence(_KEY))
        self.action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        page.addAction(self.action)
        key = self.action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        tip = _TIP.format(key=key)
        self.button: QPushButton = button("Find the base", "startFindBase", tip)
        base.add_button(self.button)
        self.action.triggered.connect(self.start)
        self.button.clicked.connect(self.start)
        base.changed.connect(self._on_changed)
        head.changed.connect(self._on_changed)
        self._offer(busy=False)

    def start(self) -> None:
        """Ask for the base of what is in the head's field."""
        self._offer(busy=True)
        self._say("Looking for the base…", busy=True)
        work = partial(answer, self._find_base, self._head.source)
        self._latest.run(work, self._take, self._fail)

    def drop(self) -> None:
        """Nobody wants to know any more."""
        self._latest.drop()
        if self._speaks:
            self._say("")
        self._speaks = False
        self._offer(busy=False)

    def close(self) -> None:
        """Stop what is under way."""
        self._background.close()

    def _on_changed(self) -> None:
        """Another head or base: what was found belongs to those before."""
        self.drop()

    def _take(self, outcome: FoundBase | SourceError) -> None:
        if isinstance(outcome, SourceError):
            self._fail(str(outcome))
            return
        if outcome.head != self._head.source:
            self._head.set_source(outcome.head)
        self._base.put(outcome.source)
        self._say(f"Found: {outcome.why}.", "check")

    def _fail(self, sentence: str) -> None:
        self._offer(busy=False)
        self._say(sentence, "info")

    def _say(self, text: str, icon: str = "", *, busy: bool = False) -> None:
        self._speaks = bool(text)
        self._base.say(text, icon, busy=busy)

    def _offer(self, *, busy: bool) -> None:
        able = bool(self._head.text) and not self._base.text and not busy
        self.action.setEnabled(able)
        self.button.setEnabled(able)
        self.button.setVisible(not self._base.text)
