"""The JSON of a store's `snapshots/index.json`: docs/manifest.md."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from snapreview.model.errors import ManifestError
from snapreview.model.layout import is_snapshot_id
from snapreview.model.listing import Entry, newest_first
from snapreview.model.manifest_json import MAX_IMAGES
from snapreview.model.names import quoted

MAX_SNAPSHOTS = 100_000
"""Snapshots that an index may list."""

MAX_INDEX_BYTES = 64 * 1024 * 1024
"""Size of an index above which it is not read."""

_SHORT = Field(default=None, max_length=255)


class _Snapshot(BaseModel):
    """One snapshot as written. Unknown fields are ignored."""

    model_config = ConfigDict(extra="ignore", strict=True)

    id: str
    date: str = Field(default="", max_length=255)
    sha: str | None = _SHORT
    branch: str | None = _SHORT
    base_sha: str | None = _SHORT
    base_branch: str | None = _SHORT
    app_id: str | None = _SHORT
    selective: bool = False
    count: Annotated[int, Field(ge=0, le=MAX_IMAGES)] = 0

    @field_validator("id")
    @classmethod
    def _id(cls, value: str) -> str:
        """Ids become parts of addresses."""
        if not is_snapshot_id(value):
            raise ValueError(f"{quoted(value)} is not the id of a snapshot")
        return value


class _Index(BaseModel):
    """The whole index as written."""

    # What is wrong is told; what stood there may be anything, and goes into no log.
    model_config = ConfigDict(extra="ignore", strict=True, hide_input_in_errors=True)

    snapshots: list[_Snapshot] = Field(max_length=MAX_SNAPSHOTS)


def parse_index(data: bytes, source: str) -> tuple[Entry, ...]:
    """The snapshots that `data` lists, newest first. Raises ManifestError with what is wrong."""
    if len(data) > MAX_INDEX_BYTES:
        raise _damaged(source, "it is larger than 64 MiB")
    try:
        index = _Index.model_validate_json(data)
    except ValidationError as fault:
        first = fault.errors(include_url=False, include_input=False)[0]
        where = " → ".join(str(part) for part in first["loc"]) or "top level"
        raise _damaged(source, f"{quoted(where)}: {first['msg']}") from fault
    entries = [Entry(**found.model_dump()) for found in index.snapshots]
    if len({entry.id for entry in entries}) != len(entries):
        raise _damaged(source, "it lists a snapshot twice")
    return newest_first(entries)


def dump_index(entries: Iterable[Entry]) -> bytes:
    """`entries` as JSON, newest first, without fields that are not set."""
    found = [
        {name: value for name, value in asdict(entry).items() if value not in (None, "", False)}
        for entry in newest_first(entries)
    ]
    text = json.dumps({"snapshots": found}, ensure_ascii=False, indent=1)
    return text.encode("utf-8", "backslashreplace") + b"\n"


def _damaged(source: str, why: str) -> ManifestError:
    return ManifestError(
        f"The list of snapshots at {source} is not usable ({why}). Whoever runs the store can"
        " rebuild it: snapreview store index ROOT."
    )
