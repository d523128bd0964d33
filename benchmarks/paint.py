"""Screens to pixels, the same on every run: Pillow's own font, noise from a seed."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from benchmarks.screens import Card, Colour, Screen

_INK: Colour = (32, 36, 44)
_FAINT: Colour = (108, 114, 126)
_LINE: Colour = (206, 209, 216)
_GRAIN = 4.0
"""Standard deviation of a photo's noise in levels: what makes a file as large as a real one."""


def painted(screen: Screen) -> Image.Image:
    """The pixels of `screen`."""
    image = Image.new("RGB", screen.size, screen.page)
    draw = ImageDraw.Draw(image)
    left = screen.row_box[0]
    title_top = max(1, screen.cards[0].box[1] - round(54 * screen.unit))
    draw.text((left, title_top), screen.title, _INK, _font(26 * screen.unit))
    _rows(draw, screen)
    for card in screen.cards:
        _card(image, draw, card, screen.unit)
    return image.convert(screen.mode)


def _rows(draw: ImageDraw.ImageDraw, screen: Screen) -> None:
    x, y, width, height = screen.row_box
    step = height / len(screen.rows)
    font = _font(14 * screen.unit)
    for number, words in enumerate(screen.rows):
        top = round(y + number * step)
        draw.text((x, top), words, _INK, font)
        below = round(y + (number + 0.8) * step)
        draw.line((x, below, x + width, below), _LINE)


def _card(image: Image.Image, draw: ImageDraw.ImageDraw, card: Card, unit: float) -> None:
    x, y, width, height = card.box
    corner = (x, y, x + width - 1, y + height - 1)
    draw.rounded_rectangle(corner, radius=10 * unit, fill=card.fill, outline=_LINE)
    pad = max(1, round(10 * unit))
    text = x + pad
    if card.photo is not None:
        side = max(2, height - 2 * pad)
        image.paste(_photo((side, side), card.photo), (x + pad, y + pad))
        text += side + pad
    heading, *lines = card.lines
    draw.text((text, y + pad), heading, _INK, _font(18 * unit))
    for number, line in enumerate(lines):
        top = y + pad + round((28 + 20 * number) * unit)
        draw.text((text, top), line, _FAINT, _font(12 * unit))


def _photo(size: tuple[int, int], seed: int) -> Image.Image:
    """Soft colours with grain: to an encoder and to odiff, a photo."""
    chance = np.random.default_rng(seed)
    coarse = chance.integers(20, 236, (4, 5, 3), dtype=np.uint8)
    smooth = Image.fromarray(coarse).resize(size, Image.Resampling.BICUBIC)
    grain = chance.normal(0, _GRAIN, (size[1], size[0], 3))
    pixels = (np.asarray(smooth) + grain).clip(0, 255).astype(np.uint8)
    return Image.fromarray(pixels)


def _font(size: float) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(max(4.0, size))
