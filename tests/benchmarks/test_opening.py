"""The benchmark of opening runs, reports all scenes, and tells what is fetched in vain."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import click
import pytest

from benchmarks.opening.__main__ import SCENES, required
from benchmarks.opening.scenes import Taken
from benchmarks.opening.serving import served
from benchmarks.opening.snapshots import BASE, HEAD, IMAGES, snapshots

ROOT = Path(__file__).resolve().parents[2]
TAKEN = Taken(rows=3, opened=1.0, settled=1.0, before=None, peak=None, near=("aa",))


@pytest.mark.slow
def test_every_scene_has_its_line() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.opening", "--images", "400", "--rounds", "1"],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    alone, pair, one = done.stdout.splitlines()[-len(SCENES) :]
    figure = r"(\d+(\.\d+)?|unknown)"
    for line, scene, rows in ((alone, 0, 420), (pair, 1, 60), (one, 2, 400)):
        start = rf"{SCENES[scene].title}\s+{rows}\s+{figure}\s+{figure}\s+{figure}\s+{figure}  "
        assert re.match(start, line), line
    assert alone.endswith("2 manifests and nothing else")
    assert re.search(r"2 manifests, \d+ images in sight$", pair)
    assert re.search(r"1 manifest, \d+ images in sight$", one)


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param([BASE, HEAD, f"{IMAGES}bb"], id="an image that nobody sees"),
        pytest.param([BASE, HEAD, HEAD], id="a manifest twice"),
        pytest.param([BASE], id="too little"),
        pytest.param([BASE, HEAD, "/"], id="something else"),
    ],
)
def test_what_is_fetched_in_vain_ends_it(asked: list[str]) -> None:
    with pytest.raises(click.ClickException):
        required(SCENES[1], TAKEN, asked)


def test_what_is_in_sight_may_be_fetched() -> None:
    assert required(SCENES[1], TAKEN, [BASE, HEAD, f"{IMAGES}aa"]) == [f"{IMAGES}aa"]


def test_the_server_answers_and_takes_notes() -> None:
    content = snapshots(10, 2)
    digest = next(iter(content.numbers))
    with served(content) as server:
        for path in (BASE, f"{IMAGES}{digest}"):
            with urlopen(server.url + path) as answer:
                assert answer.read() == content.answer(path)
        assert server.asked == [BASE, f"{IMAGES}{digest}"]
