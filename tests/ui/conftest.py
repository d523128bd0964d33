"""Windows for tests: without a display Qt draws into memory, and text has one size everywhere."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

os.environ["QT_FONT_DPI"] = "96"
if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Drawing into memory cannot honour size hints, and says so each time a window is shown."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.qt_log_ignore("does not support propagateSizeHints"))
