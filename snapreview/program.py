"""What the process does with its arguments. Commands without a window never load Qt."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence

import click

from snapreview.cli.console import complain
from snapreview.cli.main import build
from snapreview.cli.window import WindowRequest
from snapreview.display import needs_offscreen, window_problem
from snapreview.logs import logged
from snapreview.model.errors import Cancelled, SnapReviewError
from snapreview.stores.userdirs import user_dirs

_NO_RESULT = 2
_INTERRUPTED = 130

log = logging.getLogger("snapreview")


def do(arguments: Sequence[str] | None = None) -> int:
    """Do what `arguments` (the process's, if None) say; returns the exit code."""
    try:
        with logged(user_dirs().log) as problem:
            if problem:
                complain(problem)
            return _logged_run(arguments)
    except SnapReviewError as error:  # there is not even a place for a log
        complain(str(error))
        return _NO_RESULT


def _logged_run(arguments: Sequence[str] | None) -> int:
    try:
        commands = build(_open_window, window_problem)
        outcome = commands.main(arguments, prog_name="snapreview", standalone_mode=False)
        return outcome if isinstance(outcome, int) else 0
    except (Cancelled, KeyboardInterrupt, click.Abort):
        complain("Interrupted.")
        return _INTERRUPTED
    except click.ClickException as error:
        error.show()
        return _NO_RESULT
    except SnapReviewError as error:
        log.warning("%s", error, exc_info=True)
        complain(str(error))
        return _NO_RESULT
    except Exception as error:
        log.exception("An unexpected fault")
        complain(
            f"SnapReview itself failed ({type(error).__name__}: {error}). The log has the details:"
            f" {user_dirs().log}"
        )
        return _NO_RESULT


def _open_window(request: WindowRequest) -> int:
    if request.screenshot is not None and needs_offscreen():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from snapreview.app import open_window

    return open_window(request)
