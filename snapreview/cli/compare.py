"""snapreview compare: headless, for the terminal and for CI."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click
from rich.progress import Progress

from snapreview.cli.console import complain, print_summary, progress_bar
from snapreview.cli.headless import HeadlessRun, compared
from snapreview.cli.interrupt import cancelled_by_interrupt
from snapreview.cli.parameters import (
    DEFAULT_STATUSES,
    PARTS,
    STATUS_NAMES,
    CommaList,
    OutputFile,
    Share,
    has_status,
)
from snapreview.cli.sources import allow_origin_option, context_of
from snapreview.export.entries import Part, ZipResult
from snapreview.export.report import write_report
from snapreview.export.zip import export_zip
from snapreview.model.cancel import CancelToken
from snapreview.model.change import Comparison, Status
from snapreview.model.options import DEFAULT_MAX_PIXELS, DEFAULT_THRESHOLD, DiffOptions
from snapreview.stores.opening import open_pair
from snapreview.stores.userdirs import user_dirs

_FINE = frozenset({Status.UNCHANGED, Status.SKIPPED})


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is to be made of a comparison."""

    json: Path | None
    zip: Path | None
    include: tuple[str, ...]
    status: tuple[str, ...]


@click.command(short_help="Compare two sets of images without a window.")
@click.argument("base")
@click.argument("head")
@click.option("--json", type=OutputFile(), help="Write the report to this file.")
@click.option("--zip", type=OutputFile(), help="Write images to this zip.")
@click.option(
    "--include",
    type=CommaList(PARTS),
    default=PARTS,
    help="What the zip holds of each image: base, head, diff, overlay (default: all).",
)
@click.option(
    "--status",
    type=CommaList(STATUS_NAMES),
    default=DEFAULT_STATUSES,
    help="Which images the zip holds (default: all but unchanged and skipped).",
)
@click.option(
    "--threshold",
    type=Share(),
    default=DEFAULT_THRESHOLD,
    show_default=True,
    help="Colour sensitivity: 0 sees every difference.",
)
@click.option("--no-antialiasing", is_flag=True, help="Count antialiased pixels as changed too.")
@click.option(
    "--diff-threshold",
    type=Share(),
    help="Ignore changes smaller than this share of an image (default: what the manifest says).",
)
@click.option(
    "--max-pixels",
    type=click.IntRange(min=1),
    default=DEFAULT_MAX_PIXELS,
    show_default=True,
    help="Images with more pixels are not compared.",
)
@click.option(
    "--workers", type=click.IntRange(1, 256), help="Comparisons at once (default: cores)."
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even where images differ.")
@allow_origin_option
@click.pass_context
def compare(
    ctx: click.Context,
    /,
    base: str,
    head: str,
    json: Path | None,
    zip: Path | None,  # noqa: A002 - the option's name
    include: tuple[str, ...],
    status: tuple[str, ...],
    threshold: float,
    no_antialiasing: bool,
    diff_threshold: float | None,
    max_pixels: int,
    workers: int | None,
    exit_zero: bool,
    allow_origin: tuple[str, ...],
) -> None:
    """Compare the images of BASE and HEAD: folders, single images, or addresses of manifests.

    Exits with 0 when nothing differs, 1 when something does, 2 when no comparison could be made
    and 130 when interrupted.
    """
    if json is not None and zip is not None and json.resolve() == zip.resolve():
        raise click.UsageError("--json and --zip name the same file; each needs its own.")
    options = DiffOptions(threshold, not no_antialiasing, diff_threshold, max_pixels)
    wanted = _Wanted(json, zip, include, status)
    dirs = user_dirs()
    stores = open_pair(base, head, context_of(dirs, (base, head), allow_origin))
    with (
        cancelled_by_interrupt() as token,
        progress_bar() as bar,
        compared(stores, options, dirs, bar, token, workers) as run,
    ):
        result = _written(run, wanted, bar, token)
    print_summary(run.comparison)
    if result is not None:
        tell_missing(result)
    ctx.exit(1 if _differs(run.comparison) and not exit_zero else 0)


def _written(
    run: HeadlessRun, wanted: _Wanted, bar: Progress, token: CancelToken
) -> ZipResult | None:
    """Write what is wanted, the report last: where it stands, everything else does too."""
    result = None
    if wanted.zip is not None:
        result = zip_of(run, wanted.zip, wanted.include, wanted.status, bar, token)
    if wanted.json is not None:
        write_report(wanted.json, run.comparison)
    return result


def zip_of(
    run: HeadlessRun,
    target: Path,
    include: tuple[str, ...],
    statuses: tuple[str, ...],
    bar: Progress,
    token: CancelToken,
) -> ZipResult:
    """Write the rows of these statuses to a zip. Raises ExportError or Cancelled."""
    rows = [change for change in run.comparison.changes if has_status(change, statuses)]
    return export_zip(
        target,
        run.comparison,
        rows,
        frozenset(Part(name) for name in include),
        run.fetch,
        token,
        step_of(bar, "Writing the zip"),
    )


def step_of(bar: Progress, description: str) -> Callable[[int, int], None]:
    """A step on the progress bar: called with what is done and what there is."""
    task = bar.add_task(description, total=None)
    return lambda done, total: bar.update(task, completed=done, total=total)


def tell_missing(result: ZipResult) -> None:
    """Say what the zip does not hold."""
    for missing in result.missing:
        part = f"{missing.part.value} of " if missing.part else ""
        complain(f"Not in the zip: {part}{missing.name}: {missing.reason}")


def _differs(comparison: Comparison) -> bool:
    """Whether anything is neither unchanged nor skipped."""
    return any(status not in _FINE for status in comparison.counts())
