"""snapreview cache: what is kept on this computer, and clearing it."""

from __future__ import annotations

import click
from rich.filesize import decimal

from snapreview.cli.console import complain
from snapreview.stores.eviction import SIZE_VARIABLE, cache_limit, clear, kept_files
from snapreview.stores.userdirs import user_dirs


@click.group(short_help="See or clear what is kept of images and results.")
def cache() -> None:
    """What SnapReview keeps on this computer so that nothing is fetched or compared twice."""


@cache.command(short_help="How much there is, and where.")
def info() -> None:
    """Print the folders of the cache, with files and sizes, and its limit."""
    dirs = user_dirs()
    for title, folder in (("images", dirs.images), ("masks", dirs.masks)):
        files = list(kept_files((folder,)))
        size = sum(file.size for file in files)
        click.echo(f"{title:<7}{len(files):>9,} files {decimal(size):>10}   {folder}")
    click.echo(f"limit  {'':>15} {decimal(cache_limit()):>10}   set by {SIZE_VARIABLE}, as 2 GB")


@cache.command("clear", short_help="Remove what no open window uses.")
def clear_() -> None:
    """Remove all images and masks but those that an open comparison uses, and say how many."""
    dirs = user_dirs()
    cleared = clear(dirs.cache, (dirs.images, dirs.masks), 0)
    if cleared.skipped:
        complain("Another SnapReview is clearing the cache just now.")
        return
    left = sum(1 for _ in kept_files((dirs.images, dirs.masks)))
    click.echo(f"Removed {cleared.files:,} files, {decimal(cleared.size)}.")
    if left:
        click.echo(f"{left:,} files stay: a comparison that is open may use them.")
