"""What can go wrong between asking for an address and having its bytes."""

from __future__ import annotations

import json
import socket
import ssl
import time
from collections.abc import Iterator
from enum import Enum, auto
from http import HTTPStatus

from requests import Response
from requests import exceptions as http
from urllib3 import exceptions as wire
from urllib3.util import Retry

from snapreview.stores.addresses import Address


class Kind(Enum):
    """Kinds of faults, by what is done about them. Unchanged is one only where nobody asked."""

    UNREACHABLE = auto()
    STALLED = auto()
    BROKEN = auto()
    BUSY = auto()
    REFUSED = auto()
    MISSING = auto()
    UNTRUSTED = auto()
    TOO_LARGE = auto()
    REJECTED = auto()
    UNCHANGED = auto()


class Fault(Exception):
    """An exchange failed. `reason` is the end of a sentence, without any secret.

    `retry_after`: seconds that the host asked to wait. `status`: the answer's, where there was
    one. `detail`: what an API's JSON said of a refusal, to be recognised and never to be shown:
    a host may put anything into it. Never carries the exception of the library below, whose text
    and attributes may show whole addresses and headers.
    """

    def __init__(
        self,
        kind: Kind,
        reason: str,
        address: Address,
        retry_after: float | None = None,
        status: int | None = None,
    ) -> None:
        super().__init__(reason)
        self.kind = kind
        self.reason = reason
        self.address = address
        self.retry_after = retry_after
        self.status = status
        self.detail = ""


def fault_of_status(response: Response, address: Address) -> Fault | None:
    """The fault that a final answer's status amounts to, or None."""
    status = response.status_code
    if status == HTTPStatus.OK:
        return None
    reason = f"it answers {status}{_phrase(status)}"
    return Fault(_kind(status), reason, address, _retry_after(response), status)


def _kind(status: int) -> Kind:
    if status == HTTPStatus.NOT_MODIFIED:
        return Kind.UNCHANGED
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return Kind.REFUSED
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        return Kind.MISSING
    if status >= 500 or status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.REQUEST_TIMEOUT):
        return Kind.BUSY
    return Kind.REJECTED


def detail_in(body: bytes) -> str:
    """The `detail` of an API's JSON answer; empty where it has none."""
    try:
        said = json.loads(body)["detail"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    return said if isinstance(said, str) else ""


def fault_of_exception(error: Exception, address: Address) -> Fault:
    """The fault that an exception of requests, or of the system below it, amounts to."""
    chain = tuple(_chain(error))
    for kinds, kind, reason in _CAUSES:
        if any(isinstance(link, kinds) for link in chain):
            return Fault(kind, reason, address)
    return Fault(Kind.UNREACHABLE, _system_reason(error), address)


_CAUSES: tuple[tuple[tuple[type[BaseException], ...], Kind, str], ...] = (
    ((ssl.SSLCertVerificationError,), Kind.UNTRUSTED, "its certificate cannot be verified"),
    (
        (http.ProxyError, wire.ProxyError),
        Kind.UNREACHABLE,
        "the proxy does not let the request through",
    ),
    (
        (socket.gaierror, wire.NameResolutionError),
        Kind.UNREACHABLE,
        "its name cannot be found",
    ),
    ((ConnectionRefusedError,), Kind.UNREACHABLE, "it refuses the connection"),
    ((http.ReadTimeout, wire.ReadTimeoutError), Kind.STALLED, "it stopped answering"),
    (
        (http.ConnectTimeout, wire.ConnectTimeoutError, TimeoutError),
        Kind.UNREACHABLE,
        "it does not answer",
    ),
    ((wire.NewConnectionError,), Kind.UNREACHABLE, "no connection can be made"),
    (
        (http.InvalidURL, http.InvalidSchema, http.InvalidHeader, UnicodeError),
        Kind.REJECTED,
        "the address cannot be asked",
    ),
    ((http.RequestException,), Kind.BROKEN, "the connection broke off"),
)
"""Told from the most exact cause to the least: libraries wrap one in the other."""


def _chain(error: BaseException) -> Iterator[BaseException]:
    """`error` and what it was made from, in the various ways in which the libraries keep it."""
    waiting: list[object] = [error]
    seen: set[int] = set()
    while waiting:
        link = waiting.pop()
        if not isinstance(link, BaseException) or id(link) in seen:
            continue
        seen.add(id(link))
        yield link
        waiting += [*link.args, getattr(link, "reason", None), link.__cause__, link.__context__]


def _system_reason(error: Exception) -> str:
    """Where the system itself says no: no route, or the file of REQUESTS_CA_BUNDLE is missing."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror[:1].lower() + error.strerror[1:]
    if "CA certificate bundle" in str(error):
        return "the file that REQUESTS_CA_BUNDLE or CURL_CA_BUNDLE names is missing"
    return "no connection can be made"


def _phrase(status: int) -> str:
    try:
        return f" ({HTTPStatus(status).phrase})"
    except ValueError:
        return ""


def _retry_after(response: Response) -> float | None:
    value = response.headers.get("Retry-After")
    # Sentry's own word for it, in seconds since 1970 (its documentation of rate limits).
    until = response.headers.get("X-Sentry-Rate-Limit-Reset")
    try:
        if value is not None:
            return Retry().parse_retry_after(value)
        return max(0.0, float(until) - time.time()) if until is not None else None
    except (wire.InvalidHeader, ValueError, OverflowError):
        return None
