"""Timing of what happens between two paintings, and what is told of it."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

Step = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Line:
    """One figure: what it is, its value, and the target that it should not exceed or fall below.

    `detail` says what it was made of.
    """

    title: str
    value: float
    unit: str
    target: float
    at_most: bool
    detail: str

    @property
    def reached(self) -> bool:
        """Whether the value is on the right side of the target."""
        return self.value <= self.target if self.at_most else self.value >= self.target

    def text(self) -> str:
        """As a line of the report."""
        bound = f"{'≤' if self.at_most else '≥'} {self.target:g} {self.unit}"
        word = "reached" if self.reached else "missed"
        return (
            f"{self.title:<48}{self.value:>8.2f}{self.unit:<3} {bound:>9} {word:<8} {self.detail}"
        )


def alternated(steps: Sequence[Step], rounds: int) -> list[float]:
    """The median milliseconds of each step, taken in turn: A B A B …"""
    laps: list[list[float]] = [[] for _ in steps]
    for _ in range(rounds):
        for step, kept in zip(steps, laps, strict=True):
            gc.collect()
            started = time.perf_counter()
            step()
            kept.append((time.perf_counter() - started) * 1000)
    return [median(kept) for kept in laps]


def ratio_of(title: str, ours: float, peers: float, target: float) -> Line:
    """How many times as long ours took as the peer's, in milliseconds."""
    detail = f"{ours:.1f} ÷ {peers:.1f} ms"
    return Line(title, ours / peers, "×", target, at_most=True, detail=detail)
