"""Draws every mode and state of the window, light and dark, at both scales.

python -m tests.references.draw FOLDER            into a folder, to look at
python -m tests.references.draw FOLDER --only modes --scale 2
python -m tests.references.draw --accept          and keep them as what is right
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from operator import itemgetter
from pathlib import Path

from . import keeping
from .artist import all_scenes
from .surroundings import SCALES, environment, lacking

ROOT = Path(__file__).resolve().parents[2]
_ARTIST = sys.executable, "-X", "faulthandler", "-m", "tests.references.artist"
_SECONDS = 240


class DrawingFailed(Exception):
    """A process that draws has ended otherwise than it should."""


def draw(
    folder: Path,
    scales: Iterable[int] = SCALES,
    names: Sequence[str] = (),
) -> None:
    """Draw these scenes, or all, into folders like `light-2x`. Raises DrawingFailed."""
    wanted = list(names) or list(all_scenes())
    # Twice as large takes twice as long: by two processes, each with every other scene.
    jobs = [(scale, wanted[first::scale]) for scale in scales for first in range(scale)]
    with ThreadPoolExecutor(len(jobs)) as pool:
        list(pool.map(lambda job: _draw_at(folder.resolve(), *job), filter(itemgetter(1), jobs)))


def _draw_at(folder: Path, scale: int, names: Sequence[str]) -> None:
    with tempfile.TemporaryDirectory(prefix="snapreview-drawing-") as place:
        environ = environment(scale, Path(place), ROOT)
        (work := Path(place) / "work").mkdir()
        done = subprocess.run(
            [*_ARTIST, str(folder), str(scale), *names],
            cwd=work,
            env=environ,
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
    if done.returncode:
        raise DrawingFailed(f"At {scale}×: {done.returncode}, {done.stdout}{done.stderr}")


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.references.draw")
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--scale", type=int, choices=SCALES, nargs="+", default=SCALES)
    parser.add_argument("--only", choices=all_scenes(), nargs="+", default=(), metavar="SCENE")
    parser.add_argument("--accept", action="store_true", help="keep all of them")
    asked = parser.parse_args(arguments)
    if reason := lacking():
        parser.error(reason)
    if asked.accept == bool(asked.folder):
        parser.error("Name a folder, or say --accept.")
    if asked.folder:
        draw(asked.folder, asked.scale, asked.only)
        return 0
    with tempfile.TemporaryDirectory(prefix="snapreview-references-") as folder:
        draw(Path(folder))
        for name in keeping.accept(Path(folder), keeping.kept()):
            print(name)
    size = sum(path.stat().st_size for path in keeping.kept().rglob("*.webp"))
    print(f"{keeping.kept()}: {size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
