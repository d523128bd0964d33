"""From what Sentry tells of a snapshot to a manifest.

A snapshot that was compared is told as seven lists; which images were uploaded, and which its
base had, is put together from these (sentry: preprod/snapshots, `soloImages.ts` and
`categorize.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from snapreview.model.change import Status
from snapreview.model.errors import ManifestError
from snapreview.model.manifest import ImageRecord, Manifest, VcsInfo
from snapreview.model.manifest_json import MAX_IMAGES, RESERVED_NAME, described_record
from snapreview.model.names import name_fault, quoted
from snapreview.model.server_verdict import BASE, DIFF, PREVIOUS_NAME, SNAPSHOT, STATUS
from snapreview.stores.sentry_json import Details, Image, Pair

_HASH = re.compile(r"[0-9a-f]{64}")

_SERVERS_OWN = frozenset(
    {"key", "content_hash", "image_url", SNAPSHOT, BASE, STATUS, DIFF, PREVIOUS_NAME}
)
"""Fields that are not the image's metadata, or that are told here."""

Verdict = Mapping[str, Any]


def head_manifest(details: Details, source: str) -> Manifest:
    """What was uploaded, each image with what Sentry's own comparison says of it.

    Raises ManifestError.
    """
    verdicts = dict(_verdicts(details)) if details.is_compared else {}
    found = _uploaded(details, source)
    return _manifest(details, source, _records(found, details.head_artifact_id, verdicts))


def base_manifest(head: Details, base: Details | None, base_id: str, source: str) -> Manifest:
    """The base that Sentry compared `head` with. `base` is what is told of it, if it is there.

    Where the base was selective, Sentry has filled in what it left out from those before it; that
    is found only in the head's lists. Raises ManifestError.
    """
    compared = head.is_compared and head.base_artifact_id == base_id
    found = _filled_in(head, base, source) if compared else {}
    if base is not None:
        found |= _uploaded(base, source)
    described = base or Details(
        head_artifact_id=base_id, project_id=head.project_id, app_id=head.app_id
    )
    manifest = _manifest(described, source, _records(found, base_id, {}))
    return replace(manifest, selective=False, all_image_file_names=None)


def _filled_in(head: Details, base: Details | None, source: str) -> dict[str, Image]:
    """The base as it was compared with.

    What is unchanged is told as the head has it, which may differ below the threshold: what the
    base itself took over from those before it is more exact.
    """
    before = _by_name(base.skipped, source) if base is not None else {}
    found = _by_name(head.unchanged, source)
    found |= {name: before[name] for name in found if name in before}
    return found | _by_name(_served(head), source)


def _uploaded(details: Details, source: str) -> dict[str, Image]:
    """Every image that the snapshot has itself, by name."""
    found = _by_name(_listed(details), source)
    if details.image_count is not None and len(found) < details.image_count:
        raise ManifestError(
            f"{source} has {details.image_count:,} images, of which Sentry lists {len(found):,}:"
            " the others would seem added or removed. This SnapReview is too old for that Sentry,"
            " or too new."
        )
    return found


def _listed(details: Details) -> Iterator[Image]:
    if details.images or details.comparison_type != "diff":
        yield from details.images
        return
    yield from (*details.unchanged, *details.added)
    for pair in (*details.changed, *details.renamed, *details.errored):
        yield pair.head_image


def _served(head: Details) -> Iterator[Image]:
    """Every image that Sentry compared with, but for those that are unchanged."""
    yield from (*head.removed, *head.skipped)
    for pair in (*head.changed, *head.errored):
        yield from (pair.base_image,) if pair.base_image else ()
    for pair in head.renamed:
        if pair.base_image is not None:  # of equal content, so told without a hash of its own
            key = pair.base_image.key or pair.head_image.key
            yield pair.base_image.model_copy(update={"key": key})


def _verdicts(details: Details) -> Iterator[tuple[str, Verdict]]:
    base = {BASE: details.base_artifact_id}
    for status, images in (
        (Status.UNCHANGED, details.unchanged),
        (Status.ADDED, details.added),
    ):
        yield from ((image.name, {**base, STATUS: status.value}) for image in images)
    for status, pairs in (
        (Status.CHANGED, details.changed),
        (Status.RENAMED, details.renamed),
        (Status.ERRORED, details.errored),
    ):
        for pair in pairs:
            yield pair.head_image.name, {**base, STATUS: status.value, **_measured(pair, status)}


def _measured(pair: Pair, status: Status) -> Verdict:
    if status is Status.RENAMED and pair.base_image is not None:
        return {PREVIOUS_NAME: pair.base_image.name}
    return {} if pair.diff is None else {DIFF: pair.diff}


def _manifest(details: Details, source: str, records: dict[str, ImageRecord]) -> Manifest:
    vcs = {field: value or None for field, value in details.vcs_info.model_dump().items()}
    return Manifest(
        source=source,
        images={name: records[name] for name in sorted(records)},
        snapshot_id=details.head_artifact_id,
        app_id=details.app_id,
        vcs=VcsInfo(**vcs),
        diff_threshold=details.diff_threshold,
        selective=details.is_selective or bool(details.skipped),
        all_image_file_names=_declared(details, records),
    )


def _declared(details: Details, records: Mapping[str, ImageRecord]) -> frozenset[str] | None:
    """What a selective snapshot says exists, as far as it shows.

    It is not told itself; but only a snapshot that has declared it makes Sentry find anything
    removed, and then what is skipped is what was declared and not uploaded.
    """
    if not details.skipped and not details.is_selective:
        return None
    if not details.removed:
        return None
    return frozenset(records) | {image.name for image in details.skipped}


def _by_name(images: Iterable[Image], source: str) -> dict[str, Image]:
    """`images` by their names, which are checked."""
    found: dict[str, Image] = {}
    for image in images:
        name = image.name
        fault = "is reserved" if name == RESERVED_NAME else name_fault(name)
        if fault:
            raise ManifestError(
                f"{source} names an image {quoted(name)}, which {fault}. Nothing of it was used."
            )
        if name in found and found[name].key != image.key:
            raise ManifestError(f"{source} has the name {quoted(name)} twice.")
        found[name] = image
    if len(found) > MAX_IMAGES:
        raise ManifestError(f"{source} has more than {MAX_IMAGES:,} images.")
    return found


def _records(
    images: Mapping[str, Image], snapshot_id: str, verdicts: Mapping[str, Verdict]
) -> dict[str, ImageRecord]:
    return {
        name: _record(name, image, {SNAPSHOT: snapshot_id, **verdicts.get(name, {})})
        for name, image in images.items()
    }


def _record(name: str, image: Image, told: Verdict) -> ImageRecord:
    """The image with its metadata. Without a usable hash it has none, and cannot be fetched."""
    extra = image.model_extra or {}
    fields = {key: value for key, value in extra.items() if key not in _SERVERS_OWN}
    try:
        record = described_record(name, {**fields, "display_name": image.display_name})
    except ValueError as fault:
        raise ManifestError(
            f"What Sentry tells of {quoted(name)} is not usable: {fault}."
        ) from fault
    key = (image.key or "").lower()
    return replace(
        record,
        sha256=key if _HASH.fullmatch(key) else None,
        width=image.width or None,
        height=image.height or None,
        extra={**record.extra, **told},
    )
