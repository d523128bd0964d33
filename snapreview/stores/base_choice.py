"""What a source is to be compared with, found from the source alone."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from snapreview.model.base_choice import choose_base, why_none
from snapreview.model.cancel import CancelToken
from snapreview.model.errors import SourceError, SourceNotFound
from snapreview.model.layout import SNAPSHOTS, layout_place
from snapreview.model.listing import Entry, entry_of
from snapreview.model.names import quoted
from snapreview.stores.addresses import shown_source
from snapreview.stores.catalogue import Catalogue, catalogue
from snapreview.stores.git_refs import git_base
from snapreview.stores.git_source import is_git_source
from snapreview.stores.implied import implied_pair
from snapreview.stores.opening import StoreContext, local_path, open_store
from snapreview.stores.sentry_source import implied_pair as sentry_pair
from snapreview.stores.sentry_source import is_sentry_source
from snapreview.stores.sentry_source import latest_base as sentry_latest


@dataclass(frozen=True, slots=True)
class FoundBase:
    """A base's source, and in words why it is this one: “it is …”.

    `head` is the source of the other side, which is another than what was given where that held
    both. Sources may hold a password that was given with the head's: `shown` is for people.
    """

    source: str
    head: str
    why: str

    @property
    def shown(self) -> str:
        """The base's source without a secret."""
        return shown_source(self.source)


def implied_base(head_source: str, context: StoreContext, token: CancelToken) -> str:
    """The source of what `head_source` is to be compared with; see `find_base`."""
    return find_base(head_source, context, token).source


def find_base(head_source: str, context: StoreContext, token: CancelToken) -> FoundBase:
    """What `head_source` is to be compared with, and why.

    A snapshot: what model/base_choice.py says, among those of its store. A git revision: where it
    left the default branch. A page of Sentry: what Sentry compares it with. A zip that was
    exported: the base in it. Raises SourceError with a sentence where nothing can be told, or
    Cancelled.
    """
    if is_git_source(head_source):
        base = git_base(head_source, token)
        return FoundBase(base.source, head_source, base.why)
    if is_sentry_source(head_source):
        pair = sentry_pair(head_source)
        if pair is None:
            raise SourceError("This address is that of a base itself. Give that of a snapshot.")
        return FoundBase(*pair, "it is what Sentry compares it with")
    pair = implied_pair(head_source)
    if pair is not None:
        return FoundBase(*pair, "it is in the same zip")
    return _of_store(head_source, context, token)


def find_latest_base(head_source: str, context: StoreContext, token: CancelToken) -> FoundBase:
    """The newest snapshot that `head_source` can be compared with, and why.

    Where `find_base` takes the base of the head's commit, this takes what its base's branch holds
    by now: of a store and of Sentry. Anything else has but one base. Raises as `find_base` does.
    """
    latest = sentry_latest(head_source) if is_sentry_source(head_source) else None
    if latest is not None:
        return FoundBase(latest, head_source, "it is the newest of the branch that it goes into")
    if is_git_source(head_source) or implied_pair(head_source) is not None:
        return find_base(head_source, context, token)
    return _of_store(head_source, context, token, latest=True)


def _of_store(
    head_source: str, context: StoreContext, token: CancelToken, *, latest: bool = False
) -> FoundBase:
    path = local_path(head_source)
    if path is not None and not _is_in_store(path):
        raise SourceNotFound(
            f"No base can be told for {quoted(head_source)}: it is no snapshot of a store, and no"
            " git revision. Name the base, or write the head as git:REPOSITORY@REVISION:FOLDER."
        )
    found = catalogue(head_source, context, token)
    if found.snapshot is None:
        newest = f", as {found.entries[0].id}, the newest" if found.entries else ""
        raise SourceError(
            f"{found.shown} is a store: name the snapshot in it that is the head{newest}."
        )
    head = _entry(found, found.snapshot, head_source, context, token)
    if latest and head.base_branch:
        head = replace(head, base_sha="")
    choice = choose_base(head, found.entries)
    if choice is None:
        raise SourceNotFound(f"No base was found for {head.id} in {found.shown}. {why_none(head)}")
    return FoundBase(found.source_of(choice.entry.id), head_source, choice.why)


def _is_in_store(path: Path) -> bool:
    return layout_place(path.absolute().as_posix()) is not None or (path / SNAPSHOTS).is_dir()


def _entry(
    found: Catalogue, snapshot_id: str, source: str, context: StoreContext, token: CancelToken
) -> Entry:
    """What the list says of the head, or, where it is not in there, its own manifest."""
    for entry in found.entries:
        if entry.id == snapshot_id:
            return entry
    with closing(open_store(source, context)) as store:
        return entry_of(store.manifest(token), snapshot_id)
