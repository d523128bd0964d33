"""Web addresses: the origin they belong to, and what of them may be shown."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import parse_qsl, unquote, urlencode, urljoin, urlsplit, urlunsplit

from requests import PreparedRequest
from requests.exceptions import RequestException

from snapreview.stores.bucket_source import is_bucket_source, shown_bucket
from snapreview.stores.git_source import is_git_source

SCHEMES = ("http", "https")

_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f\\]")
_USERINFO = re.compile(
    r"^((?!file:)[a-z][a-z0-9+.-]+:/+).*@|^(file://)[^/]*@", re.IGNORECASE | re.DOTALL
)
"""Up to the last @, since what cannot be read as an address may have it anywhere."""
_INNER_USERINFO = re.compile(r"(://)[^/]*@")
_SECRET = re.compile(r"auth|credential|key|pass|policy|secret|sess|sig|token", re.IGNORECASE)
_DEFAULT_PORTS = {"http": 80, "https": 443}


class BadAddress(ValueError):
    """The text is no address that can be asked; says why, as the end of a sentence."""


@dataclass(frozen=True, slots=True)
class Address:
    """An http or https address without user name, password and fragment.

    `origin` is scheme, host and port as `https://host[:port]`: what a token belongs to.
    `authorisation` is the header that a user name and password in the text amount to.
    """

    url: str = field(repr=False)
    origin: str
    host: str
    port: int
    authorisation: str | None = field(default=None, repr=False)

    @property
    def secure(self) -> bool:
        """Whether the connection is encrypted."""
        return self.origin.startswith("https:")

    @property
    def exposed(self) -> bool:
        """Whether what is sent there can be read by others on its way."""
        return not self.secure and not is_loopback(self.host)

    @property
    def path(self) -> str:
        """The path part, percent-encoded."""
        return urlsplit(self.url).path

    @property
    def shown(self) -> str:
        """The address for sentences and reports: without what looks like a secret (signatures)."""
        parts = urlsplit(self.url)
        query = parse_qsl(parts.query, keep_blank_values=True)
        public = [(name, value) for name, value in query if not _SECRET.search(name)]
        text = parts.query if len(public) == len(query) else urlencode(public)
        return urlunsplit((parts.scheme, parts.netloc, parts.path, text, ""))

    def join(self, reference: str) -> Address:
        """The address that `reference` means on this page. Raises BadAddress."""
        try:
            return parse_address(urljoin(self.url, reference))
        except BadAddress:
            raise
        except ValueError as fault:
            raise BadAddress(str(fault)) from fault

    def without_query(self) -> Address:
        """The same without its query, which may hold a signature."""
        parts = urlsplit(self.url)
        url = urlunsplit((parts.scheme, parts.netloc, parts.path, "", ""))
        return Address(url, self.origin, self.host, self.port, self.authorisation)

    def with_path(self, path: str) -> Address:
        """The same with another path."""
        parts = urlsplit(self.url)
        url = urlunsplit((parts.scheme, parts.netloc, path, parts.query, ""))
        return Address(url, self.origin, self.host, self.port, self.authorisation)


def parse_address(text: str) -> Address:
    """`text` as an address, in the one spelling that is also used to connect. Raises BadAddress.

    The origin is taken from the very text that goes to the network, so that no two readings of an
    address can disagree about whose token it gets.
    """
    text = text.strip()
    if _FORBIDDEN.search(text):
        raise BadAddress("it contains a control character or a backslash")
    try:
        parts = urlsplit(text)
        userinfo, _, place = parts.netloc.rpartition("@")
        bare = _prepared(urlunsplit((parts.scheme, place, parts.path, parts.query, "")))
        final = urlsplit(bare)
        host, port = final.hostname, final.port
    except (ValueError, RequestException):
        # Without its origin, on purpose: that quotes the text, which may hold a password.
        raise BadAddress("it is not a complete web address") from None
    if final.scheme not in SCHEMES:
        raise BadAddress("only http and https are supported")
    if not host:
        raise BadAddress("it names no host")
    port = port or _DEFAULT_PORTS[final.scheme]
    return Address(bare, _origin(final.scheme, host, port), host, port, _basic(userinfo))


def shown_source(text: str) -> str:
    """A source, be it an address or a path, as it may be shown and remembered.

    Addresses lose user name, password and signatures, also those that cannot be asked; paths
    stay as they are. The @ of a git source stands before a revision: only an address within it has
    a name and a password before one.
    """
    text = text.strip()
    if is_git_source(text):
        return _INNER_USERINFO.sub(r"\1", text)
    if is_bucket_source(text):
        return shown_bucket(text)
    if not text.lower().startswith(tuple(f"{scheme}:" for scheme in SCHEMES)):
        return _USERINFO.sub(r"\1\2", text)
    try:
        return parse_address(text).shown
    except BadAddress:
        return _USERINFO.sub(r"\1\2", re.split(r"[?#]", text)[0])


def origin_of(text: str) -> str:
    """The origin of `text`, which may be a bare host for https. Raises BadAddress."""
    return parse_address(text if "://" in text else f"https://{text}").origin


def is_loopback(host: str) -> bool:
    """Whether `host` is this very computer."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _prepared(url: str) -> str:
    request = PreparedRequest()
    request.prepare_url(url, None)
    return request.url or ""


def _origin(scheme: str, host: str, port: int) -> str:
    name = f"[{host}]" if ":" in host else host
    return f"{scheme}://{name}" + ("" if port == _DEFAULT_PORTS[scheme] else f":{port}")


def _basic(userinfo: str) -> str | None:
    if not userinfo:
        return None
    user, _, password = userinfo.partition(":")
    pair = f"{unquote(user)}:{unquote(password)}".encode()
    return f"Basic {b64encode(pair).decode('ascii')}"
