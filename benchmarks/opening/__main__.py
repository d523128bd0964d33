"""`python -m benchmarks.opening`: what opening very large snapshots takes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from benchmarks.opening.scenes import Taken
from benchmarks.opening.serving import Served, served
from benchmarks.opening.snapshots import BASE, HEAD, IMAGES, snapshots
from benchmarks.table import machine
from snapreview.engine.locate import locate_engine
from snapreview.model.errors import EngineUnavailable

_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Scene:
    """One line: what is opened, and how."""

    title: str
    name: str
    paths: tuple[str, ...]


SCENES = (
    Scene("two, without a window", "headless", (BASE, HEAD)),
    Scene("two, in the window", "window", (BASE, HEAD)),
    Scene("one, in the window", "window", (HEAD,)),
)


@click.command()
@click.option("--images", type=click.IntRange(100, 50_000), default=50_000, show_default=True)
@click.option("--apart", type=click.IntRange(1, 25), default=20, show_default=True)
@click.option("--rounds", type=click.IntRange(1), default=3, show_default=True)
def main(images: int, apart: int, rounds: int) -> None:
    """Open snapshots of many images, each time in a new process with empty caches."""
    try:
        click.echo(machine(locate_engine(), os.cpu_count() or 2))
    except EngineUnavailable as error:
        raise click.ClickException(str(error)) from error
    click.echo("… drawing the snapshots", err=True)
    content = snapshots(images, apart)
    size = sum(map(len, content.manifests.values())) / len(content.manifests) / 1e6
    click.echo(f"corpus   {images:,} images each, {3 * apart} apart; {size:.1f} MB per manifest\n")
    heading = f"{'opened':<24}{'rows':>7}{'listed s':>10}{'all s':>8}{'peak MB':>9}{'at first':>9}"
    click.echo(f"{heading}  asked for")
    with served(content) as server:
        for scene in SCENES:
            click.echo(_line(scene, [_run(scene, server) for _ in range(rounds)]))


def _run(scene: Scene, server: Served) -> tuple[Taken, Sequence[str]]:
    """What it took, and which images were asked for besides the manifests."""
    del server.asked[:]
    with tempfile.TemporaryDirectory(prefix="snapreview-benchmark-") as scratch:
        own = {f"SNAPREVIEW_{kind}_DIR": scratch for kind in ("CACHE", "DATA", "CONFIG")}
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.opening.scenes", scene.name]
            + [server.url + path for path in scene.paths],
            cwd=_ROOT,
            env={**os.environ, **own, "NO_PROXY": "127.0.0.1"},
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise click.ClickException(f"{scene.title}: {done.stderr.strip()}")
    taken = Taken(**json.loads(done.stdout))
    return taken, required(scene, taken, server.asked)


def required(scene: Scene, taken: Taken, asked: Sequence[str]) -> Sequence[str]:
    """The images among what was asked for. Anything that nobody sees ends it all."""
    images = [path for path in asked if path.startswith(IMAGES)]
    others = sorted(path for path in asked if not path.startswith(IMAGES))
    needless = {path.removeprefix(IMAGES) for path in images} - set(taken.near)
    if others != sorted(scene.paths) or needless:
        raise click.ClickException(
            f"{scene.title}: asked for {len(others)} other things, and for {len(images)} images,"
            f" {len(needless)} of which are not in sight."
        )
    return sorted(set(images))


def _line(scene: Scene, runs: Sequence[tuple[Taken, Sequence[str]]]) -> str:
    """The fastest of each, and the most memory."""
    taken = [one for one, _ in runs]
    listed, settled = min(t.opened for t in taken), min(t.settled for t in taken)
    peak, before = (_megabytes([getattr(t, name) for t in taken]) for name in ("peak", "before"))
    images = max(len(asked) for _, asked in runs)
    manifests = f"{len(scene.paths)} manifest{'s' if len(scene.paths) > 1 else ''}"
    asked = f"{manifests}, {images} images in sight" if images else f"{manifests} and nothing else"
    return (
        f"{scene.title:<24}{taken[0].rows:>7,}{listed:>10.2f}{settled:>8.2f}{peak:>9}{before:>9}"
        f"  {asked}"
    )


def _megabytes(values: Sequence[float | None]) -> str:
    known = [value for value in values if value is not None]
    return f"{max(known):.0f}" if known else "unknown"


if __name__ == "__main__":
    main()
