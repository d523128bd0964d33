"""Writes pictures as small PNG files without touching what a comparison would see."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Pixels = NDArray[np.uint8]
Numbers = NDArray[np.int64]
EXACT, COLORS = 48, 252
"""How many frequent colours are kept exactly, and how many a pair may use in all."""
WEIGHTS = np.array([3, 6, 2])
"""How much a step in red, green and blue counts."""


def pixels(image: Image.Image) -> Pixels:
    """Return an image's pixels, RGBA if anything in it is translucent, else RGB."""
    opaque = image.getchannel("A").getextrema()[0] == 255
    return np.asarray(image.convert("RGB") if opaque else image)


def reduce_colors(pictures: list[Pixels]) -> list[Pixels]:
    """Map pictures onto one shared set of colours.

    The set is shared, so that what is equal in base and head stays equal. Translucent pictures
    are left as they are.
    """
    if any(picture.shape[2] == 4 for picture in pictures):
        return pictures
    codes = [packed(picture) for picture in pictures]
    every, counts = np.unique(np.concatenate([c.ravel() for c in codes]), return_counts=True)
    if len(every) <= COLORS:
        return pictures
    palette = chosen(channels(every), counts)
    best = nearest(channels(every), palette)
    return [palette[best[np.searchsorted(every, code)]].astype(np.uint8) for code in codes]


def packed(picture: Pixels) -> Numbers:
    """Return each pixel's colour as one number."""
    wide = picture.astype(np.int64)
    return wide[..., 0] << 16 | wide[..., 1] << 8 | wide[..., 2]


def channels(codes: Numbers) -> Numbers:
    """Return the three channels of colours held as numbers."""
    return np.stack([codes >> 16, codes >> 8 & 255, codes & 255], axis=-1)


def chosen(colors: Numbers, counts: Numbers) -> Numbers:
    """Return the shared set: the most frequent colours, then whichever is worst served.

    A colour is badly served if it is far from all chosen ones; frequency matters less, so that a
    small red dot keeps its red.
    """
    picked = list(np.argsort(-counts, kind="stable")[:EXACT])
    need = counts**0.6
    gap = distance(colors, colors[picked]).min(axis=1)
    while len(picked) < COLORS:
        worst = int(np.argmax(gap * need))
        picked.append(worst)
        gap = np.minimum(gap, distance(colors, colors[worst : worst + 1])[:, 0])
    return colors[picked]


def distance(colors: Numbers, others: Numbers) -> Numbers:
    """Return how far each colour is from each of the others."""
    steps = colors[:, None] - others
    found: Numbers = (steps * steps * WEIGHTS).sum(axis=2)
    return found


def nearest(colors: Numbers, palette: Numbers) -> Numbers:
    """Return the index of the palette's colour nearest to each colour."""
    parts = np.array_split(colors, max(1, len(colors) // 1000))
    return np.concatenate([np.argmin(distance(part, palette), axis=1) for part in parts])


def write(path: Path, picture: Pixels) -> None:
    """Write a picture as small as it gets: with a palette if it has few colours."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if picture.shape[2] == 4:
        Image.fromarray(picture).save(path, optimize=True)
        return
    codes = packed(picture)
    every = np.unique(codes)
    if len(every) > 256:
        Image.fromarray(picture).save(path, optimize=True)
        return
    image = Image.fromarray(np.searchsorted(every, codes).astype(np.uint8))
    image.putpalette(channels(every).astype(np.uint8).tobytes())
    image.save(path, optimize=True)


def write_loosely(path: Path, picture: Pixels) -> None:
    """Write the same pixels with other bytes: in true colour, without a palette."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(picture).save(path, optimize=True)


def tinge(picture: Pixels, left: int, top: int, width: int, height: int) -> Pixels:
    """Return a picture with an area one or two levels brighter: too little to be seen."""
    changed = picture.copy()
    changed[top : top + height, left : left + width] += np.array([1, 2, 1], dtype=np.uint8)
    return changed
