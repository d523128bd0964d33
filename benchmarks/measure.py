"""Runs the contenders in turn, checks that they found the same, and keeps the times."""

from __future__ import annotations

import gc
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.contender import Contender, Counts, Plan
from benchmarks.corpus import Corpus, PairSet
from benchmarks.ours import snapreview
from benchmarks.pools import asking_pool, bare_pool
from benchmarks.sentry import every_pair, unequal_pairs

SNAPREVIEW = Contender("SnapReview", snapreview)
BARE_POOL = Contender("bare odiff pool", bare_pool)
ASKING_POOL = Contender("asking odiff pool", asking_pool)
SENTRY = Contender("Sentry, every pair", every_pair)
SENTRY_UNEQUAL = Contender("Sentry, unequal", unequal_pairs)

ON_CHANGED = (SNAPREVIEW, BARE_POOL, SENTRY)
ON_WHOLE = (SNAPREVIEW, ASKING_POOL, SENTRY, SENTRY_UNEQUAL)


class DisagreementError(Exception):
    """Two contenders found different things: their times cannot be compared."""


@dataclass(frozen=True, slots=True)
class Lap:
    """One timed run, and how long its contender took to start before; in seconds."""

    seconds: float
    start: float


@dataclass(frozen=True, slots=True)
class Row:
    """All laps of one contender on one set."""

    pairs: PairSet
    contender: Contender
    laps: tuple[Lap, ...]

    @property
    def seconds(self) -> float:
        """The median run."""
        return median(lap.seconds for lap in self.laps)

    @property
    def start(self) -> float:
        """The median start."""
        return median(lap.start for lap in self.laps)


@dataclass(frozen=True, slots=True)
class Ratio:
    """How many times as long one row took as another.

    `target` is what is aimed at, where something is: to stay below it if `at_most`, else above.
    """

    above: Row
    below: Row
    target: float | None
    at_most: bool

    @property
    def value(self) -> float:
        """The ratio of the medians."""
        return self.above.seconds / self.below.seconds

    @property
    def by_round(self) -> tuple[float, ...]:
        """The ratio of each round: how far they lie apart is the noise."""
        laps = zip(self.above.laps, self.below.laps, strict=True)
        return tuple(above.seconds / below.seconds for above, below in laps)

    @property
    def reached(self) -> bool:
        """Whether the ratio of the medians is on the right side of the target, if there is one."""
        if self.target is None:
            return True
        return self.value <= self.target if self.at_most else self.value >= self.target


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that was measured."""

    rows: tuple[Row, ...]
    ratios: tuple[Ratio, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """How the contenders are run. `told` hears which round begins."""

    odiff: Path
    workers: int
    rounds: int
    told: Callable[[str], None]


def measure(corpus: Corpus, course: Course) -> Report:
    """Time all contenders on both sets, in rounds of one run each: A B C A B C ….

    Raises DisagreementError where they do not find the same.
    """
    _warm(corpus.whole)
    _warm(corpus.changed)
    heats = [(corpus.changed, contender) for contender in ON_CHANGED]
    heats += [(corpus.whole, contender) for contender in ON_WHOLE]
    laps: list[list[Lap]] = [[] for _ in heats]
    first: dict[str, Counts] = {}
    for number in range(1, course.rounds + 1):
        course.told(f"round {number} of {course.rounds}")
        for (pairs, contender), kept in zip(heats, laps, strict=True):
            lap, found = _run(pairs, contender, course)
            kept.append(lap)
            require_agreement(pairs, contender, found, first.setdefault(pairs.title, found))
    rows = [Row(*heat, tuple(kept)) for heat, kept in zip(heats, laps, strict=True)]
    return Report(tuple(rows), _ratios(rows))


def require_agreement(
    pairs: PairSet, contender: Contender, found: Counts, expected: Counts
) -> None:
    """Raise DisagreementError unless `found` is `expected`, and differs where the corpus does."""
    wrong = [name for name in pairs.names if not _is_right(name, pairs, found, expected)]
    if wrong:
        name = wrong[0]
        raise DisagreementError(
            f"{contender.title} counts {found.get(name)} differing pixels in {name} of the"
            f" {pairs.title}, the first contender {expected.get(name)}; {len(wrong)} pairs in all."
        )


def _is_right(name: str, pairs: PairSet, found: Counts, expected: Counts) -> bool:
    count = found.get(name)
    if count is None or count != expected.get(name):
        return False
    return (count > 0) == (name in pairs.differing)


def _run(pairs: PairSet, contender: Contender, course: Course) -> tuple[Lap, Counts]:
    with tempfile.TemporaryDirectory(prefix="snapreview-benchmark-") as scratch:
        plan = Plan(pairs, course.odiff, course.workers, Path(scratch))
        gc.collect()
        begun = time.perf_counter()
        with contender.prepare(plan) as run:
            started = time.perf_counter()
            found = run()
            ended = time.perf_counter()
    return Lap(ended - started, started - begun), found


def _warm(pairs: PairSet) -> None:
    """Read every file once, so that the first contender does not pay for the disk."""
    for pair in pairs.pairs:
        pair.base.read_bytes()
        pair.head.read_bytes()


def _ratios(rows: Sequence[Row]) -> tuple[Ratio, ...]:
    """The four that the project aims at, and one that tells where the third comes from."""
    changed, bare, sentry_changed, whole, asking, sentry_whole, sentry_unequal = rows
    return (
        Ratio(changed, bare, 1.25, at_most=True),
        Ratio(whole, asking, 1.25, at_most=True),
        Ratio(sentry_whole, whole, 6.0, at_most=False),
        Ratio(sentry_changed, changed, 3.0, at_most=False),
        Ratio(sentry_unequal, whole, None, at_most=False),
    )
