"""What a server that compared the same two images said of them, beside what was found here.

Stores that know it put it into `ImageRecord.extra` of the head, under the names below; there it
is shown and exported like any other metadata, and never decides anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from snapreview.model.change import STATUSES, Change, Status, is_paired_by_hand
from snapreview.model.manifest import ImageRecord
from snapreview.model.percent import percent

SNAPSHOT = "sentry_snapshot"
"""Field: id of the snapshot that an image is of. In base and head."""

BASE = "sentry_base"
"""Field: id of the snapshot that the server compared the head with."""

STATUS = "sentry_status"
"""Field: the server's verdict, one of the seven statuses."""

DIFF = "sentry_diff"
"""Field: the share of changed pixels that the server measured, 0 to 1."""

PREVIOUS_NAME = "sentry_previous_name"
"""Field: the base's name of an image that the server found renamed."""

_STATUSES = {status.value: status for status in STATUSES}


def verdict_differs(change: Change) -> str:
    """A sentence where the server that has both images says something else; empty where not.

    Only a verdict on this very pair counts: that is told by the ids of the two snapshots, so
    that a head opened against another base, or a pair made by hand, is never held against it.
    """
    base, head = change.base, change.head
    if base is None or head is None or is_paired_by_hand(change):
        return ""
    theirs = _status(head.extra)
    if theirs is None or change.status in (theirs, Status.PENDING) or not _same_pair(base, head):
        return ""
    if theirs is Status.ERRORED:
        return f"Sentry could not compare this image; here it is {_ours(change)}."
    said = f"Sentry calls this image {_worded(theirs, _ratio(head.extra))}"
    if change.status is Status.ERRORED:
        return f"{said}; it could not be compared here."
    return f"{said}; compared here, it is {_ours(change)}."


def _same_pair(base: ImageRecord, head: ImageRecord) -> bool:
    compared = head.extra.get(BASE)
    return isinstance(compared, str) and compared == base.extra.get(SNAPSHOT)


def _status(extra: Mapping[str, Any]) -> Status | None:
    """The field may be anybody's: manifests may hold anything."""
    said = extra.get(STATUS)
    return _STATUSES.get(said) if isinstance(said, str) else None


def _ratio(extra: Mapping[str, Any]) -> float | None:
    said = extra.get(DIFF)
    if isinstance(said, bool) or not isinstance(said, int | float):
        return None
    return float(said) if 0 <= said <= 1 else None


def _ours(change: Change) -> str:
    return _worded(change.status, change.ratio if change.diff else None)


def _worded(status: Status, ratio: float | None) -> str:
    if status is Status.CHANGED and ratio is not None:
        return f"{status.value} ({percent(ratio)})"
    return status.value
