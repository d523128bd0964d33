"""What a request says about who is asking: only ever to the origin that it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import SnapReviewError
from snapreview.stores.addresses import Address
from snapreview.stores.credentials import Credentials
from snapreview.stores.tokens import header_of, repeats, without


class Authorisation:
    """The Authorization header of each origin.

    A user name and password in an address that the user gave come first, then the environment's
    token; the keychain is asked once a host has refused, so that public hosts never unlock it.
    """

    def __init__(self, credentials: Credentials, given: Iterable[Address]) -> None:
        self._credentials = credentials
        self._headers = {a.origin: a.authorisation for a in given if a.authorisation}
        self._shown: dict[str, None] = dict.fromkeys(self._headers.values())

    def header(self, origin: str) -> str | None:
        """The header's value for `origin`, or None."""
        known = self._headers.get(origin)
        return known or self._made(self._credentials.from_environment(origin))

    def after_refusal(self, origin: str, tried: str | None, token: CancelToken) -> str | None:
        """Another value than `tried`, which `origin` refused, or None. Raises Cancelled."""
        header = self._made(self._credentials.from_keychain(origin, token))
        if header is None or header == tried:
            return None
        self._headers[origin] = header
        return header

    @contextmanager
    def discreet(self) -> Iterator[None]:
        """Blot out of an error's sentence what hosts repeat of the tokens that they were sent.

        What it was made from cannot be mended, and is left out where it repeats one.
        """
        try:
            yield
        except SnapReviewError as fault:
            fault.args = (without(str(fault), tuple(self._shown)), *fault.args[1:])
            if any(self.repeated_in(str(link)) for link in _origins(fault)):
                fault.__cause__ = fault.__context__ = None
            raise

    def repeated_in(self, *texts: str) -> bool:
        """Whether a host repeats a token in what it answers: that is not written to disk."""
        return any(repeats(text, tuple(self._shown)) for text in texts)

    def _made(self, token: str | None) -> str | None:
        if token is None:
            return None
        header = header_of(token)
        self._shown[header] = None
        return header


def _origins(fault: BaseException) -> Iterator[BaseException]:
    """What a fault was made from, and that from which this was."""
    for link in (fault.__cause__, fault.__context__):
        if link is not None:
            yield link
            yield from _origins(link)
