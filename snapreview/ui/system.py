"""What the system does with a file: show it in its folder, open it, take it to the clipboard."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QProcess, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QImage

_FILE_MANAGER = "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1"


def open_file(path: Path) -> bool:
    """Open a file with the program that the system has for it; whether there is one."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def reveal(path: Path) -> bool:
    """Show a file in the system's file manager, chosen if that is possible."""
    if sys.platform == "win32":
        return QProcess.startDetached("explorer.exe", [f"/select,{path}"])[0]
    if sys.platform == "darwin":
        return QProcess.startDetached("/usr/bin/open", ["-R", str(path)])[0]
    return _reveal_by_bus(path) or open_file(path.parent)


def _reveal_by_bus(path: Path) -> bool:
    """As the freedesktop.org file manager interface has it; whether somebody listens."""
    from PySide6.QtDBus import QDBusConnection, QDBusMessage  # noqa: PLC0415 - Linux alone has it

    bus = QDBusConnection.sessionBus()
    listening = bus.isConnected() and bus.interface().isServiceRegistered(_FILE_MANAGER[0]).value()
    if not listening:
        return False
    message = QDBusMessage.createMethodCall(*_FILE_MANAGER, _FILE_MANAGER[0], "ShowItems")
    message.setArguments([[bytes(QUrl.fromLocalFile(str(path)).toEncoded().data()).decode()], ""])
    return bus.send(message)


def file_data(paths: Sequence[Path]) -> QMimeData:
    """Files as they are dragged to other programs."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def copy_text(text: str) -> None:
    """Put text on the clipboard."""
    QGuiApplication.clipboard().setText(text)


def copy_image(image: QImage) -> None:
    """Put a picture on the clipboard."""
    QGuiApplication.clipboard().setImage(image)
