"""Any of Pillow's colour modes to RGBA, where Image.convert alone gets it wrong."""

from __future__ import annotations

import numpy as np
from PIL import Image
from PIL.ImageFile import ImageFile

from snapreview.model.errors import UnreadableImage


def stored_mode(image: ImageFile) -> str:
    """How the file stores its pixels ("L;4"), which Pillow forgets once it has loaded them."""
    arguments = image.tile[0].args if image.tile else ()
    if isinstance(arguments, str):
        return arguments
    return str(arguments[0]) if arguments else ""


def to_rgba(image: Image.Image, stored: str) -> Image.Image:
    """`image`, which is stored as `stored`, as RGBA. Raises UnreadableImage for Lab."""
    if image.mode in {"I", "I;16", "I;16B", "I;16L"}:
        return _grey16(image)
    if image.mode == "LAB":  # Image.convert takes its three numbers for red, green and blue
        raise UnreadableImage("The image has the colour space Lab. Export it as RGB.")
    if image.mode == "La":
        return image.convert("LA").convert("RGBA")
    image.info.update(_transparency(image, stored))
    return image if image.mode == "RGBA" else image.convert("RGBA")


def _grey16(image: Image.Image) -> Image.Image:
    """The upper 8 of 16 bits. Image.convert would make each value above 255 white."""
    values = np.asarray(image).astype(np.int64).clip(0, 0xFFFF)
    grey = (values >> 8).astype(np.uint8)
    transparent = image.info.get("transparency")
    alpha = np.where(values == transparent, 0, 255).astype(np.uint8)
    return Image.fromarray(np.dstack([grey, grey, grey, alpha]))


def _transparency(image: Image.Image, stored: str) -> dict[str, int | tuple[int, ...]]:
    """The transparent colour in 8 bits per channel; a PNG gives it in its own depth."""
    colour = image.info.get("transparency")
    if isinstance(colour, int) and stored in {"L;2", "L;4"}:
        return {"transparency": colour * 255 // (2 ** int(stored[2:]) - 1)}
    if isinstance(colour, tuple) and stored.startswith("RGB;16"):
        return {"transparency": tuple(value >> 8 for value in colour)}
    return {}
