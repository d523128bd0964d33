"""snapreview publish: its options, what it takes from git, and running it again."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Cli
from tests.cli.program import MARKED, PLAIN, image_set
from tests.cli.test_bad_input import digest, png

IMAGES = {"a.png": PLAIN, "copy.png": PLAIN, "sub/b.png": MARKED}


@pytest.fixture
def folder(tmp_path: Path) -> str:
    return image_set(tmp_path / "shots", IMAGES)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "root"


def manifest_of(root: Path, name: str) -> dict[str, Any]:
    return json.loads((root / "snapshots" / name / "manifest.json").read_bytes())


def files(root: Path) -> dict[Path, int]:
    """Every file and when it was last written."""
    return {path: path.stat().st_mtime_ns for path in root.rglob("*") if path.is_file()}


def test_every_content_is_written_once_with_a_manifest(cli: Cli, folder: str, root: Path):
    done = cli("publish", folder, root, "--id", "pr-7")
    path = root / "snapshots" / "pr-7" / "manifest.json"
    assert (done.code, done.out, done.err) == (0, f"manifest: {path}\n", "")
    contents = {digest(png(image)): png(image) for image in IMAGES.values()}
    assert {p.name: p.read_bytes() for p in (root / "images").iterdir()} == contents
    manifest = manifest_of(root, "pr-7")
    hashes = {name: entry["content_hash"] for name, entry in manifest["images"].items()}
    assert hashes == {name: digest(png(image)) for name, image in IMAGES.items()}
    assert "selective" not in manifest
    listed = json.loads((root / "snapshots" / "index.json").read_bytes())["snapshots"]
    assert [entry["id"] for entry in listed] == ["pr-7"]
    assert len([path for path in files(root) if not path.name.startswith(".")]) == 4


def test_options_say_where_it_comes_from(cli: Cli, folder: str, root: Path):
    options = ("--sha", "5ha", "--branch", "feature", "--base-sha", "ba5e", "--selective")
    assert cli("publish", folder, root, "--id", "a.B_c-1", *options).code == 0
    manifest = manifest_of(root, "a.B_c-1")
    told = {name: manifest[name] for name in ("head_sha", "head_ref", "base_sha", "selective")}
    assert told == {"head_sha": "5ha", "head_ref": "feature", "base_sha": "ba5e", "selective": True}


def test_metadata_beside_an_image_is_published(cli: Cli, folder: str, root: Path):
    image_set(Path(folder), {"a.json": b'{"display_name": "Cart", "tags": ["dark"]}'})
    assert cli("publish", folder, root, "--id", "one").code == 0
    entry = manifest_of(root, "one")["images"]["a.png"]
    assert (entry["display_name"], entry["tags"]) == ("Cart", {"dark": "dark"})


def test_the_same_again_changes_nothing(cli: Cli, folder: str, root: Path):
    first = cli("publish", folder, root, "--id", "one")
    before = files(root)
    again = cli("publish", folder, root, "--id", "one")
    assert again == first
    assert files(root) == before


def test_another_set_under_the_same_id_is_told(cli: Cli, folder: str, root: Path):
    cli("publish", folder, root, "--id", "one")
    Path(folder, "sub", "b.png").unlink()
    done = cli("publish", folder, root, "--id", "one")
    assert done.code == 0
    assert "one was there with something else in it" in done.sentence()
    assert set(manifest_of(root, "one")["images"]) == {"a.png", "copy.png"}


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "a b", "ü", "x" * 129, "../../etc"])
def test_an_id_that_is_none_ends_with_2(cli: Cli, folder: str, root: Path, name: str):
    done = cli("publish", folder, root, "--id", name)
    assert (done.code, done.out) == (2, "")
    assert "cannot be the id" in done.sentence()
    assert not root.exists()


def test_an_id_must_be_given(cli: Cli, folder: str, root: Path):
    assert cli("publish", folder, root).code == 2


def test_a_folder_that_cannot_be_published_ends_with_2(cli: Cli, root: Path, tmp_path: Path):
    assert "nowhere" in cli("publish", tmp_path / "nowhere", root, "--id", "one").sentence()
    empty = image_set(tmp_path / "empty", {"readme.txt": b"none"})
    assert "no image" in cli("publish", empty, root, "--id", "one").sentence()
    assert not root.exists()


def test_a_store_that_cannot_be_written_ends_with_2(cli: Cli, folder: str, tmp_path: Path):
    image_set(tmp_path, {"file": b"no folder"})
    done = cli("publish", folder, tmp_path / "file", "--id", "one")
    assert done.code == 2
    assert "could not be written" in done.sentence()


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_git_tells_what_is_not_given(
    cli: Cli, folder: str, root: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", "/dev/null")

    def git(*arguments: str) -> str:
        who = ("-c", "user.name=A", "-c", "user.email=a@example.invalid")
        command = ["git", "-C", folder, *who, *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    git("init", "--quiet", "--initial-branch", "main")
    git("commit", "--quiet", "--allow-empty", "-m", "first")
    fork = git("rev-parse", "HEAD")
    git("update-ref", "refs/remotes/origin/main", "HEAD")
    git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main")
    git("checkout", "--quiet", "-b", "feature")
    git("commit", "--quiet", "--allow-empty", "-m", "second")
    assert cli("publish", folder, root, "--id", "asked").code == 0
    manifest = manifest_of(root, "asked")
    assert manifest["head_sha"] == git("rev-parse", "HEAD")
    assert manifest["head_ref"] == "feature"
    assert (manifest["base_sha"], manifest["base_ref"]) == (fork, "main")
    assert cli("publish", folder, root, "--id", "told", "--sha", "", "--branch", "mine").code == 0
    manifest = manifest_of(root, "told")
    assert "head_sha" not in manifest
    assert manifest["head_ref"] == "mine"


@pytest.mark.parametrize("place", ["https://me:pa55@host/store", "git:.@main", "ftp://host/x"])
def test_a_place_of_another_kind_ends_with_2(
    place: str, cli: Cli, folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    done = cli("publish", folder, place, "--id", "one")
    assert (done.code, "Nothing can be published to" in done.sentence()) == (2, True)
    assert "pa55" not in done.err
    assert {path.name for path in tmp_path.iterdir()} <= {"shots", "home"}
