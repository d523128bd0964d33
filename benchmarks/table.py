"""The report as text."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import PIL

from benchmarks.corpus import Corpus
from benchmarks.measure import Ratio, Report, Row
from snapreview.engine.locate import Engine


def machine(engine: Engine, workers: int) -> str:
    """What the figures depend on besides the code."""
    return "\n".join(
        (
            f"machine  {_processor()}, {os.cpu_count()} cores, {platform.platform()}{_load()}",
            f"software odiff {engine.version}, Python {platform.python_version()},"
            f" Pillow {PIL.__version__}, numpy {np.__version__}",
            f"workers  {workers} for each contender",
        )
    )


def drawn(corpus: Corpus) -> str:
    """What is compared."""
    return (
        f"corpus   {len(corpus.whole.names)} pairs, {len(corpus.changed.names)} of them changed;"
        f" {corpus.megabytes_per_file:.2f} MB per file"
    )


def table(report: Report) -> str:
    """Times and ratios, in that order."""
    return "\n".join((*_times(report), "", *_ratios(report)))


def _times(report: Report) -> Iterator[str]:
    head = f"{'set':<14}{'contender':<19}{'ms/pair':>9}{'pairs/s':>9}"
    yield f"{head}{'seconds (min … max)':>26}{'start ms':>10}"
    for row in report.rows:
        yield _time(row)


def _time(row: Row) -> str:
    count = len(row.pairs.names)
    runs = [lap.seconds for lap in row.laps]
    spread = f"{row.seconds:.2f} ({min(runs):.2f} … {max(runs):.2f})"
    return (
        f"{row.pairs.title:<14}{row.contender.title:<19}{row.seconds / count * 1000:>9.1f}"
        f"{count / row.seconds:>9.1f}{spread:>26}{row.start * 1000:>10.0f}"
    )


def _ratios(report: Report) -> Iterator[str]:
    yield f"{'ratio of medians':<52}{'':>6}{'by round':>16}  target"
    for ratio in report.ratios:
        yield _ratio(ratio)


def _ratio(ratio: Ratio) -> str:
    above, below = ratio.above.contender.title, ratio.below.contender.title
    title = f"{ratio.above.pairs.title}: {above} ÷ {below}"
    spread = f"{min(ratio.by_round):.2f} … {max(ratio.by_round):.2f}"
    return f"{title:<52}{ratio.value:>6.2f}{spread:>16}  {_target(ratio)}"


def _target(ratio: Ratio) -> str:
    if ratio.target is None:
        return "none"
    word = "reached" if ratio.reached else "missed"
    return f"{'≤' if ratio.at_most else '≥'} {ratio.target:g}, {word}"


def _processor() -> str:
    """The processor's name, where the system tells it."""
    facts = Path("/proc/cpuinfo")
    if facts.is_file():
        for line in facts.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _load() -> str:
    """How busy the machine was before: what others do is in the figures too."""
    if not hasattr(os, "getloadavg"):  # Windows
        return ""
    return f", load {os.getloadavg()[0]:.1f} before the first round"
