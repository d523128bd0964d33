"""From an address to a checked stream of bytes, over http and https."""

from __future__ import annotations

import socket
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from types import MappingProxyType
from typing import TypeVar

from requests import PreparedRequest, Request, Response, Session
from requests.adapters import HTTPAdapter
from requests.utils import select_proxy

from snapreview import __version__
from snapreview.model.cancel import CancelToken
from snapreview.stores.abandon import call_abandonable
from snapreview.stores.addresses import Address, BadAddress, is_loopback
from snapreview.stores.authorisation import Authorisation
from snapreview.stores.faults import (
    Fault,
    Kind,
    detail_in,
    fault_of_exception,
    fault_of_status,
)
from snapreview.stores.retry import retrying
from snapreview.stores.settings import TransportSettings

T = TypeVar("T")

MAX_REDIRECTS = 8
CHUNK_BYTES = 64 * 1024
_DETAIL_BYTES = 4096

_REFUSALS = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)


@dataclass(frozen=True, slots=True)
class Answer:
    """A host's answer: the address that gave it, after redirects, its headers and its body.

    `headers` are looked up in any case. `chunks` raises Fault when the body breaks off or is too
    large, and Cancelled.
    """

    address: Address
    headers: Mapping[str, str]
    chunks: Iterator[bytes]


class Transport:
    """Asks hosts. Used from several threads at once.

    TLS is always verified (by REQUESTS_CA_BUNDLE where it is set) and proxies are used as the
    environment says. requests' own redirects, cookies and ~/.netrc are not used: all of them
    would send to one origin what belongs to another.
    """

    def __init__(self, authorisation: Authorisation, settings: TransportSettings) -> None:
        self._authorisation = authorisation
        self._settings = settings
        self._session = Session()  # for the environment's proxies and certificates
        self._adapter = HTTPAdapter(pool_maxsize=settings.pool_size)
        self._reached: set[str] = set()

    def get(
        self,
        address: Address,
        limit: int,
        consume: Callable[[Answer], T],
        token: CancelToken,
        headers: Mapping[str, str] = MappingProxyType({}),
    ) -> T:
        """What `consume` makes of the answer, called anew for each try.

        The body may have `limit` bytes. `headers` are sent too; what they ask for may be answered
        with a Fault of the kind UNCHANGED. Raises Fault, Cancelled and what `consume` raises.
        """
        retry = retrying(self._settings, token)
        result: T = retry(self._exchange, address, limit, consume, token, headers)
        return result

    def repeats_token(self, *texts: str) -> bool:
        """Whether what a host said has a token in it that was sent."""
        return self._authorisation.repeated_in(*texts)

    def close(self) -> None:
        """Close all connections: those in use as soon as they are not.

        urllib3 itself only forgets its pools, and leaves closing to the garbage collector.
        """
        for manager in (self._adapter.poolmanager, *self._adapter.proxy_manager.values()):
            for key in manager.pools.keys():  # noqa: SIM118 - its iterator is not thread-safe
                if (pool := manager.pools.get(key)) is not None:
                    pool.close()
        self._adapter.close()
        self._session.close()

    def _exchange(
        self,
        address: Address,
        limit: int,
        consume: Callable[[Answer], T],
        token: CancelToken,
        headers: Mapping[str, str],
    ) -> T:
        final, response = self._follow(address, headers, token)
        with closing(response), closing(_chunks(response, final, limit, token)) as chunks:
            return consume(Answer(final, response.headers, chunks))

    def _follow(
        self, address: Address, headers: Mapping[str, str], token: CancelToken
    ) -> tuple[Address, Response]:
        """The answer behind all redirects."""
        for _ in range(MAX_REDIRECTS + 1):
            response = self._authorised(address, headers, token)
            with _translated(address, token):
                target = self._session.get_redirect_target(response)
            fault = None if target else fault_of_status(response, address)
            if target is None and fault is None:
                return address, response
            if fault:
                with closing(response):
                    fault.detail = _detail(response, address, token)
                raise fault
            response.close()
            address = _redirected(address, target or "")
        raise Fault(Kind.REJECTED, "it sends from one address to the next without end", address)

    def _authorised(
        self, address: Address, headers: Mapping[str, str], token: CancelToken
    ) -> Response:
        tried = self._authorisation.header(address.origin)
        response = self._send(_request(address, headers, tried), address, token)
        if response.status_code not in _REFUSALS:
            return response
        other = self._authorisation.after_refusal(address.origin, tried, token)
        if other is None:
            return response
        response.close()
        return self._send(_request(address, headers, other), address, token)

    def _send(self, request: PreparedRequest, address: Address, token: CancelToken) -> Response:
        """The answer's headers; its body is still to be read."""
        found = self._session.merge_environment_settings(address.url, {}, True, True, None)
        # A proxy stands elsewhere and cannot reach what runs on this very computer.
        proxies = {} if is_loopback(address.host) else found["proxies"]
        verify = found["verify"] or True
        timeout = self._settings.connect_seconds, self._settings.read_seconds
        if select_proxy(address.url, proxies) is None:
            self._reach(address, token)

        def send() -> Response:
            return self._adapter.send(
                request, stream=True, timeout=timeout, verify=verify, proxies=proxies
            )

        with _translated(address, token):
            return call_abandonable(send, token, discard=Response.close)

    def _reach(self, address: Address, token: CancelToken) -> None:
        """See that a host can be connected to at all, before the first request to it.

        A name that is looked up for ever, or a host with many addresses that are tried one after
        the other, knows no limit otherwise.
        """
        if address.origin in self._reached:
            return
        place = address.host, address.port
        settings = self._settings

        def probe() -> None:
            socket.create_connection(place, settings.connect_seconds).close()

        with _translated(address, token):
            call_abandonable(probe, token, settings.unreachable_seconds)
        self._reached.add(address.origin)


