"""What a request says about who is asking: only ever to the origin that it belongs to."""

from __future__ import annotations

from collections.abc import Iterable

from snapreview.model.cancel import CancelToken
from snapreview.stores.addresses import Address
from snapreview.stores.credentials import Credentials


class Authorisation:
    """The Authorization header of each origin.

    A user name and password in an address that the user gave come first, then the environment's
    token; the keychain is asked once a host has refused, so that public hosts never unlock it.
    """

    def __init__(self, credentials: Credentials, given: Iterable[Address]) -> None:
        self._credentials = credentials
        self._headers = {a.origin: a.authorisation for a in given if a.authorisation}

    def header(self, origin: str) -> str | None:
        """The header's value for `origin`, or None."""
        known = self._headers.get(origin)
        return known or _bearer(self._credentials.from_environment(origin))

    def after_refusal(self, origin: str, tried: str | None, token: CancelToken) -> str | None:
        """Another value than `tried`, which `origin` refused, or None. Raises Cancelled."""
        header = _bearer(self._credentials.from_keychain(origin, token))
        if header is None or header == tried:
            return None
        self._headers[origin] = header
        return header


def _bearer(token: str | None) -> str | None:
    return None if token is None else f"Bearer {token}"
