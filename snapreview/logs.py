"""The log: what happened and why, for whoever has to find a fault. Never a secret."""

from __future__ import annotations

import logging
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

_FORMAT = "%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"
_BYTES = 2_000_000


def start_log(path: Path) -> None:
    """Write our own messages to `path`, and warnings to stderr where that file cannot be made.

    Other libraries' messages are left out: some write headers, and with them tokens.
    """
    logger = logging.getLogger("snapreview")
    logger.setLevel(logging.INFO)
    logger.propagate = False
    handler: logging.Handler
    try:
        handler = RotatingFileHandler(path, maxBytes=_BYTES, backupCount=2, encoding="utf-8")
    except OSError:
        handler = logging.StreamHandler(sys.stderr)
        handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter(_FORMAT))
    logger.addHandler(handler)
