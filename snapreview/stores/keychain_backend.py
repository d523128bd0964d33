"""What is asked of the system's keychain, and why it could not be had, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from snapreview.stores.tokens import usable_token

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "snapreview"

FindBackend = Callable[[], "KeyringBackend"]
"""Finds the keychain. Like all that is asked of it, this may take for ever."""

_NONE = "there is no keychain here"


class KeychainFault(Exception):
    """The keychain cannot be used; the text says why, as the end of a sentence."""


def system_backend() -> KeyringBackend:
    """The keychain that keyring finds on this system."""
    import keyring  # noqa: PLC0415 - looks for the desktop's services, so only when asked

    return keyring.get_keyring()


def usable(find: FindBackend) -> KeyringBackend:
    """The keychain, if it is one: keyring itself ranks makeshifts, as plain files, below 1.

    Raises KeychainFault, as do the others here.
    """
    with _explained():
        backend = find()
        if backend.priority < 1:
            raise KeychainFault(_NONE)
        return backend


def read(find: FindBackend, origin: str) -> str | None:
    """The token of `origin`, or None."""
    backend = usable(find)
    with _explained():
        found = backend.get_password(SERVICE, origin)
    return usable_token(found, f"The keychain's token for {origin}")


def write(find: FindBackend, origin: str, secret: str) -> None:
    """Keep `secret` for `origin`, and see that it is kept."""
    backend = usable(find)
    with _explained():
        backend.set_password(SERVICE, origin, secret)
        if backend.get_password(SERVICE, origin) != secret:
            raise KeychainFault("the keychain did not take it")


def delete(find: FindBackend, origin: str) -> bool:
    """Remove the token of `origin`; whether there was one."""
    backend = usable(find)
    with _explained():
        if backend.get_password(SERVICE, origin) is None:
            return False
        backend.delete_password(SERVICE, origin)
    return True


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
