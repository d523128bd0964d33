from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from snapreview import __version__
from snapreview.export.report import report, write_report
from snapreview.model.change import Change, ImageDiff, Status
from snapreview.model.decision import Decision, Verdict
from snapreview.model.errors import ExportError
from snapreview.model.manifest import ImageRecord, Manifest

from .makers import comparison

BASE = ImageRecord("a.png", sha256="b" * 64, width=100, height=50)
HEAD = ImageRecord(
    "a.png",
    sha256="c" * 64,
    width=100,
    height=60,
    display_name="Home",
    group="Start",
    description="The first screen",
    tags={"locale": "de"},
)
SAME = replace(BASE, name="same.png")
DIFF = ImageDiff((100, 60), 7, size_changed=True, regions=((1, 2, 3, 4), (0, 0, 1, 1)))
CHANGED = Change("a.png", Status.CHANGED, BASE, HEAD, DIFF)
ROWS = (
    Change("z.png", Status.SKIPPED, base=replace(BASE, name="z.png")),
    Change("same.png", Status.UNCHANGED, SAME, SAME),
    Change(
        "subtle.png",
        Status.UNCHANGED,
        replace(BASE, name="subtle.png"),
        replace(BASE, name="subtle.png", sha256="d" * 64),
        ImageDiff((100, 50), subtle_pixels=112),
    ),
    Change("new.png", Status.ADDED, head=ImageRecord("new.png")),
    Change("bad.png", Status.ERRORED, BASE, HEAD, error="It is damaged."),
    Change("to.png", Status.RENAMED, BASE, HEAD, previous_name="from.png"),
    Change("gone.png", Status.REMOVED, base=BASE),
    CHANGED,
)


def read(*arguments: Any) -> dict[str, Any]:
    return json.loads(b"".join(report(*arguments)))


def test_a_report_has_exactly_the_fields_of_schema_1() -> None:
    result = read(comparison([CHANGED]))
    assert result == {
        "schema": 1,
        "complete": True,
        "tool": {"name": "snapreview", "version": __version__, "engine": "odiff 4.5.0"},
        "base": {"source": "old", "snapshot_id": "1", "image_count": 1},
        "head": {"source": "new", "snapshot_id": "2", "image_count": 1},
        "options": {
            "threshold": 0.01,
            "antialiasing": True,
            "diff_threshold": None,
            "max_pixels": 100_000_000,
        },
        "summary": {
            "total": 1,
            "changed": 1,
            "errored": 0,
            "removed": 0,
            "added": 0,
            "renamed": 0,
            "unchanged": 0,
            "skipped": 0,
            "subtle": 0,
            "elapsed_seconds": 1.5,
        },
        "images": [
            {
                "name": "a.png",
                "status": "changed",
                "previous_name": None,
                "display_name": "Home",
                "group": "Start",
                "description": "The first screen",
                "tags": {"locale": "de"},
                "base": {"content_hash": "b" * 64, "width": 100, "height": 50},
                "head": {"content_hash": "c" * 64, "width": 100, "height": 60},
                "size_changed": True,
                "canvas": [100, 60],
                "changed_pixels": 7,
                "diff_ratio": 7 / 6000,
                "subtle_pixels": 0,
                "regions": [[1, 2, 3, 4], [0, 0, 1, 1]],
                "error": None,
            }
        ],
    }


def test_every_row_is_there_once_in_the_order_of_the_list() -> None:
    result = read(comparison(ROWS))
    assert [image["name"] for image in result["images"]] == [
        "a.png", "bad.png", "gone.png", "new.png", "to.png", "subtle.png", "same.png", "z.png",
    ]  # fmt: skip
    assert result["summary"]["total"] == 8
    assert result["summary"]["unchanged"] == 2
    assert result["summary"]["subtle"] == 1
    assert result["complete"]


def test_what_is_not_known_is_null() -> None:
    images = {image["name"]: image for image in read(comparison(ROWS))["images"]}
    assert images["new.png"]["base"] is None
    assert images["new.png"]["head"] == {"content_hash": None, "width": None, "height": None}
    assert images["new.png"]["canvas"] is None
    assert images["gone.png"]["head"] is None
    assert images["to.png"]["previous_name"] == "from.png"
    assert images["subtle.png"]["subtle_pixels"] == 112
    assert images["bad.png"]["error"] == "It is damaged."
    assert images["bad.png"]["size_changed"]  # both sizes are known although nothing was measured


def test_a_report_made_too_early_says_so() -> None:
    pending = Change("p.png", Status.PENDING, BASE, HEAD)
    assert read(comparison([pending]))["complete"] is False


def test_a_report_on_disk_is_utf_8_json(tmp_path: Path) -> None:
    strange = replace(HEAD, description="Grüße \ud83d ☕")
    path = tmp_path / "report.json"
    write_report(path, comparison([replace(CHANGED, head=strange)]))
    data = path.read_bytes()
    assert "Grüße" in data.decode("utf-8")
    assert json.loads(data)["images"][0]["description"] == "Grüße \ud83d ☕"
    assert list(tmp_path.iterdir()) == [path]


def test_numbers_that_json_does_not_have_are_refused() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        read(replace(comparison([]), elapsed_seconds=float("nan")))


def test_a_report_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="folder does not exist"):
        write_report(tmp_path / "nowhere" / "report.json", comparison([]))
    with pytest.raises(ExportError, match="was not written"):
        write_report(tmp_path, comparison([]))


def test_an_old_report_stays_when_the_new_one_cannot_be_made(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text("old")
    with pytest.raises(ValueError, match="not JSON compliant"):
        write_report(path, replace(comparison([]), elapsed_seconds=float("inf")))
    assert path.read_text() == "old"


def test_an_empty_comparison_is_complete() -> None:
    empty = replace(comparison([]), base=Manifest("old", {}), head=Manifest("new", {}))
    assert read(empty)["images"] == []
    assert read(empty)["base"]["snapshot_id"] is None


def test_what_was_decided_stands_with_its_image() -> None:
    decisions = {
        "a.png": Decision(Verdict.REJECTED, "Grüße", "2026-03-05T14:02:11Z"),
        "new.png": Decision(note="Whose is it?"),
        "gone.png": Decision(decided="2026-03-05T14:02:11Z"),  # said, and taken back
        "elsewhere.png": Decision(Verdict.APPROVED),
    }
    result = read(comparison(ROWS), decisions)
    told = {i["name"]: i["decision"] for i in result["images"] if "decision" in i}
    assert told == {
        "a.png": {"verdict": "rejected", "note": "Grüße", "decided": "2026-03-05T14:02:11Z"},
        "new.png": {"verdict": None, "note": "Whose is it?", "decided": None},
    }
    assert result["schema"] == 1
