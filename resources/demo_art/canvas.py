"""A small drawing surface with antialiased shapes and text."""

from collections.abc import Sequence
from math import ceil, floor

import numpy as np
from PIL import Image, ImageColor, ImageDraw, ImageFilter

from . import fonts
from .fonts import Type
from .masks import Box, Painter, Point, bounds, coverage, oval, rounded, text_mask, trace


def rgba(color: str) -> tuple[int, int, int, int]:
    """Return the four channels of `#rrggbb` or `#rrggbbaa`."""
    channels = ImageColor.getrgb(color)
    return (*channels[:3], channels[3] if len(channels) > 3 else 255)


def mix(one: str, two: str, share: float) -> str:
    """Return the colour `share` of the way from one to two."""
    pairs = zip(rgba(one), rgba(two), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def alpha(color: str, share: float) -> str:
    """Return a colour made translucent."""
    return f"{color[:7]}{round(share * 255):02x}"


class Canvas:
    """An RGBA image with antialiased shapes and text."""

    def __init__(self, width: int, height: int, fill: str = "#00000000") -> None:
        """Start with a plain colour."""
        self.width, self.height = width, height
        self.image = Image.new("RGBA", (width, height), rgba(fill))

    def blend(self, mask: Image.Image, left: int, top: int, fill: str) -> None:
        """Lay a colour over the image through a mask placed at left, top."""
        red, green, blue, opacity = rgba(fill)
        if opacity < 255:
            mask = mask.point([round(v * opacity / 255) for v in range(256)])
        layer = Image.new("RGBA", mask.size, (red, green, blue, 0))
        layer.putalpha(mask)
        self.overlay(layer, left, top)

    def overlay(self, layer: Image.Image, left: int, top: int) -> None:
        """Lay an RGBA image over this one; what falls outside is dropped."""
        x, y = max(0, -left), max(0, -top)
        right = min(layer.width, self.width - left)
        bottom = min(layer.height, self.height - top)
        if right > x and bottom > y:
            part = layer.crop((x, y, right, bottom))
            self.image.alpha_composite(part, (left + x, top + y))

    def shape(self, box: Box, fill: str, paint: Painter) -> None:
        """Draw what `paint` paints inside a box, enlarged, in one colour."""
        mask, left, top = coverage(box, paint)
        self.blend(mask, left, top, fill)

    def rect(self, box: Box, fill: str, radius: float = 0) -> None:
        """Fill a rectangle, its corners rounded."""
        self.shape(box, fill, rounded(box, radius))

    def frame(self, box: Box, color: str, radius: float = 0, line: float = 1) -> None:
        """Draw the border of a rounded rectangle, inside its box."""
        x, y, w, h = box
        outer, left, top = coverage(box, rounded(box, radius))
        inner_box = (x + line, y + line, w - 2 * line, h - 2 * line)
        inner, in_left, in_top = coverage(inner_box, rounded(inner_box, max(0, radius - line)))
        ring = np.asarray(outer).astype(int)
        hole = np.zeros_like(ring)
        dy, dx = in_top - top, in_left - left
        hole[dy : dy + inner.height, dx : dx + inner.width] = np.asarray(inner)
        mask = np.clip(ring - hole, 0, 255).astype(np.uint8)
        self.blend(Image.fromarray(mask), left, top, color)

    def circle(self, cx: float, cy: float, r: float, fill: str) -> None:
        """Fill a circle."""
        self.ellipse((cx - r, cy - r, 2 * r, 2 * r), fill)

    def ellipse(self, box: Box, fill: str) -> None:
        """Fill an ellipse."""
        self.shape(box, fill, oval(box))

    def polygon(self, points: Sequence[Point], fill: str) -> None:
        """Fill a polygon."""
        self.shape(bounds(points), fill, lambda d, at: d.polygon([at(p) for p in points], fill=255))

    def stroke(self, points: Sequence[Point], color: str, line: float = 1) -> None:
        """Draw a line through points, with round ends and joints."""
        self.shape(bounds(points, line), color, lambda d, at: trace(d, at, points, line))

    def gradient(self, box: Box, one: str, two: str, radius: float = 0, flat: bool = False) -> None:
        """Fill a rounded rectangle from one colour to another, downwards or rightwards."""
        mask, left, top = coverage(box, rounded(box, radius))
        steps = np.linspace(0, 1, mask.width if flat else mask.height)
        ramp = np.outer(1 - steps, rgba(one)) + np.outer(steps, rgba(two))
        ramp = np.rint(ramp).astype(np.uint8)
        ramp = ramp[None, :] if flat else ramp[:, None]
        layer = np.broadcast_to(ramp, (mask.height, mask.width, 4)).copy()
        layer[..., 3] = (layer[..., 3].astype(int) * np.asarray(mask) // 255).astype(np.uint8)
        self.overlay(Image.fromarray(layer), left, top)

    def shadow(self, box: Box, radius: float, blur: float, drop: float, color: str) -> None:
        """Draw the soft shadow of a rounded rectangle."""
        x, y, w, h = box
        pad = ceil(blur * 2)
        mask = Image.new("L", (round(w) + 2 * pad, round(h) + 2 * pad))
        edge = (pad, pad, pad + w - 1, pad + h - 1)
        ImageDraw.Draw(mask).rounded_rectangle(edge, radius, fill=255)
        mask = mask.filter(ImageFilter.GaussianBlur(blur))
        self.blend(mask, round(x) - pad, round(y + drop) - pad, color)

    def paste(
        self, other: "Canvas", x: int, y: int, radius: float = 0, square_foot: bool = False
    ) -> None:
        """Lay another canvas over this one, its corners rounded, or only its upper two."""
        tall = other.height + (radius if square_foot else 0)
        outline = rounded((0, 0, other.width, tall), radius)
        mask, _, _ = coverage((0, 0, other.width, other.height), outline)
        layer = other.image.copy()
        merged = np.asarray(layer.getchannel("A")).astype(int) * np.asarray(mask) // 255
        layer.putalpha(Image.fromarray(merged.astype(np.uint8)))
        self.overlay(layer, x, y)

    def text(
        self, x: float, y: float, text: str, style: Type, color: str, anchor: str = "l"
    ) -> None:
        """Write one line with its baseline at y; x is its left, middle (m) or right (r)."""
        run = fonts.width(text, style) - style.tracking
        x -= run * {"l": 0, "m": 0.5, "r": 1}[anchor]
        left, top = floor(x) - 2, round(y) - ceil(style.size * 1.1)
        start = (x - left, round(y) - top)
        size = (ceil(run) + 6, ceil(style.size * 1.5))
        self.blend(text_mask(size, start, text, style), left, top, color)

    def label(
        self, x: float, cy: float, text: str, style: Type, color: str, anchor: str = "l"
    ) -> None:
        """Write one line whose capitals are centred on cy."""
        self.text(x, cy + style.size * fonts.CAP_HEIGHT / 2, text, style, color, anchor)

    def prose(
        self,
        x: float,
        y: float,
        text: str,
        style: Type,
        color: str,
        room: float,
        leading: float = 1.45,
        anchor: str = "l",
    ) -> float:
        """Write a wrapped paragraph from a first baseline; return the next baseline."""
        for line in fonts.wrap(text, style, room):
            self.text(x, y, line, style, color, anchor)
            y += round(style.size * leading)
        return y
