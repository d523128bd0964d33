"""Puts the engine's parts together for a session: where concrete classes are named."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from itertools import count
from pathlib import Path

from snapreview.engine.budget import PixelBudget
from snapreview.engine.differ import Differ, OdiffDiffer
from snapreview.engine.locate import Engine
from snapreview.engine.odiff import OdiffServer
from snapreview.engine.results import ResultStore
from snapreview.engine.session import Tools
from snapreview.stores.userdirs import UserDirs

_STALE_SECONDS = 24 * 3600
"""Age of a work folder, left by a SnapReview that was killed, above which it is removed."""


@contextmanager
def workbench(engine: Engine, dirs: UserDirs, workers: int | None = None) -> Iterator[Tools]:
    """Tools for sessions, for as long as the context lasts. `workers` defaults to the cores."""
    dirs.work.mkdir(exist_ok=True)
    _remove_stale(dirs.work)
    with (
        tempfile.TemporaryDirectory(dir=dirs.work, ignore_cleanup_errors=True) as folder,
        closing(ResultStore(dirs.results)) as results,
    ):
        yield Tools(
            engine_version=engine.version,
            results=results,
            make_differ=_differ_maker(engine, Path(folder)),
            workers=workers or os.cpu_count() or 2,
        )


def _differ_maker(engine: Engine, folder: Path) -> Callable[[], AbstractContextManager[Differ]]:
    numbers = count()
    budget = PixelBudget()
    return lambda: OdiffDiffer(OdiffServer(engine.path), folder / str(next(numbers)), budget)


def _remove_stale(work: Path) -> None:
    for folder in work.iterdir():
        if time.time() - folder.stat().st_mtime > _STALE_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)
