"""Arguments in, exit code out. Commands without a window never load Qt."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence

import click

from snapreview.cli.console import complain
from snapreview.cli.main import build
from snapreview.cli.window import WindowRequest
from snapreview.display import window_problem
from snapreview.logs import start_log
from snapreview.model.errors import Cancelled, SnapReviewError
from snapreview.stores.userdirs import user_dirs

_NO_RESULT = 2
_INTERRUPTED = 130

log = logging.getLogger("snapreview")


def run(arguments: Sequence[str] | None = None) -> int:
    """Do what `arguments` (the process's, if None) say; returns the exit code."""
    try:
        start_log(user_dirs().log)
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


def main() -> None:
    """The program's entry."""
    sys.exit(run())


def _open_window(request: WindowRequest) -> int:
    from snapreview.app import open_window

    return open_window(request)


if __name__ == "__main__":
    main()
