"""Which token a host gets. Tokens come from the environment or the system's keychain only."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import urlsplit

from snapreview.model.cancel import CancelToken
from snapreview.stores.abandon import call_abandonable
from snapreview.stores.claims import Claims

VARIABLE = "SNAPREVIEW_TOKEN"
SERVICE = "snapreview"
KEYCHAIN_SECONDS = 10.0
"""A locked keychain asks the user for a password; one without a desktop may never answer."""

Keychain = Callable[[str, str], str | None]
"""(service, user name) → password, as keyring.get_password."""

_TOKEN = re.compile(r"[\x21-\x7e]+")
_log = logging.getLogger(__name__)


def system_keychain(service: str, user: str) -> str | None:
    """Ask the system's keychain."""
    import keyring  # noqa: PLC0415 - looks for the desktop's services, so only when asked

    return keyring.get_password(service, user)


class Credentials:
    """The tokens of one run.

    `origins` are those of the run's sources, `also` further ones that the user allowed. A token
    from the environment only goes to these, because a variable cannot name scheme and port:
    `SNAPREVIEW_TOKEN_<HOST>` to any of them on that host, `SNAPREVIEW_TOKEN` to the sources where
    all are of one origin. The keychain is asked by the exact origin.
    """

    def __init__(
        self,
        environ: Mapping[str, str],
        origins: Iterable[str] = (),
        also: Iterable[str] = (),
        keychain: Keychain = system_keychain,
        keychain_seconds: float = KEYCHAIN_SECONDS,
    ) -> None:
        sources = frozenset(origins)
        self._known = sources | frozenset(also)
        self._environ = environ
        self._only = next(iter(sources)) if len(sources) == 1 else None
        self._keychain = keychain
        self._keychain_seconds = keychain_seconds
        self._claims = Claims()
        self._asked: dict[str, str | None] = {}

    def token_for(self, origin: str, token: CancelToken | None = None) -> str | None:
        """The token of `origin` (`https://host[:port]`), or None. Raises Cancelled."""
        return self.from_environment(origin) or self.from_keychain(origin, token or CancelToken())

    def from_environment(self, origin: str) -> str | None:
        """The token that a variable names for `origin`, or None."""
        if origin not in self._known:
            return None
        named = self._variable(variable_for(origin))
        return named or (self._variable(VARIABLE) if origin == self._only else None)

    def from_keychain(self, origin: str, token: CancelToken) -> str | None:
        """What the keychain has for `origin`, asked once in a run, or None. Raises Cancelled."""
        with self._claims.claim(origin, token):
            if origin not in self._asked:
                self._asked[origin] = _usable(self._ask(origin, token), "The keychain's token")
            return self._asked[origin]

    def _variable(self, name: str) -> str | None:
        return _usable(self._environ.get(name), name)

    def _ask(self, origin: str, token: CancelToken) -> str | None:
        def ask() -> str | None:
            try:
                return self._keychain(SERVICE, origin)
            except Exception as fault:  # noqa: BLE001 - back ends raise whatever the system does
                # Not its text, which a back end is free to fill with anything.
                _log.warning("The keychain cannot be read (%s).", type(fault).__name__)
                return None

        try:
            return call_abandonable(ask, token, self._keychain_seconds)
        except TimeoutError:
            _log.warning("The keychain did not answer within %g s.", self._keychain_seconds)
            return None


def variable_for(origin: str) -> str:
    """The environment variable that names the token of `origin`'s host."""
    host = urlsplit(origin).hostname or ""
    return f"{VARIABLE}_{re.sub(r'[^A-Z0-9]', '_', host.upper())}"


def _usable(token: str | None, where: str) -> str | None:
    """`token` without blanks around it, when it can stand in a header."""
    token = (token or "").strip()
    if token and not _TOKEN.fullmatch(token):
        _log.warning("%s is not used: it contains characters that no token has.", where)
        return None
    return token or None
