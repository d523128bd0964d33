"""snapreview demo where there is no display."""

from __future__ import annotations

import json
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from snapreview.display import window_problem
from snapreview.stores.resources import resource
from tests.cli.program import Outcome, finish, side_by_side, start

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is a display")

HEADER = 40
"""Rows at the top of the window in which no image is shown."""

EXPECTED = json.loads(resource("demo", "expected.json").read_bytes())


@dataclass(frozen=True)
class Demos:
    """Demos that ran at the same time: an ordinary one in a narrow terminal, and a dark one."""

    plain: Outcome
    dark: Outcome
    dark_picture: Path
    temporary: Path


def path_in(outcome: Outcome, word: str) -> Path:
    """The path that a line of its own tells."""
    (line,) = [line for line in outcome.out.splitlines() if line.startswith(f"{word}: ")]
    return Path(line.removeprefix(f"{word}: "))


@pytest.fixture(scope="module")
def demos(module_environment: Path, tmp_path_factory: pytest.TempPathFactory) -> Demos:
    # The paths are longer than the terminal is wide.
    folder = tmp_path_factory.mktemp("a-folder-with-a-name-that-no-line-has-room-for")
    picture = folder / "dark.png"
    narrow = {"TMPDIR": str(folder), "COLUMNS": "40"}
    own = {"SNAPREVIEW_CACHE_DIR": str(folder / "cache")}
    outcomes = side_by_side(
        {
            "plain": start("demo", environment=narrow),
            "dark": start(
                *("demo", "--screenshot", picture, "--theme", "dark"), environment=narrow | own
            ),
        }
    )
    return Demos(outcomes["plain"], outcomes["dark"], picture, folder)


def test_it_says_why_there_is_no_window_and_ends_with_0(demos: Demos):
    assert demos.plain.code == 0
    first, *others = demos.plain.err.splitlines()
    assert "DISPLAY" in first
    assert others == []


def test_it_prints_the_summary(demos: Demos):
    assert "changed" in demos.plain.out
    for new, old in EXPECTED["renamed"].items():
        assert f"renamed  {old} → {new}" in demos.plain.out


def test_it_writes_a_zip_of_what_differs(demos: Demos):
    path = path_in(demos.plain, "zip")
    assert path.is_relative_to(demos.temporary)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        manifest = json.loads(archive.read("manifest.json"))
        assert len(archive.namelist()) == 1 + sum(len(i["files"]) for i in manifest["images"])
    assert manifest["missing"] == []
    assert statuses(manifest) == expected()
    assert manifest["base"]["source"].startswith("http://127.0.0.1:")


def statuses(manifest: dict[str, Any]) -> dict[str, str]:
    return {image["name"]: image["status"] for image in manifest["images"]}


def expected() -> dict[str, str]:
    names = {status: EXPECTED[status] for status in ("changed", "added", "removed", "renamed")}
    return {name: status for status, some in names.items() for name in some}


def look(path: Path) -> np.ndarray[Any, Any]:
    """The grey values of a picture of a window."""
    with Image.open(path) as image:
        assert image.format == "PNG"
        assert image.width >= 800
        return np.asarray(image.convert("L"))


def is_drawn(picture: np.ndarray[Any, Any]) -> bool:
    """Whether there is something to see in each quarter."""
    rows, columns = (size // 2 for size in picture.shape)
    quarters = [
        half[:, place:][:, :columns]
        for half in (picture[:rows], picture[rows:])
        for place in (0, columns)
    ]
    return all(len(np.unique(quarter)) > 50 for quarter in quarters)


def test_it_takes_a_picture_of_the_window(demos: Demos):
    picture = look(path_in(demos.plain, "screenshot"))
    assert is_drawn(picture)
    assert np.median(picture[:HEADER]) > 128


def test_the_picture_can_be_dark_and_elsewhere(demos: Demos):
    assert demos.dark.code == 0
    assert path_in(demos.dark, "screenshot") == demos.dark_picture
    assert path_in(demos.dark, "zip").is_file()
    picture = look(demos.dark_picture)
    assert is_drawn(picture)
    assert np.median(picture[:HEADER]) < 128


def test_with_a_display_it_opens_the_window(
    x_server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("DISPLAY", x_server)
    if window_problem(False):
        pytest.skip("Qt lacks libraries for a display")
    picture = tmp_path / "window.png"
    done = finish(start("demo", "--screenshot", picture))
    assert (done.code, done.out, done.err) == (0, "", "")
    assert is_drawn(look(picture))


def test_only_the_results_stay(demos: Demos):
    kept = {path_in(outcome, "zip").parent for outcome in (demos.plain, demos.dark)}
    assert set(demos.temporary.glob("snapreview-demo-*")) == kept
