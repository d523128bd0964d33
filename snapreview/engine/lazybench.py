"""The workbench of a program that may never compare anything."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from threading import Lock

from snapreview.engine.locate import Engine, locate_engine
from snapreview.engine.session import Tools
from snapreview.engine.workbench import workbench
from snapreview.stores.userdirs import UserDirs

_CLOSE_SECONDS = 1.0


class LazyBench:
    """The engine and its tools, made when the first session needs them and in its thread.

    `setting` is the engine that the settings name, if any. Used from several threads. Tools of an
    engine that was replaced stay until the end: a session may still be at work with them.
    """

    def __init__(self, setting: Path | None, dirs: UserDirs) -> None:
        self._setting = setting
        self._dirs = dirs
        self._engine: Engine | None = None
        self._lock = Lock()
        self._stack = ExitStack()
        self._tools: Tools | None = None

    def tools(self) -> Tools:
        """The tools. Raises EngineUnavailable."""
        with self._lock:
            if self._tools is None:
                self._tools = self._stack.enter_context(workbench(self._located(), self._dirs))
            return self._tools

    def use(self, setting: Path | None) -> None:
        """Have another engine from the next session on."""
        with self._lock:
            if setting != self._setting:
                self._setting, self._engine, self._tools = setting, None, None

    def describe(self) -> str:
        """The engine's version and origin, in words. Raises EngineUnavailable."""
        with self._lock:
            engine = self._located()
        return described(engine)

    def _located(self) -> Engine:
        if self._engine is None:
            self._engine = locate_engine(self._setting)
        return self._engine

    def close(self) -> None:
        """Remove what the tools made. An engine that is still being asked has made nothing."""
        if self._lock.acquire(timeout=_CLOSE_SECONDS):
            self._stack.close()
            self._lock.release()


def described(engine: Engine) -> str:
    """An engine's version and origin, in words."""
    return f"odiff {engine.version}, {engine.origin} ({engine.path})"
