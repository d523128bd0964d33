"""How runs go wrong, are stopped, tried again, and end with the window."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from time import monotonic

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit

from snapreview.model.change import Status
from tests.servers import Scripted, reply, scripted_server, stalled, static_server

from . import leftovers
from .hands import Hands
from .sets import Sets

CLOSES_WITHIN = 10.0
"""Seconds; SnapReview promises 2, a busy test machine may take longer."""


@pytest.fixture
def user(qtbot, open_desktop) -> Hands:
    return Hands(qtbot, open_desktop())


@pytest.fixture
def server() -> Iterator[Scripted]:
    with scripted_server() as script:
        yield script


def statuses(user: Hands) -> dict[str, Status]:
    model = user.window.review.changes.model
    rows = [model.change(row) for row in range(model.rowCount())]
    return {row.name: row.status for row in rows}


# One image


def test_an_errored_row_is_explained_and_tried_again(user: Hands, sets: Sets) -> None:
    user.compare(*sets.sources)
    user.press("statusDetails")
    dialog = user.dialog("faultDialog")
    told = dialog.findChild(QPlainTextEdit, "faultText").toPlainText()
    assert told.startswith("cart/broken.png\nThe head image could not be read")
    user.press("faultCopy", dialog)
    assert QApplication.clipboard().text() == told
    user.press("faultClose", dialog)
    user.until(lambda: user.window.findChild(object, "faultDialog") is None)

    sets.repair()
    user.press("statusRetry")
    assert user.offers() == {"statusCancel"}
    user.settle()
    assert statuses(user)["cart/broken.png"] is Status.CHANGED
    assert user.offers() == set()
    assert "4 changed" in user.pills()


def test_a_retry_that_does_not_help_says_so_again(user: Hands, sets: Sets) -> None:
    user.compare(*sets.sources)
    user.press("statusRetry")
    user.settle()
    assert statuses(user)["cart/broken.png"] is Status.ERRORED
    assert user.offers() == {"statusDetails", "statusRetry"}


# Cancelling


def test_cancelled_in_mid_run_then_completed(user: Hands, gate, sets: Sets) -> None:
    user.desktop.show(sets.sources)
    user.until(lambda: leftovers.engines() != set())
    user.press("statusCancel")
    user.settle()
    assert user.status() == "Cancelled: 4 of 8 images were not compared"
    assert user.offers() == {"statusRetry"}
    assert statuses(user)["home/most.png"] is Status.PENDING
    gate.open()
    user.press("statusRetry")
    assert user.offers() == {"statusCancel"}
    user.settle()
    assert user.listed() == Sets.listed
    assert user.status().startswith("6 of 8 images differ")


def test_cancelled_while_the_manifest_is_read(user: Hands, server: Scripted) -> None:
    arrived = Event()
    url = server.on("/set/manifest.json", stalled(arrived=arrived), reply(404))
    user.desktop.show((url,))
    user.until(arrived.is_set)
    assert user.empty()[0] == "Finding the images"
    assert user.offers() == {"statusCancel"}
    user.press("statusCancel")
    user.settle()
    assert user.empty()[0] == "Cancelled"
    assert user.offers() == {"statusRetry"}
    assert not user.window.review.header.export.isEnabled()
    user.press("statusRetry")
    user.settle()
    assert user.empty()[0] == "This could not be opened"


# A source


def test_a_missing_folder_is_told_everywhere(user: Hands, sets: Sets, tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    user.compare(str(missing), str(sets.head))
    sentence = f"There is no folder “{missing}”. Check the path."
    assert user.empty() == ("This could not be opened", sentence)
    assert user.status() == sentence
    assert user.offers() == {"statusRetry"}
    user.press("headerBack")
    assert user.text("startFault") == sentence
    assert user.window.findChild(QLabel, "startFault").isVisible()
    assert not user.window.settings.recent
    shutil.copytree(sets.base, missing)
    user.press("startCompare")
    user.settle()
    assert user.empty() is None
    user.press("headerBack")
    assert not user.window.findChild(QLabel, "startFault").isVisible()


def test_a_long_sentence_does_not_make_the_window_wider(user: Hands, sets: Sets) -> None:
    width = user.window.minimumSizeHint().width()
    user.compare("/" + "a-very-long-name-of-a-folder/" * 12, str(sets.head))
    assert user.window.minimumSizeHint().width() == width


def test_after_a_failure_the_next_try_begins_clean(user: Hands, gate, sets: Sets) -> None:
    user.compare(str(sets.base / "missing"), str(sets.head))
    shown = []
    panel = user.window.review.changes
    panel.model.countsChanged.connect(lambda: shown.append(user.empty()))
    user.desktop.show(sets.sources)
    assert ("Finding the images" in [text[0] for text in shown if text]) or user.empty() is None
    assert "This could not be opened" not in [text[0] for text in shown if text]
    gate.open()
    user.settle()


def test_a_host_that_refuses(user: Hands, server: Scripted) -> None:
    user.compare(server.on("/one/manifest.json", reply(401)))
    assert user.empty()[0] == "This could not be opened"
    assert "SNAPREVIEW_TOKEN_127_0_0_1" in user.status()


def test_published_sets_over_http(user: Hands, sets: Sets, tmp_path: Path) -> None:
    from click.testing import CliRunner

    from snapreview.cli.main import build

    sets.repair()
    for side, folder in (("one", sets.base), ("two", sets.head)):
        arguments = ["publish", str(folder), str(tmp_path / "store"), "--id", side]
        done = CliRunner().invoke(build(lambda _: 0, lambda _: None), arguments)
        assert done.exit_code == 0, done.output
    with static_server(tmp_path / "store") as url:
        user.compare(f"{url}/snapshots/one", f"{url}/snapshots/two")
        assert "4 changed" in user.pills()
        assert user.window.windowTitle() == "two – SnapReview"


# Closing


def assert_all_ends(user: Hands) -> None:
    """Close the window; everything it began has ended by then."""
    started = monotonic()
    user.window.close()
    user.until(lambda: leftovers.engines() == set())
    working = {name for name in leftovers.threads() if not name.startswith(("Thread-", "moto"))}
    assert working == set()
    assert monotonic() - started < CLOSES_WITHIN


def test_closing_in_mid_run_ends_everything(user: Hands, gate, sets: Sets) -> None:
    user.desktop.show(sets.sources)
    user.until(lambda: len(leftovers.engines()) > 0)
    assert {name.partition("-")[0] for name in leftovers.threads()} >= {"session", "diff", "fetch"}
    assert_all_ends(user)


def test_closing_ends_everything_though_a_host_stalls(
    user: Hands, server: Scripted, sets: Sets
) -> None:
    arrived = Event()
    url = server.on("/set/manifest.json", stalled(b"{}" * 10, 4, arrived))
    user.desktop.show((url, str(sets.head)))
    user.until(arrived.is_set)
    assert_all_ends(user)


def test_closing_ends_everything_while_an_image_stalls(user: Hands, server: Scripted) -> None:
    arrived, digest = Event(), "ab" * 32
    images = {"a.png": {"content_hash": digest, "width": 9, "height": 9}}
    manifest = json.dumps({"images": images}).encode()
    url = server.on("/snapshots/one/manifest.json", reply(200, manifest))
    server.on(f"/images/{digest}", stalled(b"x" * 100, 10, arrived))
    user.desktop.show((url,))
    user.until(arrived.is_set)
    assert_all_ends(user)


def test_opening_something_else_ends_what_was_open(user: Hands, gate, sets: Sets) -> None:
    user.desktop.show(sets.sources)
    user.until(lambda: leftovers.engines() != set())
    first = leftovers.engines()
    gate.open()
    user.compare(str(sets.base), str(sets.base))
    user.until(lambda: not first & leftovers.engines())
    assert user.listed() == ()


def test_closing_twice_is_once(user: Hands, sets: Sets) -> None:
    user.compare(*sets.sources)
    user.window.close()
    user.desktop.close()
    assert leftovers.engines() == set()


def test_rows_in_sight_are_compared_first(user: Hands, gate, sets: Sets, monkeypatch) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(user.desktop.presenter, "prefer", asked.append)
    user.desktop.show(sets.sources)
    user.until(lambda: asked != [])
    assert "home/some.png" in asked[-1]
    assert set(asked[-1]) <= {*Sets.listed[:4], *Sets.unlisted}
    field = user.window.review.changes.bar.field
    field.setFocus(Qt.FocusReason.OtherFocusReason)
    user.key("some")
    user.until(lambda: asked[-1] == ["home/some.png"])
    gate.open()
    user.settle()
