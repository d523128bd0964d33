"""Which images of two snapshots belong together.

The rules are Sentry's (sentry: preprod/snapshots/categorize.py): by name, with a selective head
never removing what it did not test, then renames by equal content.
"""

from __future__ import annotations

from snapreview.model.change import Change, Status
from snapreview.model.manifest import ImageRecord, Manifest
from snapreview.model.renames import pair_renames


def categorize(base: Manifest, head: Manifest) -> list[Change]:
    """One row per name of either side; matched rows that are not proven equal are pending.

    Renames are found among what is already hashed; `merge_renames` finds the rest later.
    """
    rows = [_matched(base.images[n], head.images[n]) for n in head.images if n in base.images]
    rows += [
        Change(n, Status.ADDED, head=record)
        for n, record in head.images.items()
        if n not in base.images
    ]
    gone = _gone_status(base, head)
    rows += [Change(n, gone[n], base=base.images[n]) for n in base.images if n in gone]
    return merge_renames(rows)


def _matched(base: ImageRecord, head: ImageRecord) -> Change:
    status = Status.UNCHANGED if base.same_content(head) else Status.PENDING
    return Change(head.name, status, base=base, head=head)


def _gone_status(base: Manifest, head: Manifest) -> dict[str, Status]:
    """Status of each base name that the head does not have."""
    gone = [name for name in base.images if name not in head.images]
    declared = head.all_image_file_names
    if declared is not None:
        return {n: Status.SKIPPED if n in declared else Status.REMOVED for n in gone}
    status = Status.SKIPPED if head.selective else Status.REMOVED
    return dict.fromkeys(gone, status)


def merge_renames(rows: list[Change]) -> list[Change]:
    """`rows` with every added and removed (then skipped) pair of equal content made one row."""
    pairs = _rename_pairs(rows)
    if not pairs:
        return rows
    by_name = {row.name: row for row in rows}
    consumed = set(pairs.values())
    return [
        _renamed(row, by_name[pairs[row.name]]) if row.name in pairs else row
        for row in rows
        if row.name not in consumed
    ]


def _rename_pairs(rows: list[Change]) -> dict[str, str]:
    """New name → old name. What was removed is tried before what was skipped."""
    added = {r.name: r.head for r in rows if r.status is Status.ADDED and r.head}
    pairs: dict[str, str] = {}
    for status in (Status.REMOVED, Status.SKIPPED):
        left = {name: record for name, record in added.items() if name not in pairs}
        gone = {r.name: r.base for r in rows if r.status is status and r.base}
        pairs |= pair_renames(left, gone)
    return pairs


def _renamed(added: Change, gone: Change) -> Change:
    return Change(
        added.name,
        Status.RENAMED,
        base=gone.base,
        head=added.head,
        previous_name=gone.name,
    )
