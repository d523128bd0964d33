from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from snapreview.ui.inspector.panel import Inspector
from snapreview.ui.theme import apply_theme
from snapreview.ui.theme_tokens import LIGHT, Theme


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    """The application, given back as it was."""
    before = qapp.style().name(), qapp.palette(), qapp.font(), qapp.styleSheet()
    yield qapp
    qapp.setStyleSheet(before[3])
    qapp.setStyle(before[0])
    qapp.setPalette(before[1])
    qapp.setFont(before[2])


@pytest.fixture
def open_inspector(app: QApplication, qtbot) -> Callable[..., Inspector]:
    """Opens panels as they look in the window."""

    def make(width: int = 300, height: int = 1600, theme: Theme = LIGHT) -> Inspector:
        apply_theme(app, theme)
        panel = Inspector(theme)
        qtbot.addWidget(panel)
        panel.resize(width, height)
        with qtbot.waitExposed(panel):
            panel.show()
        panel.activateWindow()
        qtbot.waitUntil(panel.isActiveWindow)
        return panel

    return make


@pytest.fixture
def clipboard(qapp: QApplication) -> Iterator[Callable[[], str]]:
    """What is on the clipboard, which is empty at first."""
    QGuiApplication.clipboard().clear()
    yield QGuiApplication.clipboard().text
    QGuiApplication.clipboard().clear()
