"""The JSON report of a run: schema 1, every row once, in the order of the list."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Cli
from tests.cli.program import MARKED, PLAIN, Targets, image_set
from tests.engine.images import dotted, flat
from tests.servers import static_server

NUMBER = (int, float)
TEXT = (str, type(None))
SIZE = (int, type(None))

REPORT = {
    "schema": int,
    "complete": bool,
    "tool": dict,
    "base": dict,
    "head": dict,
    "options": dict,
    "summary": dict,
    "images": list,
}
TOOL = {"name": str, "version": str, "engine": str}
SNAPSHOT = {"source": str, "snapshot_id": TEXT, "image_count": int}
OPTIONS = {
    "threshold": NUMBER,
    "antialiasing": bool,
    "diff_threshold": (*NUMBER, type(None)),
    "max_pixels": int,
}
STATUSES = ("changed", "errored", "removed", "added", "renamed", "unchanged", "skipped")
SUMMARY = {"total": int, **dict.fromkeys(STATUSES, int), "subtle": int, "elapsed_seconds": NUMBER}
IMAGE = {
    "name": str,
    "status": str,
    "previous_name": TEXT,
    "display_name": TEXT,
    "group": TEXT,
    "description": TEXT,
    "tags": dict,
    "base": (dict, type(None)),
    "head": (dict, type(None)),
    "size_changed": bool,
    "canvas": (list, type(None)),
    "changed_pixels": int,
    "diff_ratio": NUMBER,
    "subtle_pixels": int,
    "regions": list,
    "error": TEXT,
}
SIDE = {"content_hash": TEXT, "width": SIZE, "height": SIZE}

META = {"display_name": "Cart", "group": "Shop", "description": "Full", "tags": {"theme": "dark"}}
BASE = {
    "big.png": flat((20, 20), 200),
    "small.png": PLAIN,
    "grown.png": PLAIN,
    "broken.png": PLAIN,
    "gone.png": flat(colour=11),
    "old name.png": flat(colour=22),
    "subtle.png": PLAIN,
    "same.png": flat(colour=33),
    "same too.png": flat(colour=34),
    "not tested.png": flat(colour=44),
}
HEAD = {
    "big.png": dotted(flat((20, 20), 200), 0, *((x, 2) for x in range(10))),
    "small.png": MARKED,
    "small.json": json.dumps(META).encode(),
    "grown.png": flat((40, 31)),
    "broken.png": b"no image",
    "new.png": flat(colour=55),
    "new name.png": flat(colour=22),
    "subtle.png": dotted(PLAIN, 199, (7, 7)),
    "same.png": flat(colour=33),
    "same too.png": flat(colour=34),
}
UNTESTED = "not tested.png"


def typed(value: dict[str, Any], shape: dict[str, Any]) -> None:
    """The very keys of `shape`, and values of its types: true is no number."""
    assert list(value) == list(shape)
    for key, kind in shape.items():
        assert isinstance(value[key], kind), key
        assert kind is bool or not isinstance(value[key], bool), key


@pytest.fixture
def run(cli: Cli, targets: Targets, tmp_path: Path) -> Targets:
    """A comparison that has a row of every status, of folders and a published snapshot."""
    base = image_set(tmp_path / "base", BASE)
    manifest = tmp_path / "root" / "snapshots" / "pr-7" / "manifest.json"
    images = {k: v for k, v in HEAD.items() if k != "broken.png"}
    image_set(tmp_path / "publish", images)
    assert cli("publish", tmp_path / "publish", tmp_path / "root", "--id", "pr-7").code == 0
    document = json.loads(manifest.read_bytes())
    wrong = {"content_hash": "0" * 64, "width": 40, "height": 30}
    names = sorted(BASE.keys() - {"gone.png", "old name.png"})
    document |= {
        "images": {**document["images"], "broken.png": wrong},
        "all_image_file_names": [*names, "new.png", "new name.png"],
    }
    manifest.write_text(json.dumps(document))
    with static_server(tmp_path / "root") as address:
        assert cli("compare", base, f"{address}/snapshots/pr-7", *targets.options).code == 1
    return targets


def test_keys_and_types_are_those_of_schema_1(run: Targets):
    report = run.report()
    typed(report, REPORT)
    typed(report["tool"], TOOL)
    typed(report["base"], SNAPSHOT)
    typed(report["head"], SNAPSHOT)
    typed(report["options"], OPTIONS)
    typed(report["summary"], SUMMARY)
    for image in report["images"]:
        typed(image, IMAGE)
        assert all(isinstance(tag, str) for tag in image["tags"].values())
        for side in (image["base"], image["head"]):
            if side is not None:
                typed(side, SIDE)
        for box in image["regions"]:
            assert [type(value) for value in box] == [int] * 4


def test_values_are_what_was_compared(run: Targets):
    report = run.report()
    assert (report["schema"], report["complete"]) == (1, True)
    assert report["tool"]["name"] == "snapreview"
    assert report["tool"]["engine"].startswith("odiff 4.")
    assert report["base"]["snapshot_id"] is None
    assert report["base"]["image_count"] == len(BASE)
    assert report["head"]["source"].endswith("/snapshots/pr-7")
    assert report["head"]["snapshot_id"] == "pr-7"
    assert report["options"] == {
        "threshold": 0.01,
        "antialiasing": True,
        "diff_threshold": None,
        "max_pixels": 100_000_000,
    }


def test_every_row_is_there_once_and_in_order(run: Targets):
    rows = [(image["status"], image["name"]) for image in run.report()["images"]]
    assert rows == [
        ("changed", "grown.png"),
        ("changed", "big.png"),
        ("changed", "small.png"),
        ("errored", "broken.png"),
        ("removed", "gone.png"),
        ("added", "new.png"),
        ("renamed", "new name.png"),
        ("unchanged", "subtle.png"),
        ("unchanged", "same too.png"),
        ("unchanged", "same.png"),
        ("skipped", UNTESTED),
    ]


def test_the_summary_counts_the_rows(run: Targets):
    report = run.report()
    summary = report["summary"]
    assert summary["total"] == len(report["images"]) == 11
    for status in STATUSES:
        assert summary[status] == sum(i["status"] == status for i in report["images"])
    assert summary["subtle"] == 1
    assert summary["elapsed_seconds"] > 0


def test_a_row_says_what_was_measured(run: Targets):
    images = {image["name"]: image for image in run.report()["images"]}
    small = images["small.png"]
    assert {key: small[key] for key in META} == META
    assert small["canvas"] == [40, 30]
    assert (small["changed_pixels"], small["diff_ratio"]) == (3, 3 / 1200)
    assert small["regions"] == [[3, 5, 3, 1]]
    assert len(small["base"]["content_hash"]) == len(small["head"]["content_hash"]) == 64
    assert (small["size_changed"], images["grown.png"]["size_changed"]) == (False, True)
    assert images["new name.png"]["previous_name"] == "old name.png"
    assert (images["gone.png"]["head"], images["new.png"]["base"]) == (None, None)
    assert images["broken.png"]["error"].endswith(".")
    assert images["broken.png"]["canvas"] is None
    assert [i["name"] for i in images.values() if i["error"]] == ["broken.png"]


def test_the_zip_has_the_report_of_what_is_in_it(run: Targets):
    with zipfile.ZipFile(run.zip) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        files = set(archive.namelist()) - {"manifest.json"}
    missing, images = manifest.pop("missing"), manifest["images"]
    typed(manifest, REPORT)
    reported = {image["name"]: image for image in run.report()["images"]}
    for image in images:
        files -= set(image.pop("files").values())
        assert image == reported[image["name"]]
    assert not files
    shown = [n for n, i in reported.items() if i["status"] not in ("unchanged", "skipped")]
    assert [image["name"] for image in images] == shown
    assert ("broken.png", "head") in {(m["name"], m["part"]) for m in missing}
