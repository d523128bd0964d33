"""snapreview publish: a folder of images becomes a snapshot that any web server can serve."""

from __future__ import annotations

from pathlib import Path

import click

from snapreview.cli.console import complain, progress_bar
from snapreview.cli.interrupt import cancelled_by_interrupt
from snapreview.cli.outputs import step_of
from snapreview.stores.publish import Outcome, PublishRequest
from snapreview.stores.publish import publish as write_snapshot


@click.command(short_help="Add a folder of images to a store.")
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("root")
@click.option(
    "--id",
    "snapshot_id",
    required=True,
    help="The snapshot's name: letters, digits, '.', '_' and '-', at most 128.",
)
@click.option("--selective", is_flag=True, help="Names that are not in it were not tested.")
@click.option("--sha", help="The commit it was made from (default: asked of git).")
@click.option("--branch", help="Its branch (default: asked of git).")
@click.option("--base-sha", help="The commit it is to be compared with (default: asked of git).")
def publish(
    folder: Path,
    root: str,
    snapshot_id: str,
    selective: bool,
    sha: str | None,
    branch: str | None,
    base_sha: str | None,
) -> None:
    """Write the images of FOLDER as a snapshot into the store at ROOT.

    ROOT is a folder that a web server serves, or a bucket (s3://, gs:// or az:// BUCKET/PREFIX):
    it gets snapshots/ID/manifest.json, and every image once in images/. Publishing the same again
    changes nothing.
    """
    request = PublishRequest(
        id=snapshot_id, selective=selective, sha=sha, branch=branch, base_sha=base_sha
    )
    with cancelled_by_interrupt() as token, progress_bar() as bar:
        step = step_of(bar, "Publishing")
        published = write_snapshot(folder, root, request, token, step)
    if published.outcome is Outcome.REPLACED:
        complain(f"{snapshot_id} was there with something else in it: it has been replaced.")
    click.echo(f"manifest: {published.where}")
