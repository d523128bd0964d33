"""Whether a window can be opened here: asked before Qt is loaded, which would end the program."""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

_ASK_SECONDS = 10
_MISSING = re.compile(r"^\s*(\S+) => not found", re.MULTILINE)


def window_problem(unseen: bool, environ: Mapping[str, str] = os.environ) -> str | None:
    """Why no window can be opened, as a sentence, or None. Only Linux has anything to ask.

    `unseen` asks about a window that is only drawn, for a picture: it needs no display.
    """
    if not sys.platform.startswith("linux"):
        return None
    platform = _platform(environ, unseen=unseen)
    if platform is None:
        return "There is no display: neither DISPLAY nor WAYLAND_DISPLAY is set."
    missing = missing_libraries(platform)
    if missing:
        return (
            f"Qt cannot open a window: it lacks {', '.join(missing)}. Install the packages of"
            " your system that have these libraries."
        )
    if platform == "xcb" and not _display_answers():
        return f"The display {environ.get('DISPLAY')} does not answer."
    return None


def needs_offscreen(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether a window that nobody has to see can only be drawn into memory here."""
    return (
        sys.platform.startswith("linux")
        and not environ.get("QT_QPA_PLATFORM")
        and _platform(environ, unseen=True) == "offscreen"
    )


def _platform(environ: Mapping[str, str], *, unseen: bool) -> str | None:
    chosen = environ.get("QT_QPA_PLATFORM", "").partition(":")[0]
    if unseen and chosen:
        return chosen
    if environ.get("WAYLAND_DISPLAY"):
        return "wayland"
    if environ.get("DISPLAY"):
        return "xcb"
    return "offscreen" if unseen else None


def missing_libraries(platform: str) -> tuple[str, ...]:
    """Names of the system's libraries that Qt needs for `platform` and that are not there."""
    spec = find_spec("PySide6")
    ask = shutil.which("ldd")
    if spec is None or not spec.submodule_search_locations or ask is None:
        return ()
    root = Path(next(iter(spec.submodule_search_locations))) / "Qt"
    plugins = (root / "plugins" / "platforms").glob(f"libq{platform}*.so")
    files = [*(root / "lib").glob("libQt6Gui.so.*"), *(root / "lib").glob("libQt6Widgets.so.*")]
    found: dict[str, None] = {}
    for file in (*files, *plugins):
        answer = subprocess.run(
            [ask, str(file)], capture_output=True, text=True, timeout=_ASK_SECONDS, check=False
        )
        found |= dict.fromkeys(_MISSING.findall(answer.stdout))
    return tuple(found)


def _display_answers() -> bool:
    """Ask the X server, with the library that Qt itself uses for it."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return False
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    fault = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not fault
