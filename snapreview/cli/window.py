"""What the command line asks of the window, without knowing it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class WindowRequest:
    """Open the window on `sources`: none, one set to browse, or base and head.

    With `screenshot` it waits until everything is there, writes a picture of itself as PNG and
    ends. `theme` is "light", "dark" or None for the system's. Sources that are gone tomorrow are
    not to be remembered.
    """

    sources: tuple[str, ...] = ()
    screenshot: Path | None = None
    theme: str | None = None
    allow_origins: frozenset[str] = frozenset()
    remember: bool = True


OpenWindow = Callable[[WindowRequest], int]
"""Opens the window and returns the exit code when it is closed."""

FindProblem = Callable[[bool], str | None]
"""Why no window can be opened here, as a sentence, or None; told whether it may stay unseen."""
