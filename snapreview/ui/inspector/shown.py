"""Text from outside, made fit to be shown: names, notes and metadata are nobody's markup. No Qt."""

from __future__ import annotations

import html
import re

LONGEST_LINE = 1024
"""Characters of one line that are shown; copying gives all of it."""

LONGEST_TEXT = 4000
"""Characters of a text of several lines that are shown."""

MISSING = "–"
"""Stands for what is not known."""

_SPACE = "\u00a0"  # keeps a number and its unit on one line
_UNITS = ("bytes", "kB", "MB", "GB")
_JOINERS = {"\u200c", "\u200d"}  # they make up letters and emoji
_BREAK_AFTER = 40
_UNBROKEN = re.compile(rf"\S{{{_BREAK_AFTER}}}")
_SURROGATES = re.compile("[\ud800-\udfff]")


def one_line(text: str, limit: int = LONGEST_LINE) -> str:
    """`text` without line breaks, controls and marks that turn the writing direction.

    What is longer than `limit` loses its middle.
    """
    if len(text) > limit:
        half = (limit - 1) // 2
        text = f"{text[:half]}…{text[-half:]}"
    if text.isprintable():
        return text
    return "".join(_printable(character) for character in text)


def lines(text: str, limit: int = LONGEST_TEXT) -> str:
    """The same for a text whose line breaks count; what is too long loses its end."""
    shown = text if len(text) <= limit else f"{text[: limit - 1]}…"
    return "\n".join(one_line(line, limit) for line in shown.splitlines())


def tip(text: str, limit: int = LONGEST_LINE) -> str:
    """`text` for a tooltip, which else would take it for markup where it looks like that.

    Long words may break anywhere, so that the tip stays on the screen. Empty for nothing.
    """
    if not text:
        return ""
    shown = _UNBROKEN.sub(lambda found: f"{found[0]}\u200b", lines(text, limit))
    escaped = html.escape(shown, quote=False).replace("\n", "<br>")
    return f"<p style='white-space:pre-wrap'>{escaped}</p>"


def whole(text: str) -> str:
    """`text` as it can be put on a clipboard: halves of surrogate pairs cannot."""
    return _SURROGATES.sub("\ufffd", text)


def file_size(count: int | None) -> str:
    """Bytes in the units that file managers use: `814 bytes`, `48.2 kB`, `1.3 MB`."""
    if count is None:
        return MISSING
    if count < 1000:
        return f"{count}{_SPACE}{'byte' if count == 1 else 'bytes'}"
    value, unit = count / 1000, 1
    while value >= 999.95 and unit < len(_UNITS) - 1:
        value, unit = value / 1000, unit + 1
    return f"{value:.1f}{_SPACE}{_UNITS[unit]}"


def counted(count: int, noun: str) -> str:
    """`1 pixel`, `12,345 pixels`."""
    return f"{count:,}{_SPACE}{noun if count == 1 else noun + 's'}"


def _printable(character: str) -> str:
    if character.isprintable() or character in _JOINERS:
        return character
    return " " if character.isspace() else "\ufffd"
