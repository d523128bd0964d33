"""Reviews from beginning to end, by keys alone and by mouse, as a user would do them.

What came of them is read from disk, by other means than the application's.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Collection
from pathlib import Path
from zipfile import ZipFile

import pytest

from . import coming_back, keyboard_review, mouse_review
from .pairs import CHANGED, LISTED, Pairs
from .program import Program

XVFB = pytest.mark.parametrize("platform", ["xcb"])
OFFSCREEN = pytest.mark.parametrize("platform", ["offscreen"])
BOTH = pytest.mark.parametrize("platform", ["xcb", "offscreen"])


def verdicts_expected(approved: Collection[str], rejected: Collection[str]) -> dict[str, str]:
    said = dict.fromkeys(approved, "approved") | dict.fromkeys(rejected, "rejected")
    return {name: said.get(name, "unreviewed") for name in LISTED}


def check_zip(target: Path, verdicts: dict[str, str], notes: dict[str, str]) -> None:
    """The manifest, the table and the page say what was decided; all images are there."""
    with ZipFile(target) as archive:
        assert archive.testzip() is None
        images = json.loads(archive.read("manifest.json"))["images"]
        table = list(csv.DictReader(io.StringIO(archive.read("decisions.csv").decode("utf-8-sig"))))
        page = archive.read("index.html").decode()
        files = set(archive.namelist())
    assert [image["name"] for image in images] == list(LISTED)
    decided = {image["name"]: image.get("decision", {}) for image in images}
    assert {n: d.get("verdict") or "unreviewed" for n, d in decided.items()} == verdicts
    assert {n: d["note"] for n, d in decided.items() if d.get("note")} == notes
    assert {row["name"]: row["verdict"] for row in table} == verdicts
    assert {row["name"]: row["note"] for row in table if row["note"]} == notes
    assert all(note in page for note in notes.values())
    parts = ("base", "head", "diff", "overlay")
    assert {f"{part}/{name}" for part in parts for name in CHANGED} <= files


def review_by_keys(program: Program, pairs: Pairs, target: Path) -> dict[str, str]:
    """Reviewed and exported; returns the verdicts."""
    said = program.run("keyboard_review", pairs.base, pairs.head, target)
    assert "presses: 0" in said.splitlines()
    verdicts = verdicts_expected(keyboard_review.APPROVED, keyboard_review.REJECTED)
    check_zip(target, verdicts, {keyboard_review.NOTED: keyboard_review.NOTE})
    return verdicts


@OFFSCREEN
def test_with_keys_alone(program: Program, pairs: Pairs, tmp_path: Path) -> None:
    review_by_keys(program, pairs, tmp_path / "out.zip")


@XVFB
def test_with_keys_alone_and_the_day_after(program: Program, pairs: Pairs, tmp_path: Path) -> None:
    """Reviewed, exported, closed; opened again, decided, killed; opened again."""
    verdicts = review_by_keys(program, pairs, tmp_path / "out.zip")
    program.kill_when(coming_back.KEPT, "coming_back")
    program.run("after_the_kill")
    decisions = program.folder / "DATA" / "decisions.sqlite"
    kept = {name: coming_back.verdict(decisions, name) or "unreviewed" for name in LISTED}
    assert kept == verdicts | {coming_back.LAST: "rejected"}


@BOTH
def test_by_mouse(program: Program, pairs: Pairs, tmp_path: Path) -> None:
    program.settings.parent.mkdir()
    recent = {"base": str(pairs.base), "head": str(pairs.head)}
    settings = {"recent": [recent], "export_folder": str(tmp_path)}
    program.settings.write_text(json.dumps(settings))
    said = program.run("mouse_review")
    assert "keys to: ['note']" in said.splitlines()
    verdicts = verdicts_expected(mouse_review.APPROVED, mouse_review.REJECTED)
    notes = {mouse_review.NOTED: mouse_review.NOTE}
    check_zip(tmp_path / "snapreview.zip", verdicts, notes)


@XVFB
def test_images_dragged_out_of_the_list_open_nothing(program: Program, pairs: Pairs) -> None:
    program.run("dragging", pairs.base, pairs.head)
