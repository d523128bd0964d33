"""What is said in the place of a list that is empty. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

_LONGEST = 40
"""Characters of a filter that are said again."""


@dataclass(frozen=True, slots=True)
class Saying:
    """An icon, a title, a sentence, and perhaps a button that does something about it."""

    icon: str
    title: str
    text: str = ""
    action: str = ""
    act: Callable[[], None] | None = None


WAITING_ICON = "pending"
WAITING = Saying(
    WAITING_ICON, "Finding the images", "The list appears as soon as both sets have been read."
)


def no_difference(total: int, show_unchanged: Callable[[], None]) -> Saying:
    """All images are the same in both sets."""
    images = "1 image differs" if total == 1 else f"{total:,} images differ"
    text = "Both sets look the same."
    return Saying("check", f"0 of {images}", text, "Show unchanged", show_unchanged)


def no_match(text: str, clear: Callable[[], None]) -> Saying:
    """There are images, but filter and pills let none of them through."""
    title, said = "No such image", "No image has the status you are looking for."
    if text.strip():
        shown = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
        title, said = "No match", f"No image that is shown matches “{shown}”."
    return Saying("search", title, said, "Clear filter", clear)
