"""snapreview compare: exit codes, options, and what is written."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from tests.cli.conftest import Cli
from tests.cli.program import (
    MARKED,
    PLAIN,
    Content,
    Outcome,
    Targets,
    image_set,
    scripted_odiff,
)
from tests.engine.images import dotted, flat
from tests.engine.odiffs import posix

OTHER = flat(colour=90)
SUBTLE = dotted(PLAIN, 199, (7, 7))
"""PLAIN with a pixel that odiff at 0.01 takes for the same."""


class Sets:
    """Runs comparisons of small sets."""

    def __init__(self, cli: Cli, folder: Path) -> None:
        self._cli = cli
        self._folder = folder

    def compare(
        self, base: dict[str, Content], head: dict[str, Content], *options: object
    ) -> Outcome:
        arguments = image_set(self._folder / "base", base), image_set(self._folder / "head", head)
        return self._cli("compare", *arguments, *options)


@pytest.fixture
def sets(cli: Cli, tmp_path: Path) -> Sets:
    return Sets(cli, tmp_path)


def test_equal_sets_end_with_0_and_a_report(sets: Sets, targets: Targets):
    done = sets.compare({"a.png": PLAIN, "b.png": OTHER}, {"a.png": PLAIN, "b.png": OTHER})
    assert (done.code, done.err) == (0, "")
    assert "2 images" in done.out
    assert "unchanged" in done.out


DIFFERENCES = {
    "changed": ({"a.png": PLAIN}, {"a.png": MARKED}),
    "errored": ({"a.png": PLAIN}, {"a.png": b"no image"}),
    "removed": ({"a.png": PLAIN, "b.png": OTHER}, {"a.png": PLAIN}),
    "added": ({"a.png": PLAIN}, {"a.png": PLAIN, "b.png": OTHER}),
    "renamed": ({"a.png": PLAIN, "b.png": OTHER}, {"a.png": PLAIN, "c.png": OTHER}),
}


@pytest.mark.parametrize("status", DIFFERENCES)
def test_a_single_difference_ends_with_1_or_0_when_asked(sets: Sets, targets: Targets, status: str):
    plain = sets.compare(*DIFFERENCES[status], "--json", targets.json)
    assert plain.code == 1
    assert status in plain.out
    assert targets.report()["summary"][status] == 1
    assert sets.compare(*DIFFERENCES[status], "--exit-zero").code == 0


def test_subtle_is_unchanged_and_told(sets: Sets, targets: Targets):
    done = sets.compare({"a.png": PLAIN}, {"a.png": SUBTLE}, "--json", targets.json)
    assert done.code == 0
    assert "of which subtle" in done.out
    (image,) = targets.report()["images"]
    assert (image["status"], image["subtle_pixels"], image["changed_pixels"]) == ("unchanged", 1, 0)


def test_the_table_counts_and_names_what_is_to_be_looked_at(sets: Sets):
    base = {"a.png": PLAIN, "b.png": OTHER, "same.png": flat(colour=1)}
    head = {"a.png": MARKED, "c.png": OTHER, "same.png": flat(colour=1)}
    done = sets.compare(base, head)
    assert "changed  a.png  0.25" in done.out
    assert "renamed  b.png → c.png" in done.out
    assert "same.png" not in done.out


def test_two_images_are_compared_whatever_their_names(cli: Cli, targets: Targets, tmp_path: Path):
    image_set(tmp_path, {"old.png": PLAIN, "new.png": MARKED})
    done = cli("compare", tmp_path / "old.png", tmp_path / "new.png", "--json", targets.json)
    assert done.code == 1
    assert targets.statuses() == {"new.png": "changed"}


def entries(targets: Targets) -> set[str]:
    with zipfile.ZipFile(targets.zip) as archive:
        assert archive.testzip() is None
        return set(archive.namelist()) - {"manifest.json"}


MIXED = (
    {"a.png": PLAIN, "gone.png": OTHER, "same.png": flat(colour=1), "subtle.png": PLAIN},
    {"a.png": MARKED, "new.png": flat((9, 9)), "same.png": flat(colour=1), "subtle.png": SUBTLE},
)


def test_the_zip_has_all_parts_of_all_that_differs(sets: Sets, targets: Targets):
    assert sets.compare(*MIXED, "--zip", targets.zip).code == 1
    changed = {f"{part}/a.png" for part in ("base", "head", "diff", "overlay")}
    assert entries(targets) == {*changed, "base/gone.png", "head/new.png"}


def test_the_zip_has_the_parts_and_statuses_that_are_asked_for(sets: Sets, targets: Targets):
    sets.compare(*MIXED, "--zip", targets.zip, "--include", "head, diff", "--status", "changed")
    assert entries(targets) == {"head/a.png", "diff/a.png"}


def test_subtle_is_a_status_of_its_own_in_the_zip(sets: Sets, targets: Targets):
    sets.compare(*MIXED, "--zip", targets.zip, "--include", "base,head", "--status", "subtle")
    assert entries(targets) == {"base/subtle.png", "head/subtle.png"}


@pytest.mark.parametrize(
    "options",
    [
        ("--threshold", "-1"),
        ("--threshold", "2"),
        ("--threshold", "nan"),
        ("--threshold", "inf"),
        ("--threshold", "much"),
        ("--diff-threshold", "nan"),
        ("--diff-threshold", "-0.1"),
        ("--max-pixels", "0"),
        ("--workers", "0"),
        ("--workers", "257"),
        ("--include", "mask"),
        ("--include", ","),
        ("--status", "changed,broken"),
        ("--frobnicate",),
    ],
)
def test_options_without_sense_end_with_2(sets: Sets, targets: Targets, options: tuple[str, ...]):
    done = sets.compare({"a.png": PLAIN}, {"a.png": MARKED}, *targets.options, *options)
    assert (done.code, done.out) == (2, "")
    assert options[0] in done.err
    assert "Error: " in done.err
    assert "Traceback" not in done.err
    assert list(targets.folder.iterdir()) == []


@pytest.mark.parametrize("option", ["--json", "--zip"])
def test_a_target_that_cannot_be_is_told_before_anything_is_compared(
    sets: Sets, targets: Targets, option: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("SNAPREVIEW_ODIFF", "is not asked")
    pair = {"a.png": PLAIN}, {"a.png": MARKED}
    missing = targets.folder / "missing" / "file"
    for target, word in ((targets.folder, "is a folder"), (missing, "does not exist")):
        done = sets.compare(*pair, option, target)
        assert done.code == 2
        assert word in done.err
    assert list(targets.folder.iterdir()) == []


def test_report_and_zip_need_two_files(sets: Sets, targets: Targets):
    same = targets.folder / "." / "report.json"
    done = sets.compare({"a.png": PLAIN}, {"a.png": MARKED}, "--json", targets.json, "--zip", same)
    assert done.code == 2
    assert "the same file" in done.err
    assert list(targets.folder.iterdir()) == []


def test_threshold_is_how_different_two_colours_must_be(sets: Sets, targets: Targets):
    pair = {"a.png": PLAIN}, {"a.png": SUBTLE}
    changed = {}
    for threshold in ("0", "0.01"):
        sets.compare(*pair, "--threshold", threshold, "--json", targets.json)
        changed[threshold] = targets.report()["images"][0]["changed_pixels"]
        assert targets.report()["options"]["threshold"] == float(threshold)
    assert changed == {"0": 1, "0.01": 0}


def line(shift: int) -> Image.Image:
    """A slanted line with soft edges, an eighth of a pixel further right for each `shift`."""
    large = Image.new("L", (320, 240), 255)
    ImageDraw.Draw(large).line((shift, 0, 320 + shift, 170), fill=0, width=16)
    return large.resize((40, 30), Image.Resampling.BOX)


def test_antialiased_pixels_count_when_asked(sets: Sets, targets: Targets):
    pair = {"a.png": line(0)}, {"a.png": line(1)}
    counts = []
    for options in ([], ["--no-antialiasing"]):
        sets.compare(*pair, *options, "--json", targets.json)
        assert targets.report()["options"]["antialiasing"] is not bool(options)
        counts.append(targets.report()["images"][0]["changed_pixels"])
    assert 0 < counts[0] < counts[1]


@pytest.mark.parametrize(("share", "code"), [("0.0025", 0), ("0.00249", 1)])
def test_diff_threshold_is_the_share_that_is_still_unchanged(
    sets: Sets, targets: Targets, share: str, code: int
):
    done = sets.compare(
        {"a.png": PLAIN}, {"a.png": MARKED}, "--diff-threshold", share, "--json", targets.json
    )
    assert done.code == code
    assert targets.report()["options"]["diff_threshold"] == float(share)
    assert targets.report()["images"][0]["changed_pixels"] == 3
    assert targets.report()["summary"]["subtle"] == (1 if code == 0 else 0)


@pytest.mark.parametrize(("limit", "status"), [(1200, "changed"), (1199, "errored")])
def test_max_pixels_is_the_largest_canvas(sets: Sets, targets: Targets, limit: int, status: str):
    sets.compare({"a.png": PLAIN}, {"a.png": MARKED}, "--max-pixels", limit, "--json", targets.json)
    assert targets.statuses() == {"a.png": status}
    assert targets.report()["options"]["max_pixels"] == limit


@posix
@pytest.mark.parametrize("workers", [1, 3])
def test_as_many_odiffs_work_as_are_asked_for(
    sets: Sets, tmp_path: Path, workers: int, monkeypatch: pytest.MonkeyPatch
):
    """Each waits until all have started: with fewer, this would not end."""
    starts = tmp_path / "starts"
    odiff = scripted_odiff(
        tmp_path,
        [
            'echo $$ >> "$folder/starts"',
            f'until [ "$(wc -l < "$folder/starts")" -ge {workers} ]; do :; done',
            'exec "$real" --server',
        ],
    )
    monkeypatch.setenv("SNAPREVIEW_ODIFF", str(odiff))
    names = [f"{number}.png" for number in range(8)]
    done = sets.compare(
        dict.fromkeys(names, PLAIN),
        {name: dotted(PLAIN, 0, (place, 1)) for place, name in enumerate(names)},
        "--workers",
        workers,
    )
    assert done.code == 1
    assert len(starts.read_text().split()) == workers


def test_without_an_engine_there_is_no_comparison(
    sets: Sets, targets: Targets, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("SNAPREVIEW_ODIFF", str(tmp_path / "missing"))
    done = sets.compare({"a.png": PLAIN}, {"a.png": PLAIN}, *targets.options, "--exit-zero")
    assert (done.code, done.out) == (2, "")
    assert "SNAPREVIEW_ODIFF" in done.sentence()
    assert list(targets.folder.iterdir()) == []
