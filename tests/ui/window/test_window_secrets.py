"""A password in an address is used, and neither shown nor kept."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from snapreview.logs import logged
from tests.servers import reply, scripted_server

from .hands import Hands

SECRET = "pa55w0rd-for-nobody"
USER = "mia"
MANIFEST = b'{"images": {"a.png": {"content_hash": "%s", "width": 9, "height": 9}}}' % (b"ab" * 32)


@pytest.fixture
def user(qtbot, open_desktop) -> Hands:
    return Hands(qtbot, open_desktop())


def everything_shown(user: Hands) -> str:
    """Every text, tooltip and accessible text of the window, seen or not."""
    texts = [user.window.windowTitle()]
    for widget in user.window.findChildren(QWidget):
        texts += [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()]
        if isinstance(widget, QLabel | QLineEdit):
            texts.append(widget.text())
    recent = user.window.start.recent
    rows = [recent.item(row) for row in range(recent.count())]
    return "\n".join([*texts, *(row.text() + row.toolTip() for row in rows)])


def everything_kept(folder: Path) -> str:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return "\n".join(f"{path} {path.read_bytes()!r}" for path in files)


def test_a_set_behind_a_password(user: Hands, dirs, tmp_path: Path) -> None:
    with scripted_server() as server, logged(dirs.log):
        server.on("/s/one/manifest.json", reply(200, MANIFEST))
        server.on("/s/one/manifest.json?sig=" + SECRET, reply(200, MANIFEST))
        host = server.url.removeprefix("http://")
        given = f"http://{USER}:{SECRET}@{host}/s/one/manifest.json"
        user.compare(f"{given}?sig={SECRET}", given)
        expected = "Basic " + base64.b64encode(f"{USER}:{SECRET}".encode()).decode()
        assert {seen.authorisation for seen in server.requests} == {expected}
        assert user.text("headerTitle").endswith(f"http://{host}/s/one/manifest.json")
        assert user.window.windowTitle() == "one – SnapReview"

        user.press("headerBack")
        assert SECRET not in everything_shown(user)
        assert user.window.start.head.source == f"http://{host}/s/one/manifest.json"
        assert len(user.window.settings.recent) == 1
        # What was typed in this window still works without typing it again.
        before = len(server.requests)
        user.press("startCompare")
        user.settle()
        assert {seen.authorisation for seen in server.requests[before:]} == {expected}
    user.window.close()
    assert SECRET not in everything_kept(tmp_path)


@pytest.mark.parametrize(
    "address",
    [
        "http://{user}:{secret}@127.0.0.1:{port}/snapshots/one",
        "http://{user}:{secret}@",
        "http://{user}:{secret}/x@127.0.0.1:{port}",
        "HTTP:/{user}:{secret}@host/x",
        "ftp://{user}:{secret}@127.0.0.1/x",
        " https://{user}:{secret}@127.0.0.1:99999/x",
        "http://127.0.0.1:{port}/x?X-Amz-Signature={secret}",
        "file://{user}:{secret}@127.0.0.1/x",
        "http://[{user}:{secret}@/x?token={secret}#{secret}",
    ],
)
def test_a_set_that_cannot_be_had(user: Hands, dirs, tmp_path: Path, address: str) -> None:
    with scripted_server() as server, logged(dirs.log):
        port = server.url.rpartition(":")[2]
        given = address.format(user=USER, secret=SECRET, port=port)
        user.compare(given, given)
    assert user.empty()[0] == "This could not be opened"
    assert user.window.failure is not None
    assert SECRET not in str(user.window.failure)
    assert SECRET not in everything_shown(user)
    user.window.close()
    assert SECRET not in everything_kept(tmp_path)
