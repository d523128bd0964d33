"""snapreview demo: the main job on images that come with SnapReview.

They are published into a temporary store, served on loopback and fetched over HTTP from there,
so that the demo shows what a team would set up and not a short cut.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import click

from snapreview.cli.console import complain, print_summary, progress_bar
from snapreview.cli.headless import compared
from snapreview.cli.interrupt import cancelled_by_interrupt
from snapreview.cli.outputs import step_of, tell_missing, zip_of
from snapreview.cli.parameters import DEFAULT_STATUSES, PARTS, has_status
from snapreview.cli.sources import context_of
from snapreview.model.cancel import CancelToken
from snapreview.model.options import DiffOptions
from snapreview.stores.opening import open_pair
from snapreview.stores.publish import PublishRequest, publish
from snapreview.stores.resources import resource
from snapreview.stores.userdirs import user_dirs

_PICTURE_SECONDS = 120


@contextmanager
def demo_sources() -> Iterator[tuple[str, str]]:
    """Addresses of the demo's base and head, served for as long as the context lasts."""
    with tempfile.TemporaryDirectory(prefix="snapreview-demo-store-") as folder:
        root = Path(folder)
        for name in ("base", "head"):
            request = PublishRequest(id=name, branch=name, sha="", base_sha="")
            publish(resource("demo", name), root, request, CancelToken(), lambda *_: None)
        with _served(root) as address:
            yield f"{address}/snapshots/base", f"{address}/snapshots/head"


def demo_without_window(problem: str, picture: Path | None, theme: str | None) -> None:
    """Compare, print, export and, where Qt can draw without a screen, take a picture."""
    complain(f"{problem} Comparing without a window instead.")
    with _folder_to_keep() as folder, demo_sources() as sources:
        archive = _compare_and_export(sources, folder / "snapreview-demo.zip")
        screenshot = _picture(sources, picture or folder / "snapreview-demo.png", theme)
    click.echo(f"zip: {archive}")
    if screenshot is not None:
        click.echo(f"screenshot: {screenshot}")


@contextmanager
def _folder_to_keep() -> Iterator[Path]:
    """A new folder, which only goes again when the demo fails or is interrupted."""
    folder = Path(tempfile.mkdtemp(prefix="snapreview-demo-"))
    try:
        yield folder
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _compare_and_export(sources: tuple[str, str], target: Path) -> Path:
    dirs = user_dirs()
    stores = open_pair(*sources, context_of(dirs, sources))
    with (
        cancelled_by_interrupt() as token,
        progress_bar() as bar,
        compared(stores, DiffOptions(), dirs, bar, token) as run,
    ):
        rows = [c for c in run.comparison.changes if has_status(c, DEFAULT_STATUSES)]
        result = zip_of(run, target, PARTS, rows, step_of(bar, "Writing the zip"), token)
    print_summary(run.comparison)
    tell_missing(result, "zip")
    return target


def _picture(sources: tuple[str, str], target: Path, theme: str | None) -> Path | None:
    """A picture of the window, drawn by another process: Qt ends one that it cannot work in."""
    command = [*_ourselves(), *sources, "--screenshot", str(target), "--theme", theme or "light"]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    try:
        done = subprocess.run(
            command,
            env=environment,
            capture_output=True,
            text=True,
            timeout=_PICTURE_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        complain(f"No picture of the window: Qt did not draw it within {_PICTURE_SECONDS} s.")
        return None
    if done.returncode != 0 or not target.is_file():
        complain(f"No picture of the window: {done.stderr.strip() or 'Qt cannot draw here.'}")
        return None
    return target


def _ourselves() -> list[str]:
    """How this program is started: by itself when it is a bundle, else by its interpreter."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, "-m", "snapreview"]


class _QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Nobody reads a line per request."""


@contextmanager
def _served(root: Path) -> Iterator[str]:
    handler = partial(_QuietHandler, directory=str(root))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, name="demo-store", daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()
