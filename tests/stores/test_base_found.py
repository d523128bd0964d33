"""What a source is to be compared with, told from the source alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import Cancelled, SourceError, SourceNotFound
from snapreview.stores.base_choice import find_base, find_latest_base, implied_base
from snapreview.stores.folder_root import FolderRoot
from snapreview.stores.index import rebuild_index
from snapreview.stores.opening import StoreContext, open_store, store_context
from tests.servers import static_server
from tests.stores.repository import Repository
from tests.stores.shelves import manifest
from tests.stores.site import Site

TOKEN = CancelToken()


@pytest.fixture
def context(tmp_path: Path) -> StoreContext:
    return store_context([], tmp_path / "cache", {})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store with two snapshots of main and one of a branch."""
    root = tmp_path / "root"
    shots = {
        "main-1": {"created": "2026-03-01", "head_sha": "aaa", "head_ref": "main"},
        "main-2": {"created": "2026-03-02", "head_sha": "bbb", "head_ref": "main"},
        "pr": {"created": "2026-03-03", "head_ref": "f", "base_sha": "aaa", "base_ref": "main"},
    }
    for name, fields in shots.items():
        path = root / "snapshots" / name / "manifest.json"
        path.parent.mkdir(parents=True)
        path.write_bytes(manifest(["a"], **fields))
    rebuild_index(FolderRoot(root), TOKEN)
    return root


def test_in_a_folder(folder: Path, context: StoreContext) -> None:
    head = str(folder / "snapshots" / "pr")
    found = find_base(head, context, TOKEN)
    assert found.source == found.shown == str(folder / "snapshots" / "main-1")
    assert found.head == head
    assert found.why == "it is of commit aaa, which pr names as its base"
    assert implied_base(str(folder / "snapshots" / "main-2"), context, TOKEN) == found.source
    assert open_store(found.source, context).manifest(TOKEN).snapshot_id == "main-1"


def test_the_latest_is_what_the_base_branch_has_by_now(folder: Path, context: StoreContext) -> None:
    found = find_latest_base(str(folder / "snapshots" / "pr"), context, TOKEN)
    assert found.source == str(folder / "snapshots" / "main-2")
    assert found.why == "it is the newest of “main”"
    before = find_latest_base(str(folder / "snapshots" / "main-2"), context, TOKEN)
    assert before.source == str(folder / "snapshots" / "main-1")


def test_the_latest_of_sentry_is_asked_of_sentry_when_it_is_opened(context: StoreContext) -> None:
    found = find_latest_base("sentry:acme/123", context, TOKEN)
    assert found.source == "sentry:acme/123:latest"
    assert found.head == "sentry:acme/123"


def test_on_the_web_with_what_was_typed_and_not_shown(folder: Path, context: StoreContext) -> None:
    with static_server(folder.parent) as url:
        secret = url.replace("//", "//me:pa55@")
        found = find_base(f"{secret}/root/snapshots/pr/manifest.json", context, TOKEN)
        assert found.source == f"{secret}/root/snapshots/main-1"
        assert found.shown == f"{url}/root/snapshots/main-1"
        assert "pa55" not in found.why


def test_a_head_that_is_not_listed_tells_itself(folder: Path, context: StoreContext) -> None:
    index = folder / "snapshots" / "index.json"
    index.write_bytes(index.read_bytes().replace(b'"id": "pr"', b'"id": "another"'))
    with static_server(folder) as url:
        found = find_base(f"{url}/snapshots/pr", context, TOKEN)
        assert found.source == f"{url}/snapshots/main-1"


def test_where_there_is_none_it_says_what_was_looked_for(
    folder: Path, context: StoreContext, tmp_path: Path
) -> None:
    with pytest.raises(SourceNotFound, match=r"No base was found for main-1 .* name the base"):
        find_base(str(folder / "snapshots" / "main-1"), context, TOKEN)
    with pytest.raises(SourceError, match=r"is a store: name the snapshot .* as pr, the newest"):
        find_base(str(folder), context, TOKEN)
    with pytest.raises(SourceNotFound, match="no snapshot of a store, and no git"):
        find_base(str(tmp_path), context, TOKEN)
    with static_server(tmp_path) as url, pytest.raises(SourceNotFound, match="does not list"):
        find_base(f"{url}/snapshots/pr", context, TOKEN)


