"""When Python looks for garbage that refers to itself, and when one thread lets another in.

Looking at everything takes a tenth of a second with 40,000 rows, and Python would do it in the
middle of streaming results or of dragging an image. It is put off to a moment at which the user
waits anyway. The young objects are looked at all the time, which costs next to nothing.

A thread that wants the interpreter waits until the one that has it is asked to let go, by default
5 ms: with a few threads at work that adds up to more than a frame.
"""

from __future__ import annotations

import gc
import sys

_NEVER = 1_000_000_000
_SWITCH_SECONDS = 0.0005


class QuietCollection:
    """Keeps Python from looking at everything by itself, and threads from waiting, until `end`."""

    def __init__(self) -> None:
        self._before = gc.get_threshold()
        self._interval = sys.getswitchinterval()
        sys.setswitchinterval(_SWITCH_SECONDS)
        gc.set_threshold(*self._before[:2], _NEVER)

    def pause(self) -> None:
        """The user waits: look now."""
        gc.collect()

    def end(self) -> None:
        """As it was before."""
        gc.set_threshold(*self._before)
        sys.setswitchinterval(self._interval)
