"""Where things lie in a store of the static layout: docs/manifest.md."""

from __future__ import annotations

import re
from dataclasses import dataclass

SNAPSHOTS = "snapshots"
IMAGES = "images"
INDEX_KEY = f"{SNAPSHOTS}/index.json"

_ID = re.compile(r"[A-Za-z0-9._-]{1,128}")
_TAKEN = frozenset({".", "..", "index.json"})
_MANIFEST = re.compile(rf"{SNAPSHOTS}/([^/]+)/manifest\.json")
_IMAGE = re.compile(rf"{IMAGES}/([0-9a-f]{{64}})")


def is_snapshot_id(text: str) -> bool:
    """Whether a snapshot may be called `text`."""
    return _ID.fullmatch(text) is not None and text.lower() not in _TAKEN


def manifest_key(snapshot_id: str) -> str:
    """Where the manifest of a snapshot is, from the store's root."""
    return f"{SNAPSHOTS}/{snapshot_id}/manifest.json"


def snapshot_of(key: str) -> str | None:
    """The id of the snapshot whose manifest `key` is, or None."""
    match = _MANIFEST.fullmatch(key)
    return match[1] if match and is_snapshot_id(match[1]) else None


def image_key(sha256: str) -> str:
    """Where the image of this hash is, from the store's root."""
    return f"{IMAGES}/{sha256}"


def image_of(key: str) -> str | None:
    """The hash of the image that `key` is, or None."""
    match = _IMAGE.fullmatch(key)
    return match[1] if match else None


@dataclass(frozen=True, slots=True)
class LayoutPlace:
    """A path in a store: its root, without a slash at the end, and the snapshot if it is one's."""

    root: str
    snapshot: str | None = None


def layout_place(path: str) -> LayoutPlace | None:
    """What `path` (with `/`) means in the layout, or None where it says nothing of it.

    That is `ROOT/snapshots`, its `index.json`, `ROOT/snapshots/ID`, or its `manifest.json`.
    """
    *above, last = path.rstrip("/").split("/")
    if last == "manifest.json" and above:
        *above, last = above
    elif last == SNAPSHOTS and above[-1:] != [SNAPSHOTS]:
        return LayoutPlace("/".join(above))
    if above[-1:] != [SNAPSHOTS]:
        return None
    root = "/".join(above[:-1])
    if last == "index.json":
        return LayoutPlace(root)
    return LayoutPlace(root, last) if is_snapshot_id(last) else None
