"""Images with changes at known places, and what the canvas shows of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from PySide6.QtGui import QColor, QImage

from snapreview.ui.viewer.canvas import Canvas

from .eyes import pixels_of

SIZE = 400, 300
GREY, BLACK = (210, 210, 210), (0, 0, 0)
BLOCK = 40
BLOCKS = (40, 40), (180, 130), (320, 220)
"""Top left corners of black blocks, as one reads them; the second is in the middle."""

MIDDLES = tuple((x + BLOCK // 2, y + BLOCK // 2) for x, y in BLOCKS)
ABOVE, MIDDLE, BELOW = MIDDLES
LISTED = (
    "page/three.png",
    "page/two.png",
    "page/lone.png",
    "page/broken.png",
    "page/gone.png",
    "page/extra.png",
    "page/moved.png",
    "page/subtle.png",
)
UNLISTED = "page/same.png"
GONE, NEW = (30, 30, 30), (60, 60, 60)
"""The shades of the removed and of the added image."""


@dataclass(frozen=True)
class Album:
    """The folders of base and head."""

    base: Path
    head: Path

    @property
    def sources(self) -> tuple[str, str]:
        return str(self.base), str(self.head)


def make_album(folder: Path) -> Album:
    """Images with three, two and one changed block, and one of every other kind but skipped."""
    base, head = folder / "base", folder / "head"
    for name, blocks in (("three", BLOCKS), ("two", BLOCKS[:2]), ("lone", BLOCKS[1:2])):
        _paint(base / f"page/{name}.png", GREY)
        _paint(head / f"page/{name}.png", GREY, blocks)
    for root in (base, head):
        _paint(root / UNLISTED, (120, 120, 120))
        _paint(root / "page/broken.png", (90, 90, 90))
    broken = head / "page/broken.png"
    broken.write_bytes(broken.read_bytes()[:60])
    _paint(base / "page/gone.png", GONE)
    _paint(head / "page/extra.png", NEW)
    _paint(base / "old/moved.png", (75, 75, 75))
    _paint(head / "page/moved.png", (75, 75, 75))
    _paint(base / "page/subtle.png", (150, 150, 150))
    _paint(head / "page/subtle.png", (151, 150, 150))
    return Album(base, head)


def _paint(path: Path, colour: tuple[int, ...], blocks: tuple[tuple[int, int], ...] = ()) -> None:
    image = Image.new("RGB", SIZE, colour)
    for x, y in blocks:
        image.paste(BLACK, (x, y, x + BLOCK, y + BLOCK))
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path)


def colours_at(canvas: Canvas, place: tuple[int, int]) -> list[tuple[int, ...]]:
    """What each pane shows where a pixel of the image lies, from left to right."""
    shown, view = canvas.grab().toImage(), canvas.view
    x, y = (view.origin[axis] + int((place[axis] + 0.5) * view.zoom) for axis in (0, 1))
    points = [(area.x() + x, area.y() + y) for area in canvas.pane_areas()]
    return [_rgb(shown, point) for point in points]


def in_the_middle(canvas: Canvas) -> list[tuple[int, ...]]:
    """What each pane shows in its middle."""
    shown = canvas.grab().toImage()
    return [_rgb(shown, area.center().toTuple()) for area in canvas.pane_areas()]


def width_of_block(canvas: Canvas) -> int:
    """Device pixels that the block in the middle of the head is wide."""
    shown, area = canvas.grab().toImage(), canvas.pane_areas()[-1]
    y = area.y() + canvas.view.origin[1] + int((MIDDLE[1] + 0.5) * canvas.view.zoom)
    line = [_rgb(shown, (x, y)) for x in range(area.left(), area.right() + 1)]
    return sum(max(colour) < 60 for colour in line)


def count_of(canvas: Canvas, colour: str) -> int:
    """How many pixels have just this colour."""
    shown = pixels_of(canvas.grab().toImage())
    return int((shown == QColor(colour).getRgb()[:3]).all(axis=-1).sum())


def mixed(top: QColor, opacity: float, under: tuple[int, ...]) -> tuple[int, ...]:
    """A colour laid over another."""
    pairs = zip(top.getRgb()[:3], under, strict=True)
    return tuple(round(over * opacity + below * (1 - opacity)) for over, below in pairs)


def near(one: tuple[int, ...], other: tuple[int, ...], most: int = 2) -> bool:
    """Whether two colours are the same but for rounding."""
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) <= most


def _rgb(image: QImage, point: tuple[int, int]) -> tuple[int, ...]:
    return QColor(image.pixel(*point)).getRgb()[:3]
