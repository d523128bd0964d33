"""Writes a folder of images as a snapshot that any web server can serve.

`ROOT/snapshots/ID/manifest.json` and `ROOT/images/HASH`: docs/manifest.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import ManifestError, PublishError, UnreadableImage
from snapreview.model.manifest import ImageRecord, Manifest, VcsInfo
from snapreview.model.manifest_json import MAX_IMAGES, dump_manifest, parse_manifest
from snapreview.model.names import quoted
from snapreview.stores.atomic import new_file, sweep, write_whole
from snapreview.stores.folder import FolderStore
from snapreview.stores.gitinfo import checkout_facts
from snapreview.stores.imagefile import CHUNK_BYTES, read_header, sha256_file

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
        records, new = _place(store, found, root / "images", token, progress)
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


def _place(
    store: FolderStore,
    found: Manifest,
    images: Path,
    token: CancelToken,
    progress: Callable[[int, int], None],
) -> tuple[dict[str, ImageRecord], int]:
    """The records of what is now in `images`, by name, and how many files are new there."""
    _ready(images)
    placed = _Placed(store, images, token)
    records = {}
    for done, record in enumerate(found.images.values(), 1):
        records[record.name] = placed.add(record)
        progress(done, len(found.images))
    return records, placed.new


def _ready(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    sweep(folder)


class _Placed:
    """The images of one run, put under the hash of their bytes."""

    def __init__(self, store: FolderStore, images: Path, token: CancelToken) -> None:
        self._store = store
        self._images = images
        self._token = token
        self.new = 0

    def add(self, record: ImageRecord) -> ImageRecord:
        """`record` with the hash and size of the bytes that are now in the store."""
        source = self._store.fetch(record, self._token)
        digest = sha256_file(source, self._token)
        target = self._images / digest
        if not (target.is_file() and target.stat().st_size == record.byte_size):
            digest = self._copy(source)
        return _measured(replace(record, sha256=digest), self._images / digest)

    def _copy(self, source: Path) -> str:
        """Copy, under the hash of what was copied: the file may have changed since it was read."""
        with new_file(self._images) as new:
            digest = new.write_hashed(self._read(source))
            new.place_content(self._images / digest)
        self.new += 1
        return digest

    def _read(self, source: Path) -> Iterator[bytes]:
        with source.open("rb") as stream:
            while chunk := stream.read(CHUNK_BYTES):
                self._token.check()
                yield chunk


def _measured(record: ImageRecord, path: Path) -> ImageRecord:
    """`record` with its size in pixels. A file that is no image has none: its row will say so."""
    try:
        header = read_header(path)
    except UnreadableImage:
        return record
    return replace(record, width=header.width, height=header.height)


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
    _ready(target.parent)
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
