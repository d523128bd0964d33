"""What a zip tells of its images: the manifest that SnapReview put in, or files beside images."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from types import MappingProxyType
from zipfile import ZipFile, ZipInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from snapreview.model.change import Side
from snapreview.model.errors import ManifestError
from snapreview.model.manifest import ImageRecord, Manifest
from snapreview.model.manifest_json import (
    MAX_MANIFEST_BYTES,
    RESERVED_NAME,
    described_record,
    parse_manifest,
)
from snapreview.model.names import name_fault, quoted
from snapreview.stores.sidecar import MAX_SIDECAR_BYTES, sidecar_fields

log = logging.getLogger(__name__)

_ORIGINAL = "original_file_name"
"""Field of an image whose name in the zip is not the one it had (export/snapshot_zip.py)."""

_DESCRIBED = "display_name", "group", "description", "tags"


class _Side(BaseModel):
    """What one image was, as far as the comparison had found out."""

    content_hash: str | None = Field(default=None, pattern="^[0-9a-f]{64}$")
    width: int | None = Field(default=None, ge=0)
    height: int | None = Field(default=None, ge=0)


class _Image(BaseModel):
    """A row of an exported comparison, as far as its images need it (docs/report.md)."""

    model_config = ConfigDict(extra="allow")

    name: str
    previous_name: str | None = None
    base: _Side | None = None
    head: _Side | None = None
    files: dict[str, str] = {}


class _Export(BaseModel):
    """The manifest.json of an exported comparison."""

    schema_: int
    images: list[_Image]


@dataclass(frozen=True, slots=True)
class Notes:
    """Names and records of images by their path in the zip's folder.

    `manifest` is the snapshot that was exported, with all but its images.
    """

    records: Mapping[str, ImageRecord] = field(default_factory=lambda: MappingProxyType({}))
    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    manifest: Manifest | None = None

    def name(self, path: str) -> str:
        """What the image at `path` is called."""
        return self.names.get(path, path)

    def record(self, name: str) -> ImageRecord:
        """What is known of the image `name`."""
        return self.records.get(name) or ImageRecord(name)


def holds_comparison(archive: ZipFile, entries: Mapping[str, ZipInfo]) -> bool:
    """Whether a zip is a comparison that was exported, with images of both sides."""
    sides = {PurePosixPath(name).parts[0] for name in entries}
    return {side.value for side in Side} <= sides and _export(archive, entries) is not None


def notes_of(
    archive: ZipFile, entries: Mapping[str, ZipInfo], folder: str | None, source: str
) -> Notes:
    """What the zip tells of the images in `folder`. What cannot be used is logged and ignored."""
    side = next((side for side in Side if side.value == folder), None)
    export = _export(archive, entries) if side is not None else None
    if side is not None and export is not None:
        return _of_export(export, side)
    if folder is None and RESERVED_NAME in entries:
        found = _of_snapshot(_read(archive, entries[RESERVED_NAME], MAX_MANIFEST_BYTES), source)
        if found is not None:
            return found
    return Notes()


def with_sidecars(
    notes: Notes, archive: ZipFile, found: Mapping[str, ZipInfo], images: Mapping[str, ZipInfo]
) -> Notes:
    """`notes` with what the JSON files beside images tell of those of which nothing is known."""
    records = dict(notes.records)
    for name in images:
        info = found.get(f"{name.rpartition('.')[0]}.json")
        if name not in records and info is not None and info.file_size <= MAX_SIDECAR_BYTES:
            records[name] = _described(archive, info, name)
    return replace(notes, records=records)


def _described(archive: ZipFile, info: ZipInfo, name: str) -> ImageRecord:
    try:
        return described_record(name, sidecar_fields(archive.read(info)))
    except (ValueError, RecursionError) as fault:
        log.warning("The description of %s in the zip is ignored: %s", quoted(name), fault)
        return ImageRecord(name)


def _export(archive: ZipFile, entries: Mapping[str, ZipInfo]) -> _Export | None:
    info = entries.get(RESERVED_NAME)
    if info is None:
        return None
    try:
        document = json.loads(_read(archive, info, MAX_MANIFEST_BYTES))
        return _Export(schema_=document["schema"], images=document["images"])
    except (ValueError, KeyError, TypeError, RecursionError, ValidationError):
        return None  # a manifest of a snapshot, or somebody else's


def _read(archive: ZipFile, info: ZipInfo, limit: int) -> bytes:
    if info.file_size > limit:
        return b""
    return archive.read(info)


def _of_export(export: _Export, side: Side) -> Notes:
    pairs = list(_sides(export, side))
    return Notes(
        records={record.name: record for _, record in pairs},
        names={path: record.name for path, record in pairs},
    )


def _sides(export: _Export, side: Side) -> Iterator[tuple[str, ImageRecord]]:
    """Path in the side's folder, and record, of each image that is in the zip."""
    for image in export.images:
        path = image.files.get(side.value, "")
        known = image.base if side is Side.BASE else image.head
        name = (image.previous_name if side is Side.BASE else None) or image.name
        if known is None or not path.startswith(f"{side.value}/") or name_fault(name):
            continue
        yield path.partition("/")[2], _exported(image, known, name)


def _exported(image: _Image, known: _Side, name: str) -> ImageRecord:
    fields = {key: (image.model_extra or {}).get(key) for key in _DESCRIBED}
    try:
        record = described_record(name, fields)
    except ValueError as fault:
        log.warning("What the zip tells of %s is ignored: %s", quoted(name), fault)
        record = ImageRecord(name)
    return replace(
        record, sha256=known.content_hash, width=known.width or None, height=known.height or None
    )


def _of_snapshot(data: bytes, source: str) -> Notes | None:
    try:
        manifest = parse_manifest(data, source)
    except ManifestError as fault:
        log.warning("The manifest in the zip is ignored: %s", fault)
        return None
    names = {path: _original(record) for path, record in manifest.images.items()}
    if len(set(names.values())) < len(names):
        names = {}
    records = {
        names.get(path, path): replace(record, name=names.get(path, path))
        for path, record in manifest.images.items()
    }
    return Notes(records, names, replace(manifest, images={}, image_url=None))


def _original(record: ImageRecord) -> str:
    """The name that an image had before it was made safe for a zip."""
    name = record.extra.get(_ORIGINAL)
    return name if isinstance(name, str) and not name_fault(name) else record.name
