"""Writes a folder of images as a snapshot that any web server can serve.

`ROOT/snapshots/ID/manifest.json` and `ROOT/images/HASH`: docs/manifest.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import ManifestError, PublishError
from snapreview.model.manifest import ImageRecord, Manifest, VcsInfo
from snapreview.model.manifest_json import MAX_IMAGES, dump_manifest, parse_manifest
from snapreview.model.names import quoted
from snapreview.stores.atomic import write_whole
from snapreview.stores.folder import FolderStore
from snapreview.stores.gitinfo import checkout_facts
from snapreview.stores.placing import place_images, ready

_ID = re.compile(r"[A-Za-z0-9._-]{1,128}")


@dataclass(frozen=True, slots=True)
class PublishRequest:
    """What is published under which name.

    `sha`, `branch` and `base_sha` are taken from the folder's git checkout where they are None;
    an empty text leaves them out. `selective`: the folder holds only some of the images, and the
    rest counts as skipped instead of removed.
    """

    id: str
    selective: bool = False
    sha: str | None = None
    branch: str | None = None
    base_sha: str | None = None
    app_id: str | None = None


class Outcome(Enum):
    """What happened to the manifest."""

    CREATED = "created"
    UNCHANGED = "unchanged"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class PublishedSnapshot:
    """A snapshot that is in its place.

    `contents` counts the different images, `new_contents` those that were not in the store yet.
    `outcome` is REPLACED where the id was there with something else in it.
    """

    manifest: Manifest
    path: Path
    contents: int
    new_contents: int
    outcome: Outcome


def publish(
    folder: Path,
    root: Path,
    request: PublishRequest,
    token: CancelToken,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> PublishedSnapshot:
    """Write the images of `folder`, then their manifest, into the store at `root`.

    Each file is there whole or not at all, and the manifest last: a reader never sees half a
    snapshot, and an interrupted run is simply run again. `progress` gets (done, total) images.
    Raises PublishError, SourceError for the folder, ImageError for a file of it, Cancelled.
    """
    _check_id(request.id)
    store = FolderStore(folder)
    found = store.manifest(token)
    if len(found.images) > MAX_IMAGES:
        raise PublishError(
            f"{folder} holds {len(found.images):,} images; a snapshot may have {MAX_IMAGES:,}."
            " Publish its subfolders one by one."
        )
    try:
        records, new = place_images(store, found, root / "images", token, progress)
        manifest = _manifest(folder, request, records)
        path = root / "snapshots" / request.id / "manifest.json"
        outcome, manifest = _write(path, manifest)
    except OSError as fault:
        raise PublishError(
            f"The snapshot could not be written to {root} ({fault.strerror or fault}). Check that"
            " you may write there and that the disk is not full."
        ) from fault
    contents = len({record.sha256 for record in records.values()})
    return PublishedSnapshot(manifest, path, contents, new, outcome)


def _manifest(folder: Path, request: PublishRequest, records: dict[str, ImageRecord]) -> Manifest:
    facts = checkout_facts(folder)
    base_sha = facts.base_sha if request.base_sha is None else request.base_sha
    vcs = VcsInfo(
        head_sha=(facts.sha if request.sha is None else request.sha) or None,
        head_ref=(facts.branch if request.branch is None else request.branch) or None,
        base_sha=base_sha or None,
        base_ref=facts.base_branch if base_sha and base_sha == facts.base_sha else None,
    )
    return Manifest(
        source=str(folder),
        images=records,
        snapshot_id=request.id,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        app_id=request.app_id,
        vcs=vcs,
        selective=request.selective,
    )


def _write(target: Path, manifest: Manifest) -> tuple[Outcome, Manifest]:
    """Put the manifest in its place, unless one that says the same is there."""
    data = dump_manifest(manifest)
    try:
        parsed = parse_manifest(data, manifest.source)
    except ManifestError as fault:  # a field that is too long, say: nobody could read it
        raise PublishError(f"The snapshot cannot be published: {fault}") from fault
    present = _present(target, manifest.source)
    if present is not None and replace(present, created=manifest.created) == parsed:
        return Outcome.UNCHANGED, present
    outcome = Outcome.REPLACED if target.exists() else Outcome.CREATED
    ready(target.parent)
    write_whole(target, data)
    return outcome, parsed


def _present(target: Path, source: str) -> Manifest | None:
    try:
        return parse_manifest(target.read_bytes(), source)
    except (FileNotFoundError, ManifestError):
        return None


def _check_id(snapshot_id: str) -> None:
    if not _ID.fullmatch(snapshot_id) or snapshot_id in (".", ".."):
        raise PublishError(
            f"{quoted(snapshot_id)} cannot be the id of a snapshot: use 1 to 128 letters, digits,"
            " dots, underscores and hyphens."
        )
