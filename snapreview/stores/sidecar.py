"""The JSON file beside an image that tells about it."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

from snapreview.model.manifest import ImageRecord
from snapreview.model.manifest_json import described_record, refuse_constant
from snapreview.model.names import quoted

MAX_SIDECAR_BYTES = 1024 * 1024
"""Size above which a sidecar is ignored: it describes one image."""

_log = logging.getLogger(__name__)


def read_sidecar(path: Path, name: str) -> ImageRecord:
    """The record of image `name` with what the sidecar at `path` tells.

    As with Sentry's uploader a sidecar that cannot be used is warned about and ignored: the
    image itself is fine.
    """
    try:
        return described_record(name, _fields(path))
    except (OSError, ValueError, RecursionError) as fault:
        _log.warning("The description of %s in %s is ignored: %s", quoted(name), path.name, fault)
        return ImageRecord(name)


def _fields(path: Path) -> dict[str, Any]:
    with path.open("rb") as stream:
        data = stream.read(MAX_SIDECAR_BYTES + 1)
    if len(data) > MAX_SIDECAR_BYTES:
        raise ValueError(f"it is larger than {MAX_SIDECAR_BYTES} bytes")
    return sidecar_fields(data)


def sidecar_fields(data: bytes) -> dict[str, Any]:
    """The fields of a sidecar. Raises ValueError, and RecursionError where they nest too deep."""
    fields: object = json.loads(data, parse_constant=refuse_constant)
    if not isinstance(fields, dict):
        raise ValueError("it is not a JSON object")  # noqa: TRY004 - the file's fault, not a type
    # JSON can spell halves of characters (\ud800) that no file could carry on.
    json.dumps(fields, ensure_ascii=False).encode("utf-8")
    return fields
