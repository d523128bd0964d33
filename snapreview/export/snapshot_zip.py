"""All images of one snapshot as a zip."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from snapreview.export.entries import MANIFEST_NAME, Entry, ExportResult, Row
from snapreview.export.json_stream import dump_json
from snapreview.export.names import EntryNames
from snapreview.export.pipeline import WORKERS, Progress, Sources, Written, write_rows
from snapreview.export.report import listed
from snapreview.export.zip_writer import zip_writer
from snapreview.model.cancel import CancelToken
from snapreview.model.manifest import ImageRecord, Manifest
from snapreview.model.manifest_json import dump_manifest

ORIGINAL_NAME = "original_file_name"
"""Field of an image whose name in the zip is not the one it had."""


def export_snapshot(
    target: Path | BinaryIO,
    manifest: Manifest,
    fetch: Callable[[ImageRecord, CancelToken], Path],
    token: CancelToken,
    progress: Progress,
    workers: int = WORKERS,
) -> ExportResult:
    """Write every image of `manifest` under its own name, made safe, and a manifest.json.

    That is a manifest as docs/manifest.md describes it, with the names in the zip, the SHA-256 of
    each image, and a list of what is `missing`. Errors as for export_zip.
    """
    sources = Sources(lambda record, _, running: fetch(record, running), workers=workers)
    rows = _planned(manifest)
    with zip_writer(target, token) as writer:
        written = write_rows(writer, rows, sources, token, progress)
        writer.add(MANIFEST_NAME, _manifest(manifest, rows, written))
    path = target if isinstance(target, Path) else None
    return ExportResult(path, len(written.entries), tuple(written.missing))


def _planned(manifest: Manifest) -> list[Row]:
    names = EntryNames()
    names.assign(MANIFEST_NAME)
    return [
        (Entry(name, None, names.assign(name), record),) for name, record in manifest.images.items()
    ]


def _manifest(manifest: Manifest, rows: list[Row], written: Written) -> bytes:
    """As written: `image_url` goes, since it leads from where the manifest was."""
    renamed = {entry.image: entry.name for row in rows for entry in row}
    declared = manifest.all_image_file_names
    kept = replace(
        manifest,
        image_url=None,
        images={entry.name: _record(entry, digest) for entry, digest in written.entries},
        all_image_file_names=(
            None if declared is None else frozenset(renamed.get(name, name) for name in declared)
        ),
    )
    document = json.loads(dump_manifest(kept))
    return dump_json(document | {"missing": [listed(m) for m in written.missing]})


def _record(entry: Entry, digest: str | None) -> ImageRecord:
    record = entry.record
    extra = dict(record.extra)
    if entry.name != entry.image:
        extra[ORIGINAL_NAME] = entry.image
    return replace(record, name=entry.name, sha256=record.sha256 or digest, extra=extra)
