"""What a store says of each of its snapshots, without opening them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from snapreview.model.manifest import Manifest


@dataclass(frozen=True, slots=True)
class Entry:
    """One snapshot of a store. `date` is ISO 8601, empty where nobody knows; `count` is in images.

    `base_sha` and `base_branch` are what it says that it is to be compared with. A `selective` one
    holds only some of the images.
    """

    id: str
    date: str = ""
    sha: str | None = None
    branch: str | None = None
    base_sha: str | None = None
    base_branch: str | None = None
    app_id: str | None = None
    selective: bool = False
    count: int = 0

    @property
    def moment(self) -> float:
        """The date in seconds of the epoch, without a time zone as UTC; what is none is oldest."""
        try:
            moment = datetime.fromisoformat(self.date)
        except ValueError:
            return float("-inf")
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def entry_of(manifest: Manifest, snapshot_id: str, modified: float | None = None) -> Entry:
    """The entry of a manifest that lies under `snapshot_id`, whatever it calls itself.

    `modified`, in seconds of the epoch, is used where it does not say when it was made.
    """
    written = None if modified is None else datetime.fromtimestamp(modified, UTC)
    vcs = manifest.vcs
    return Entry(
        id=snapshot_id,
        date=manifest.created or (written.isoformat(timespec="seconds") if written else ""),
        sha=vcs.head_sha,
        branch=vcs.head_ref,
        base_sha=vcs.base_sha,
        base_branch=vcs.base_ref,
        app_id=manifest.app_id,
        selective=manifest.selective,
        count=len(manifest.images),
    )


def newest_first(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """`entries` by their dates; those of one date by id, so that the order is always the same."""
    by_name = sorted(entries, key=lambda entry: entry.id)
    return tuple(sorted(by_name, key=lambda entry: entry.moment, reverse=True))
