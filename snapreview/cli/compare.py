"""snapreview compare: headless, for the terminal and for CI."""

from __future__ import annotations

from pathlib import Path

import click

from snapreview.cli.console import print_summary, progress_bar
from snapreview.cli.headless import compared
from snapreview.cli.interrupt import cancelled_by_interrupt
from snapreview.cli.outputs import Outputs, tell_missing, write_outputs
from snapreview.cli.parameters import (
    DEFAULT_STATUSES,
    PARTS,
    STATUS_NAMES,
    CommaList,
    NewFolder,
    OutputFile,
    Share,
)
from snapreview.cli.sources import allow_origin_option, context_of, sides
from snapreview.model.change import Comparison, Status
from snapreview.model.options import DEFAULT_MAX_PIXELS, DEFAULT_THRESHOLD, DiffOptions
from snapreview.stores.opening import open_pair
from snapreview.stores.userdirs import user_dirs

_FINE = frozenset({Status.UNCHANGED, Status.SKIPPED})


class _TwoForms(click.Command):
    """Usage with both: two sources, or one that holds both sides."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Both forms."""
        formatter.write_usage(ctx.command_path, "[OPTIONS] BASE HEAD")
        formatter.write_usage(ctx.command_path, "[OPTIONS] SOURCE   holds both")


@click.command(cls=_TwoForms, short_help="Compare two sets of images without a window.")
@click.argument("base")
@click.argument("head", required=False)
@click.option("--json", type=OutputFile(), help="Write the report to this file.")
@click.option("--zip", type=OutputFile(), help="Write images to this zip.")
@click.option("--html", type=NewFolder(), help="Write a page to look at to this new folder.")
@click.option(
    "--decisions",
    type=OutputFile((".csv", ".json")),
    help="Write what was decided of these images, in the window, to this .csv or .json file; zip,"
    " page and report have it then, too.",
)
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
    help="Which images the zip and the page hold (default: all but unchanged and skipped).",
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
    head: str | None,
    json: Path | None,
    zip: Path | None,  # noqa: A002 - the option's name
    html: Path | None,
    decisions: Path | None,
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
    """Compare the images of BASE and HEAD.

    Each is a folder, a single image, a zip file, git:REPOSITORY@REVISION, or the address of a
    snapshot or a bucket.

    Where BASE is the word auto, it is found from HEAD: in the store that HEAD is a snapshot of, or
    as the revision where a git HEAD left the default branch.

    One SOURCE is enough where it holds both sides: a zip that SnapReview exported, or the address
    of a snapshot's page in Sentry.

    Exits with 0 when nothing differs, 1 when something does, 2 when no comparison could be made
    and 130 when interrupted.
    """
    outputs = Outputs(json, zip, html, decisions, include, status)
    outputs.check()
    options = DiffOptions(threshold, not no_antialiasing, diff_threshold, max_pixels)
    dirs = user_dirs()
    base, head = sides(base, head, dirs, allow_origin)
    stores = open_pair(base, head, context_of(dirs, (base, head), allow_origin))
    with (
        cancelled_by_interrupt() as token,
        progress_bar() as bar,
        compared(stores, options, dirs, bar, token, workers) as run,
    ):
        results = write_outputs(run, outputs, dirs, bar, token)
    print_summary(run.comparison)
    for what, result in results.items():
        tell_missing(result, what)
    ctx.exit(1 if _differs(run.comparison) and not exit_zero else 0)


def _differs(comparison: Comparison) -> bool:
    """Whether anything is neither unchanged nor skipped."""
    return any(status not in _FINE for status in comparison.counts())
