"""What is common to all that are measured."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import PairSet

Counts = Mapping[str, int]
"""Differing pixels by name, 0 where none do."""

Run = Callable[[], Counts]
"""Compares everything once. This call is what is timed."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a contender is given. `scratch` is an empty folder for whatever it writes."""

    pairs: PairSet
    odiff: Path
    workers: int
    scratch: Path


@dataclass(frozen=True, slots=True)
class Contender:
    """Something that compares. `prepare` is its start-up and, on leaving, its end: not timed."""

    title: str
    prepare: Callable[[Plan], AbstractContextManager[Run]]
