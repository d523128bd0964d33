"""Saves settings beside the main thread, which must not wait for a disk."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Lock

from snapreview.ui.settings import Settings, SettingsFile


class SettingsSaver:
    """Writes the newest settings; those that were replaced before their turn are never written.

    A slider that is dragged changes them many times a second.
    """

    def __init__(self, file: SettingsFile) -> None:
        self._file = file
        self._lock = Lock()
        self._newest: Settings | None = None
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="settings")

    def save(self, settings: Settings) -> None:
        """Have `settings` written soon."""
        with self._lock:
            waiting, self._newest = self._newest is not None, settings
        if not waiting:
            self._worker.submit(self._write)

    def close(self) -> None:
        """Wait until everything is written. Nothing can be saved afterwards."""
        self._worker.shutdown()

    def _write(self) -> None:
        with self._lock:
            settings, self._newest = self._newest, None
        if settings is not None:
            self._file.save(settings)
