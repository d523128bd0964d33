"""The shared pictures come out as their truth.json says, judged by odiff and Pillow themselves."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from snapreview.engine.locate import locate_engine
from snapreview.engine.session import ReviewSession, Setup
from snapreview.engine.workbench import workbench
from snapreview.model.change import Change, Status
from snapreview.model.options import DiffOptions
from snapreview.stores.folder import FolderStore
from snapreview.stores.userdirs import user_dirs

DATA = Path(__file__).parents[2].parent / "shared" / "data"
pytestmark = pytest.mark.skipif(
    not (DATA / "truth.json").is_file(), reason="the shared pictures are not on this machine"
)


@dataclass(frozen=True)
class Outcome:
    rows: dict[str, Change]
    lists: dict[str, list[Any]]

    def row(self, name: str) -> Change:
        return self.rows[name]

    @property
    def pairs(self) -> list[dict[str, Any]]:
        """Those whose bytes differ."""
        return self.lists["changed"]


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    folder = tmp_path_factory.mktemp("shared data")
    names = ("CACHE", "DATA", "CONFIG")
    dirs = user_dirs({f"SNAPREVIEW_{name}_DIR": str(folder / name) for name in names})
    with workbench(locate_engine(), dirs) as tools:
        setup = Setup((FolderStore(DATA / "base"), FolderStore(DATA / "head")), tools)
        session = ReviewSession(lambda: setup, DiffOptions(), lambda _: None)
        try:
            rows = session.run().changes
        finally:
            session.close()
    lists = json.loads((DATA / "truth.json").read_text("utf-8"))["lists"]
    assert len(rows) == len({row.name for row in rows})
    return Outcome({row.name: row for row in rows}, lists)


def names(outcome: Outcome, status: Status) -> set[str]:
    return {row.name for row in outcome.rows.values() if row.status is status}


@cache
def pixels(side: str, name: str) -> np.ndarray:
    with Image.open(DATA / side / name) as image:
        return np.asarray(image.convert("RGBA"))


def alpha_differs(name: str) -> bool:
    base, head = pixels("base", name), pixels("head", name)
    return base.shape == head.shape and bool((base[..., 3] != head[..., 3]).any())


def odiff_count(odiff: Path, name: str, folder: Path) -> int:
    """What odiff's command line counts, at SnapReview's settings. 0 is a match."""
    files = [str(DATA / side / name) for side in ("base", "head")]
    options = ["--threshold=0.01", "--antialiasing", "--diff-mask", "--parsable-stdout"]
    command = [str(odiff), *files, str(folder / "out.png"), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode in {0, 22}, done.stderr
    return int(done.stdout.split(";")[0]) if done.returncode else 0


def test_every_image_is_in_one_row(outcome: Outcome) -> None:
    lists = outcome.lists
    heads = {row.head.name for row in outcome.rows.values() if row.head}
    bases = {row.base.name for row in outcome.rows.values() if row.base}
    both = {*lists["identical"], *(pair["path"] for pair in outcome.pairs)}
    renamed = lists["renamed"]
    assert heads == both | {*lists["added"], *(pair["to"] for pair in renamed)}
    assert bases == both | {*lists["removed"], *(pair["from"] for pair in renamed)}
    assert names(outcome, Status.ERRORED) == set()
    assert len(lists["identical"]) == 33
    assert len(outcome.pairs) == 89


def test_identical_images_are_unchanged(outcome: Outcome) -> None:
    for name in outcome.lists["identical"]:
        row = outcome.row(name)
        assert (row.status, row.is_subtle, row.diff) == (Status.UNCHANGED, False, None), name


def test_images_saved_anew_are_unchanged_and_not_subtle(outcome: Outcome) -> None:
    same = [pair for pair in outcome.pairs if not pair["size_changed"] and not pair["diff_px"]]
    assert len(same) == 6
    for pair in same:
        row = outcome.row(pair["path"])
        assert (row.status, row.is_subtle) == (Status.UNCHANGED, False), pair["path"]
        assert row.diff is not None, "its bytes differ, so it was compared"


def test_added_and_removed(outcome: Outcome) -> None:
    added, removed = set(outcome.lists["added"]), set(outcome.lists["removed"])
    assert (len(added), len(removed)) == (30, 15)
    assert names(outcome, Status.ADDED) == added
    assert names(outcome, Status.REMOVED) == removed


def test_renamed_with_their_pairing(outcome: Outcome) -> None:
    expected = {pair["to"]: pair["from"] for pair in outcome.lists["renamed"]}
    assert len(expected) == 17
    found = {name: outcome.row(name).previous_name for name in names(outcome, Status.RENAMED)}
    assert found == expected


def test_what_differs_is_changed_or_where_odiff_sees_nothing_subtle(
    outcome: Outcome, odiff_path: Path, tmp_path: Path
) -> None:
    subtle = 0
    differing = [pair for pair in outcome.pairs if pair["size_changed"] or pair["diff_px"]]
    assert len(differing) == 83
    for pair in differing:
        row = outcome.row(pair["path"])
        if row.status is Status.CHANGED:
            assert row.diff is not None
            assert row.diff.changed_pixels > 0
            assert row.diff.mask is not None
            continue
        assert row.is_subtle, pair["path"]
        assert row.subtle_pixels == pair["diff_px"], pair["path"]
        assert not pair["size_changed"], pair["path"]
        assert not alpha_differs(pair["path"]), pair["path"]
        assert odiff_count(odiff_path, pair["path"], tmp_path) == 0, pair["path"]
        subtle += 1
    assert subtle == sum(row.is_subtle for row in outcome.rows.values()) == 12


def test_what_only_alpha_tells_apart_is_changed_by_exactly_those_pixels(
    outcome: Outcome, odiff_path: Path, tmp_path: Path
) -> None:
    only_alpha = [row for row in outcome.rows.values() if row.diff and row.diff.alpha_changed]
    assert len(only_alpha) == 1
    (row,) = only_alpha
    assert row.status is Status.CHANGED
    assert odiff_count(odiff_path, row.name, tmp_path) == 0
    differs = pixels("base", row.name)[..., 3] != pixels("head", row.name)[..., 3]
    assert row.diff is not None
    assert row.diff.changed_pixels == int(differs.sum()) > 0


def is_opaque_png(name: str) -> bool:
    sides = ("base", "head")
    if any((DATA / side / name).read_bytes()[:4] != b"\x89PNG" for side in sides):
        return False
    return all(bool((pixels(side, name)[..., 3] == 255).all()) for side in sides)


def test_opaque_pngs_of_one_size_have_the_count_of_odiff(
    outcome: Outcome, odiff_path: Path, tmp_path: Path
) -> None:
    compared = 0
    for pair in outcome.pairs:
        name = pair["path"]
        if pair["size_changed"] or not is_opaque_png(name):
            continue
        diff = outcome.row(name).diff
        assert diff is not None, name
        assert diff.changed_pixels == odiff_count(odiff_path, name, tmp_path), name
        assert diff.changed_pixels <= pair["diff_px"], name
        compared += 1
    assert compared > 40


def test_images_of_different_sizes_count_all_that_only_one_has(outcome: Outcome) -> None:
    resized = [pair for pair in outcome.pairs if pair["size_changed"]]
    assert len(resized) == 13
    for pair in resized:
        diff = outcome.row(pair["path"]).diff
        assert diff is not None
        assert diff.size_changed
        assert diff.canvas == tuple(pair["canvas"])
        outside = pair["px_outside_overlap"]
        assert outside <= diff.changed_pixels <= outside + pair["diff_px_in_overlap"]
