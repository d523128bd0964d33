"""The log: what happened and why, for whoever has to find a fault. Never a secret."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path

_FORMAT = "%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"
_BYTES = 2_000_000


@contextmanager
def logged(path: Path) -> Iterator[str | None]:
    """Write our own messages to `path` for as long as the context lasts.

    Yields a sentence when that file cannot be written: then there is no log, and the work goes on.
    Other libraries' messages are left out: some write headers, and with them tokens.
    """
    problem = None
    handler: logging.Handler
    try:
        handler = RotatingFileHandler(path, maxBytes=_BYTES, backupCount=2, encoding="utf-8")
    except OSError as fault:
        handler = logging.NullHandler()
        problem = f"There is no log of this run: {path} cannot be written ({fault.strerror})."
    handler.setFormatter(logging.Formatter(_FORMAT))
    logger = logging.getLogger("snapreview")
    level, propagate = logger.level, logger.propagate
    logger.setLevel(logging.INFO)
    logger.propagate = False
    logger.addHandler(handler)
    try:
        yield problem
    finally:
        logger.removeHandler(handler)
        handler.close()
        logger.setLevel(level)
        logger.propagate = propagate
