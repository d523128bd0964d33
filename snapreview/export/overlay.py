"""The head with what changed tinted in a colour."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from snapreview.stores.pixels import Mask, Pixels, decode_rgba, png_bytes, read_mask


@dataclass(frozen=True, slots=True)
class Tint:
    """`colour` is red, green, blue from 0 to 255; `opacity` 0 (unseen) to 1 (covers)."""

    colour: tuple[int, int, int] = (255, 90, 0)
    opacity: float = 0.6


def overlay_png(head: Path, mask: Path, tint: Tint, max_pixels: int | None) -> bytes:
    """A PNG of `head` on the canvas of `mask`, tinted. Raises UnreadableImage."""
    return png_bytes(tinted(decode_rgba(head, max_pixels=max_pixels), read_mask(mask), tint))


def tinted(head: Pixels, mask: Mask, tint: Tint) -> Pixels:
    """`head` at the top left of a transparent canvas, the colour laid over each marked pixel."""
    height, width = (max(a, b) for a, b in zip(head.shape, mask.shape, strict=False))
    canvas = np.zeros((height, width, 4), np.uint8)
    canvas[: head.shape[0], : head.shape[1]] = head
    area = canvas[: mask.shape[0], : mask.shape[1]]
    area[mask] = _blended(area[mask], tint)
    return canvas


def _blended(pixels: Pixels, tint: Tint) -> Pixels:
    """The colour over `pixels`, of shape (count, 4), neither multiplied with its alpha."""
    over = np.float32(tint.opacity)
    under = pixels[:, 3:].astype(np.float32) / 255 * (1 - over)
    alpha = over + under
    colour = np.asarray(tint.colour, np.float32) * over + pixels[:, :3] * under
    visible = np.where(alpha > 0, alpha, 1)
    return np.rint(np.hstack([colour / visible, alpha * 255])).astype(np.uint8)
