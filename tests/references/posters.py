"""Images of flat shapes, drawn for the pictures: they scale well, and take little room in them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw

_PAPER, _INK, _SOFT, _LINE = "#ffffff", "#343a40", "#adb5bd", "#dee2e6"
_SAND, _BLUE, _TEAL, _RED = "#fff4e6", "#3b5bdb", "#0b7285", "#e8590c"


@dataclass(frozen=True)
class Names:
    """What the images are called: a page that changed much, one that has grown, a banner that
    changed a little, a bill that is cut short in the head, a dial that only the base has."""

    wide: str
    taller: str
    long: str
    broken: str
    skipped: str


def draw_posters(base: Path, head: Path, names: Names) -> None:
    """Draw them into both sets."""
    _save(_page(_BLUE, 0), base / names.wide)
    _save(_page(_RED, 56), head / names.wide)
    _save(_column(2), base / names.taller)
    _save(_column(3), head / names.taller)
    _save(_banner(_BLUE), base / names.long)
    _save(_banner(_TEAL), head / names.long)
    for side in (base, head):
        _save(_bill(), side / names.broken)
    whole = (head / names.broken).read_bytes()
    (head / names.broken).write_bytes(whole[:300])
    _save(_dial(), base / names.skipped)


def _page(colour: str, moved: int) -> Image.Image:
    """A landing page: what is below its title stands `moved` pixels lower."""
    image = Image.new("RGB", (960, 600), _PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, 959, 63), fill=_INK)
    for left in (640, 740, 840):
        pen.rectangle((left, 26, left + 72, 37), fill=_SOFT)
    pen.rectangle((32, 20, 127, 43), fill=_PAPER)
    pen.rectangle((0, 64, 959, 303), fill=_SAND)
    pen.rectangle((64, 120, 431, 151), fill=_INK)
    pen.rectangle((64, 168, 335, 183), fill=_SOFT)
    pen.rectangle((64, 216, 223, 263), fill=colour)
    pen.ellipse((640, 96, 815, 271), fill=colour)
    for column in range(3):
        left, top = 64 + 288 * column, 344 + moved
        pen.rectangle((left, top, left + 255, top + 175), fill=_SAND, outline=_LINE)
        pen.rectangle((left + 24, top + 24, left + 71, top + 71), fill=colour)
        pen.rectangle((left + 24, top + 96, left + 183, top + 107), fill=_INK)
        pen.rectangle((left + 24, top + 128, left + 143, top + 135), fill=_SOFT)
    return image


def _column(cards: int) -> Image.Image:
    """The same on a phone, with so many cards."""
    image = Image.new("RGB", (390, 380 + 168 * cards), _PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, 389, 63), fill=_INK)
    pen.rectangle((24, 20, 119, 43), fill=_PAPER)
    pen.rectangle((0, 64, 389, 331), fill=_SAND)
    pen.ellipse((131, 88, 258, 215), fill=_BLUE)
    pen.rectangle((83, 240, 306, 263), fill=_INK)
    pen.rectangle((123, 284, 266, 299), fill=_SOFT)
    for card in range(cards):
        top = 356 + 168 * card
        pen.rectangle((24, top, 365, top + 143), fill=_SAND, outline=_LINE)
        pen.rectangle((48, top + 24, 95, top + 71), fill=_BLUE)
        pen.rectangle((48, top + 92, 255, top + 103), fill=_INK)
    return image


def _banner(colour: str) -> Image.Image:
    """Six times as wide as high."""
    image = Image.new("RGB", (1800, 300), _SAND)
    pen = ImageDraw.Draw(image)
    for number in range(6):
        pen.ellipse((60 + 300 * number, 60, 240 + 300 * number, 240), fill="#ffc078")
    pen.rectangle((840, 120, 960, 180), fill=colour)
    return image


def _bill() -> Image.Image:
    """Lines on paper."""
    image = Image.new("RGB", (390, 520), "#f1f3f5")
    pen = ImageDraw.Draw(image)
    pen.rectangle((32, 32, 357, 487), fill=_PAPER, outline=_LINE)
    for line in range(9):
        top = 72 + 40 * line
        pen.rectangle((56, top, 200 - 12 * (line % 3), top + 10), fill=_SOFT)
        pen.rectangle((280 + 14 * (line % 2), top, 333, top + 10), fill=_INK)
    return image


def _dial() -> Image.Image:
    """The face of a watch."""
    image = Image.new("RGB", (180, 180), "#000000")
    pen = ImageDraw.Draw(image)
    pen.ellipse((10, 10, 169, 169), outline=_TEAL, width=14)
    pen.rectangle((86, 44, 93, 93), fill=_PAPER)
    return image


def _save(image: Image.Image, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path)
