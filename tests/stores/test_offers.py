"""What a pasted text is, and what it offers."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import (
    Cancelled,
    SourceError,
    SourceNotFound,
    SourceUnauthorised,
    SourceUnreachable,
)
from snapreview.stores import offers as offering
from snapreview.stores.folder_root import FolderRoot
from snapreview.stores.index import rebuild_index
from snapreview.stores.offers import OfferKind, Offers, offers
from snapreview.stores.opening import StoreContext, open_store, store_context
from snapreview.stores.recognising import Kind
from tests.servers import Scripted, reply, stalled, static_server
from tests.stores.repository import Repository
from tests.stores.shelves import memory, on_disk
from tests.stores.site import Site

TOKEN = CancelToken()


@pytest.fixture
def context(tmp_path: Path) -> StoreContext:
    return store_context([], tmp_path / "cache", {})


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one of each, which is the current one."""
    root = tmp_path / "home"
    (root / "shots").mkdir(parents=True)
    Image.new("RGB", (2, 2)).save(root / "shots" / "a.png")
    with ZipFile(root / "set.zip", "w") as packed:
        packed.write(root / "shots" / "a.png", "in/a.png")
    with ZipFile(root / "both.zip", "w") as packed:
        for side in ("base", "head"):
            packed.write(root / "shots" / "a.png", f"{side}/a.png")
    (root / "notes.txt").write_text("no image")
    on_disk(memory({"two": ["a", "b"], "one": ["a"]}), root / "store")
    rebuild_index(FolderRoot(root / "store"), TOKEN)
    monkeypatch.chdir(root)
    return root


def asked(text: str, context: StoreContext) -> Offers:
    return offers(text, context, TOKEN)


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("shots", Kind.FOLDER, "the folder “shots”"),
        ("  shots\n", Kind.FOLDER, "the folder “shots”"),
        ('"shots"', Kind.FOLDER, "the folder “shots”"),
        ("shots/a.png", Kind.IMAGE, "the image “a.png”"),
        ("set.zip", Kind.ZIP, "the zip “set.zip”"),
        ("set.zip!in", Kind.ZIP, "a folder in the zip “set.zip”"),
        ("sentry:acme/7", Kind.SENTRY, "a snapshot on Sentry"),
        (
            "https://sentry.io/organizations/a/preprod/snapshots/7/",
            Kind.SENTRY,
            "a snapshot on Sentry",
        ),
    ],
)
def test_what_has_nothing_to_choose_is_told_in_words(
    text: str, kind: Kind, said: str, home: Path, context: StoreContext
) -> None:
    found = asked(text, context)
    assert (found.kind, found.said, found.offers) == (kind, said, ())
    assert found.source == text.strip().strip('"')


@pytest.mark.parametrize("end", ["", "/", "/snapshots", "/snapshots/index.json"])
def test_a_store_on_this_computer(end: str, home: Path, context: StoreContext) -> None:
    found = asked(f"store{end}" if end != "/snapshots/index.json" else "store", context)
    assert (found.kind, found.said) == (Kind.STORE, "the store of snapshots “store”")
    assert (found.source, found.chosen, found.more) == ("", None, False)
    assert [(o.kind, o.title, o.count) for o in found.offers] == [
        (OfferKind.SNAPSHOT, "two", 2),
        (OfferKind.SNAPSHOT, "one", 1),
    ]
    for offer in found.offers:
        assert len(open_store(offer.source, context).manifest(TOKEN).images) == offer.count


@pytest.mark.parametrize("text", ["store/snapshots/one", "store/snapshots/one/manifest.json"])
def test_a_snapshot_and_its_siblings(text: str, home: Path, context: StoreContext) -> None:
    found = asked(text, context)
    assert (found.kind, found.said, found.source) == (Kind.SNAPSHOT, "the snapshot “one”", text)
    assert [offer.title for offer in found.offers] == ["two", "one"]
    assert found.chosen == found.offers[1]


