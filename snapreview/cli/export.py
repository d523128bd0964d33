"""snapreview export: all images of one snapshot as a zip."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

import click

from snapreview.cli.console import progress_bar
from snapreview.cli.interrupt import cancelled_by_interrupt
from snapreview.cli.outputs import step_of, tell_missing
from snapreview.cli.parameters import OutputFile
from snapreview.cli.sources import allow_origin_option, context_of
from snapreview.export.snapshot_zip import export_snapshot
from snapreview.model.errors import ExportError
from snapreview.stores.leases import Lease
from snapreview.stores.opening import open_store
from snapreview.stores.userdirs import user_dirs

_STDOUT = Path("-")


@click.command(short_help="Write all images of one snapshot to a zip.")
@click.argument("source")
@click.option(
    "--zip",
    "target",
    required=True,
    type=OutputFile(),
    help="The zip to write; - streams it to standard output.",
)
@allow_origin_option
@click.pass_context
def export(ctx: click.Context, /, source: str, target: Path, allow_origin: tuple[str, ...]) -> None:
    """Write every image of SOURCE, and its manifest, to a zip.

    Exits with 0 when all of them are in it, 1 when some could not be fetched (they are named).
    """
    dirs = user_dirs()
    store = open_store(source, context_of(dirs, (source,), allow_origin))
    with (
        Lease(dirs.cache),
        closing(store),
        cancelled_by_interrupt() as token,
        progress_bar() as bar,
    ):
        manifest = store.manifest(token)
        step = step_of(bar, "Writing the zip")
        result = export_snapshot(_destination(target), manifest, store.fetch, token, step)
    tell_missing(result, "zip")
    ctx.exit(1 if result.missing else 0)


def _destination(target: Path) -> Path | BinaryIO:
    if target != _STDOUT:
        return target
    if sys.stdout.isatty():
        raise ExportError(
            "A zip would only fill the terminal with signs: send the output to a file or a"
            " program, or name a file after --zip."
        )
    return sys.stdout.buffer
