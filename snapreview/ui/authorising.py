"""Asks for a token where a host refuses, and tries again with it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import SnapReviewError, SourceUnauthorised
from snapreview.stores.keychain import Keychain, Stored
from snapreview.ui.background import Background
from snapreview.ui.dialogs.token_dialog import TokenDialog


class Authorising(QObject):
    """Opens the dialog over `window`; what is given there is used at once, and kept meanwhile.

    Signals: `retryRequested()` once there is a token that was not there before; `told(str)`, a
    sentence on what became of it.
    """

    retryRequested = Signal()
    told = Signal(str)

    def __init__(self, window: QWidget, keychain: Keychain) -> None:
        super().__init__(window)
        self._window = window
        self._keychain = keychain
        self._background = Background(self)
        self._dialog: TokenDialog | None = None

    @property
    def refused(self) -> tuple[str, ...]:
        """Origins that refused images of what is open; `ask` may help."""
        return self._keychain.refused

    def offer(self, error: SnapReviewError) -> None:
        """Ask for a token, where that is what `error` is about."""
        if isinstance(error, SourceUnauthorised) and error.origin:
            # What follows is advice for those who have no window.
            self.ask(error.origin, str(error).partition(". ")[0].rstrip(".") + ".")

    def ask(self, origin: str, reason: str = "It refused some of the images.") -> None:
        """Ask for the token of `origin`, once."""
        if self._dialog is not None:
            return
        dialog = TokenDialog(origin, reason, self._window)
        dialog.given.connect(partial(self._take, origin))
        dialog.finished.connect(self._forget_dialog)
        self._dialog = dialog
        self._background.run(self._keychain.problem, self._tell_problem, self._tell_problem)
        dialog.open()

    def close(self) -> None:
        """Write nothing more into the keychain."""
        self._background.close()

    def _take(self, origin: str, secret: str, keep: bool) -> None:
        self._keychain.give(origin, secret)
        if keep:
            tell = partial(self._tell_stored, origin)
            self._background.run(partial(self._store, origin), tell, self.told.emit)
        else:
            self.told.emit(f"The token for {origin} is used until SnapReview is closed.")
        self.retryRequested.emit()

    def _store(self, origin: str, token: CancelToken) -> Stored:
        return self._keychain.keep(origin, token)

    def _tell_stored(self, origin: str, stored: Stored) -> None:
        self.told.emit(f"The token for {origin} is {stored.words}.")

    def _tell_problem(self, problem: str) -> None:
        if self._dialog is not None and problem:
            self._dialog.show_problem(problem)

    def _forget_dialog(self) -> None:
        self._dialog = None
