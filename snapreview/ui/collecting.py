"""When Python looks for garbage that refers to itself.

Looking at everything takes a tenth of a second with 40,000 rows, and Python would do it in the
middle of streaming results or of dragging an image. It is put off to a moment at which the user
waits anyway. The young objects are looked at all the time, which costs next to nothing.
"""

from __future__ import annotations

import gc

_NEVER = 1_000_000_000


class QuietCollection:
    """Keeps Python from looking at everything by itself, until `end`."""

    def __init__(self) -> None:
        self._before = gc.get_threshold()
        gc.set_threshold(*self._before[:2], _NEVER)

    def pause(self) -> None:
        """The user waits: look now."""
        gc.collect()

    def end(self) -> None:
        """As it was before."""
        gc.set_threshold(*self._before)
