"""`python -m benchmarks.window`: how the window keeps up, as figures beside their targets."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import click
from platformdirs import PlatformDirs

from benchmarks.corpus import corpus
from benchmarks.table import machine
from benchmarks.window.laps import Line
from snapreview.engine.locate import locate_engine
from snapreview.model.errors import EngineUnavailable

Measure = Callable[[], Sequence[Line]]


@click.command()
@click.option("--rows", type=click.IntRange(100), default=50_000, show_default=True)
@click.option("--results", type=click.IntRange(100), default=40_000, show_default=True)
@click.option("--pairs", type=click.IntRange(20), default=300, show_default=True)
@click.option("--steps", type=click.IntRange(2), default=60, show_default=True)
@click.option("--rounds", type=click.IntRange(1), default=9, show_default=True)
@click.option("--scale", type=click.FloatRange(0.05, 1.0), default=1.0, show_default=True)
@click.option(
    "--cache",
    type=click.Path(path_type=Path),
    default=PlatformDirs("snapreview-benchmarks", appauthor=False).user_cache_path,
    help="Where the corpus is kept (default: the user's cache).",
)
def main(
    rows: int, results: int, pairs: int, steps: int, rounds: int, scale: float, cache: Path
) -> None:
    """Measure list, canvas, look-ahead and streaming against their targets."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        engine = locate_engine()
    except EngineUnavailable as error:
        raise click.ClickException(str(error)) from error
    click.echo(machine(engine, os.cpu_count() or 2))
    for line in _measured(rows, results, pairs, steps, rounds, scale, cache):
        click.echo(line.text())


def _measured(
    rows: int, results: int, pairs: int, steps: int, rounds: int, scale: float, cache: Path
) -> list[Line]:
    """All lines. Qt is imported here: the platform has to be chosen before."""
    from benchmarks.window import frames, lists, streaming, walking  # noqa: PLC0415 - as said
    from snapreview.app import application  # noqa: PLC0415 - as said

    app = application()
    app.setQuitOnLastWindowClosed(False)
    _tell("the list")
    found = lists.measure(rows, rounds)
    _tell("frames of the canvas")
    found += frames.measure(rounds)
    _tell("results streaming in")
    found += streaming.measure(results)
    _tell("walking; drawing or finding the corpus first")
    return found + walking.measure(corpus(cache, pairs, scale).whole, steps)


def _tell(step: str) -> None:
    click.echo(f"… {step}", err=True)


if __name__ == "__main__":
    main()
