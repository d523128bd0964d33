"""The corpus: pairs of screens on disk, drawn once and then found again."""

from __future__ import annotations

import os
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import Enum
from functools import partial
from pathlib import Path

from benchmarks.paint import painted
from benchmarks.screens import desktop, edited, phone

_VERSION = 1
"""Raised when other pixels are drawn, so that a folder of before is not taken for the new one."""

_CYCLE = 20
_CHANGED_AT = frozenset({3, 10, 16})
_REENCODED_AT = frozenset({1, 7, 14})


class Kind(Enum):
    """What became of an image between base and head."""

    EQUAL = "equal bytes"
    REENCODED = "same pixels, other bytes"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two files of one name."""

    name: str
    base: Path
    head: Path


@dataclass(frozen=True, slots=True)
class PairSet:
    """Two folders with images of the same names, and which of these differ in pixels."""

    title: str
    base: Path
    head: Path
    names: tuple[str, ...]
    differing: frozenset[str]

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """Every pair, by name."""
        return tuple(Pair(name, self.base / name, self.head / name) for name in self.names)


@dataclass(frozen=True, slots=True)
class Corpus:
    """The whole set, and a copy of its changed pairs in folders of their own."""

    whole: PairSet
    changed: PairSet
    megabytes_per_file: float


def kind_of(number: int) -> Kind:
    """Of 20 pairs in a row, 14 are equal, 3 re-encoded and 3 changed, mixed."""
    place = number % _CYCLE
    if place in _CHANGED_AT:
        return Kind.CHANGED
    return Kind.REENCODED if place in _REENCODED_AT else Kind.EQUAL


def corpus(cache: Path, pairs: int, scale: float = 1.0) -> Corpus:
    """The corpus of so many pairs in `cache`; drawn there if it is missing.

    A folder under its final name is complete: it is drawn under another one.
    """
    folder = cache / f"screens-{_VERSION}-{pairs}-{scale:g}"
    if not folder.is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache, ignore_cleanup_errors=True) as drawing:
            _draw(Path(drawing) / "new", pairs, scale)
            (Path(drawing) / "new").rename(folder)
    return _found(folder, pairs)


def _found(folder: Path, pairs: int) -> Corpus:
    names = tuple(_name(number) for number in range(pairs))
    changed = tuple(_name(n) for n in range(pairs) if kind_of(n) is Kind.CHANGED)
    whole = _pair_set("whole set", folder / "whole", names, changed)
    sizes = [path.stat().st_size for pair in whole.pairs for path in (pair.base, pair.head)]
    return Corpus(
        whole,
        _pair_set("changed pairs", folder / "changed", changed, changed),
        sum(sizes) / len(sizes) / 1e6,
    )


def _pair_set(
    title: str, folder: Path, names: tuple[str, ...], differing: tuple[str, ...]
) -> PairSet:
    return PairSet(title, folder / "base", folder / "head", names, frozenset(differing))


def _is_phone(number: int) -> bool:
    """Every other one; the other way round in the next cycle, so that no kind has more of them."""
    return (number + number // _CYCLE) % 2 == 0


def _name(number: int) -> str:
    return f"screen-{number:04}-{'phone' if _is_phone(number) else 'desktop'}.png"


def _draw(folder: Path, pairs: int, scale: float) -> None:
    for part in ("whole/base", "whole/head", "changed/base", "changed/head"):
        (folder / part).mkdir(parents=True)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for _ in pool.map(partial(_draw_pair, folder, scale), range(pairs)):
            pass


def _draw_pair(folder: Path, scale: float, number: int) -> None:
    name, kind = _name(number), kind_of(number)
    base, head = folder / "whole/base" / name, folder / "whole/head" / name
    screen = (phone if _is_phone(number) else desktop)(number, scale)
    image = painted(screen)
    image.save(base)
    if kind is Kind.EQUAL:
        shutil.copyfile(base, head)
    elif kind is Kind.REENCODED:
        image.save(head, compress_level=9)
    else:
        painted(edited(screen, _edit_of(number))).save(head)
        for side, path in (("base", base), ("head", head)):
            shutil.copyfile(path, folder / "changed" / side / name)


def _edit_of(number: int) -> int:
    """Counts the changed pairs, so that each kind of edit is as frequent as the others."""
    return sum(kind_of(before) is Kind.CHANGED for before in range(number))
