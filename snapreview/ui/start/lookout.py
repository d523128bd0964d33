"""Looks at what somebody types, once the typing pauses."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from snapreview.model.errors import SourceError
from snapreview.stores.offers import Offers
from snapreview.ui.background import Background
from snapreview.ui.start.choosing import Look
from snapreview.ui.start.latest import Latest, answer

_PAUSE_MS = 300
_ADDRESS_PAUSE_MS = 700
"""Longer: half a name of a host may be the name of somebody else's."""
_REST_MS = 1200
"""After which a path that leads nowhere is meant to be finished."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What is known of a text: `found`, or a sentence why there is nothing (`fault`)."""

    text: str = ""
    busy: bool = False
    found: Offers | None = None
    fault: str = ""

    @property
    def known(self) -> bool:
        """Whether somebody has looked, or is about to tell."""
        return self.busy or self.found is not None or bool(self.fault)

    @property
    def must_choose(self) -> bool:
        """Whether the text alone cannot be opened."""
        return self.found is not None and not self.found.source


class Lookout(QObject):
    """Knows what one text is.

    Signals: `changed(Sight)`.
    """

    changed = Signal(object)

    def __init__(self, look: Look, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self.sight = Sight()
        self._look = look
        self._latest = Latest(background)
        self._held = ""
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(self._begin)
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self.rest)

    def follow(self, text: str, source: str, *, at_once: bool = False) -> None:
        """Look at `text`, which stands for `source`, after a pause or at once.

        What was known of another text is forgotten.
        """
        if text == self.sight.text and (self.sight.known or self._held):
            return
        self.take(Sight(text))
        self._source = source
        if text:
            pause = _ADDRESS_PAUSE_MS if _is_address(text) else _PAUSE_MS
            self._pause.start(0 if at_once else pause)

    def take(self, sight: Sight) -> None:
        """Know this, and look no further."""
        self._pause.stop()
        self._rest.stop()
        self._latest.drop()
        self._held = ""
        self._show(sight)

    def rest(self) -> None:
        """Nobody types any more: what was wrong still is."""
        self._rest.stop()
        if self._held:
            self._show(replace(self.sight, fault=self._held))
            self._held = ""

    def _begin(self) -> None:
        self._show(replace(self.sight, busy=True))
        self._latest.run(partial(answer, self._look, self._source), self._take, self._fail)

    def _take(self, outcome: Offers | SourceError) -> None:
        if isinstance(outcome, SourceError):
            self._fail(str(outcome))
        else:
            self._show(Sight(self.sight.text, found=outcome))

    def _fail(self, sentence: str) -> None:
        self._held = sentence
        self._show(Sight(self.sight.text))
        if _is_address(self.sight.text):
            self.rest()
        else:
            self._rest.start()

    def _show(self, sight: Sight) -> None:
        if sight != self.sight:
            self.sight = sight
            self.changed.emit(sight)


def _is_address(text: str) -> bool:
    return "://" in text
