"""How Sentry's snapshots are written: the address of their page, or `sentry:ORG/ID[@HOST]`.

    https://ORG.sentry.io/preprod/snapshots/ID/…           a snapshot, on sentry.io
    https://HOST/organizations/ORG/preprod/snapshots/ID/…  a snapshot, anywhere
    …/snapshots/[latest-base/]PROJECT/APP[?branch=BRANCH]  the newest base of an app
    sentry:ORG/ID[@HOST]                                   a snapshot
    sentry:ORG/ID:base[@HOST]                              what Sentry compares that one with
    sentry:ORG/ID:latest[@HOST]                            the newest base that fits that one
    sentry:ORG/PROJECT/APP[?branch=BRANCH][@HOST]          the newest base of an app

HOST is sentry.io where it is left out, and may begin with http://. Without `/organizations/ORG`
only pages of sentry.io are recognised: elsewhere `…/snapshots/ID` is a static store's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit

from snapreview.model.errors import SourceError
from snapreview.stores.addresses import SCHEMES, Address, BadAddress, parse_address

SCHEME = "sentry:"
SENTRY_HOST = "sentry.io"

_SLUG = re.compile(r"[A-Za-z0-9_-]{1,100}")
_ID = re.compile(r"[0-9]{1,20}")
_PAGE = re.compile(r"^/(?:organizations/([^/]+)/)?preprod/snapshots/(.+?)/?$")
_MAX_TEXT = 255
"""Characters of an app's id and of a branch (Sentry's limit)."""

_HELP = (
    "Paste the address of the snapshot's page, or write sentry:ORG/ID, followed by @HOST for a"
    " Sentry of your own."
)


class Role(Enum):
    """Which snapshot a source means: the one it names, or a base of that."""

    ITSELF = ""
    BASE = "base"
    LATEST = "latest"


@dataclass(frozen=True, slots=True)
class App:
    """The newest base of an app: `project` is a slug or id, `branch` may be empty."""

    project: str
    app_id: str
    branch: str = ""


@dataclass(frozen=True, slots=True)
class SentryPlace:
    """What a source names. `root` is the top of the host whose API is asked.

    Either `snapshot_id`, decimal digits, or `app` is set.
    """

    root: Address
    org: str
    snapshot_id: str = ""
    role: Role = Role.ITSELF
    app: App | None = None

    @property
    def text(self) -> str:
        """The place in the short spelling, which has no secret."""
        return f"{SCHEME}{quote(self.org, safe='')}/{self._within}{self._host}"

    @property
    def _within(self) -> str:
        if self.app is None:
            return self.snapshot_id + (f":{self.role.value}" if self.role.value else "")
        branch = f"?{urlencode({'branch': self.app.branch})}" if self.app.branch else ""
        return f"{quote(self.app.project, safe='')}/{quote(self.app.app_id, safe='')}{branch}"

    @property
    def _host(self) -> str:
        if not self.root.secure:
            return f"@{self.root.origin}"
        place = self.root.origin.removeprefix("https://")
        return "" if place == SENTRY_HOST else f"@{place}"


def is_sentry_source(source: str) -> bool:
    """Whether `source` is written as one of Sentry's. Whether it is complete, `place_of` tells."""
    text = source.strip()
    return text.lower().startswith(SCHEME) or _page(text) is not None


def place_of(source: str) -> SentryPlace:
    """What `source` names. Raises SourceError, without quoting what may hold a password."""
    text = source.strip()
    if text.lower().startswith(SCHEME):
        return _short(text[len(SCHEME) :])
    page = _page(text)
    if page is None:
        raise SourceError(f"This is no snapshot of Sentry. {_HELP}")
    address, org, rest = page
    return _within(_api_root(address, org), org, rest, _branch(text))


