"""Whether a window can be opened here: asked before Qt is loaded, which would end the program."""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
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
    return _silence(platform, environ)


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
    x11 = environ.get("DISPLAY")
    if environ.get("WAYLAND_DISPLAY") and not (x11 and not _compositor_answers(environ)):
        return "wayland"
    if x11:
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


def _silence(platform: str, environ: Mapping[str, str]) -> str | None:
    """What is wrong with the display that `platform` draws on, if it draws on one."""
    if platform not in _ASKING:
        return None
    variable, answers = _ASKING[platform]
    if not environ.get(variable):
        return f"There is no display: {variable} is not set."
    return None if answers(environ) else f"The display {environ[variable]} does not answer."


def _compositor_answers(environ: Mapping[str, str]) -> bool:
    """Connect to the socket: a terminal that outlives its session keeps the old variable."""
    path = Path(environ.get("XDG_RUNTIME_DIR", ""), environ["WAYLAND_DISPLAY"])
    with socket.socket(socket.AF_UNIX) as ours:
        ours.settimeout(_ASK_SECONDS)
        try:
            ours.connect(str(path))
        except OSError:
            return False
    return True


def _x_server_answers(environ: Mapping[str, str]) -> bool:
    """Ask the X server, with the library that Qt itself uses for it."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return False
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(environ["DISPLAY"].encode(), None)
    fault = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not fault


_ASKING: dict[str, tuple[str, Callable[[Mapping[str, str]], bool]]] = {
    "wayland": ("WAYLAND_DISPLAY", _compositor_answers),
    "xcb": ("DISPLAY", _x_server_answers),
}
"""How it is found out whether a display is there, and the variable that names it."""