def test_on_the_web(home: Path, context: StoreContext) -> None:
    with static_server(home) as url:
        for end, kind in (
            ("/store", Kind.STORE),
            ("/store/snapshots/", Kind.STORE),
            ("/store/snapshots/one", Kind.SNAPSHOT),
        ):
            found = asked(url + end, context)
            assert (found.kind, [o.title for o in found.offers]) == (kind, ["two", "one"])
            assert (found.source == "") == (kind is Kind.STORE)
            newest = found.offers[0].source
            assert newest == f"{url}/store/snapshots/two"
            assert len(open_store(newest, context).manifest(TOKEN).images) == 2


def test_what_does_not_list_is_opened_as_it_is(server: Scripted, context: StoreContext) -> None:
    for end, kind in (
        ("/any", Kind.ADDRESS),
        ("/snapshots/one", Kind.SNAPSHOT),
        ("/x/set.json", Kind.MANIFEST),
    ):
        found = asked(server.url + end, context)
        assert (found.kind, found.source, found.offers) == (kind, server.url + end, ())
        assert found.note.endswith(".")
    with pytest.raises(SourceNotFound, match="does not list"):
        asked(f"{server.url}/snapshots/", context)


def test_a_password_is_in_the_source_only(server: Scripted, context: StoreContext) -> None:
    server.on("/snapshots/index.json", reply(200, b'{"snapshots": [{"id": "one"}]}'))
    typed = server.url.replace("//", "//me:pa55@")
    found = asked(typed, context)
    assert found.offers[0].source == f"{typed}/snapshots/one"
    assert "pa55" not in found.said + found.note + found.offers[0].title


def test_refused_is_an_error_that_says_where(server: Scripted, context: StoreContext) -> None:
    server.on("/snapshots/index.json", reply(401))
    with pytest.raises(SourceUnauthorised) as refused:
        asked(server.url, context)
    assert refused.value.origin == server.url


def test_nobody_waits_longer_than_they_want(server: Scripted, context: StoreContext) -> None:
    arrived = Event()
    server.on("/snapshots/index.json", stalled(arrived=arrived))
    with pytest.raises(SourceUnreachable, match=r"took more than 0\.2 s"):
        offers(server.url, context, TOKEN, seconds=0.2)
    token = CancelToken()
    arrived.clear()
    canceller = Thread(target=lambda: (arrived.wait(20), token.cancel()))
    canceller.start()
    with pytest.raises(Cancelled):
        offers(server.url, context, token, seconds=60)
    canceller.join()


def dated(repository: Repository, *arguments: str, seconds: int) -> None:
    identity = f"A <a@example.org> {seconds} +0000"
    tree = repository.run("rev-parse", "HEAD^{tree}")
    text = f"tree {tree}\nauthor {identity}\ncommitter {identity}\n\nmessage\n"
    commit = repository.run("hash-object", "-t", "commit", "-w", "--stdin", given=text.encode())
    repository.run(*arguments, commit)


def test_in_a_bucket(site: Site, context: StoreContext) -> None:
    for name, (data, _) in memory({"two": ["a", "b"], "one": ["a"]}).keys_by_name.items():
        site.put(f"team/{name}", data)
    site.put("actual/a.png", b"a")
    for end, kind in (("team", Kind.STORE), ("team/snapshots/one", Kind.SNAPSHOT)):
        found = asked(site.address(end), context)
        assert (found.kind, [o.title for o in found.offers]) == (kind, ["two", "one"])
        assert found.offers[0].source == site.address("team/snapshots/two")
        assert found.said.endswith(f"a store of snapshots at {site.address('team')}")
        assert len(open_store(found.offers[0].source, context).manifest(TOKEN).images) == 2
    bare = asked(site.address("actual"), context)
    assert (bare.kind, bare.source, bare.offers) == (Kind.BUCKET, site.address("actual"), ())
    with pytest.raises(SourceError, match="docs/stores"):
        asked("s3://key:5ecret@bucket/x", context)


