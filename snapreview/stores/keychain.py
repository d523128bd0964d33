"""The system's keychain, asked for so long and no longer; and tokens that last for one run."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from threading import Lock
from typing import TypeVar

from snapreview.model.cancel import CancelToken
from snapreview.stores.abandon import begun, call_abandonable, outcome_of
from snapreview.stores.claims import Claims
from snapreview.stores.keychain_backend import (
    FindBackend,
    KeychainFault,
    delete,
    read,
    system_backend,
    usable,
    write,
)

T = TypeVar("T")

READ_SECONDS = 10.0
"""A locked keychain asks the user for a password; one without a desktop may never answer."""
WRITE_SECONDS = 60.0
"""Somebody has just given a token, and is there to unlock the keychain for it."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Stored:
    """Where a token is now: `kept` for later runs or not, and the end of a sentence on that."""

    kept: bool
    words: str


class Keychain:
    """Tokens by origin: those given in this run, then those of the system's keychain.

    One of these serves all that a process opens, from several threads. The keychain is asked in
    threads of its own: a question that was given up stays open, and its answer is used next time.
    """

    def __init__(
        self,
        backend: FindBackend = system_backend,
        read_seconds: float = READ_SECONDS,
        write_seconds: float = WRITE_SECONDS,
    ) -> None:
        self._backend = backend
        self._read_seconds = read_seconds
        self._write_seconds = write_seconds
        self._claims = Claims()
        self._lock = Lock()
        self._given: dict[str, str] = {}
        self._answers: dict[str, str | None] = {}
        self._questions: dict[str, Future[str | None]] = {}
        self._silent: set[str] = set()
        self._refused: set[str] = set()

    def get(self, origin: str, token: CancelToken) -> str | None:
        """The token for `origin`, or None. Waits for the keychain. Raises Cancelled."""
        if origin in self._given:  # it may be being kept just now: nobody waits for that
            return self._given.get(origin)
        with self._claims.claim(origin, token):
            if origin not in self._answers and origin not in self._given:
                self._ask(origin, token)
            return self._given.get(origin) or self._answers.get(origin)

    def refresh(self) -> None:
        """Ask for everything anew from now on: somebody may have logged in elsewhere."""
        with self._lock:
            self._answers.clear()
            self._silent.clear()
            self._refused.clear()

    def give(self, origin: str, secret: str) -> None:
        """Use `secret` for `origin` until the end of this run. Waits for nothing."""
        with self._lock:
            self._given[origin] = secret
            self._refused.discard(origin)

    def keep(self, origin: str, token: CancelToken) -> Stored:
        """Write what was given for `origin` into the keychain. Raises Cancelled."""
        with self._claims.claim(origin, token):
            secret = self._given.get(origin)
            if secret is None:
                return Stored(False, "not kept: it was taken back meanwhile")
            try:
                self._within(
                    self._write_seconds, lambda: write(self._backend, origin, secret), token
                )
            except KeychainFault as fault:
                _log.warning("The token for %s is kept for this run only: %s.", origin, fault)
                return Stored(False, f"kept for this run only: {fault}")
        return Stored(True, "kept in the system's keychain")

    def forget(self, origin: str, token: CancelToken) -> bool:
        """Remove the token of `origin`; whether there was one. Raises KeychainFault, Cancelled."""
        with self._claims.claim(origin, token):
            with self._lock:
                given = self._given.pop(origin, None)
                self._answers.pop(origin, None)
                self._questions.pop(origin, None)
            found = self._within(self._write_seconds, partial(delete, self._backend, origin), token)
            return found or given is not None

    def problem(self, token: CancelToken) -> str:
        """Why nothing can be kept here, as the end of a sentence, or nothing. Raises Cancelled."""
        try:
            self._within(self._read_seconds, partial(usable, self._backend), token)
        except KeychainFault as fault:
            return str(fault)
        return ""

    def note_refusal(self, origin: str) -> None:
        """An image of `origin` could not be had for want of a token."""
        with self._lock:
            self._refused.add(origin)

    @property
    def refused(self) -> tuple[str, ...]:
        """Origins that lately refused an image, and were given no token since."""
        with self._lock:
            return tuple(sorted(self._refused))

    def _ask(self, origin: str, token: CancelToken) -> None:
        """Have the answer, unless it takes too long: then it may be there the next time."""
        question = self._questions.get(origin)
        if question is None:
            question = self._questions[origin] = begun(partial(read, self._backend, origin))
        seconds = 0.0 if origin in self._silent else self._read_seconds
        try:
            self._answers[origin] = outcome_of(question, token, seconds)
        except TimeoutError:
            if origin not in self._silent:
                _log.warning("%s.", _no_answer(seconds).capitalize())
            self._silent.add(origin)
            return
        except KeychainFault as fault:
            _log.warning("The keychain gives no token for %s: %s.", origin, fault)
            self._answers[origin] = None
        self._questions.pop(origin, None)

    def _within(self, seconds: float, work: Callable[[], T], token: CancelToken) -> T:
        try:
            return call_abandonable(work, token, seconds)
        except TimeoutError:
            raise KeychainFault(_no_answer(seconds)) from None


def _no_answer(seconds: float) -> str:
    return f"the keychain did not answer within {seconds:g} s"
