"""The system's keychain, asked for so long and no longer; and tokens that last for one run."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from snapreview.model.cancel import CancelToken
from snapreview.stores.abandon import begun, call_abandonable, outcome_of
from snapreview.stores.claims import Claims
from snapreview.stores.tokens import usable_token

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

T = TypeVar("T")

SERVICE = "snapreview"
READ_SECONDS = 10.0
"""A locked keychain asks the user for a password; one without a desktop may never answer."""
WRITE_SECONDS = 60.0
"""Somebody has just given a token, and is there to unlock the keychain for it."""

_NONE = "there is no keychain here"
_log = logging.getLogger(__name__)


class KeychainFault(Exception):
    """The keychain cannot be used; the text says why, as the end of a sentence."""


@dataclass(frozen=True, slots=True)
class Stored:
    """Where a token is now: `kept` for later runs or not, and the end of a sentence on that."""

    kept: bool
    words: str


def system_backend() -> KeyringBackend:
    """The keychain that keyring finds on this system."""
    import keyring  # noqa: PLC0415 - looks for the desktop's services, so only when asked

    return keyring.get_keyring()


class Keychain:
    """Tokens by origin: those given in this run, then those of the system's keychain.

    One of these serves all that a process opens, from several threads. The keychain is asked in
    threads of its own: a question that was given up stays open, and its answer is used next time.
    """

    def __init__(
        self,
        backend: Callable[[], KeyringBackend] = system_backend,
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
                self._within(self._write_seconds, lambda: self._write(origin, secret), token)
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
            found = self._within(self._write_seconds, lambda: self._delete(origin), token)
            return found or given is not None

    def problem(self, token: CancelToken) -> str:
        """Why nothing can be kept here, as the end of a sentence, or nothing. Raises Cancelled."""
        try:
            self._within(self._read_seconds, self._usable, token)
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
            question = self._questions[origin] = begun(lambda: self._read(origin))
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

    def _usable(self) -> KeyringBackend:
        """The keychain, if it is one: keyring itself ranks makeshifts, as plain files, below 1."""
        with _explained():
            backend = self._backend()
            if backend.priority < 1:
                raise KeychainFault(_NONE)
            return backend

    def _read(self, origin: str) -> str | None:
        backend = self._usable()
        with _explained():
            found = backend.get_password(SERVICE, origin)
        return usable_token(found, f"The keychain's token for {origin}")

    def _write(self, origin: str, secret: str) -> None:
        backend = self._usable()
        with _explained():
            backend.set_password(SERVICE, origin, secret)
            if backend.get_password(SERVICE, origin) != secret:
                raise KeychainFault("the keychain did not take it")

    def _delete(self, origin: str) -> bool:
        backend = self._usable()
        with _explained():
            if backend.get_password(SERVICE, origin) is None:
                return False
            backend.delete_password(SERVICE, origin)
        return True


def _no_answer(seconds: float) -> str:
    return f"the keychain did not answer within {seconds:g} s"


@contextmanager
def _explained() -> Iterator[None]:
    """What back ends raise, in words. Not in theirs, which they are free to fill with anything."""
    import keyring.errors  # noqa: PLC0415 - as in system_backend

    try:
        yield
    except KeychainFault:
        raise
    except keyring.errors.NoKeyringError:
        raise KeychainFault(_NONE) from None
    except keyring.errors.KeyringLocked:
        raise KeychainFault("the keychain is locked") from None
    except Exception as fault:  # noqa: BLE001 - back ends raise whatever the system does
        raise KeychainFault(f"the keychain cannot be used ({type(fault).__name__})") from None
