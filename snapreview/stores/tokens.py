"""What a token is: text that a header can carry, sent as such or as name and password."""

from __future__ import annotations

import logging
import re
from base64 import b64decode, b64encode
from collections.abc import Iterable
from urllib.parse import quote, quote_plus

_TOKEN = re.compile(r"[\x21-\x7e]+")
_SCHEME = re.compile(r"(?:Bearer|Token) +", re.IGNORECASE)
_SHORTEST_SECRET = 6
"""Below that, blotting it out would tear every text apart and protect nothing."""

_log = logging.getLogger(__name__)


class BadToken(ValueError):
    """The text is no token; says why, in a sentence that does not show it."""


def parse_token(text: str) -> str:
    """The token that somebody typed or pasted, maybe as the header has it. Raises BadToken."""
    token = _SCHEME.sub("", text.strip(), count=1)
    if not token:
        raise BadToken("There is no token.")
    if not _TOKEN.fullmatch(token):
        raise BadToken("This is no token: it contains blanks or characters that no token has.")
    return token


def usable_token(text: str | None, where: str) -> str | None:
    """The token of a variable or keychain, or None; says so where it is none."""
    if not text or not text.strip():
        return None
    try:
        return parse_token(text)
    except BadToken:
        _log.warning("%s is not used: it contains characters that no token has.", where)
        return None


def header_of(token: str) -> str:
    """The Authorization header for `token`.

    A bearer token has no colon (RFC 6750, 2.1): with one, it is a name and a password.
    """
    if ":" in token:
        return f"Basic {b64encode(token.encode()).decode('ascii')}"
    return f"Bearer {token}"


def without(text: str, headers: Iterable[str]) -> str:
    """`text` with whatever is secret in these Authorization headers blotted out.

    A host may repeat what it was sent, in a redirect for one.
    """
    for secret in sorted(_secrets(headers), key=len, reverse=True):
        text = text.replace(secret, "…")
    return text


def repeats(text: str, headers: Iterable[str]) -> bool:
    """Whether `text` has anything in it that `without` would blot out."""
    return any(secret in text for secret in _secrets(headers))


def _secrets(headers: Iterable[str]) -> set[str]:
    plain: set[str] = set()
    for header in headers:
        scheme, _, value = header.partition(" ")
        plain.add(value)
        if scheme == "Basic":
            pair = b64decode(value).decode("utf-8", "replace")
            plain |= {pair, pair.partition(":")[2]}
    spelled = {spell(secret) for secret in plain for spell in (str, quote, _quoted, quote_plus)}
    return {secret for secret in spelled if len(secret) >= _SHORTEST_SECRET}


def _quoted(secret: str) -> str:
    return quote(secret, safe="")
