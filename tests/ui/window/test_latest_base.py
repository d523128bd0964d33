"""What is open, compared with the latest base of its store."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from PySide6.QtCore import Qt

from snapreview.cli.publish import publish

from .hands import CONTROL, Hands
from .sets import Sets


@pytest.fixture
def store(sets: Sets, tmp_path: Path) -> Path:
    """A store with the base as two snapshots of main, and the head as one of a branch."""
    root = tmp_path / "store"
    given = {
        "main-1": (sets.base, "--branch", "main", "--sha", "a" * 40),
        "main-2": (sets.base, "--branch", "main", "--sha", "b" * 40),
        "topic": (sets.head, "--branch", "topic", "--base-sha", "a" * 40),
    }
    for name, (folder, *options) in given.items():
        done = CliRunner().invoke(publish, [str(folder), str(root), "--id", name, *options])
        assert done.exit_code == 0, done.output
    return root / "snapshots"


@pytest.fixture
def user(qtbot, open_desktop) -> Hands:
    return Hands(qtbot, open_desktop())


def ask(user: Hands) -> None:
    user.key(Qt.Key.Key_B, CONTROL | Qt.KeyboardModifier.ShiftModifier)


def told(user: Hands) -> str:
    return user.window.review.status.text


def test_a_set_that_is_looked_at_is_compared(user: Hands, store: Path) -> None:
    user.compare(str(store / "topic"))
    assert not user.pills()
    ask(user)
    user.until(lambda: user.window.presenter.comparison is not None and bool(user.pills()))
    assert user.text("headerTitle") == f"{store / 'main-1'}   →   {store / 'topic'}"
    assert len(user.window.presenter.comparison.changes) == 8
    ask(user)
    user.until(lambda: "already" in told(user))
    assert "aaaaaaaaaaaa, which topic names as its base" in told(user)


def test_why_there_is_none_is_told(user: Hands, sets: Sets) -> None:
    user.compare(*sets.sources)
    ask(user)
    user.until(lambda: "No base can be told for" in told(user))
    assert user.text("headerTitle") == f"{sets.base}   →   {sets.head}"


def test_what_was_opened_meanwhile_stays(user: Hands, store: Path, sets: Sets) -> None:
    user.compare(str(store / "topic"))
    ask(user)
    user.window.open(*sets.sources)
    user.until(
        lambda: (
            len(
                user.window.presenter.comparison.changes if user.window.presenter.comparison else ()
            )
            == 8
        )
    )
    assert user.text("headerTitle") == f"{sets.base}   →   {sets.head}"
