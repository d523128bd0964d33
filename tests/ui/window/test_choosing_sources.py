"""Choosing from real stores and repositories, in the whole window."""

from __future__ import annotations

import base64
import json
import logging
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt

from snapreview.app import Desktop
from snapreview.logs import logged
from snapreview.model.cancel import CancelToken
from snapreview.stores import catalogue as listing
from snapreview.stores.folder_root import FolderRoot
from snapreview.stores.index import rebuild_index
from tests.servers import reply, scripted_server, static_server
from tests.stores.repository import Repository
from tests.stores.shelves import memory, on_disk

from .choosing_parts import KEYS, SECRET, Chooser
from .sets import draw

MANIFEST = json.dumps(
    {"images": {"a.png": {"content_hash": "ab" * 32, "width": 9, "height": 9}}}
).encode()
INDEX = json.dumps({"snapshots": [{"id": "main"}, {"id": "pr", "date": "2026-03-28"}]}).encode()


@pytest.fixture
def desktop(open_desktop) -> Desktop:
    return open_desktop()


@pytest.fixture
def user(qtbot, desktop: Desktop) -> Chooser:
    return Chooser(qtbot, desktop.window.start)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Two snapshots in a folder."""
    folder = on_disk(memory({"two": ["a", "b"], "one": ["a"]}), tmp_path / "shop")
    rebuild_index(FolderRoot(folder), CancelToken())
    return folder


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Two commits on main, of which the first is tagged, and one on a branch."""
    made = Repository(tmp_path / "app")
    for number, shade in enumerate((10, 20, 30)):
        if number == 2:
            made.run("checkout", "--quiet", "-b", "feature")
        draw(made.folder / "a.png", shade)
        made.commit()
        if number == 0:
            made.run("tag", "v1")
    return made


def shown(desktop: Desktop) -> tuple[str, str]:
    request = desktop.presenter.request
    return request.base, request.head


def test_two_snapshots_of_a_folder_are_chosen_and_compared(
    user: Chooser, desktop: Desktop, store: Path
) -> None:
    for side, downs in (("base", 1), ("head", 0)):
        user.paste(str(store), side)
        user.until_open(side)
        assert user.said(side) == "The store of snapshots “shop”"
        assert user.rows(side) == ["two", "one"]
        user.key(KEYS.Key_Down)
        for _ in range(downs):
            user.key(KEYS.Key_Down)
        user.key(KEYS.Key_Return)
    assert "2\u00a0images" in user.said("head")
    with user.qtbot.waitSignal(desktop.window.settled, timeout=20_000):
        user.key(KEYS.Key_Return)
    assert shown(desktop) == (f"{store}/snapshots/one", f"{store}/snapshots/two")
    assert {change.name for change in desktop.presenter.comparison.changes} == {"a.png", "b.png"}


def test_a_store_on_the_web(user: Chooser, store: Path) -> None:
    with static_server(store) as url:
        user.paste(url)
        user.until_open()
        assert user.rows() == ["two", "one"]
        user.click_row(1)
        assert user.page.head.source == f"{url}/snapshots/one"
        user.press("startFindBase")
        user.until(lambda: user.said("base").startswith("No base was found for one"))


def test_branches_and_tags(user: Chooser, repository: Repository) -> None:
    user.paste(str(repository.folder))
    user.until(user.said)
    assert user.said() == "The git repository “app”"
    assert not user.panel().isVisible()
    user.press("headChoose")
    assert user.current() == "Working tree"
    assert sorted(user.rows()) == ["Working tree", "feature", "main", "v1"]
    user.qtbot.keyClicks(user.list(), "tag")
    assert user.rows() == ["v1"]
    user.key(KEYS.Key_Return)
    assert user.field().text() == f"git:{repository.folder}@v1"
    assert user.said().startswith("Tag\u00a0· ")
    user.press("headChoose")
    assert user.current() == "v1"


def test_the_base_of_a_branch(user: Chooser, repository: Repository) -> None:
    user.paste(f"git:{repository.folder}@feature")
    user.until(lambda: user.button("headChoose").isVisible())
    user.qtbot.keyClick(user.field(), KEYS.Key_B, Qt.KeyboardModifier.ControlModifier)
    user.until(lambda: user.said("base").startswith("Found"))
    commit = repository.run("rev-parse", "main")
    assert user.page.base.source == f"git:{repository.folder}@{commit}"
    assert user.said("base") == "Found: it is where that left main."
    user.until(lambda: user.button("baseChoose").isVisible())  # another one can be taken


def test_a_password_goes_to_its_host_and_nowhere_else(
    user: Chooser, desktop: Desktop, dirs, tmp_path: Path
) -> None:
    with scripted_server() as server, logged(dirs.log):
        server.on("/shop/snapshots/index.json", reply(200, INDEX))
        for name in ("pr", "main"):
            server.on(f"/shop/snapshots/{name}/manifest.json", reply(200, MANIFEST))
        host = server.url.removeprefix("http://")
        user.paste(f"http://mia:{SECRET}@{host}/shop")
        user.until_open()
        user.click_row(0)
        assert user.field().text() == f"http://{host}/shop/snapshots/pr"
        user.press("startCompare")
        user.until(lambda: not desktop.presenter.busy)
        assert "/shop/snapshots/pr/manifest.json" in server.paths()
        expected = "Basic " + base64.b64encode(f"mia:{SECRET}".encode()).decode()
        assert {seen.authorisation for seen in server.requests} == {expected}
    desktop.window.close()
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert SECRET not in "\n".join(f"{path} {path.read_bytes()!r}" for path in kept)


def test_a_token_without_a_host_does_not_go_to_what_is_typed(
    user: Chooser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SNAPREVIEW_TOKEN", SECRET)
    with scripted_server() as server:
        monkeypatch.setenv("SNAPREVIEW_TOKEN_LOCALHOST", "named")
        user.paste(server.url)
        user.until(user.said)
        assert {seen.authorisation for seen in server.requests} == {None}
        named = server.url.replace("127.0.0.1", "localhost")
        before = len(server.requests)
        user.paste(named)
        user.until(user.said)
        assert {seen.authorisation for seen in server.requests[before:]} == {"Bearer named"}


def test_a_refusal_is_told_in_a_sentence(user: Chooser) -> None:
    with scripted_server() as server:
        server.on("/shop/snapshots/index.json", reply(401))
        user.paste(f"{server.url}/shop")
        user.until(user.said)
    assert "refuses access" in user.said()


def test_half_a_path_is_nothing_for_the_log(
    user: Chooser, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        user.paste(str(tmp_path / "nowher"))
        user.until(user.said)
        user.press("startFindBase")
        user.until(lambda: user.said("base").startswith("No base"))
    assert caplog.messages == []


def test_the_window_closes_while_it_looks(
    user: Chooser, desktop: Desktop, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A network drive that hangs: neither token nor time limit reaches it."""
    reached, answers, real = Event(), Event(), listing.listing

    def hanging(*arguments):
        reached.set()
        answers.wait(60)
        return real(*arguments)

    monkeypatch.setattr(listing, "listing", hanging)
    user.paste(str(store))
    user.until(reached.is_set)
    desktop.window.close()
    assert not desktop.window.isVisible()
    assert not answers.is_set()
    answers.set()
