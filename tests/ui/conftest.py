"""Windows for tests: without a display Qt draws into memory, and text has one size everywhere."""

from __future__ import annotations

import os
import sys

os.environ["QT_FONT_DPI"] = "96"
if sys.platform == "linux" and not (
    os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
