"""snapreview store: what a store has, and taking out of it what nobody needs any more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

import click
from rich.filesize import decimal

from snapreview.cli.console import complain, progress_bar
from snapreview.cli.interrupt import cancelled_by_interrupt
from snapreview.cli.sources import context_of
from snapreview.model.cancel import CancelToken
from snapreview.model.index_json import dump_index
from snapreview.model.listing import Entry
from snapreview.stores.catalogue import catalogue
from snapreview.stores.housekeeping import Keeping, Tidied, delete_snapshots
from snapreview.stores.housekeeping import prune as prune_store
from snapreview.stores.index import rebuild_index
from snapreview.stores.roots import open_root
from snapreview.stores.userdirs import user_dirs

T = TypeVar("T")

_HEADINGS = ("date", "id", "branch", "commit", "images")
_SHORT_SHA = 12

_dry_run = click.option("--dry-run", is_flag=True, help="Only show what would go.")


@click.group(short_help="List the snapshots of a store, and remove old ones.")
def store() -> None:
    """What is in a store: the folder or bucket that publish writes to."""


@store.command("list", short_help="Its snapshots, newest first.")
@click.argument("root")
@click.option("--json", "as_json", is_flag=True, help="Write them as index.json has them.")
def list_(root: str, as_json: bool) -> None:
    """Print the snapshots of the store at ROOT, which may be a web address too."""
    context = context_of(user_dirs(), (root,))
    found = _done("Reading", lambda token: catalogue(root, context, token))
    _tell_damaged(found.damaged)
    if as_json:
        click.echo(dump_index(found.entries).decode(), nl=False)
        return
    rows = [_HEADINGS, *map(_row, found.entries)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for *cells, count in rows:
        padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=False))
        click.echo("  ".join([*padded, count.rjust(widths[-1])]))


@store.command(short_help="Write its index.json anew.")
@click.argument("root")
def index(root: str) -> None:
    """Write snapshots/index.json of the store at ROOT anew from the manifests that are there."""
    found = _done("Reading manifests", lambda token: rebuild_index(open_root(root), token))
    _tell_damaged(found.damaged)
    click.echo(f"Listed: {_many(len(found.entries), 'snapshot')}.")


@store.command(short_help="Remove snapshots.")
@click.argument("root")
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@_dry_run
@click.pass_context
def delete(ctx: click.Context, /, root: str, ids: tuple[str, ...], dry_run: bool) -> None:
    """Remove snapshots from the store at ROOT, and those images that no other snapshot refers to.

    Images younger than 24 hours stay: they may be those of a publish that is running beside.
    Exits with 1 where something could not be removed.
    """
    root_ = open_root(root)
    tidied = _done("Removing", lambda token: delete_snapshots(root_, ids, token, dry_run=dry_run))
    ctx.exit(_tell(tidied, dry_run=dry_run))


@store.command(short_help="Remove old snapshots, and images of no use.")
@click.argument("root")
@click.option("--keep-days", type=click.FloatRange(min=0), help="Keep those of so many days.")
@click.option("--keep-last", type=click.IntRange(min=0), help="Keep so many, the newest.")
@_dry_run
@click.pass_context
def prune(
    ctx: click.Context,
    /,
    root: str,
    keep_days: float | None,
    keep_last: int | None,
    dry_run: bool,
) -> None:
    """Remove from the store at ROOT the snapshots that neither option keeps, and unused images.

    Images that no snapshot refers to go too, whatever left them, once they are 24 hours old.
    Exits with 1 where something could not be removed.
    """
    if keep_days is None and keep_last is None:
        raise click.UsageError("Say what is kept: --keep-days, --keep-last, or both.")
    root_, keeping = open_root(root), Keeping(keep_days, keep_last)
    tidied = _done("Removing", lambda token: prune_store(root_, keeping, token, dry_run=dry_run))
    ctx.exit(_tell(tidied, dry_run=dry_run))


def _done(what: str, work: Callable[[CancelToken], T]) -> T:
    with cancelled_by_interrupt() as token, progress_bar() as bar:
        bar.add_task(what, total=None)
        return work(token)


def _row(entry: Entry) -> tuple[str, str, str, str, str]:
    sha = (entry.sha or "")[:_SHORT_SHA]
    return entry.date, entry.id, entry.branch or "", sha, f"{entry.count:,}"


def _tell(tidied: Tidied, *, dry_run: bool) -> int:
    """Say what went; the exit code."""
    verb = "Would remove" if dry_run else "Removed"
    for snapshot in tidied.snapshots:
        click.echo(f"{verb} {snapshot}")
    went = f"{_many(len(tidied.snapshots), 'snapshot')} and {_many(tidied.images, 'image')}"
    click.echo(f"{verb} {went} ({decimal(tidied.size)}).")
    if tidied.young:
        click.echo(f"{_many(tidied.young, 'more image')} of no use: kept for a day, then pruned.")
    _tell_damaged(tidied.damaged)
    if tidied.damaged:
        complain("All images stay while a manifest cannot be read that might need them.")
    for why in tidied.failed.values():
        complain(why)
    return 1 if tidied.failed else 0


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _tell_damaged(damaged: Mapping[str, str]) -> None:
    for key, why in damaged.items():
        complain(f"{key} is not usable: {why}")
