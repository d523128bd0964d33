"""Git revisions and working trees as sources."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CalledProcessError

import pytest

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import Cancelled, FetchError, SourceEmpty, SourceError, SourceNotFound
from snapreview.stores.git import GitStore
from snapreview.stores.opening import lasting_source, open_store, store_context
from tests.stores.repository import Repository

TOKEN = CancelToken()
POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 12\n"

Open = Callable[[str], GitStore]


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "repo")


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Open]:
    made: list[GitStore] = []

    def make(source: str) -> GitStore:
        store = open_store(source, store_context((), tmp_path / "cache", {}))
        assert isinstance(store, GitStore)
        made.append(store)
        return store

    yield make
    for store in made:
        store.close()


def contents(store: GitStore) -> dict[str, bytes]:
    images = store.manifest(TOKEN).images
    return {name: store.fetch(record, TOKEN).read_bytes() for name, record in images.items()}


def test_the_images_of_a_revision(repository: Repository, opened: Open) -> None:
    first = repository.commit(**{"a.png": b"one", "icons/b.PNG": b"two", "notes.txt": b""})
    repository.commit(**{"a.png": b"changed", "icons/c.png": b"new"})
    store = opened(f"git:{repository.folder}@{first}")
    assert contents(store) == {"a.png": b"one", "icons/b.PNG": b"two"}
    assert contents(opened(f"git:{repository.folder}@main"))["a.png"] == b"changed"
    manifest = store.manifest(TOKEN)
    assert (manifest.snapshot_id, manifest.vcs.head_sha) == (first, first)
    assert manifest.source == f"git:{repository.folder}@{first}"


@pytest.mark.parametrize("name", ["@acme/ui@1.4.0", "feature/x", "v1@2", "release@{one}"])
def test_tags_and_branches_with_odd_names(repository: Repository, opened: Open, name: str) -> None:
    repository.commit(**{"icons/a.png": b"one"})
    if "{" not in name:
        repository.run("tag", name)
    else:
        name = "main@{0}"
    assert contents(opened(f"git:{repository.folder}@{name}")) == {"icons/a.png": b"one"}
    assert contents(opened(f"git:{repository.folder}@{name}:icons")) == {"a.png": b"one"}


def test_an_at_in_the_folder_s_name(tmp_path: Path, opened: Open) -> None:
    repository = Repository(tmp_path / "me@home" / "a@b")
    repository.commit(**{"a.png": b"one"})
    assert contents(opened(f"git:{repository.folder}@main")) == {"a.png": b"one"}


def test_a_time_with_colons_is_a_revision(repository: Repository, opened: Open) -> None:
    repository.commit(**{"icons/a.png": b"one"})
    source = f"git:{repository.folder}@main@{{2126-01-01 10:00:00}}:icons"
    assert contents(opened(source)) == {"a.png": b"one"}


def test_a_revision_that_looks_like_an_option(repository: Repository, opened: Open) -> None:
    repository.commit(**{"a.png": b"one"})
    with pytest.raises(SourceNotFound, match="--all"):
        opened(f"git:{repository.folder}@--all").manifest(TOKEN)


def test_a_subfolder(repository: Repository, opened: Open) -> None:
    repository.commit(**{"ui/icons/a.png": b"one", "ui/icons-old/b.png": b"two", "c.png": b"3"})
    for folder in ("ui/icons", "/ui/icons/", "./ui//icons"):
        assert contents(opened(f"git:{repository.folder}@HEAD:{folder}")) == {"a.png": b"one"}
        assert contents(opened(f"git:{repository.folder}:{folder}")) == {"a.png": b"one"}


def test_a_folder_inside_stands_for_its_repository(repository: Repository, opened: Open) -> None:
    repository.commit(**{"ui/a.png": b"one"})
    assert contents(opened(f"git:{repository.folder / 'ui'}@main")) == {"ui/a.png": b"one"}


def test_a_bare_repository(repository: Repository, opened: Open, tmp_path: Path) -> None:
    repository.commit(**{"a.png": b"one"})
    bare = tmp_path / "bare.git"
    repository.run("clone", "--quiet", "--bare", ".", str(bare))
    assert contents(opened(f"git:{bare}@main")) == {"a.png": b"one"}


def test_equal_blobs_are_proven_equal(repository: Repository, opened: Open) -> None:
    first = repository.commit(**{"a.png": b"one", "b.png": b"two"})
    repository.commit(**{"b.png": b"other"})
    repository.write(**{"a.png": b"altered"})
    old, new, disk = (
        opened(f"git:{repository.folder}{rev}").manifest(TOKEN).images
        for rev in (f"@{first}", "@main", "")
    )
    assert old["a.png"].same_content(new["a.png"])
    assert not old["b.png"].same_content(new["b.png"])
    assert not disk["a.png"].same_content(new["a.png"]), "it was altered since"
    assert disk["b.png"].same_content(new["b.png"])


def test_the_working_tree(repository: Repository, opened: Open) -> None:
    tracked = {"a.png": b"one", "gone.png": b"two", "staged.png": b"3", ".gitignore": b"build/\n"}
    repository.commit(**tracked)
    (repository.folder / "gone.png").unlink()
    repository.write(**{"a.png": b"altered", "new.png": b"new", "build/x.png": b"ignored"})
    repository.write(**{"staged.png": b"staged"})
    repository.run("add", "staged.png")
    assert contents(opened(f"git:{repository.folder}")) == {
        "a.png": b"altered",
        "new.png": b"new",
        "staged.png": b"staged",
    }


def test_a_conflict_is_shown_as_it_is_on_disk(repository: Repository, opened: Open) -> None:
    repository.commit(**{"a.png": b"one"})
    repository.run("checkout", "--quiet", "-b", "other")
    repository.commit(**{"a.png": b"two"})
    repository.run("checkout", "--quiet", "main")
    repository.commit(**{"a.png": b"three"})
    with pytest.raises(CalledProcessError):
        repository.run("merge", "other")
    store = opened(f"git:{repository.folder}")
    assert contents(store) == {"a.png": (repository.folder / "a.png").read_bytes()}
    assert store.manifest(TOKEN).images["a.png"].hint is None


def test_what_was_not_checked_out_comes_from_the_index(
    repository: Repository, opened: Open
) -> None:
    repository.commit(**{"a.png": b"one", "b.png": b"two"})
    repository.run("update-index", "--skip-worktree", "a.png")
    (repository.folder / "a.png").unlink()
    assert contents(opened(f"git:{repository.folder}")) == {"a.png": b"one", "b.png": b"two"}


def test_links_and_hidden_files_are_no_images(repository: Repository, opened: Open) -> None:
    (repository.folder / "link.png").symlink_to("a.png")
    repository.commit(**{"a.png": b"one", ".storybook/b.png": b"2"})
    assert list(contents(opened(f"git:{repository.folder}@main"))) == ["a.png"]
    assert list(contents(opened(f"git:{repository.folder}"))) == ["a.png"]


def test_names_of_all_kinds(repository: Repository, opened: Open) -> None:
    files = {"größe 🎉/ä.png": b"1", 'quo"te.png': b"2", "sp ace.png": b"3"}
    repository.commit(**files)
    assert contents(opened(f"git:{repository.folder}@main")) == files


def test_sidecars_describe_images(repository: Repository, opened: Open) -> None:
    repository.commit(**{"a.png": b"one", "a.json": b'{"display_name": "A"}', "b.png": b"2"})
    for source in (f"git:{repository.folder}@main", f"git:{repository.folder}"):
        images = opened(source).manifest(TOKEN).images
        assert [image.display_name for image in images.values()] == ["A", None]


def test_an_image_of_many_megabytes(repository: Repository, opened: Open) -> None:
    data = hashlib.sha256(b"seed").digest() * 100_000
    repository.commit(**{"a.png": data, "b.png": b"small"})
    assert contents(opened(f"git:{repository.folder}@main")) == {"a.png": data, "b.png": b"small"}


# Git LFS.


def test_a_pointer_without_git_lfs_says_what_to_do(repository: Repository, opened: Open) -> None:
    repository.commit(**{"a.png": POINTER, "b.png": b"fine"})
    for source in (f"git:{repository.folder}@main", f"git:{repository.folder}"):
        store = opened(source)
        images = store.manifest(TOKEN).images
        with pytest.raises(FetchError, match="git lfs install"):
            store.fetch(images["a.png"], TOKEN)
        assert store.fetch(images["b.png"], TOKEN).read_bytes() == b"fine"
        assert images["a.png"].byte_size is None, "that of the pointer would be wrong"


def test_a_pointer_is_resolved_by_git_s_own_filters(repository: Repository, opened: Open) -> None:
    """Whatever filter is set up: git-lfs is one of them."""
    attributes = b"*.png filter=stand-in\n"
    repository.commit(**{".gitattributes": attributes, "a.png": POINTER})
    repository.run("config", "filter.stand-in.smudge", "sed s/.*/content/")
    content = b"content\n" * 3
    assert contents(opened(f"git:{repository.folder}@main")) == {"a.png": content}
    assert contents(opened(f"git:{repository.folder}")) == {"a.png": content}


def test_a_filter_that_fails(repository: Repository, opened: Open) -> None:
    repository.commit(**{".gitattributes": b"*.png filter=no\n", "a.png": POINTER})
    repository.run("config", "filter.no.smudge", "false")
    repository.run("config", "filter.no.required", "true")
    store = opened(f"git:{repository.folder}@main")
    with pytest.raises(FetchError, match=r"Git LFS could not get it"):
        store.fetch(store.manifest(TOKEN).images["a.png"], TOKEN)


# Faults.


@pytest.mark.parametrize(
    ("tail", "said"),
    [
        ("@nowhere", "no revision “nowhere”"),
        ("@main:nowhere", "no folder “nowhere”"),
        (":nowhere", "no folder “nowhere”"),
        ("@", "no revision"),
        ("-not@main", "no git repository"),
    ],
)
def test_what_is_not_there(repository: Repository, opened: Open, tail: str, said: str) -> None:
    repository.commit(**{"a.png": b"one"})
    with pytest.raises(SourceNotFound, match=said):
        opened(f"git:{repository.folder}{tail}").manifest(TOKEN)


def test_other_sources_that_cannot_be_used(repository: Repository, opened: Open) -> None:
    with pytest.raises(SourceError, match="not complete"):
        opened("git:").manifest(TOKEN)
    with pytest.raises(SourceError, match="leads out"):
        opened(f"git:{repository.folder}:../x").manifest(TOKEN)
    repository.commit(**{"notes.txt": b"no image"})
    with pytest.raises(SourceEmpty):
        opened(f"git:{repository.folder}@main").manifest(TOKEN)


def test_without_git(repository: Repository, opened: Open, monkeypatch) -> None:
    monkeypatch.setenv("PATH", str(repository.folder))
    with pytest.raises(SourceError, match="git is not installed"):
        opened(f"git:{repository.folder}@main").manifest(TOKEN)


def test_a_blob_that_is_missing_is_that_image_s_fault(repository: Repository, opened: Open) -> None:
    repository.commit(**{"a.png": b"one", "b.png": b"two"})
    store = opened(f"git:{repository.folder}@main")
    images = store.manifest(TOKEN).images
    blob = images["a.png"].hint.digest
    (repository.folder / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(FetchError, match=r"a\.png"):
        store.fetch(images["a.png"], TOKEN)
    assert store.fetch(images["b.png"], TOKEN).read_bytes() == b"two"


def test_cancelled(repository: Repository, opened: Open) -> None:
    repository.commit(**{"a.png": b"one"})
    store = opened(f"git:{repository.folder}@main")
    record = store.manifest(TOKEN).images["a.png"]
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        store.fetch(record, token)
    assert store.fetch(record, TOKEN).read_bytes() == b"one"


def test_after_closing_nothing_is_read(repository: Repository, opened: Open) -> None:
    repository.commit(**{"a.png": b"one"})
    store = opened(f"git:{repository.folder}@main")
    record = store.manifest(TOKEN).images["a.png"]
    store.close()
    with pytest.raises(FetchError):
        store.fetch(record, TOKEN)


@pytest.mark.parametrize("tail", ["@main", "", ":icons", "@main:icons"])
def test_a_relative_repository_is_remembered_whole(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, tail: str
) -> None:
    monkeypatch.chdir(repository.folder)
    assert lasting_source(f"git:.{tail}") == f"git:{repository.folder}{tail}"
    assert lasting_source("git:nowhere@main") == "git:nowhere@main"
