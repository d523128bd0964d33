"""A host that wants a token: the window asks, uses it, and keeps it where it belongs alone."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from snapreview.logs import logged
from snapreview.ui.dialogs.token_dialog import TokenDialog
from tests.keychains import MemoryKeyring, system_keyring
from tests.leaks import (
    BASIC,
    BEARER,
    TOKEN,
    assert_clean,
    assert_error_is_clean,
    assert_no_file_has_it,
    debug_everything,
    logged_by_us,
    with_userinfo,
)
from tests.servers import Reply, Scripted, redirect, reply, scripted_server

from .hands import Hands
from .sets import draw
from .test_window_secrets import everything_shown

MANIFEST = "/snapshots/one/manifest.json"


@pytest.fixture
def backend() -> Iterator[MemoryKeyring]:
    made = MemoryKeyring()
    with system_keyring(made):
        yield made


@pytest.fixture
def user(
    qtbot,
    backend: MemoryKeyring,
    open_desktop,
    dirs,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> Iterator[Hands]:
    """Afterwards, everything that was shown and written is searched for the token."""
    debug_everything(caplog)
    with logged(dirs.log):
        hands = Hands(qtbot, open_desktop())
        yield hands
        assert_clean("the window", everything_shown(hands))
        if hands.window.failure is not None:
            assert_error_is_clean(hands.window.failure)
        hands.window.close()
    assert_clean("a log", logged_by_us(caplog))
    assert dirs.log in assert_no_file_has_it(tmp_path)


@pytest.fixture
def server() -> Iterator[Scripted]:
    with scripted_server() as script:
        yield script


@pytest.fixture
def picture(tmp_path: Path) -> tuple[str, bytes]:
    """An image: its hash and its bytes."""
    data = draw(tmp_path / "a.png", 120).read_bytes()
    return hashlib.sha256(data).hexdigest(), data


def guarded(answer: Reply, *accepted: str) -> Reply:
    def check(handler) -> None:
        known = handler.headers.get("Authorization") in accepted
        (answer if known else reply(401))(handler)

    return check


@pytest.fixture
def serve(server: Scripted, picture: tuple[str, bytes]) -> Callable[..., str]:
    """Serve one image: manifest and image for those who know one of these headers."""
    digest, data = picture
    images = {"a.png": {"content_hash": digest, "width": 48, "height": 36}}

    def make(manifest: tuple[str, ...], image: tuple[str, ...]) -> str:
        body = reply(body=json.dumps({"images": images}).encode())
        server.on(MANIFEST, guarded(body, *manifest) if manifest else body)
        shown = reply(body=data)
        server.on(f"/images/{digest}", guarded(shown, *image) if image else shown)
        return server.url + MANIFEST

    return make


def prompt(user: Hands) -> TokenDialog:
    dialog = user.dialog("tokenDialog")
    user.until(dialog.isVisible)
    return dialog


def give(user: Hands, secret: str) -> None:
    """Paste it, and press Enter."""
    dialog = prompt(user)
    field = dialog.findChild(QLineEdit, "tokenField")
    QApplication.clipboard().setText(f"{secret}\n")
    user.qtbot.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QApplication.clipboard().clear()
    assert secret not in field.displayText()
    user.qtbot.keyClick(field, Qt.Key.Key_Return)


def no_prompt(user: Hands) -> bool:
    return not any(one.isVisible() for one in user.window.findChildren(TokenDialog))


def test_a_refused_snapshot_opens_with_the_token_that_is_given(
    user: Hands, backend: MemoryKeyring, server: Scripted, serve
) -> None:
    address = serve((BEARER,), (BEARER,))
    user.compare(address)
    assert user.empty()[0] == "This could not be opened"
    give(user, TOKEN)
    user.until(lambda: user.listed() == ("a.png",))
    user.settle()
    user.until(lambda: backend.secrets() == {server.url: TOKEN})
    assert no_prompt(user)
    assert user.window.failure is None


def test_a_name_and_a_password_do_as_well(user: Hands, backend, server: Scripted, serve) -> None:
    user.compare(serve((BASIC,), (BASIC,)))
    give(user, f"mia:{TOKEN}")
    user.until(lambda: user.listed() == ("a.png",))
    user.settle()


def test_a_wrong_token_is_asked_for_again(
    user: Hands, backend: MemoryKeyring, server: Scripted, serve
) -> None:
    user.compare(serve((BEARER,), (BEARER,)))
    first = prompt(user)
    give(user, "wrong-token")
    user.until(lambda: not no_prompt(user) and prompt(user) is not first)
    give(user, TOKEN)
    user.until(lambda: user.listed() == ("a.png",))
    user.until(lambda: backend.secrets() == {server.url: TOKEN})
    user.settle()


def test_what_the_keychain_has_is_not_asked_for(
    user: Hands, backend: MemoryKeyring, server: Scripted, serve
) -> None:
    backend.kept["snapreview", server.url] = TOKEN
    user.compare(serve((BEARER,), (BEARER,)))
    assert user.listed() == ("a.png",)
    assert no_prompt(user)


def test_refused_images_lead_to_the_prompt(
    user: Hands, backend: MemoryKeyring, server: Scripted, serve, tmp_path: Path
) -> None:
    draw(tmp_path / "base" / "a.png", 90)
    user.compare(str(tmp_path / "base"), serve((), (BEARER,)))
    user.settle()
    user.press("statusDetails")
    faults = user.dialog("faultDialog")
    assert f"{server.url} refuses access to some of them." in user.text("faultRefused", faults)
    user.press("faultToken", faults)
    give(user, TOKEN)
    user.until(lambda: user.offers() == set() and not user.desktop.presenter.busy)
    assert user.status().startswith(("1 of 1", "The token"))


def test_going_without_leaves_the_reason(user: Hands, backend, server: Scripted, serve) -> None:
    user.compare(serve((BEARER,), (BEARER,)))
    prompt(user).reject()
    assert user.empty()[0] == "This could not be opened"
    assert "snapreview login" in user.empty()[1]
    assert backend.secrets() == {}


FAULTS: dict[str, Callable[[str], Reply]] = {
    "refused": lambda _: reply(401, www_authenticate=f'Bearer error="{TOKEN}"'),
    "forbidden": lambda _: reply(403),
    "repeated in a redirect": lambda other: redirect(f"{other}/{TOKEN}?next={TOKEN}"),
    "repeated in JSON": lambda _: reply(body=json.dumps({"images": TOKEN}).encode()),
    "repeated in text": lambda _: reply(body=TOKEN.encode()),
    "repeated in headers": lambda _: reply(404, etag=TOKEN, set_cookie=f"a={TOKEN}"),
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("way", ["variable", "address", "prompt"])
def test_a_host_that_fails_with_the_token(
    user: Hands, server: Scripted, monkeypatch: pytest.MonkeyPatch, fault: str, way: str
) -> None:
    with scripted_server() as other:
        known = guarded(FAULTS[fault](other.url), BEARER, BASIC)
        address = server.on(MANIFEST, known)
        if way == "variable":
            monkeypatch.setenv("SNAPREVIEW_TOKEN", TOKEN)
        user.compare(with_userinfo(address) if way == "address" else address)
        if way == "prompt":
            give(user, TOKEN)
            user.until(lambda: server.requests[-1].authorisation == BEARER)
        user.settle()
        assert user.empty()[0] == "This could not be opened"
        assert {seen.authorisation for seen in other.requests} <= {None}
    assert {BEARER, BASIC} & {seen.authorisation for seen in server.requests}
    logging.getLogger("snapreview").warning("%s", user.window.failure, exc_info=user.window.failure)
