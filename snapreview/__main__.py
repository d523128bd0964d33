"""Arguments in, exit code out."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from io import TextIOWrapper

_INTERRUPTED = 130


def run(arguments: Sequence[str] | None = None) -> int:
    """Do what `arguments` (the process's, if None) say; returns the exit code.

    Everything else is imported in here: that takes half a second, in which Ctrl+C is no fault.
    """
    try:
        from snapreview.program import do

        return do(arguments)
    except KeyboardInterrupt:
        sys.stderr.write("Interrupted.\n")
        return _INTERRUPTED


def main() -> None:
    """The program's entry."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # None in a bundle without a console
            stream.reconfigure(errors="backslashreplace")  # a file's name may be in any script
    sys.exit(run())


if __name__ == "__main__":
    main()
