"""Tiny images for tests, drawn on the spot."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

Colour = int | tuple[int, ...]
RED = (255, 0, 0, 255)


def flat(size: tuple[int, int] = (40, 30), colour: Colour = 200, mode: str = "L") -> Image.Image:
    """One colour everywhere."""
    return Image.new(mode, size, colour)


def dotted(image: Image.Image, colour: Colour, *points: tuple[int, int]) -> Image.Image:
    """A copy with these pixels set."""
    copy = image.copy()
    for point in points:
        copy.putpixel(point, colour)
    return copy


def saved(image: Image.Image, path: Path, **options: object) -> Path:
    """`path`, after writing `image` there in the format that it ends in."""
    image.save(path, **options)
    return path


def pair(folder: Path, changed: int = 3) -> tuple[Path, Path]:
    """A base and a head of 40 × 30 that differ in the first `changed` pixels of row 5."""
    base = flat()
    points = [(x, 5) for x in range(changed)]
    return saved(base, folder / "base.png"), saved(dotted(base, 0, *points), folder / "head.png")


def marked(mask: Path) -> set[tuple[int, int]]:
    """The pixels that a mask marks."""
    with Image.open(mask) as image:
        alpha = image.convert("RGBA").getchannel("A")
    return {
        (x, y) for x in range(alpha.width) for y in range(alpha.height) if alpha.getpixel((x, y))
    }


def size(path: Path) -> tuple[int, int]:
    """Width and height."""
    with Image.open(path) as image:
        return image.size


def noise(size: tuple[int, int]) -> Image.Image:
    """Incompressible pixels, so that reading them takes its time."""
    pixels = np.random.default_rng(0).integers(0, 256, (size[1], size[0], 3), dtype=np.uint8)
    return Image.fromarray(pixels)
