"""Stores of the static layout for tests: in memory, with faults, and in folders."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from threading import Lock

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import PublishError, SourceNotFound
from snapreview.model.layout import image_key, manifest_key, snapshot_of
from snapreview.stores.root import Key

DAY = 24 * 3600.0


class Killed(BaseException):
    """The process ends here: nothing that catches errors sees it."""


class MemoryRoot:
    """A Root in a dictionary of (bytes, time). Keys in `stuck` cannot be deleted.

    `left` is after how many more writing calls the process is killed; None: never.
    """

    shown = "memory"

    def __init__(self, keys: Mapping[str, tuple[bytes, float]] | None = None) -> None:
        self.keys_by_name = dict(keys or {})
        self.stuck: set[str] = set()
        self.left: int | None = None
        self._lock = Lock()
        self._updating = Lock()

    def keys(self, folder: str, token: CancelToken) -> Iterator[Key]:
        token.check()
        for name, (data, moment) in list(self.keys_by_name.items()):
            if name.startswith(f"{folder}/"):
                yield Key(name, len(data), moment)

    def read(self, name: str, limit: int, token: CancelToken) -> bytes:
        token.check()
        if name not in self.keys_by_name:
            raise SourceNotFound(f"There is no {name}.")
        return self.keys_by_name[name][0]

    def update(
        self, name: str, change: Callable[[bytes | None], bytes | None], token: CancelToken
    ) -> None:
        with self._updating:
            found = self.keys_by_name.get(name)
            data = change(found and found[0])
            if data is not None:
                self._count()
                self.keys_by_name[name] = data, time.time()

    def delete(self, name: str, token: CancelToken, before: float | None = None) -> bool:
        token.check()
        self._count()
        if name in self.stuck:
            raise PublishError(f"{name} cannot be removed (it is stuck).")
        with self._lock:
            found = self.keys_by_name.get(name)
            if found and before is not None and found[1] >= before:
                return False
            self.keys_by_name.pop(name, None)
        return True

    def _count(self) -> None:
        with self._lock:
            if self.left is not None:
                self.left -= 1
                if self.left < 0:
                    raise Killed


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def manifest(images: list[str], **fields: object) -> bytes:
    """A manifest of images that are each called as the text that is their content."""
    found = {
        f"{name}.png": {"content_hash": sha256(name.encode()), "width": 1, "height": 1}
        for name in images
    }
    return json.dumps({"images": found, **fields}).encode()


def memory(snapshots: Mapping[str, list[str]], *orphans: str, age: float = 3 * DAY) -> MemoryRoot:
    """A store of snapshots with images of these contents, all `age` seconds old."""
    then = time.time() - age
    names = {name for images in snapshots.values() for name in images} | set(orphans)
    keys = {image_key(sha256(name.encode())): (name.encode(), then) for name in names}
    for number, (snapshot, images) in enumerate(snapshots.items()):
        created = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(then - number * DAY))
        keys[manifest_key(snapshot)] = manifest(images, created=created), then
    return MemoryRoot(keys)


def on_disk(root: MemoryRoot, folder: Path) -> Path:
    """The same store as files."""
    for name, (data, moment) in root.keys_by_name.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        os.utime(path, (moment, moment))
    return folder


def images_in(root: MemoryRoot) -> set[str]:
    """The contents that are there, as texts."""
    return {
        data.decode() for name, (data, _) in root.keys_by_name.items() if name.startswith("images/")
    }


def snapshots_in(root: MemoryRoot) -> set[str]:
    return {found for name in root.keys_by_name if (found := snapshot_of(name))}


def assert_whole(root: MemoryRoot) -> None:
    """Every manifest that is there has all its images."""
    for name, (data, _) in list(root.keys_by_name.items()):
        if snapshot_of(name):
            for image in json.loads(data)["images"].values():
                assert image_key(image["content_hash"]) in root.keys_by_name, name
