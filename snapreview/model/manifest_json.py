"""The manifest's JSON: Sentry's newest generation, the two before it, and `image_url`.

Fields and limits: docs/manifest.md; they are Sentry's (sentry: preprod/snapshots/manifest.py and
the upload endpoint), so that a manifest made for one can be read by the other.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from snapreview.model.errors import ManifestError
from snapreview.model.manifest import ImageRecord, Manifest, VcsInfo
from snapreview.model.names import name_fault, quoted

MAX_IMAGES = 50_000
"""Images, and declared names, that a manifest may hold (Sentry's limit)."""

MAX_MANIFEST_BYTES = 256 * 1024 * 1024
"""Size of a manifest's JSON above which it is not read (Sentry's limit, decompressed)."""

DEFAULT_IMAGE_URL = "../../images/{content_hash}"
"""Where an image lies, relative to the manifest, in the layout that `publish` writes."""

RESERVED_NAME = "manifest.json"

_HASH = re.compile(r"[0-9a-f]{64}")
_SHORT = Field(default=None, max_length=255)
_Share = Annotated[float, Field(ge=0, lt=1, allow_inf_nan=False)]
_Pixels = Annotated[int, Field(ge=0, le=2**31 - 1)]


class _Entry(BaseModel):
    """One image as written. Unknown fields are kept."""

    model_config = ConfigDict(extra="allow", strict=True)

    content_hash: str | None = None
    image_file_name: str | None = None
    file_name: str | None = None
    width: _Pixels
    height: _Pixels
    display_name: str | None = None
    group: str | None = None
    description: str | None = None
    diff_threshold: _Share | None = None
    tags: dict[str, str] | None = None
    canvas_theme: str | None = None

    @field_validator("tags", mode="before")
    @classmethod
    def _tags(cls, value: object) -> object:
        """A list of tags becomes a map to themselves; anything else than a map is none."""
        if isinstance(value, list):
            return {t: t for t in value if isinstance(t, str)}
        if isinstance(value, dict):
            return {str(k): v if isinstance(v, str) else json.dumps(v) for k, v in value.items()}
        return None

    @field_validator("canvas_theme", mode="before")
    @classmethod
    def _theme(cls, value: object) -> object:
        return value if value in ("light", "dark") else None


class _Document(BaseModel):
    """The whole manifest as written."""

    # What is wrong is told; what stood there may be anything, and goes into no log.
    model_config = ConfigDict(extra="ignore", strict=True, hide_input_in_errors=True)

    images: dict[str, _Entry] = Field(max_length=MAX_IMAGES)
    diff_threshold: _Share | None = None
    selective: bool = False
    all_image_file_names: list[str] | None = Field(default=None, max_length=MAX_IMAGES)
    image_url: str | None = Field(default=None, max_length=2048)
    snapshot_id: str | None = _SHORT
    created: str | None = _SHORT
    app_id: str | None = _SHORT
    head_sha: str | None = _SHORT
    base_sha: str | None = _SHORT
    provider: str | None = _SHORT
    head_repo_name: str | None = _SHORT
    base_repo_name: str | None = _SHORT
    head_ref: str | None = _SHORT
    base_ref: str | None = _SHORT
    pr_number: Annotated[int, Field(ge=1)] | None = None


def parse_manifest(data: bytes, source: str, snapshot_id: str | None = None) -> Manifest:
    """The manifest in `data`. Raises ManifestError with what is wrong and where.

    `snapshot_id` is used where the manifest does not name itself.
    """
    document = _validated(data, source)
    images = _records(document, source)
    declared = document.all_image_file_names
    return Manifest(
        source=source,
        images={name: images[name] for name in sorted(images)},
        snapshot_id=document.snapshot_id or snapshot_id,
        created=document.created,
        app_id=document.app_id,
        vcs=VcsInfo(**{name: getattr(document, name) or None for name in _VCS_FIELDS}),
        diff_threshold=document.diff_threshold,
        selective=document.selective or declared is not None,
        all_image_file_names=None if declared is None else frozenset(declared),
        image_url=document.image_url,
    )


def dump_manifest(manifest: Manifest) -> bytes:
    """`manifest` as JSON of the newest generation, without fields that are not set."""
    vcs = {name: getattr(manifest.vcs, name) for name in _VCS_FIELDS}
    declared = manifest.all_image_file_names
    document = {
        "snapshot_id": manifest.snapshot_id,
        "created": manifest.created,
        "app_id": manifest.app_id,
        **vcs,
        "diff_threshold": manifest.diff_threshold,
        "selective": manifest.selective or None,
        "all_image_file_names": None if declared is None else sorted(declared),
        "image_url": manifest.image_url,
        "images": {name: _entry(manifest.images[name]) for name in sorted(manifest.images)},
    }
    text = json.dumps(_without_none(document), ensure_ascii=False, indent=1)
    # Half a surrogate pair, which extra fields may hold, stays the JSON escape that it came as.
    return text.encode("utf-8", "backslashreplace") + b"\n"


_VCS_FIELDS = tuple(VcsInfo.__dataclass_fields__)


def _validated(data: bytes, source: str) -> _Document:
    if len(data) > MAX_MANIFEST_BYTES:
        raise ManifestError(f"The manifest at {source} is larger than 256 MiB.")
    try:
        raw = json.loads(data, object_pairs_hook=_unique_keys, parse_constant=refuse_constant)
    except (ValueError, RecursionError) as fault:
        raise ManifestError(
            f"The manifest at {source} is not valid JSON ({fault}). Check that the address is that"
            " of a manifest.json."
        ) from fault
    try:
        return _Document.model_validate(raw)
    except ValidationError as fault:
        raise ManifestError(_explained(fault, source)) from fault


def refuse_constant(name: str) -> float:
    """NaN and Infinity are not JSON, and could not be written back."""
    raise ValueError(f"{name} is not a number that JSON has")


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """JSON lets a key come twice and parsers drop one: an image would silently be missing."""
    found = dict(pairs)
    if len(found) != len(pairs):
        counts = Counter(key for key, _ in pairs)
        twice = next(key for key, count in counts.items() if count > 1)
        raise ValueError(f"the key {quoted(twice)} comes twice")
    return found


def _explained(fault: ValidationError, source: str) -> str:
    first = fault.errors(include_url=False, include_input=False)[0]
    where = " → ".join(str(part) for part in first["loc"]) or "top level"
    more = fault.error_count() - 1
    also = f" ({more} more like it)" if more else ""
    return (
        f"The manifest at {source} is not usable: {quoted(where)}: {first['msg']}{also}."
        " docs/manifest.md describes the format."
    )


def _records(document: _Document, source: str) -> dict[str, ImageRecord]:
    records: dict[str, ImageRecord] = {}
    for key, entry in document.images.items():
        name, digest = _identity(key, entry)
        if digest is None or not _HASH.fullmatch(digest):
            raise ManifestError(
                f"The manifest at {source} gives no SHA-256 for the image {quoted(key)}:"
                " its content_hash must be 64 hexadecimal digits."
            )
        _check_name(name, source)
        if name in records:
            raise ManifestError(f"The manifest at {source} has the name {quoted(name)} twice.")
        records[name] = _record(name, digest, entry)
    for name in document.all_image_file_names or ():
        _check_name(name, source)
    return records


def _identity(key: str, entry: _Entry) -> tuple[str, str | None]:
    """(name, hash) of an entry, whichever generation it is of."""
    if entry.content_hash is not None:
        return key, entry.content_hash.lower()
    if entry.image_file_name is not None:
        return entry.image_file_name, key.lower()
    older = entry.file_name or entry.display_name
    if older is not None and _HASH.fullmatch(key.lower()):
        return older, key.lower()
    return key, None


def _check_name(name: str, source: str) -> None:
    fault = "is reserved" if name == RESERVED_NAME else name_fault(name)
    if fault:
        raise ManifestError(
            f"The manifest at {source} names an image {quoted(name)}, which {fault}."
            " Nothing of it was used."
        )


def described_record(name: str, fields: Mapping[str, Any]) -> ImageRecord:
    """The image `name` with what `fields` says of it, read by the rules of a manifest's entry.

    What only the image's bytes can tell (hash, width, height) is left unknown. Raises ValueError
    that says which field is wrong.
    """
    own = {
        "content_hash": None,
        "image_file_name": None,
        "file_name": None,
        "width": 0,
        "height": 0,
    }
    try:
        entry = _Entry.model_validate({**fields, **own})
    except ValidationError as fault:
        first = fault.errors(include_url=False, include_input=False)[0]
        where = " → ".join(str(part) for part in first["loc"])
        raise ValueError(f"{quoted(where)}: {first['msg']}") from fault
    return _record(name, None, entry)


def _record(name: str, digest: str | None, entry: _Entry) -> ImageRecord:
    return ImageRecord(
        name=name,
        sha256=digest,
        width=entry.width or None,
        height=entry.height or None,
        display_name=entry.display_name,
        group=entry.group,
        description=entry.description,
        tags=entry.tags or {},
        diff_threshold=entry.diff_threshold,
        canvas_theme=entry.canvas_theme,
        extra=dict(entry.model_extra or {}),
    )


def _entry(record: ImageRecord) -> Mapping[str, Any]:
    return _without_none(
        {
            **record.extra,
            "content_hash": record.sha256,
            "width": record.width or 0,
            "height": record.height or 0,
            "display_name": record.display_name,
            "group": record.group,
            "description": record.description,
            "tags": dict(record.tags) or None,
            "diff_threshold": record.diff_threshold,
            "canvas_theme": record.canvas_theme,
        }
    )


def _without_none(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}
