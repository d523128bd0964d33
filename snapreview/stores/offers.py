"""What somebody pasted is, and what it offers to choose from: for the start page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import SourceNotFound
from snapreview.model.listing import Entry
from snapreview.model.names import quoted
from snapreview.stores.catalogue import Catalogue, catalogue
from snapreview.stores.deadline import within
from snapreview.stores.explain import local_time
from snapreview.stores.git_refs import Ref, git_refs, git_source_of, is_bare
from snapreview.stores.git_source import Place
from snapreview.stores.opening import StoreContext
from snapreview.stores.recognising import Kind, Recognised, recognised

OFFER_SECONDS = 10.0
"""The longest that somebody is kept waiting for a list."""

MOST_OFFERS = 500


class OfferKind(Enum):
    """What kind of thing can be chosen."""

    SNAPSHOT = "snapshot"
    WORKING_TREE = "working tree"
    BRANCH = "branch"
    TAG = "tag"


@dataclass(frozen=True, slots=True)
class Offer:
    """A source that can be chosen.

    `source` is ready to be opened; it may hold a password that was typed, so that `title` is what
    is shown: an id, a branch, a tag. `date` is ISO 8601, empty where it is not known, and so are
    `branch` and `sha`; `count` is in images.
    """

    kind: OfferKind
    source: str
    title: str
    date: str = ""
    branch: str = ""
    sha: str = ""
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Offers:
    """What a text is, in words (`said`), and what can be chosen there, newest first.

    `source` can be opened as it is; it is empty where something has to be chosen. `chosen` is the
    offer that the text itself names, if any. `more`: there are others than these. `note` is a
    sentence for people: the list is an old one, or why there is none.
    """

    kind: Kind
    said: str
    source: str
    offers: tuple[Offer, ...] = ()
    chosen: Offer | None = None
    more: bool = False
    note: str = ""


_STATIC = frozenset({Kind.STORE, Kind.SNAPSHOT, Kind.MANIFEST, Kind.ADDRESS, Kind.BUCKET})


def offers(
    text: str, context: StoreContext, token: CancelToken, seconds: float = OFFER_SECONDS
) -> Offers:
    """What `text` is and offers, within `seconds`.

    Raises SourceError where it is nothing that can be opened, or its list cannot be had (a list
    that does not exist is no fault), and Cancelled; nothing else.
    """
    with within(seconds, token, "Looking at what this is") as limited:
        found = recognised(text, limited)
        if found.place is not None:
            return _of_git(found, found.place, limited)
        if found.kind in _STATIC:
            return _of_static(found, context, limited)
        return Offers(found.kind, found.said, found.source)


def _of_git(found: Recognised, place: Place, token: CancelToken) -> Offers:
    refs = git_refs(place.git, MOST_OFFERS + 1, token)
    first = [] if is_bare(place.git, token) else [_working_tree(place)]
    choices = [*first, *(_of_ref(ref, place) for ref in _without_doubles(refs[:MOST_OFFERS]))]
    named = place.rev or (first[0].title if first else "")
    return Offers(
        kind=found.kind,
        said=found.said,
        source=found.source if place.commit or first else "",
        offers=tuple(choices),
        chosen=next((offer for offer in choices if offer.title == named), None),
        more=len(refs) > MOST_OFFERS,
    )


def _working_tree(place: Place) -> Offer:
    return Offer(OfferKind.WORKING_TREE, git_source_of(place, ""), "Working tree")


def _of_ref(ref: Ref, place: Place) -> Offer:
    kind = OfferKind.TAG if ref.is_tag else OfferKind.BRANCH
    branch = "" if ref.is_tag else ref.name
    return Offer(kind, git_source_of(place, ref.name), ref.name, ref.date, branch, ref.commit)


def _without_doubles(refs: Iterable[Ref]) -> list[Ref]:
    """Without branches of a remote that stand where the local ones do."""
    found = list(refs)
    local = {(ref.name, ref.commit) for ref in found if not ref.is_tag}
    return [ref for ref in found if (ref.name.partition("/")[2], ref.commit) not in local]


def _of_static(found: Recognised, context: StoreContext, token: CancelToken) -> Offers:
    try:
        listed = catalogue(found.source, context, token)
    except SourceNotFound as fault:
        if found.kind is Kind.STORE:
            raise
        return Offers(found.kind, found.said, found.source, note=str(fault))
    kind, said = found.kind, found.said
    if kind in (Kind.ADDRESS, Kind.BUCKET):
        store = f"a store of snapshots at {listed.shown}"
        one = listed.snapshot
        kind = Kind.SNAPSHOT if one else Kind.STORE
        said = f"the snapshot {quoted(one)} of {store}" if one else store
    choices = tuple(_of_entry(entry, listed) for entry in listed.entries[:MOST_OFFERS])
    return Offers(
        kind=kind,
        said=said,
        source="" if kind is Kind.STORE else found.source,
        offers=choices,
        chosen=next((offer for offer in choices if offer.title == listed.snapshot), None),
        more=len(listed.entries) > MOST_OFFERS,
        note=_offline_note(listed),
    )


def _of_entry(entry: Entry, listed: Catalogue) -> Offer:
    return Offer(
        kind=OfferKind.SNAPSHOT,
        source=listed.source_of(entry.id),
        title=entry.id,
        date=entry.date,
        branch=entry.branch or "",
        sha=entry.sha or "",
        count=entry.count,
    )


def _offline_note(listed: Catalogue) -> str:
    if not listed.offline:
        return ""
    return f"{listed.shown} cannot be reached: this is its list as of {local_time(listed.offline)}."
