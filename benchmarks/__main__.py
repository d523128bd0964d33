"""`python -m benchmarks`: draws the corpus, runs the contenders, prints times and ratios."""

from __future__ import annotations

import os
from pathlib import Path

import click
from platformdirs import PlatformDirs

from benchmarks.corpus import corpus
from benchmarks.measure import Course, DisagreementError, measure
from benchmarks.table import drawn, machine, table
from snapreview.engine.locate import locate_engine
from snapreview.model.errors import EngineUnavailable

_FEWEST_PAIRS = 4
"""The first of which at least one is changed."""


@click.command()
@click.option("--pairs", type=click.IntRange(_FEWEST_PAIRS), default=300, show_default=True)
@click.option("--rounds", type=click.IntRange(1), default=5, show_default=True)
@click.option("--workers", type=click.IntRange(1), help="For each contender (default: cores).")
@click.option(
    "--scale",
    type=click.FloatRange(0.05, 1.0),
    default=1.0,
    show_default=True,
    help="Size of the screens; below 1 only to try the benchmark out.",
)
@click.option(
    "--cache",
    type=click.Path(path_type=Path),
    default=PlatformDirs("snapreview-benchmarks", appauthor=False).user_cache_path,
    help="Where the corpus is kept (default: the user's cache).",
)
def main(pairs: int, rounds: int, workers: int | None, scale: float, cache: Path) -> None:
    """Compare SnapReview's speed with a bare pool of odiff servers and with Sentry's pipeline."""
    try:
        engine = locate_engine()
    except EngineUnavailable as error:
        raise click.ClickException(str(error)) from error
    workers = workers or os.cpu_count() or 2
    click.echo(machine(engine, workers))
    _tell("drawing or finding the corpus")
    screens = corpus(cache, pairs, scale)
    click.echo(drawn(screens))
    try:
        report = measure(screens, Course(engine.path, workers, rounds, _tell))
    except DisagreementError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"\n{table(report)}")


def _tell(step: str) -> None:
    click.echo(f"… {step}", err=True)


if __name__ == "__main__":
    main()
