from __future__ import annotations

import hashlib
import json
import os
import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import Cancelled, PublishError, SourceEmpty, SourceNotFound
from snapreview.model.manifest import ImageRecord, Manifest, VcsInfo
from snapreview.model.manifest_json import dump_manifest, parse_manifest
from snapreview.model.names import name_fault
from snapreview.stores import placing
from snapreview.stores import publish as publishing
from snapreview.stores.gitinfo import CheckoutFacts, checkout_facts
from snapreview.stores.publish import Outcome, PublishedSnapshot, PublishRequest, publish


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three images, two of them with the same bytes, and a text file named like an image."""
    root = tmp_path / "shots"
    (root / "sub").mkdir(parents=True)
    Image.new("RGB", (4, 3), "red").save(root / "a.png")
    (root / "sub" / "same.png").write_bytes((root / "a.png").read_bytes())
    Image.new("RGB", (9, 8)).save(root / "b.jpg")
    (root / "b.json").write_text('{"group": "G", "tags": {"theme": "dark"}, "ticket": 7}')
    (root / "text.png").write_text("no image")
    return root


def published(folder: Path, root: Path, snapshot: str = "one", **fields) -> PublishedSnapshot:
    return publish(folder, root, PublishRequest(snapshot, **fields), CancelToken())


def tree(root: Path) -> dict[str, bytes]:
    """What is for readers: no lock, and not the list of snapshots (test_index.py)."""
    found = (path for path in root.rglob("*") if path.is_file() and path.name != "index.json")
    files = (path for path in found if not path.name.startswith("."))
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_writes_the_layout(folder: Path, tmp_path: Path) -> None:
    result = published(folder, tmp_path / "root")
    files = tree(tmp_path / "root")
    manifest = json.loads(files.pop("snapshots/one/manifest.json"))
    contents = {(folder / name).read_bytes() for name in ("a.png", "b.jpg", "text.png")}
    assert files == {f"images/{sha256(data)}": data for data in contents}
    assert list(manifest["images"]) == ["a.png", "b.jpg", "sub/same.png", "text.png"]
    assert manifest["images"]["b.jpg"] == {
        "content_hash": sha256((folder / "b.jpg").read_bytes()),
        "width": 9,
        "height": 8,
        "group": "G",
        "tags": {"theme": "dark"},
        "ticket": 7,
    }
    assert manifest["images"]["text.png"]["width"] == 0
    assert manifest["snapshot_id"] == "one"
    assert (result.contents, result.new_contents, result.outcome) == (3, 3, Outcome.CREATED)
    assert Path(result.where) == tmp_path / "root" / "snapshots" / "one" / "manifest.json"
    assert result.manifest == parse_manifest(Path(result.where).read_bytes(), str(folder))


def test_running_it_again_changes_nothing(folder: Path, tmp_path: Path) -> None:
    path = Path(published(folder, tmp_path / "root").where)
    earlier = json.loads(path.read_bytes()) | {"created": "2020-01-01T00:00:00+00:00"}
    path.write_text(json.dumps(earlier))
    before = tree(tmp_path / "root")
    again = published(folder, tmp_path / "root")
    assert (again.new_contents, again.outcome) == (0, Outcome.UNCHANGED)
    assert tree(tmp_path / "root") == before


def test_an_id_that_is_taken_is_replaced_and_said_so(folder: Path, tmp_path: Path) -> None:
    published(folder, tmp_path / "root")
    (folder / "text.png").unlink()
    again = published(folder, tmp_path / "root")
    assert again.outcome is Outcome.REPLACED
    assert "text.png" not in parse_manifest(Path(again.where).read_bytes(), "").images


def test_a_damaged_store_is_mended(folder: Path, tmp_path: Path) -> None:
    whole = published(folder, tmp_path / "root")
    before = tree(tmp_path / "root")
    digest = whole.manifest.images["a.png"].sha256
    (tmp_path / "root" / "images" / str(digest)).write_bytes(b"cut")
    Path(whole.where).write_text("{")
    again = published(folder, tmp_path / "root")
    assert (again.new_contents, again.outcome) == (1, Outcome.REPLACED)
    assert tree(tmp_path / "root").keys() == before.keys()
    assert tree(tmp_path / "root")[f"images/{digest}"] == before[f"images/{digest}"]


def test_snapshots_share_their_images(folder: Path, tmp_path: Path) -> None:
    published(folder, tmp_path / "root", "one")
    Image.new("RGB", (1, 1)).save(folder / "new.png")
    assert published(folder, tmp_path / "root", "two").new_contents == 1
    assert len(list((tmp_path / "root" / "images").iterdir())) == 4


def test_the_store_may_lie_in_the_folder(folder: Path) -> None:
    before = published(folder, folder / "store").manifest.images
    assert published(folder, folder / "store").manifest.images == before


def test_a_file_that_changes_meanwhile_is_kept_under_the_hash_of_what_was_kept(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = placing.sha256_file

    def hash_then_change(path: Path, token: CancelToken) -> str:
        digest = real(path, token)
        if path.name == "text.png":
            path.write_text("something else")
        return digest

    monkeypatch.setattr(placing, "sha256_file", hash_then_change)
    result = published(folder, tmp_path / "root")
    assert result.manifest.images["text.png"].sha256 == sha256(b"something else")
    for path in (tmp_path / "root" / "images").iterdir():
        assert sha256(path.read_bytes()) == path.name


def test_cancelled_on_the_way_there_is_no_manifest_and_nothing_half(
    folder: Path, tmp_path: Path
) -> None:
    token = CancelToken()

    def progress(done: int, total: int) -> None:
        assert total == 4
        if done == 2:
            token.cancel()

    with pytest.raises(Cancelled):
        publish(folder, tmp_path / "root", PublishRequest("one"), token, progress)
    for name, data in tree(tmp_path / "root").items():
        assert name == f"images/{sha256(data)}"
    assert published(folder, tmp_path / "root").outcome is Outcome.CREATED


def test_removes_what_a_killed_run_left(folder: Path, tmp_path: Path) -> None:
    images = tmp_path / "root" / "images"
    images.mkdir(parents=True)
    (images / ".old.part").write_bytes(b"half")
    os.utime(images / ".old.part", (time.time() - 90_000,) * 2)
    published(folder, tmp_path / "root")
    assert not (images / ".old.part").exists()


@pytest.mark.parametrize("snapshot", ["a", "A.b_c-9", "x" * 128, "..."])
def test_ids_that_are_taken(folder: Path, tmp_path: Path, snapshot: str) -> None:
    assert published(folder, tmp_path / "root", snapshot).manifest.snapshot_id == snapshot


@pytest.mark.parametrize("snapshot", ["", ".", "..", "a/b", "a b", "x" * 129, "ü", "a\n", "../x"])
def test_ids_that_are_refused(folder: Path, tmp_path: Path, snapshot: str) -> None:
    with pytest.raises(PublishError, match="cannot be the id"):
        published(folder, tmp_path / "root", snapshot)
    assert not (tmp_path / "root").exists()


def test_a_folder_without_images(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFound):
        published(tmp_path / "none", tmp_path / "root")
    (tmp_path / "empty").mkdir()
    with pytest.raises(SourceEmpty):
        published(tmp_path / "empty", tmp_path / "root")


def test_more_images_than_a_manifest_may_have(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "MAX_IMAGES", 3)
    with pytest.raises(PublishError, match="holds 4 images"):
        published(folder, tmp_path / "root")


def test_a_place_that_cannot_be_written(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "root").write_text("a file")
    with pytest.raises(PublishError, match="could not be written"):
        published(folder, tmp_path / "root")


def test_what_no_reader_would_accept_is_not_published(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="head_ref"):
        published(folder, tmp_path / "root", branch="x" * 300)
    assert not (tmp_path / "root" / "snapshots").exists()


def git(folder: Path, *arguments: str) -> str:
    who = ("-c", "user.name=N", "-c", "user.email=n@example.com", "-c", "commit.gpgsign=false")
    command = ["git", "-C", str(folder), *who, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def checkout(folder: Path, tmp_path: Path) -> Path:
    """The folder in a clone, on the branch `feature`, one commit after the default branch."""
    origin = tmp_path / "origin"
    origin.mkdir()
    git(origin, "init", "-q", "-b", "trunk")
    git(origin, "commit", "-q", "--allow-empty", "-m", "one")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", str(origin), str(clone))
    git(clone, "checkout", "-q", "-b", "feature")
    git(clone, "commit", "-q", "--allow-empty", "-m", "two")
    return folder.rename(clone / "shots")


def test_git_tells_commit_branch_and_base(checkout: Path, tmp_path: Path) -> None:
    vcs = published(checkout, tmp_path / "root").manifest.vcs
    assert vcs == VcsInfo(
        head_sha=git(checkout, "rev-parse", "feature"),
        base_sha=git(checkout, "rev-parse", "trunk"),
        head_ref="feature",
        base_ref="trunk",
    )


def test_what_the_user_says_counts(checkout: Path, tmp_path: Path) -> None:
    given = published(
        checkout,
        tmp_path / "root",
        selective=True,
        sha="1" * 40,
        branch="",
        base_sha="2" * 40,
        app_id="app",
    ).manifest
    assert given.vcs == VcsInfo(head_sha="1" * 40, base_sha="2" * 40)
    assert (given.selective, given.app_id) == (True, "app")


def test_on_the_default_branch_there_is_no_base(checkout: Path) -> None:
    git(checkout, "checkout", "-q", "trunk")
    sha = git(checkout, "rev-parse", "trunk")
    assert checkout_facts(checkout) == CheckoutFacts(sha, "trunk")


def test_without_a_branch(checkout: Path) -> None:
    git(checkout, "checkout", "-q", "--detach")
    assert checkout_facts(checkout).branch is None
    assert checkout_facts(checkout).sha == git(checkout, "rev-parse", "feature")


def test_a_checkout_without_commits_or_remote(folder: Path) -> None:
    git(folder, "init", "-q", "-b", "main")
    assert checkout_facts(folder) == CheckoutFacts(branch="main")
    git(folder, "commit", "-q", "--allow-empty", "-m", "one")
    assert checkout_facts(folder) == CheckoutFacts(git(folder, "rev-parse", "HEAD"), "main")


def test_another_checkout_named_by_a_hook_is_not_asked(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = checkout_facts(checkout)
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "origin" / ".git"))
    assert expected.branch == "feature"
    assert checkout_facts(checkout) == expected


def test_outside_of_a_checkout_and_without_git(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert checkout_facts(folder) == CheckoutFacts()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert published(folder, tmp_path / "root").manifest.vcs == VcsInfo()


def texts(most: int = 20) -> st.SearchStrategy[str]:
    return st.text(st.characters(exclude_categories=["Cs"]), max_size=most)


JSON = st.recursive(
    st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts(), inner, max_size=3),
    max_leaves=5,
)
OWN_FIELDS = {*ImageRecord.__dataclass_fields__, "content_hash", "image_file_name", "file_name"}
NAMES = texts().map(lambda stem: f"{stem}.png").filter(lambda name: name_fault(name) is None)
SHARES = st.none() | st.floats(0, 0.999)


@st.composite
def records(draw, name: str) -> ImageRecord:
    return ImageRecord(
        name=name,
        sha256=draw(st.binary(min_size=32, max_size=32)).hex(),
        width=draw(st.none() | st.integers(1, 2**31 - 1)),
        height=draw(st.none() | st.integers(1, 2**31 - 1)),
        display_name=draw(st.none() | texts()),
        group=draw(st.none() | texts()),
        description=draw(st.none() | texts()),
        tags=draw(st.dictionaries(texts(), texts(), max_size=3)),
        diff_threshold=draw(SHARES),
        canvas_theme=draw(st.sampled_from([None, "light", "dark"])),
        extra=draw(
            st.dictionaries(texts().filter(lambda key: key not in OWN_FIELDS), JSON, max_size=3)
        ),
    )


@st.composite
def manifests(draw) -> Manifest:
    names = sorted(draw(st.sets(NAMES, max_size=4)))
    declared = draw(st.none() | st.frozensets(NAMES, max_size=3))
    some = st.none() | st.text("abc/0-", min_size=1, max_size=20)
    return Manifest(
        source="somewhere",
        images={name: draw(records(name)) for name in names},
        snapshot_id=draw(some),
        created=draw(some),
        app_id=draw(some),
        vcs=VcsInfo(
            head_sha=draw(some),
            base_sha=draw(some),
            head_ref=draw(some),
            pr_number=draw(st.none() | st.integers(1, 10**9)),
        ),
        diff_threshold=draw(SHARES),
        selective=declared is not None or draw(st.booleans()),
        all_image_file_names=declared,
        image_url=draw(st.none() | texts()),
    )


@settings(max_examples=150, deadline=None)
@given(manifests())
def test_a_manifest_survives_being_written_and_read(manifest: Manifest) -> None:
    assert parse_manifest(dump_manifest(manifest), "somewhere") == manifest
