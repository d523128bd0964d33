"""snapreview store, and compare auto: what a store has, and what goes together."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.cli.program import MARKED, PLAIN, Content, image_set, side_by_side, start
from tests.engine.images import flat
from tests.servers import static_server
from tests.stores.repository import Repository

OTHER = flat(colour=90)

Publish = Callable[..., None]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "root"


@pytest.fixture
def publish(cli: Cli, root: Path, tmp_path: Path) -> Publish:
    """Publish images under an id, with the options that are given."""

    def call(name: str, images: dict[str, Content], *options: str) -> None:
        folder = image_set(tmp_path / f"of-{name}", images)
        assert cli("publish", folder, root, "--id", name, *options).code == 0

    return call


@pytest.fixture
def three(publish: Publish, root: Path) -> None:
    """Two snapshots of main and one of a branch, days apart, whose images are all a week old."""
    publish("main-1", {"a.png": PLAIN, "b.png": PLAIN}, "--sha", "a" * 40, "--branch", "main")
    publish("main-2", {"a.png": OTHER}, "--sha", "b" * 40, "--branch", "main")
    publish("pr-7", {"a.png": MARKED, "b.png": PLAIN}, "--branch", "f", "--base-sha", "a" * 40)
    for days, name in ((9, "main-1"), (4, "main-2"), (1, "pr-7")):
        path = root / "snapshots" / name / "manifest.json"
        date = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - days * 86_400))
        path.write_text(json.dumps({**json.loads(path.read_text()), "created": date}))
    for path in (root / "images").iterdir():
        os.utime(path, (time.time() - 7 * 86_400,) * 2)
    (root / "snapshots" / "index.json").unlink()


def images(root: Path) -> int:
    return len(list((root / "images").iterdir()))


def ids(cli: Cli, root: object) -> list[str]:
    done = cli("store", "list", root)
    assert done.code == 0
    return [line.split()[1] for line in done.out.splitlines()[1:]]


def test_a_list_for_people_and_for_programs(cli: Cli, root: Path, three: None):
    lines = cli("store", "list", root).out.splitlines()
    assert lines[0].split() == ["date", "id", "branch", "commit", "images"]
    assert [line.split()[1:] for line in lines[1:]] == [
        ["pr-7", "f", "2"],
        ["main-2", "main", "b" * 12, "1"],
        ["main-1", "main", "a" * 12, "2"],
    ]
    found = json.loads(cli("store", "list", root, "--json").out)["snapshots"]
    assert [(entry["id"], entry["count"]) for entry in found] == [
        ("pr-7", 2),
        ("main-2", 1),
        ("main-1", 2),
    ]
    assert "base_sha" not in found[1]


def test_a_store_behind_a_web_server_is_listed_once_it_has_an_index(
    cli: Cli, root: Path, three: None
):
    with static_server(root) as url:
        assert "snapreview store index ROOT" in cli("store", "list", url).sentence()
        assert cli("store", "index", root).out == "Listed: 3 snapshots.\n"
        assert ids(cli, url) == ["pr-7", "main-2", "main-1"]
        refused = cli("store", "delete", url, "pr-7")
        assert (refused.code, "cannot be changed from here" in refused.sentence()) == (2, True)


def test_two_who_publish_at_once_are_both_listed(cli: Cli, root: Path, tmp_path: Path):
    folder = image_set(tmp_path / "shots", {"a.png": PLAIN})
    both = {name: start("publish", folder, root, "--id", name) for name in ("one", "two")}
    assert [done.code for done in side_by_side(both).values()] == [0, 0]
    listed = json.loads((root / "snapshots" / "index.json").read_bytes())["snapshots"]
    assert {entry["id"] for entry in listed} == {"one", "two"}


def test_deleting_keeps_what_others_share(cli: Cli, root: Path, three: None):
    assert images(root) == 3
    dry = cli("store", "delete", root, "main-1", "main-2", "--dry-run")
    assert dry.out.splitlines()[:2] == ["Would remove main-1", "Would remove main-2"]
    assert dry.out.splitlines()[2].startswith("Would remove 2 snapshots and 1 image (")
    assert (ids(cli, root), images(root)) == (["pr-7", "main-2", "main-1"], 3)
    done = cli("store", "delete", root, "main-1", "main-2")
    assert done.out == dry.out.replace("Would remove", "Removed")
    assert (done.code, ids(cli, root), images(root)) == (0, ["pr-7"], 2)


def test_one_that_is_not_there_ends_with_2(cli: Cli, root: Path, three: None):
    done = cli("store", "delete", root, "main-1", "main-9")
    assert (done.code, done.out) == (2, "")
    assert "no snapshot “main-9”" in done.sentence()
    assert images(root) == 3


@pytest.mark.parametrize(
    ("options", "left"),
    [
        (("--keep-last", "1"), ["pr-7"]),
        (("--keep-days", "5"), ["pr-7", "main-2"]),
        (("--keep-days", "2", "--keep-last", "2"), ["pr-7", "main-2"]),
        (("--keep-last", "0"), []),
    ],
)
def test_pruning_keeps_what_either_option_keeps(
    options: tuple[str, ...], left: list[str], cli: Cli, root: Path, three: None
):
    dry = cli("store", "prune", root, *options, "--dry-run")
    assert ids(cli, root) == ["pr-7", "main-2", "main-1"]
    done = cli("store", "prune", root, *options)
    assert (done.code, done.out) == (0, dry.out.replace("Would remove", "Removed"))
    assert ids(cli, root) == left


def test_pruning_must_be_told_what_to_keep(cli: Cli, root: Path, three: None):
    assert cli("store", "prune", root).code == 2
    assert cli("store", "prune", root, "--keep-last", "-1").code == 2
    assert ids(cli, root) == ["pr-7", "main-2", "main-1"]


def test_what_is_young_damaged_or_stuck_is_told(
    cli: Cli, root: Path, three: None, publish: Publish, monkeypatch: pytest.MonkeyPatch
):
    publish("new", {"new.png": flat(colour=3)})
    done = cli("store", "delete", root, "new")
    assert "1 more image of no use: kept for a day" in done.out
    bad = root / "snapshots" / "bad" / "manifest.json"
    bad.parent.mkdir()
    bad.write_text("{")
    done = cli("store", "delete", root, "main-2")
    assert (done.code, images(root)) == (0, 4)
    assert "snapshots/bad/manifest.json is not usable" in done.err
    assert "All images stay" in done.err
    bad.unlink()
    real = Path.unlink

    def stuck(self: Path, missing_ok: bool = False) -> None:
        if self.name == "manifest.json":
            raise PermissionError(13, "Permission denied")
        real(self, missing_ok)

    monkeypatch.setattr(Path, "unlink", stuck)
    done = cli("store", "delete", root, "main-1")
    assert done.code == 1
    assert "cannot be removed (Permission denied)" in done.sentence()


def test_a_folder_that_is_no_store_ends_with_2(cli: Cli, tmp_path: Path):
    (tmp_path / "images").mkdir()
    for command in (
        ("list",),
        ("index",),
        ("delete", "one"),
        ("prune", "--keep-last", "1"),
    ):
        name, *more = command
        done = cli("store", name, tmp_path, *more)
        assert (done.code, "is no store" in done.sentence()) == (2, True)
    assert [path.name for path in tmp_path.iterdir() if path.name != "home"] == ["images"]


def test_compare_auto_finds_the_base_in_the_store(cli: Cli, root: Path, three: None):
    done = cli("compare", "auto", root / "snapshots" / "pr-7")
    assert done.code == 1
    assert done.err == (
        f"The base is {root / 'snapshots' / 'main-1'}: it is of commit {'a' * 12}, which pr-7"
        " names as its base.\n"
    )
    assert "changed" in done.out
    cli("store", "delete", root, "main-1")
    done = cli("compare", "auto", root / "snapshots" / "pr-7")
    assert f"snapshots/main-2: it is the newest that has no base itself; of commit {'a' * 12}" in (
        done.err.replace("\\", "/")
    )


def test_compare_auto_over_http(cli: Cli, root: Path, three: None):
    cli("store", "index", root)
    with static_server(root) as url:
        done = cli("compare", "auto", f"{url}/snapshots/pr-7/manifest.json")
        assert (done.code, f"The base is {url}/snapshots/main-1" in done.err) == (1, True)


def test_compare_auto_in_git(cli: Cli, tmp_path: Path):
    repository = Repository(tmp_path / "repo")
    image_set(repository.folder, {"a.png": PLAIN})
    fork = repository.commit()
    repository.run("checkout", "--quiet", "-b", "feature")
    image_set(repository.folder, {"a.png": MARKED})
    repository.commit()
    done = cli("compare", "auto", f"git:{repository.folder}@feature")
    assert done.code == 1
    assert f"@{fork}: it is where that left main." in done.sentence()


def test_compare_auto_of_an_exported_zip_is_both_sides(cli: Cli, tmp_path: Path):
    sets = [image_set(tmp_path / side, {"a.png": i}) for side, i in (("b", PLAIN), ("h", MARKED))]
    assert cli("compare", *sets, "--zip", tmp_path / "both.zip").code == 1
    done = cli("compare", "auto", tmp_path / "both.zip")
    assert (done.code, "it is in the same zip." in done.sentence()) == (1, True)


def test_compare_auto_without_a_base_ends_with_2(cli: Cli, root: Path, three: None, tmp_path: Path):
    cli("store", "delete", root, "main-1", "main-2")
    done = cli("compare", "auto", root / "snapshots" / "pr-7")
    assert (done.code, "No base was found for pr-7" in done.sentence()) == (2, True)
    plain = image_set(tmp_path / "auto", {"a.png": PLAIN})
    assert "No base can be told" in cli("compare", "auto", plain).sentence()
    assert cli("compare", f"{tmp_path}/./auto", plain).code == 0
