"""Pairs made by hand: a removed and an added image that are compared with each other."""

from __future__ import annotations

from dataclasses import dataclass

from snapreview.model.change import Change


@dataclass(frozen=True, slots=True)
class Pair:
    """Two images that belong together although their names differ, each by name and SHA-256."""

    removed: str
    removed_sha256: str
    added: str
    added_sha256: str

    @classmethod
    def of(cls, removed: Change, added: Change) -> Pair | None:
        """The pair of a removed and an added row, or None while a hash is not known."""
        base, head = removed.base, added.head
        if base is None or head is None or base.sha256 is None or head.sha256 is None:
            return None
        return cls(base.name, base.sha256, head.name, head.sha256)


@dataclass(frozen=True, slots=True)
class PairEdit:
    """A pair to be kept, or not any more."""

    serial: int
    pair: Pair
    kept: bool
