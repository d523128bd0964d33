"""Comparisons with real files, made in a line or two."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

import numpy as np

from snapreview.model.cancel import CancelToken
from snapreview.model.change import Change, Comparison, ImageDiff, Side, Status
from snapreview.model.errors import FetchError
from snapreview.model.manifest import ImageRecord, Manifest
from snapreview.model.options import DiffOptions
from snapreview.stores.pixels import mask_png, png_bytes

SIZE = (6, 4)


def solid(colour: tuple[int, int, int, int], size: tuple[int, int] = SIZE) -> np.ndarray:
    """An array of one colour; `size` is (width, height)."""
    return np.full((size[1], size[0], 4), colour, np.uint8)


def comparison(changes: Iterable[Change]) -> Comparison:
    """A finished comparison of just these rows."""
    rows = tuple(changes)
    base = {c.base.name: c.base for c in rows if c.base}
    head = {c.head.name: c.head for c in rows if c.head}
    return Comparison(
        Manifest("old", base, "1"),
        Manifest("new", head, "2"),
        DiffOptions(),
        rows,
        "odiff 4.5.0",
        1.5,
    )


@dataclass
class Files:
    """A folder of images for both sides, and the fetch that an export gets.

    It counts what was asked for and how many rows were asked for but not yet written.
    """

    folder: Path
    broken: set[str] = field(default_factory=set)
    asked: list[tuple[Side, str]] = field(default_factory=list)
    on_fetch: Callable[[str, CancelToken], None] = lambda name, token: None
    lock: Lock = field(default_factory=Lock)

    def fetch(self, record: ImageRecord, side: Side, token: CancelToken) -> Path:
        with self.lock:
            self.asked.append((side, record.name))
        self.on_fetch(record.name, token)
        if record.name in self.broken:
            raise FetchError(f"{record.name} is gone.")
        return self.path(side, record.name)

    def path(self, side: Side, name: str) -> Path:
        digits = "".join(f"{byte:02x}" for byte in name.encode()[:40])
        return self.folder / f"{side.value}-{digits}"

    def put(self, side: Side, name: str, data: bytes | None = None) -> ImageRecord:
        grey = 10 if side is Side.BASE else 200
        self.path(side, name).write_bytes(data or png_bytes(solid((grey, grey, grey, 255))))
        return ImageRecord(name, sha256=None, width=SIZE[0], height=SIZE[1])

    def changed(self, name: str, data: bytes | None = None, marked: int = 3) -> Change:
        """A changed row: the first `marked` pixels of the first line differ."""
        mask = np.zeros((SIZE[1], SIZE[0]), np.bool_)
        mask[0, :marked] = True
        path = self.path(Side.HEAD, name).with_suffix(".mask.png")
        path.write_bytes(mask_png(mask))
        diff = ImageDiff(SIZE, marked, mask=path, regions=((0, 0, marked, 1),))
        return Change(
            name,
            Status.CHANGED,
            self.put(Side.BASE, name, data),
            self.put(Side.HEAD, name, data),
            diff,
        )

    def added(self, name: str, data: bytes | None = None) -> Change:
        return Change(name, Status.ADDED, head=self.put(Side.HEAD, name, data))
