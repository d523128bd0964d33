"""Which token a host gets. Tokens come from the environment or the system's keychain only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from snapreview.model.cancel import CancelToken
from snapreview.stores.keychain import Keychain
from snapreview.stores.tokens import usable_token

VARIABLE = "SNAPREVIEW_TOKEN"
SENTRY_VARIABLE = "SENTRY_AUTH_TOKEN"


class Credentials:
    """The tokens of what is opened together.

    `origins` are those of the sources, `sentry_origins` those of them that are Sentry's, `also`
    further ones that the user allowed. A token from the environment only goes to these, because a
    variable cannot name scheme and port: `SNAPREVIEW_TOKEN_<HOST>` to any of them on that host,
    `SENTRY_AUTH_TOKEN` to Sentry's, `SNAPREVIEW_TOKEN` to the sources where all are of one origin.
    The keychain is asked by the exact origin.
    """

    def __init__(
        self,
        environ: Mapping[str, str],
        origins: Iterable[str] = (),
        also: Iterable[str] = (),
        keychain: Keychain | None = None,
        sentry_origins: Iterable[str] = (),
    ) -> None:
        self._sentry = frozenset(sentry_origins)
        sources = frozenset(origins) | self._sentry
        self._known = sources | frozenset(also)
        self._environ = environ
        self._only = next(iter(sources)) if len(sources) == 1 else None
        self._keychain = keychain or Keychain()

    def token_for(self, origin: str, token: CancelToken | None = None) -> str | None:
        """The token of `origin` (`https://host[:port]`), or None. Raises Cancelled."""
        return self.from_environment(origin) or self.from_keychain(origin, token or CancelToken())

    def from_environment(self, origin: str) -> str | None:
        """The token that a variable names for `origin`, or None."""
        if origin not in self._known:
            return None
        names = [variable_for(origin)]
        if origin in self._sentry:
            names.append(SENTRY_VARIABLE)
        if origin == self._only:
            names.append(VARIABLE)
        found = (usable_token(self._environ.get(name), name) for name in names)
        return next(filter(None, found), None)

    def from_keychain(self, origin: str, token: CancelToken) -> str | None:
        """What was given in this run, or the keychain has, for `origin`. Raises Cancelled."""
        return self._keychain.get(origin, token)

    def note_refusal(self, origin: str) -> None:
        """An image of `origin` was refused: the window offers to give a token for it."""
        self._keychain.note_refusal(origin)


def variable_for(origin: str) -> str:
    """The environment variable that names the token of `origin`'s host."""
    host = urlsplit(origin).hostname or ""
    return f"{VARIABLE}_{re.sub(r'[^A-Z0-9]', '_', host.upper())}"
