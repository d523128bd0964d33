"""Masks: how much of each pixel a shape covers, found by drawing it enlarged."""

from collections.abc import Callable, Sequence
from math import ceil, floor

from PIL import Image, ImageDraw

from . import fonts
from .fonts import Type

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, width, height."""
Painter = Callable[[ImageDraw.ImageDraw, Callable[[Point], Point]], None]
TEXT_SCALE = 4


def text_mask(size: tuple[int, int], start: Point, text: str, style: Type) -> Image.Image:
    """Return the mask of a line of text whose baseline begins at start."""
    mask = Image.new("L", (size[0] * TEXT_SCALE, size[1] * TEXT_SCALE))
    draw, wanted = ImageDraw.Draw(mask), fonts.layout_features()
    font = fonts.face(style.size, style.weight, TEXT_SCALE)
    left, baseline = start[0] * TEXT_SCALE, start[1] * TEXT_SCALE
    for index, letter in enumerate(text):
        ahead = fonts.advance(text[: index + 1], style, TEXT_SCALE)
        ahead -= fonts.advance(letter, style, TEXT_SCALE)
        draw.text((left + ahead, baseline), letter, 255, font, "ls", features=wanted)
    return mask.reduce(TEXT_SCALE)


def bounds(points: Sequence[Point], line: float = 0) -> Box:
    """Return the box around points, widened by half a line's width."""
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    pad = line / 2
    left, top = min(xs) - pad, min(ys) - pad
    return left, top, max(xs) + pad - left, max(ys) + pad - top


def coverage(box: Box, paint: Painter) -> tuple[Image.Image, int, int]:
    """Return the mask of what is painted in a box, and its left and top."""
    x, y, w, h = box
    left, top = floor(x), floor(y)
    size = (max(1, ceil(x + w) - left), max(1, ceil(y + h) - top))
    scale = 8 if size[0] * size[1] <= 64 * 64 else 4
    mask = Image.new("L", (size[0] * scale, size[1] * scale))
    paint(ImageDraw.Draw(mask), lambda p: ((p[0] - left) * scale, (p[1] - top) * scale))
    return mask.reduce(scale), left, top


def rounded(box: Box, radius: float) -> Painter:
    """Return a painter of a rounded rectangle."""
    x, y, w, h = box

    def paint(draw: ImageDraw.ImageDraw, at: Callable[[Point], Point]) -> None:
        (x0, y0), (x1, y1) = at((x, y)), at((x + w, y + h))
        corner = min(radius, w / 2, h / 2) * (x1 - x0) / w if w else 0
        draw.rounded_rectangle((x0, y0, max(x0, x1 - 1), max(y0, y1 - 1)), corner, fill=255)

    return paint


def trace(
    draw: ImageDraw.ImageDraw,
    at: Callable[[Point], Point],
    points: Sequence[Point],
    line: float,
) -> None:
    """Draw a thick line with round ends and joints."""
    scale = at((1, 0))[0] - at((0, 0))[0]
    reach = line * scale / 2
    spots = [at(p) for p in points]
    draw.line(spots, fill=255, width=max(1, round(line * scale)))
    for x, y in spots:
        draw.ellipse((x - reach, y - reach, x + reach - 1, y + reach - 1), fill=255)


def oval(box: Box) -> Painter:
    """Return a painter of an ellipse."""
    x, y, w, h = box

    def paint(draw: ImageDraw.ImageDraw, at: Callable[[Point], Point]) -> None:
        (x0, y0), (x1, y1) = at((x, y)), at((x + w, y + h))
        draw.ellipse((x0, y0, x1 - 1, y1 - 1), fill=255)

    return paint
