"""The same sets, published and fetched over HTTP with empty caches, give the same rows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from snapreview.stores.resources import resource
from tests.cli.conftest import Cli
from tests.cli.program import MARKED, PLAIN, Targets, image_set
from tests.engine.images import flat
from tests.servers import static_server

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"


def rows(report: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The rows by name."""
    return {image["name"]: image for image in report["images"]}


def folders_and_http(
    cli: Cli,
    targets: Targets,
    sets: tuple[Path, Path],
    store: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The reports of comparing `sets` and what was published of them, each with empty caches."""
    monkeypatch.setenv("SNAPREVIEW_CACHE_DIR", str(store / "cache-1"))
    code = cli("compare", *sets, "--json", targets.json).code
    local = targets.report()
    for name, folder in zip(("base", "head"), sets, strict=True):
        published = cli("publish", folder, store / "root", "--id", name)
        assert published.code == 0, published.err
    monkeypatch.setenv("SNAPREVIEW_CACHE_DIR", str(store / "cache-2"))
    with static_server(store / "root") as address:
        sources = [f"{address}/snapshots/{name}" for name in ("base", "head")]
        assert cli("compare", *sources, "--json", targets.json).code == code
    return local, targets.report()


def assert_same(local: dict[str, Any], fetched: dict[str, Any]) -> None:
    """The same rows in the same order; a folder may leave a hash or a size unknown."""
    assert list(rows(local)) == list(rows(fetched))
    for name, image in rows(local).items():
        other = rows(fetched)[name]
        for side in ("base", "head"):
            known = {key: value for key, value in (image.pop(side) or {}).items() if value}
            told = other.pop(side) or {}
            assert known.items() <= told.items(), name
        assert image == other
    for report in (local, fetched):
        report["summary"].pop("elapsed_seconds")
    for part in ("schema", "complete", "tool", "options", "summary"):
        assert local[part] == fetched[part]
    assert local["base"]["image_count"] == fetched["base"]["image_count"]
    assert local["head"]["image_count"] == fetched["head"]["image_count"]
    assert (fetched["base"]["snapshot_id"], fetched["head"]["snapshot_id"]) == ("base", "head")


def test_the_demo_sets(cli: Cli, targets: Targets, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    sets = resource("demo", "base"), resource("demo", "head")
    local, fetched = folders_and_http(cli, targets, sets, tmp_path, monkeypatch)
    assert local["summary"]["changed"] > 5
    assert_same(local, fetched)


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared images are not here")
def test_the_shared_sets(
    cli: Cli, targets: Targets, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    sets = SHARED / "base", SHARED / "head"
    local, fetched = folders_and_http(cli, targets, sets, tmp_path, monkeypatch)
    assert local["summary"]["renamed"] == 17
    assert_same(local, fetched)


@pytest.fixture
def sources(cli: Cli, tmp_path: Path) -> tuple[str, str]:
    """A base of two images, and a selective head of one of them, as folders of a store."""
    base = image_set(tmp_path / "base", {"a.png": PLAIN, "b.png": flat(colour=9)})
    head = image_set(tmp_path / "head", {"a.png": PLAIN})
    assert cli("publish", base, tmp_path / "root", "--id", "base").code == 0
    selective = cli("publish", head, tmp_path / "root", "--id", "head", "--selective")
    assert selective.code == 0
    return "snapshots/base", "snapshots/head/manifest.json"


def test_what_a_selective_head_leaves_out_is_skipped_and_0(
    cli: Cli, targets: Targets, sources: tuple[str, str], tmp_path: Path
):
    with static_server(tmp_path / "root") as address:
        full = [f"{address}/{source}" for source in sources]
        done = cli("compare", *full, "--json", targets.json)
    assert done.code == 0
    assert targets.statuses() == {"a.png": "unchanged", "b.png": "skipped"}


def test_what_was_fetched_is_not_fetched_again(
    cli: Cli, targets: Targets, sources: tuple[str, str], tmp_path: Path
):
    changed = image_set(tmp_path / "changed", {"a.png": MARKED, "b.png": flat(colour=9)})
    with static_server(tmp_path / "root") as address:
        source = f"{address}/{sources[0]}"
        first = cli("compare", source, changed, "--zip", targets.zip)
        for image in (tmp_path / "root" / "images").iterdir():
            image.unlink()
        again = cli("compare", source, changed, "--zip", targets.zip)
    assert again == first
    assert (again.code, again.err) == (1, "")


def test_images_of_another_host_come_when_it_is_allowed(
    cli: Cli, targets: Targets, sources: tuple[str, str], tmp_path: Path
):
    path = tmp_path / "root" / "snapshots" / "base" / "manifest.json"
    with static_server(tmp_path / "root") as cdn, static_server(tmp_path / "root") as address:
        document = json.loads(path.read_bytes())
        path.write_text(json.dumps({**document, "image_url": f"{cdn}/images/{{content_hash}}"}))
        arguments = ("compare", f"{address}/{sources[0]}", tmp_path / "base", "--zip", targets.zip)
        refused = cli(*arguments)
        assert (refused.code, refused.out) == (2, "")
        assert f"--allow-origin {cdn}" in refused.sentence()
        assert cli(*arguments, "--allow-origin", cdn, "--status", "unchanged").code == 0
    assert targets.zip.is_file()


def test_what_was_compared_before_is_compared_offline_too(
    cli: Cli, targets: Targets, tmp_path: Path
) -> None:
    sets = resource("demo", "base"), resource("demo", "head")
    for name, folder in zip(("base", "head"), sets, strict=True):
        assert cli("publish", folder, tmp_path / "root", "--id", name).code == 0
    with static_server(tmp_path / "root") as address:
        sources = [f"{address}/snapshots/{name}" for name in ("base", "head")]
        online = cli("compare", *sources, "--json", targets.json)
        before = rows(targets.report())
    assert "cannot be reached" not in online.err
    offline = cli("compare", *sources, "--json", targets.json)
    assert offline.code == online.code
    assert rows(targets.report()) == before
    assert f"{sources[0]} cannot be reached: shown as it was on" in offline.err
