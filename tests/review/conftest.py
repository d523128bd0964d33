"""Files and windows for the tests of decisions; none may leave a thread behind."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from snapreview.review.store import DecisionStore

from .makers import PATIENCE, Window


@pytest.fixture(autouse=True)
def _no_thread_is_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    new = [thread for thread in threading.enumerate() if thread not in before]
    for thread in new:
        thread.join(PATIENCE)
    assert [thread.name for thread in new if thread.is_alive()] == []


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "decisions.sqlite"


@pytest.fixture
def store(path: Path) -> Iterator[DecisionStore]:
    store = DecisionStore(path)
    yield store
    store.close()


@pytest.fixture
def open_window(path: Path) -> Iterator[Callable[..., Window]]:
    """Opens windows on one file; they are closed afterwards."""
    windows: list[Window] = []

    def open_window(**options: object) -> Window:
        windows.append(Window(path, **options))  # type: ignore[arg-type]  # the window's own
        return windows[-1]

    yield open_window
    for window in windows:
        window.images.gate.set()
        window.desk.close(30)


@pytest.fixture
def window(open_window: Callable[..., Window]) -> Window:
    return open_window()