def _request(
    address: Address, headers: Mapping[str, str], authorisation: str | None
) -> PreparedRequest:
    sent = {"User-Agent": f"SnapReview/{__version__}", "Accept": "*/*", **headers}
    if authorisation:
        sent["Authorization"] = authorisation
    return Request("GET", address.url, sent).prepare()


def _redirected(address: Address, target: str) -> Address:
    """Where a redirect leads. A user name or password in it is not used."""
    try:
        following = address.join(target)
    except BadAddress as fault:
        raise Fault(
            Kind.REJECTED, f"it sends to an address that cannot be used: {fault}", address
        ) from None
    if address.secure and not following.secure:
        raise Fault(Kind.REJECTED, "it sends to an address that is not encrypted", address)
    return following


def _detail(response: Response, address: Address, token: CancelToken) -> str:
    """What an API says of its refusal: only JSON, only what is short, and no fault without it."""
    if "json" not in response.headers.get("Content-Type", "").lower():
        return ""
    with suppress(Fault), closing(_chunks(response, address, _DETAIL_BYTES, token)) as chunks:
        return detail_in(b"".join(chunks))
    return ""


def _chunks(
    response: Response, address: Address, limit: int, token: CancelToken
) -> Generator[bytes, None, None]:
    forget = token.on_cancel(lambda: _interrupt(response))
    received = 0
    try:
        with _translated(address, token):
            for chunk in response.iter_content(CHUNK_BYTES):
                token.check()
                received += len(chunk)
                if received > limit:
                    said = f"its answer is larger than {limit:,} bytes"
                    raise Fault(Kind.TOO_LARGE, said, address)
                yield chunk
        token.check()  # a body of unknown length looks complete when it was interrupted
    finally:
        forget()


def _interrupt(response: Response) -> None:
    """End a read that waits, from another thread."""
    with suppress(RuntimeError, ValueError, OSError):  # nothing is being read any more
        response.raw.shutdown()


@contextmanager
def _translated(address: Address, token: CancelToken) -> Iterator[None]:
    """What the libraries raise, as Fault, or as Cancelled where that was the reason."""
    try:
        yield
    except (OSError, UnicodeError) as error:  # the latter for host names of impossible length
        token.check()
        # Without its origin, on purpose: see Fault.
        raise fault_of_exception(error, address) from None
