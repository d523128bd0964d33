"""The snapshots of the static store that a source lies in, or is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import urlsplit

from snapreview.model.cancel import CancelToken
from snapreview.model.layout import SNAPSHOTS, layout_place
from snapreview.model.listing import Entry
from snapreview.stores.index import listing
from snapreview.stores.index_web import web_listing, web_snapshot
from snapreview.stores.opening import StoreContext, is_web_source, local_path
from snapreview.stores.roots import open_root


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A static store's snapshots, newest first.

    `snapshot` is the id of the one that was given, None where that was the store itself.
    `source_of` gives the source of a snapshot by its id; it may hold a password that was given
    too, so that it is not for showing. `offline` is when the list was kept, as ISO 8601, where the
    host could not be reached; else empty. `damaged`: why a manifest cannot be read, by its key.
    """

    shown: str
    entries: tuple[Entry, ...]
    snapshot: str | None
    source_of: Callable[[str], str]
    offline: str = ""
    damaged: Mapping[str, str] = field(default_factory=dict)


def catalogue(text: str, context: StoreContext, token: CancelToken) -> Catalogue:
    """What the store has that `text` lies in or is.

    Raises SourceNotFound where it is in none, or that does not tell; SourceError, Cancelled.
    """
    if is_web_source(text):
        found = web_listing(text, context, token)
        given = layout_place(urlsplit(text.strip()).path)
        place = given.snapshot if given else None
        return Catalogue(
            found.shown, found.entries, place, partial(web_snapshot, text), found.offline
        )
    path = local_path(text)
    given = layout_place(text.strip() if path is None else path.absolute().as_posix())
    root = open_root(text)
    listed = listing(root, token)
    place = given.snapshot if given else None
    below = partial(_below, root.shown)
    return Catalogue(root.shown, listed.entries, place, below, damaged=listed.damaged)


def _below(root: str, snapshot_id: str) -> str:
    """The source of a snapshot in a folder or bucket."""
    return f"{root.rstrip('/')}/{SNAPSHOTS}/{snapshot_id}"
