"""A review's worth of small images, drawn: rows of every kind, in an order that is known."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw

SIZE = 320, 240
GROUPS = ("checkout", "home", "settings")
CHANGED = tuple(f"{GROUPS[n % 3]}/screen-{n:02}.png" for n in range(34))
"""From the most changed to the least: the order of the list."""

ERRORED = ("broken/screen.png",)
REMOVED = ("gone/first.png", "gone/second.png")
ADDED = ("new/first.png", "new/second.png")
RENAMED = ("moved/new-name.png",)
UNCHANGED = ("same/first.png", "same/second.png", "same/third.png")
LISTED = (*CHANGED, *ERRORED, *REMOVED, *ADDED, *RENAMED)
"""What is shown, from top to bottom, as long as nothing is filtered."""

REVIEWABLE = len(LISTED)


@dataclass(frozen=True)
class Pairs:
    """The two folders."""

    base: Path
    head: Path


def make_pairs(folder: Path) -> Pairs:
    """Draw all of them."""
    pairs = Pairs(folder / "base", folder / "head")
    for number, name in enumerate(CHANGED):
        _draw(pairs.base / name, number)
        _draw(pairs.head / name, number, boxes=34 - number)
    for root in (pairs.base, pairs.head):
        for number, name in enumerate((*UNCHANGED, *ERRORED)):
            _draw(root / name, 50 + number)
    broken = pairs.head / ERRORED[0]
    broken.write_bytes(broken.read_bytes()[:60])
    for number, (gone, new) in enumerate(zip(REMOVED, ADDED, strict=True)):
        _draw(pairs.base / gone, 60 + number)
        _draw(pairs.head / new, 70 + number)
    _draw(pairs.base / "moved/old-name.png", 80)
    _draw(pairs.head / RENAMED[0], 80)
    return pairs


def _draw(path: Path, number: int, boxes: int = 0) -> None:
    """A screen with lines of text; `boxes` says how much of the two things that moved there is.

    One is in the upper left, one in the lower right: two regions.
    """
    image = Image.new("RGB", SIZE, (240, 240 - number, 235))
    pen = ImageDraw.Draw(image)
    for line in range(8):
        right = 150 + (number * 37 + line * 53) % 80
        pen.rectangle((90, 20 + 26 * line, right, 30 + 26 * line), fill=(90, 90, 100))
    if boxes:
        pen.rectangle((10, 10, 10 + boxes, 40), fill=(20, 40, 160))
        pen.rectangle((250, 190, 250 + boxes, 220), fill=(160, 40, 20))
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path)
