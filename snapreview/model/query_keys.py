"""The keys of the filter language, and how they are explained."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType

_COMPARED = 40  # characters; no key or word is nearly as long


@dataclass(frozen=True, slots=True)
class Key:
    """What a key asks for, in a few words, and a term as an example."""

    hint: str
    example: str


KEYS: Mapping[str, Key] = MappingProxyType(
    {
        "status": Key("what happened to the image", "status:changed"),
        "group": Key("a group, or a folder with all in it", "group:Checkout"),
        "tag": Key("a tag, with any value or this one", "tag:locale=de"),
        "name": Key("part of the name, * for any text", "name:*dark*"),
        "diff": Key("how much differs, in percent", "diff:>0.5%"),
        "size": Key("changed, same, or 390x844", "size:changed"),
        "is": Key("approved, rejected, unreviewed…", "is:unreviewed"),
        "has": Key("a note, an error, a description…", "has:note"),
    }
)
"""Every key, in the order in which they are told."""


def closest(word: str, known: Iterable[str]) -> str | None:
    """The one that was probably meant."""
    found = get_close_matches(word[:_COMPARED], list(known), n=1)
    return found[0] if found else None
