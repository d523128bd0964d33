"""Work of which only the last outcome counts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import SourceError
from snapreview.stores.abandon import call_abandonable
from snapreview.ui.background import Background

Result = TypeVar("Result")


class Latest:
    """Runs one work at a time: another one cancels it, and what it still brings is dropped.

    Work that hangs in the operating system (a network drive, a name look-up) is left to itself, so
    that neither the next one nor the end of the program waits for it.
    """

    def __init__(self, background: Background) -> None:
        self._background = background
        self._own: CancelToken | None = None

    def run(
        self,
        work: Callable[[CancelToken], Result],
        done: Callable[[Result], None],
        failed: Callable[[str], None],
    ) -> None:
        """Do `work` in place of what is under way; see Background."""
        self.drop()
        self._own = own = CancelToken()
        self._background.run(
            partial(_abandonable, work, own),
            lambda result: self._tell(own, done, result),
            lambda sentence: self._tell(own, failed, sentence),
        )

    def drop(self) -> None:
        """Nobody wants what is under way."""
        own, self._own = self._own, None
        if own is not None:
            own.cancel()

    def _tell(self, own: CancelToken, called: Callable[[Result], None], value: Result) -> None:
        if own is self._own:
            self._own = None
            called(value)


def answer(
    ask: Callable[[str, CancelToken], Result], source: str, token: CancelToken
) -> Result | SourceError:
    """What `ask` finds of `source`; that there is nothing is an answer too, and not for the log."""
    try:
        return ask(source, token)
    except SourceError as fault:
        return fault


def _abandonable(
    work: Callable[[CancelToken], Result], own: CancelToken, token: CancelToken
) -> Result:
    forget = token.on_cancel(own.cancel)
    try:
        return call_abandonable(partial(work, own), own)
    finally:
        forget()
