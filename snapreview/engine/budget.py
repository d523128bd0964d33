"""How many pixels may be compared at once: what keeps huge pages from filling the memory."""

from __future__ import annotations

from threading import Condition

DEFAULT_PIXELS = 160_000_000
"""odiff was measured to need 15 to 20 bytes for each pixel of a canvas, and preparing up to 16."""


class PixelBudget:
    """A number of pixels that workers share. A pair larger than all of it goes alone."""

    def __init__(self, pixels: int = DEFAULT_PIXELS) -> None:
        self._pixels = pixels
        self._taken = 0
        self._changed = Condition()

    def take(self, pixels: int) -> None:
        """Wait until so many are free, or nobody else has any, and take them."""
        with self._changed:
            self._changed.wait_for(lambda: not self._taken or self._taken + pixels <= self._pixels)
            self._taken += pixels

    def give(self, pixels: int) -> None:
        """Give back what was taken."""
        with self._changed:
            self._taken -= pixels
            self._changed.notify_all()
