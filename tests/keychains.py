"""Keychains of the tests' own: real back ends of keyring, each with one way of its own."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import keyring
import keyring.errors
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail

from snapreview.stores.keychain import Keychain

FILE_VARIABLE = "TESTS_KEYCHAIN_FILE"


class MemoryKeyring(KeyringBackend):
    """Keeps passwords as long as it lives, and remembers what it was asked."""

    priority = 5
    viable = False  # keyring never chooses it by itself

    def __init__(self, kept: dict[str, str] | None = None) -> None:
        super().__init__()
        self.kept = {("snapreview", user): secret for user, secret in (kept or {}).items()}
        self.asked: list[tuple[str, str]] = []

    def get_password(self, service: str, username: str) -> str | None:
        self.asked.append((service, username))
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise keyring.errors.PasswordDeleteError("not found")

    def secrets(self) -> dict[str, str]:
        """What it keeps for SnapReview, by origin."""
        return {user: secret for (service, user), secret in self.kept.items()}


class BlockingKeyring(MemoryKeyring):
    """Waits for somebody to unlock it; `asking` is set once it was asked."""

    def __init__(self, kept: dict[str, str] | None = None) -> None:
        super().__init__(kept)
        self.asking = Event()
        self.unlocked = Event()

    def get_password(self, service: str, username: str) -> str | None:
        self._wait()
        return super().get_password(service, username)

    def set_password(self, service: str, username: str, password: str) -> None:
        self._wait()
        super().set_password(service, username, password)

    def _wait(self) -> None:
        self.asking.set()
        self.unlocked.wait(30)


class RaisingKeyring(MemoryKeyring):
    """Fails whatever it is asked for, and blabs."""

    def __init__(self, fault: Exception) -> None:
        super().__init__()
        self.fault = fault

    def get_password(self, service: str, username: str) -> str | None:
        raise self.fault

    def set_password(self, service: str, username: str, password: str) -> None:
        raise self.fault

    def delete_password(self, service: str, username: str) -> None:
        raise self.fault


class ForgetfulKeyring(MemoryKeyring):
    """Says yes and keeps nothing."""

    def set_password(self, service: str, username: str, password: str) -> None:
        pass


class MakeshiftKeyring(MemoryKeyring):
    """What keyring itself does not recommend, as a file in plain text."""

    priority = 0.5


class FileKeyring(MemoryKeyring):
    """For other processes, which PYTHON_KEYRING_BACKEND leads here: keeps a file of the test's."""

    def __init__(self) -> None:
        super().__init__()
        self._file = Path(os.environ[FILE_VARIABLE])
        if self._file.exists():
            pairs = json.loads(self._file.read_text())
            self.kept = {("snapreview", user): secret for user, secret in pairs.items()}

    def set_password(self, service: str, username: str, password: str) -> None:
        super().set_password(service, username, password)
        self._file.write_text(json.dumps(self.secrets()))

    def delete_password(self, service: str, username: str) -> None:
        super().delete_password(service, username)
        self._file.write_text(json.dumps(self.secrets()))


def keychain_of(backend: KeyringBackend, seconds: float = 10.0) -> Keychain:
    """The keychain that `backend` is."""
    return Keychain(lambda: backend, seconds, seconds)


def no_keychain() -> Keychain:
    """What a computer without one has."""
    return keychain_of(fail.Keyring())


@contextmanager
def system_keyring(backend: KeyringBackend) -> Iterator[None]:
    """`backend` as the system's keychain of this process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keyring, "get_keyring", lambda: backend)
        yield
