"""Writes a folder of images as a snapshot that any web server, or a bucket, can serve.

`ROOT/snapshots/ID/manifest.json`, `ROOT/images/HASH` and `ROOT/snapshots/index.json`:
docs/manifest.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import ManifestError, PublishError
from snapreview.model.layout import is_snapshot_id, manifest_key
from snapreview.model.listing import entry_of
from snapreview.model.manifest import ImageRecord, Manifest, VcsInfo
from snapreview.model.manifest_json import MAX_IMAGES, dump_manifest, parse_manifest
from snapreview.model.names import quoted
from snapreview.stores.destination import Destination
from snapreview.stores.destinations import destination_at
from snapreview.stores.folder import FolderStore
from snapreview.stores.gitinfo import checkout_facts
from snapreview.stores.index import refresh_index
from snapreview.stores.placing import PlacedImages, place_images


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

    `where` is the path or address of the manifest. `contents` counts the different images,
    `new_contents` those that were not in the store yet. `outcome` is REPLACED where the id was
    there with something else in it.
    """

    manifest: Manifest
    where: str
    contents: int
    new_contents: int
    outcome: Outcome


def publish(
    folder: Path,
    root: Path | str,
    request: PublishRequest,
    token: CancelToken,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> PublishedSnapshot:
    """Write the images of `folder`, then their manifest, into the store at `root`.

    `root` is a folder, or the address of a bucket. Each file is there whole or not at all, the
    manifest after the images: a reader never sees half a snapshot, and an interrupted run is
    simply run again. `progress` gets (done, total) images. Raises PublishError, SourceError for
    the folder or the bucket, ImageError for a file, Cancelled.
    """
    _check_id(request.id)
    store = FolderStore(folder)
    found = store.manifest(token)
    if len(found.images) > MAX_IMAGES:
        raise PublishError(
            f"{folder} holds {len(found.images):,} images; a snapshot may have {MAX_IMAGES:,}."
            " Publish its subfolders one by one."
        )
    destination = destination_at(root)
    try:
        placed = place_images(store, found, destination, token, progress)
        manifest = _manifest(folder, request, placed.records)
        key = manifest_key(request.id)
        outcome, manifest = _write(destination, key, manifest, token)
        _see_that_all_are_there(store, found, destination, placed, token)
        refresh_index(destination.root, token, entry_of(manifest, request.id))
    except OSError as fault:
        raise PublishError(
            f"The snapshot could not be written to {root} ({fault.strerror or fault}). Check that"
            " you may write there and that the disk is not full."
        ) from fault
    contents = len({record.sha256 for record in placed.records.values()})
    return PublishedSnapshot(manifest, destination.where(key), contents, placed.new, outcome)


def _see_that_all_are_there(
    store: FolderStore,
    found: Manifest,
    destination: Destination,
    placed: PlacedImages,
    token: CancelToken,
) -> None:
    """Write once more what a housekeeping beside took away before there was the manifest."""
    if not placed.relied:
        return
    relied = replace(found, images={name: found.images[name] for name in placed.relied})
    again = place_images(store, relied, destination, token)
    for name, record in again.records.items():
        if record.sha256 != placed.records[name].sha256:
            raise PublishError(
                f"{quoted(name)} was changed while it was being published. Publish again."
            )


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


def _write(
    destination: Destination, key: str, manifest: Manifest, token: CancelToken
) -> tuple[Outcome, Manifest]:
    """Put the manifest in its place, unless one that says the same is there."""
    data = dump_manifest(manifest)
    try:
        parsed = parse_manifest(data, manifest.source)
    except ManifestError as fault:  # a field that is too long, say: nobody could read it
        raise PublishError(f"The snapshot cannot be published: {fault}") from fault
    current = destination.present(key, token)
    present = None if current is None else _parsed(current, manifest.source)
    if present is not None and replace(present, created=manifest.created) == parsed:
        return Outcome.UNCHANGED, present
    destination.write(key, data, token)
    return Outcome.CREATED if current is None else Outcome.REPLACED, parsed


def _parsed(data: bytes, source: str) -> Manifest | None:
    try:
        return parse_manifest(data, source)
    except ManifestError:
        return None


def _check_id(snapshot_id: str) -> None:
    if not is_snapshot_id(snapshot_id):
        raise PublishError(
            f"{quoted(snapshot_id)} cannot be the id of a snapshot: use 1 to 128 letters, digits,"
            " dots, underscores and hyphens."
        )
