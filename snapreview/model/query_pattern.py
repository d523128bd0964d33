"""`*` in filter values. Matched with string methods, so that no pattern can take long."""

from __future__ import annotations

from collections.abc import Callable


def has_star(pattern: str) -> bool:
    """Whether `*` stands for any text in it."""
    return "*" in pattern


def longest_piece(pattern: str) -> str:
    """The longest text that must be in whatever the pattern fits."""
    return max(pattern.split("*"), key=len)


def fits(pattern: str) -> Callable[[str], bool]:
    """A test whether a whole text is the pattern, where `*` stands for any text, even none.

    Both are compared as they are; fold them before.
    """
    first, *rest = pattern.split("*")
    if not rest:
        return lambda text: text == pattern
    last = rest.pop()
    middle = [piece for piece in rest if piece]
    shortest = len(first) + len(last)

    def test(text: str) -> bool:
        if len(text) < shortest or not (text.startswith(first) and text.endswith(last)):
            return False
        return _in_order(text, middle, len(first), len(text) - len(last))

    return test


def _in_order(text: str, pieces: list[str], start: int, end: int) -> bool:
    """Whether the pieces follow one another there. The leftmost places are as good as any."""
    for piece in pieces:
        start = text.find(piece, start, end)
        if start < 0:
            return False
        start += len(piece)
    return True
