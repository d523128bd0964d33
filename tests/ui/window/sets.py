"""Two small sets of images with a row of every kind, and an odiff that waits."""

from __future__ import annotations

import os
import shlex
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from snapreview.engine.locate import locate_engine

SIZE = 48, 36
TILES = (300, 120, 60)
"""Changed pixels of `home/most.png`, `home/more.png` and `home/some.png`."""


def draw(path: Path, shade: int, changed: int = 0) -> Path:
    """A picture in one shade of grey, `changed` pixels of which are black, row by row."""
    image = Image.new("RGB", SIZE, (shade, shade, shade))
    for place in range(changed):
        image.putpixel((place % SIZE[0], place // SIZE[0]), (0, 0, 0))
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path)
    return path


@dataclass(frozen=True)
class Sets:
    """The folders, and what comes of comparing them."""

    base: Path
    head: Path

    listed = (
        "home/most.png",
        "home/more.png",
        "home/some.png",
        "cart/broken.png",
        "cart/gone.png",
        "cart/fresh.png",
        "cart/moved.png",
    )
    unlisted = ("home/same.png",)

    @property
    def sources(self) -> tuple[str, str]:
        return str(self.base), str(self.head)

    def repair(self) -> None:
        """Make the broken image one that differs."""
        draw(self.head / "cart/broken.png", 90, 10)


def make_sets(folder: Path) -> Sets:
    """Three changed, one errored, removed, added, renamed and unchanged image."""
    base, head = folder / "base", folder / "head"
    for name, changed in zip(("most", "more", "some"), TILES, strict=True):
        shade = 200 + changed % 7
        draw(base / f"home/{name}.png", shade)
        draw(head / f"home/{name}.png", shade, changed)
    for root in (base, head):
        draw(root / "home/same.png", 120)
        draw(root / "cart/broken.png", 90)
    broken = head / "cart/broken.png"
    broken.write_bytes(broken.read_bytes()[:60])
    draw(base / "cart/gone.png", 30)
    draw(head / "cart/fresh.png", 60)
    draw(base / "shop/moved.png", 75)
    draw(head / "cart/moved.png", 75)
    return Sets(base, head)


class Gate:
    """An odiff that says nothing until the gate is opened, then is the real one."""

    def __init__(self, folder: Path) -> None:
        self.odiff = folder / "gated-odiff"
        self._pipe = folder / "gate"
        self._end: int | None = None
        os.mkfifo(self._pipe)
        real, pipe = shlex.quote(str(locate_engine().path)), shlex.quote(str(self._pipe))
        self.odiff.write_text(
            f'#!/bin/sh\n[ "$1" = --version ] || read line < {pipe}\nexec {real} "$@"\n'
        )
        self.odiff.chmod(0o755)

    def open(self) -> None:
        """Let everybody through who waits or comes."""
        self._end = os.open(self._pipe, os.O_RDWR | os.O_NONBLOCK)
        os.write(self._end, b"\n" * 256)

    def close(self) -> None:
        if self._end is not None:
            os.close(self._end)