def test_a_page_of_sentry_tells_both(context: StoreContext) -> None:
    found = find_base("https://sentry.io/organizations/acme/preprod/snapshots/7/", context, TOKEN)
    assert (found.source, found.head) == ("sentry:acme/7:base", "sentry:acme/7")
    with pytest.raises(SourceError, match="of a base itself"):
        find_base("sentry:acme/7:base", context, TOKEN)


def test_in_a_bucket(site: Site, folder: Path, context: StoreContext) -> None:
    for path in (path for path in folder.rglob("*.json") if path.name != "index.json"):
        site.put(f"team/{path.relative_to(folder).as_posix()}", path.read_bytes())
    found = find_base(site.address("team/snapshots/pr"), context, TOKEN)
    assert found.source == site.address("team/snapshots/main-1")
    assert open_store(found.source, context).manifest(TOKEN).snapshot_id == "main-1"


@pytest.fixture
def clone(tmp_path: Path) -> Repository:
    """Two commits on main, which is the origin's default branch, and one on `feature`."""
    origin = Repository(tmp_path / "origin")
    origin.commit(**{"shots/a.png": b"1"})
    origin.commit(**{"shots/a.png": b"2"})
    made = Repository(tmp_path / "clone@home")
    made.run("remote", "add", "origin", str(origin.folder))
    made.run("fetch", "--quiet", "origin")
    made.run("remote", "set-head", "origin", "main")
    made.run("checkout", "--quiet", "-b", "feature", "origin/main")
    made.commit(**{"shots/a.png": b"3"})
    return made


def test_a_git_branch_is_compared_with_where_it_left(
    clone: Repository, context: StoreContext
) -> None:
    fork = clone.run("rev-parse", "origin/main")
    for rev, folder in (("@feature", ""), ("@feature", ":shots"), ("", ""), ("", ":shots")):
        found = find_base(f"git:{clone.folder}{rev}{folder}", context, TOKEN)
        assert found.source == f"git:{clone.folder}@{fork}{folder}"
        assert found.why == "it is where that left origin/main"
        assert list(open_store(found.source, context).manifest(TOKEN).images) == (
            ["a.png"] if folder else ["shots/a.png"]
        )


def test_what_is_on_the_default_branch_is_compared_with_the_commit_before(
    clone: Repository, context: StoreContext
) -> None:
    source = f"git:{clone.folder}"
    before = clone.run("rev-parse", "origin/main~1")
    assert implied_base(f"{source}@origin/main", context, TOKEN) == f"{source}@{before}"
    with pytest.raises(SourceNotFound, match="the first commit of origin/main"):
        find_base(f"{source}@{before}", context, TOKEN)


def test_a_working_tree_on_the_default_branch_is_compared_with_its_commit(
    tmp_path: Path, context: StoreContext
) -> None:
    repository = Repository(tmp_path / "alone")
    commit = repository.commit(**{"a.png": b"1"})
    found = find_base(f"git:{repository.folder}", context, TOKEN)
    assert found.source == f"git:{repository.folder}@{commit}"


def test_git_that_cannot_tell_says_why(tmp_path: Path, context: StoreContext) -> None:
    repository = Repository(tmp_path / "repository")
    repository.commit()
    repository.run("checkout", "--quiet", "--orphan", "stranger")
    repository.commit("another first one")
    source = f"git:{repository.folder}"
    with pytest.raises(SourceNotFound, match="nothing in common with main"):
        find_base(f"{source}@stranger", context, TOKEN)
    repository.run("branch", "-D", "main")
    with pytest.raises(SourceNotFound, match="no default branch"):
        find_base(f"{source}@stranger", context, TOKEN)
    with pytest.raises(SourceNotFound, match="no revision"):
        find_base(f"{source}@nowhere", context, TOKEN)


def test_cancelled(folder: Path, clone: Repository, context: StoreContext) -> None:
    token = CancelToken()
    token.cancel()
    for source in (
        str(folder / "snapshots" / "pr"),
        f"git:{clone.folder}",
        "https://h/snapshots/x",
    ):
        with pytest.raises(Cancelled):
            find_base(source, context, token)
