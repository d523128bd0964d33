"""The snapshots of a store behind a web address, as its index lists them."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import SourceError, SourceNotFound
from snapreview.model.index_json import MAX_INDEX_BYTES, parse_index
from snapreview.model.layout import INDEX_KEY, SNAPSHOTS, layout_place
from snapreview.model.listing import Entry
from snapreview.stores.addresses import Address, BadAddress, parse_address
from snapreview.stores.authorisation import Authorisation
from snapreview.stores.explain import source_error
from snapreview.stores.faults import Fault, Kind
from snapreview.stores.manifest_cache import ManifestCache
from snapreview.stores.opening import StoreContext
from snapreview.stores.revalidated import ManifestSource
from snapreview.stores.transport import Transport


@dataclass(frozen=True, slots=True)
class WebListing:
    """A store's snapshots, newest first.

    `shown` is the root's address without a secret. `offline` is when the index was kept, as ISO
    8601, where the host could not be reached; else empty.
    """

    shown: str
    entries: tuple[Entry, ...]
    offline: str = ""


def web_snapshot(text: str, snapshot_id: str) -> str:
    """The address of another snapshot of the store that the address `text` lies in or is.

    User name, password and query stay as they were given: it may not be shown.
    """
    parts = urlsplit(text.strip())
    path = f"{_root_path(parts.path)}/{SNAPSHOTS}/{snapshot_id}"
    return urlunsplit((parts.scheme, parts.netloc, path, parts.query, ""))


def web_listing(text: str, context: StoreContext, token: CancelToken) -> WebListing:
    """The snapshots of the store that the address `text` lies in or is.

    Raises SourceNotFound where it has no index, SourceError or Cancelled.
    """
    try:
        given = parse_address(text)
    except BadAddress as fault:
        raise SourceError(f"The web address cannot be used: {fault}.") from fault
    if given.path.lower().endswith(".json") and layout_place(given.path) is None:
        raise SourceNotFound(f"{given.shown} is not in a store that lists its snapshots.")
    root = given.with_path(_root_path(given.path) + "/")
    index = given.with_path(root.path + INDEX_KEY)
    authorisation = Authorisation(context.credentials, [given])
    with (
        authorisation.discreet(),
        closing(Transport(authorisation, context.settings)) as transport,
    ):
        manifests = ManifestCache(context.cache_dir.with_name("manifests"))
        source = ManifestSource(transport, manifests, MAX_INDEX_BYTES, _index_error)
        found = source.read((index,), token)
        entries = parse_index(found.data, index.shown)
        kept = found.fresh
        if kept and not authorisation.repeated_in(
            kept.final, kept.etag, kept.modified, kept.data.decode("utf-8", "replace")
        ):
            source.keep(found)
    return WebListing(root.shown, entries, found.offline)


def _root_path(path: str) -> str:
    """The root's path, without a slash at its end."""
    place = layout_place(path)
    return path.rstrip("/") if place is None else place.root


def _index_error(fault: Fault) -> SourceError:
    """Why the index could not be had."""
    if fault.kind is Kind.MISSING:
        return SourceNotFound(
            f"{_shown(fault.address)} does not list its snapshots: {fault.reason} for {INDEX_KEY}."
            " Whoever runs the store can write that with snapreview store index ROOT."
        )
    return source_error(fault)


def _shown(index: Address) -> str:
    return index.with_path(index.path.removesuffix(INDEX_KEY)).shown