@pytest.mark.parametrize("form", ["{}", "git:{}", "git:{}@main", "git:{}@main:ui"])
def test_branches_and_tags_of_a_repository(
    form: str, tmp_path: Path, context: StoreContext
) -> None:
    repository = Repository(tmp_path / "repo")
    repository.commit(**{"ui/a.png": b"1"})
    dated(repository, "branch", "--force", "old", seconds=1_000)
    dated(repository, "tag", "@acme/ui@1.4.0", seconds=3_000)
    dated(repository, "update-ref", "refs/remotes/origin/topic", seconds=2_000)
    repository.run("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/topic")
    repository.run("update-ref", "refs/remotes/origin/main", "main")
    blob = repository.run("hash-object", "-w", "ui/a.png")
    repository.run("tag", "no-commit", blob)
    found = asked(form.format(repository.folder), context)
    assert found.kind is Kind.GIT
    assert found.source == form.format(repository.folder)
    assert [(offer.kind.value, offer.title) for offer in found.offers] == [
        ("working tree", "Working tree"),
        ("branch", "main"),
        ("tag", "@acme/ui@1.4.0"),
        ("branch", "origin/topic"),
        ("branch", "old"),
    ]
    assert found.offers[4].date == "1970-01-01T00:16:40+00:00"
    assert found.chosen is not None
    assert found.chosen.title == ("main" if "@main" in form else "Working tree")
    for offer in found.offers:
        names = list(open_store(offer.source, context).manifest(TOKEN).images)
        assert names == (["a.png"] if form.endswith(":ui") else ["ui/a.png"])


def test_a_bare_repository_has_no_working_tree(tmp_path: Path, context: StoreContext) -> None:
    Repository(tmp_path / "repo").commit(**{"a.png": b"1"})
    bare = Repository(tmp_path / "bare.git", "--bare")
    bare.run("fetch", "--quiet", str(tmp_path / "repo"), "main:main")
    found = asked(str(bare.folder), context)
    assert (found.kind, found.source) == (Kind.GIT, "")
    assert [offer.title for offer in found.offers] == ["main"]
    assert list(open_store(found.offers[0].source, context).manifest(TOKEN).images) == ["a.png"]


def test_lists_are_bounded(
    home: Path, context: StoreContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(offering, "MOST_OFFERS", 1)
    found = asked("store", context)
    assert ([offer.title for offer in found.offers], found.more) == (["two"], True)
    repository = Repository(tmp_path / "repo")
    repository.commit()
    assert not asked(str(repository.folder), context).more
    repository.run("branch", "other")
    assert asked(str(repository.folder), context).more


def test_without_git_a_checkout_is_a_folder(
    tmp_path: Path, context: StoreContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    Repository(tmp_path / "repo").commit(**{"a.png": b"1"})
    monkeypatch.setenv("PATH", "")
    assert asked(str(tmp_path / "repo"), context).kind is Kind.FOLDER


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Paste or type"),
        (" \n", "Paste or type"),
        ('""', "Paste or type"),
        ("none", "nothing at “none”"),
        ("notes.txt", "neither an image nor a zip"),
        ("ftp://host/x", "cannot be opened"),
        ("https://", "cannot be used"),
        ("git@github.com:acme/ui.git", "Clone it"),
        ("https://github.com/acme/ui.git", "Clone it"),
        ("ssh://git@host/ui", "Clone it"),
        ("git:none@main", "no git repository"),
        ("sentry:", "organisation"),
        ("a\0b", "“a�b”"),
        ("x" * 5000, "cannot be opened"),
    ],
)
def test_what_is_nothing_is_a_sentence(
    text: str, said: str, home: Path, context: StoreContext
) -> None:
    with pytest.raises(SourceError, match=said):
        asked(text, context)


WORDS = ["git:", "sentry:", "file://", "https://[", "store", "/snapshots/", "one", "shots"]
BITS = [*WORDS, "set.zip", ".json", *'!@:~\\\0%?#"']


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(max_size=30) | st.lists(st.sampled_from(BITS), max_size=6).map("".join))
def test_whatever_is_typed_nothing_else_is_raised(
    text: str, home: Path, context: StoreContext
) -> None:
    with suppress(SourceError):
        assert asked(text, context).said