def implied_pair(source: str) -> tuple[str, str] | None:
    """Base and head where `source` names one snapshot of Sentry: what it is compared with, and it.

    Nobody is asked yet: opening the base finds out which one it is, and raises SourceNotFound
    where there is none. None for any other source.
    """
    place = _named(source)
    if place is None or place.app is not None or place.role is not Role.ITSELF:
        return None
    return replace(place, role=Role.BASE).text, place.text


def latest_base(source: str) -> str | None:
    """The source of the newest base that fits the snapshot `source`, by app and branch.

    None where `source` is no single snapshot of Sentry.
    """
    place = _named(source)
    if place is None or place.app is not None:
        return None
    return replace(place, role=Role.LATEST).text


def api_origin(source: str) -> str | None:
    """The origin whose API is asked, `https://host[:port]`, which is the one that gets a token.

    None for what is no source of Sentry.
    """
    place = _named(source)
    return None if place is None else place.root.origin


def _named(source: str) -> SentryPlace | None:
    try:
        return place_of(source) if is_sentry_source(source) else None
    except SourceError:
        return None


def _page(text: str) -> tuple[Address, str, str] | None:
    """(address, organisation, what follows `snapshots/`) of a page's address, else None."""
    if not text.lower().startswith(tuple(f"{scheme}:" for scheme in SCHEMES)):
        return None
    try:
        address = parse_address(text)
    except BadAddress:
        return None
    found = _PAGE.match(address.path)
    label = _label(address.host)
    if found is None or not (found[1] or label):
        return None
    return address, unquote(found[1] or label), found[2]


def _label(host: str) -> str:
    """`acme` of acme.sentry.io; empty elsewhere."""
    label, _, domain = host.partition(".")
    return label if domain == SENTRY_HOST else ""


def _api_root(page: Address, org: str) -> Address:
    """The top of the host to ask: sentry.io for an organisation's own pages there."""
    if page.host == SENTRY_HOST or _label(page.host) == org.lower():
        return parse_address(f"https://{SENTRY_HOST}/")
    return parse_address(f"https://{page.host}/" if _label(page.host) else f"{page.origin}/")


def _branch(text: str) -> str:
    return parse_qs(urlsplit(text).query).get("branch", [""])[0]


def _short(text: str) -> SentryPlace:
    body, at, host = text.rpartition("@")
    names, _, query = (body if at else text).partition("?")
    org, _, rest = names.partition("/")
    branch = parse_qs(query).get("branch", [""])[0]
    return _within(_host_root(host if at else SENTRY_HOST), unquote(org), rest, branch)


def _host_root(host: str) -> Address:
    try:
        address = parse_address(host if "://" in host else f"https://{host}")
    except BadAddress as fault:
        raise SourceError(f"The host after @ cannot be used: {fault}. {_HELP}") from fault
    if address.path not in ("", "/") or address.authorisation or "?" in address.url:
        raise SourceError(f"After @ stands a host and nothing else. {_HELP}")
    return address.with_path("/")


def _within(root: Address, org: str, rest: str, branch: str) -> SentryPlace:
    """The place of `ORG` and what follows it: `ID[:role]` or `[latest-base/]PROJECT/APP`."""
    if not _SLUG.fullmatch(org):
        raise SourceError(f"The organisation's name is missing or is none. {_HELP}")
    parts = rest.removeprefix("latest-base/").split("/")
    number, _, role = parts[0].partition(":")
    if len(parts) == 1 and _ID.fullmatch(number) and role in [one.value for one in Role]:
        return SentryPlace(root, org, number, Role(role))
    if len(parts) == 2:
        project, app_id = (unquote(part) for part in parts)
        if _SLUG.fullmatch(project) and _is_text(app_id) and (not branch or _is_text(branch)):
            return SentryPlace(root, org, app=App(project, app_id, branch))
    raise SourceError(f"The address names no snapshot of Sentry. {_HELP}")


def _is_text(text: str) -> bool:
    return 0 < len(text) <= _MAX_TEXT and text.isprintable()
