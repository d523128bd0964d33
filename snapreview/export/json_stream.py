"""JSON that is written as it is made: a list of any length takes the memory of one item."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_NOTHING: Mapping[str, Any] = {}


def dump_json(document: Mapping[str, Any]) -> bytes:
    """UTF-8 JSON. Raises ValueError for NaN and infinity, which JSON does not have.

    Half a surrogate pair, which metadata from outside may hold, is written as its JSON escape.
    """
    return _encoded(f"{_text(document)}\n")


def stream_json(
    before: Mapping[str, Any],
    key: str,
    items: Iterable[Mapping[str, Any]],
    after: Mapping[str, Any] = _NOTHING,
) -> Iterator[bytes]:
    """What `dump_json({**before, key: [*items], **after})` gives, an item at a time."""
    yield _encoded("".join(["{\n", _fields(before, end=",\n"), f" {json.dumps(key)}: ["]))
    ahead = "\n"
    for item in items:
        yield _encoded(ahead + _indented(_text(item)))
        ahead = ",\n"
    yield _encoded(
        "".join(["]" if ahead == "\n" else "\n ]", _fields(after, start=",\n"), "\n}\n"])
    )


def _text(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, indent=1)


def _fields(document: Mapping[str, Any], start: str = "", end: str = "") -> str:
    """The lines within the braces, nothing for nothing."""
    return f"{start}{_text(document)[2:-2]}{end}" if document else ""


def _indented(text: str) -> str:
    return "  " + text.replace("\n", "\n  ")  # in a string, a new line is \\n


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")
