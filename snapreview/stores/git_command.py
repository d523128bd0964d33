"""Running git: without a shell, without a prompt, ended when nobody wants its answer any more."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import SourceError
from snapreview.model.names import quoted

NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)


def environment(environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Ours without GIT_DIR and the like, which in a hook name another checkout."""
    kept = {name: value for name, value in environ.items() if not name.startswith("GIT_")}
    return kept | {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}


class GitFailed(Exception):
    """git said no; its own words are the text."""


@dataclass(frozen=True, slots=True)
class Git:
    """git in one repository, at `folder`."""

    program: str
    folder: Path

    def command(self, *arguments: str) -> list[str]:
        """The command line for `arguments`. A file system watcher that is configured is not run."""
        fixed = ["-c", "core.fsmonitor=false", "-c", "core.quotePath=false"]
        return [self.program, "-C", str(self.folder), *fixed, *arguments]

    def ask(self, token: CancelToken, *arguments: str) -> bytes:
        """What git prints. Raises GitFailed, SourceError where git cannot be run, Cancelled."""
        token.check()
        process = started(self.command(*arguments))
        forget = token.on_cancel(process.kill)
        try:
            printed, said = process.communicate()
        finally:
            forget()
        token.check()
        if process.returncode:
            raise GitFailed(_words(said) or f"git ended with {process.returncode}")
        return printed


def started(command: list[str]) -> subprocess.Popen[bytes]:
    """A running git that is spoken to through pipes. Raises SourceError."""
    try:
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(),
            creationflags=NO_WINDOW,
        )
    except OSError as fault:
        raise SourceError(
            f"git could not be started ({fault.strerror}). Check that it is installed."
        ) from fault


def git_in(folder: Path) -> Git:
    """git for the repository at `folder`, which need not be one. Raises SourceError without git."""
    program = shutil.which("git")
    if program is None:
        raise SourceError(
            f"git is not installed, or not on the PATH: {quoted(str(folder))} cannot be read"
            " without it. Install git, then open it again."
        )
    return Git(program, folder)


def end(process: subprocess.Popen[bytes]) -> None:
    """End a git that is not needed any more, and close what led to it."""
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe is not None:
            with suppress(OSError):  # what was still to be written is of no use now
                pipe.close()


def _words(said: bytes) -> str:
    lines = said.decode("utf-8", "replace").strip().splitlines()
    return lines[-1].removeprefix("fatal: ").removeprefix("error: ") if lines else ""
