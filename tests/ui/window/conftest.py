from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication

from snapreview.app import Desktop
from snapreview.stores.userdirs import UserDirs, user_dirs

from . import leftovers
from .sets import Gate, Sets, make_sets


@pytest.fixture(autouse=True)
def nothing_left(qapp: QApplication, qtbot) -> Iterator[None]:
    """Threads, windows and engines that a test began have ended after it."""
    known = leftovers.threads() | leftovers.windows()
    yield

    def left() -> set[str]:
        return (leftovers.threads() | leftovers.windows() | leftovers.engines()) - known

    try:
        qtbot.waitUntil(lambda: not left(), timeout=10_000)
    except qtbot.TimeoutError:
        pytest.fail(f"left behind: {sorted(left())}")


@pytest.fixture(autouse=True)
def own_system(monkeypatch: pytest.MonkeyPatch) -> None:
    """The proxies, engine and keychain of whoever runs the tests stay out of them."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.delenv("SNAPREVIEW_ODIFF", raising=False)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")


@pytest.fixture
def dirs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> UserDirs:
    """The user's folders, in the test's own."""
    for kind in ("CACHE", "DATA", "CONFIG"):
        monkeypatch.setenv(f"SNAPREVIEW_{kind}_DIR", str(tmp_path / "user" / kind.lower()))
    return user_dirs()


@pytest.fixture
def sets(tmp_path: Path) -> Sets:
    return make_sets(tmp_path / "sets")


@pytest.fixture
def gate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    """An odiff that waits until the gate is opened."""
    if sys.platform == "win32":
        pytest.skip("needs scripts and named pipes")
    made = Gate(tmp_path)
    monkeypatch.setenv("SNAPREVIEW_ODIFF", str(made.odiff))
    yield made
    made.close()


@pytest.fixture
def open_desktop(qapp: QApplication, qtbot, dirs: UserDirs) -> Iterator[Callable[..., Desktop]]:
    """Opens windows with all that is behind them; closes those that are still open."""
    made: list[Desktop] = []

    def make(*sources: str, size: tuple[int, int] | None = (1000, 700), **options) -> Desktop:
        desktop = Desktop(qapp, dirs, **options)
        made.append(desktop)
        if size is not None:
            desktop.window.resize(*size)
        with qtbot.waitExposed(desktop.window):
            desktop.show(sources)
        desktop.window.activateWindow()
        return desktop

    yield make
    for desktop in made:
        desktop.window.close()
        desktop.window.deleteLater()
        qtbot.waitUntil(lambda window=desktop.window: not shiboken6.isValid(window))


@pytest.fixture
def compared(qtbot, open_desktop, sets: Sets) -> Desktop:
    """A window in which `sets` have been compared."""
    desktop = open_desktop()
    with qtbot.waitSignal(desktop.window.settled, timeout=20_000):
        desktop.show(sets.sources)
    return desktop
