"""Offers in words: what stands in a row, and what a screen reader says of it. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from snapreview.stores.explain import local_time
from snapreview.stores.offers import Offer, OfferKind, Offers
from snapreview.stores.recognising import Kind

_SHA = 7
_LONGEST = 30
_NO_BREAK = "\u00a0"
_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_ICONS = {
    OfferKind.SNAPSHOT: "snapshot",
    OfferKind.WORKING_TREE: "folder",
    OfferKind.BRANCH: "branch",
    OfferKind.TAG: "tag",
}
_KIND_ICONS = {
    Kind.FOLDER: "folder",
    Kind.IMAGE: "image",
    Kind.ZIP: "zip",
    Kind.GIT: "branch",
    Kind.STORE: "store",
    Kind.SNAPSHOT: "snapshot",
    Kind.MANIFEST: "snapshot",
    Kind.ADDRESS: "globe",
    Kind.SENTRY: "snapshot",
    Kind.BUCKET: "store",
}


@dataclass(frozen=True, slots=True)
class OfferRow:
    """One offer as it is shown: never its source, which may hold a password."""

    offer: Offer
    icon: str
    title: str
    detail: str
    date: str
    count: str
    tip: str

    @property
    def spoken(self) -> str:
        """The row as a screen reader says it."""
        parts = self.title, self.detail.replace(" · ", ", "), self.date, self.count
        return ", ".join(part for part in parts if part)

    def matches(self, words: list[str]) -> bool:
        """Whether all words, in lower case, are somewhere in it."""
        offer = self.offer
        text = f"{offer.kind.value} {self.title} {offer.branch} {offer.sha} {self.date}".casefold()
        return all(word in text for word in words)


def row_of(offer: Offer, now: datetime) -> OfferRow:
    """How an offer looks at the moment `now`."""
    return OfferRow(
        offer=offer,
        icon=_ICONS[offer.kind],
        title=offer.title,
        detail=" · ".join(part for part in (_place(offer), offer.sha[:_SHA]) if part),
        date=when(offer.date, now),
        count=images(offer.count),
        tip=_tip(offer),
    )


def when(date: str, now: datetime) -> str:
    """An ISO 8601 date in words and in the time of this computer; empty for what is none."""
    moment = _moment(date)
    if moment is None:
        return ""
    past, local, today = now - moment, moment.astimezone(), now.astimezone()
    if -_MINUTE < past < _MINUTE:
        return "just now"
    if timedelta(0) < past < _HOUR:
        return f"{past // _MINUTE} min ago"
    days = (today.date() - local.date()).days
    if days in (0, 1):
        return f"{'yesterday' if days else 'today'}, {local:%H:%M}"
    year = "" if local.year == today.year else f" {local.year}"
    return f"{local.day} {local:%B}{year}"


def images(count: int | None) -> str:
    """How many images there are; empty where nobody knows."""
    if count is None:
        return ""
    return f"{count:,} image" if count == 1 else f"{count:,} images"


def said(found: Offers) -> str:
    """What a text is, as sentences."""
    first = f"{found.said[:1].upper()}{found.said[1:]}"
    return f"{first}. {found.note}" if found.note else first


def kind_icon(found: Offers) -> str:
    """The icon of what a text is."""
    return _KIND_ICONS[found.kind]


def noun(found: Offers) -> str:
    """What is chosen there, one of it."""
    kinds = {offer.kind for offer in found.offers}
    return "snapshot" if kinds <= {OfferKind.SNAPSHOT} else "branch or tag"


def plural(found: Offers) -> str:
    """What is chosen there, several of it."""
    return "snapshots" if noun(found) == "snapshot" else "branches and tags"


def summary(row: OfferRow) -> str:
    """A row in one line or two, without its title; parts but the first are not broken."""
    offer = row.offer
    place = _shortened(_place(offer))
    parts = [part.replace(" ", _NO_BREAK) for part in (offer.sha[:_SHA], row.date, row.count)]
    return f"{_NO_BREAK}· ".join(part for part in (place, *parts) if part)


def _place(offer: Offer) -> str:
    if offer.kind is OfferKind.SNAPSHOT:
        return offer.branch
    if offer.kind is OfferKind.WORKING_TREE:
        return "Tracked and new files"
    return offer.kind.value.capitalize()


def _shortened(text: str) -> str:
    """With its middle left out where it is long."""
    half = _LONGEST // 2
    return text if len(text) <= _LONGEST else f"{text[:half]}…{text[1 - half :]}"


def _tip(offer: Offer) -> str:
    lines = [offer.title]
    lines += [f"Branch {offer.branch}"] if offer.branch not in ("", offer.title) else []
    lines += [f"Commit {offer.sha}"] if offer.sha else []
    moment = _moment(offer.date)
    lines += [local_time(moment.isoformat())] if moment else []
    return "\n".join(lines)


def _moment(date: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(date)
    except ValueError:  # written by somebody else, or unknown
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
