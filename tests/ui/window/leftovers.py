"""What a closed window must not leave behind."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

from PySide6.QtWidgets import QApplication

IGNORED_THREADS = ("pytest", "Dummy")


def threads() -> set[str]:
    """Names of the threads there are, this one apart."""
    return {
        thread.name
        for thread in threading.enumerate()
        if thread is not threading.current_thread() and not thread.name.startswith(IGNORED_THREADS)
    }


def windows() -> set[str]:
    """Visible windows and those that nobody has deleted."""
    return {
        f"{type(widget).__name__} {widget.objectName()}"
        for widget in QApplication.topLevelWidgets()
        if widget.objectName() or widget.isVisible()
    }


def engines() -> set[str]:
    """Processes below this one that run an odiff, by their command (Linux only)."""
    if sys.platform != "linux":
        return set()
    parents: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        stat = _read(folder / "stat").rpartition(")")[2].split()
        if stat and stat[0] not in "ZX":
            parents[int(folder.name)] = int(stat[1])
    commands = {pid: _read(Path(f"/proc/{pid}/cmdline")).replace("\0", " ") for pid in parents}
    return {
        f"{pid} {command}"
        for pid, command in commands.items()
        if "odiff" in command and _descends(pid, os.getpid(), parents)
    }


def _descends(pid: int, root: int, parents: dict[int, int]) -> bool:
    while pid in parents and parents[pid] != root:
        pid = parents[pid]
    return parents.get(pid) == root


def _read(path: Path) -> str:
    try:
        return path.read_text(errors="replace")
    except OSError:  # it has ended meanwhile
        return ""
