"""Git repositories made by tests."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from snapreview.stores.git_command import environment

_AUTHOR = {
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.org",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_NOSYSTEM": "1",
}


class Repository:
    """A repository whose branch is `main`. Skips the test where there is no git."""

    def __init__(self, folder: Path, *more: str) -> None:
        self._program = shutil.which("git") or pytest.skip("git is not installed")
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.run("init", "--quiet", "--initial-branch=main", *more)

    def run(self, *arguments: str, given: bytes = b"") -> str:
        done = subprocess.run(
            [self._program, *arguments],
            cwd=self.folder,
            env=environment() | _AUTHOR,
            input=given,
            capture_output=True,
            check=True,
        )
        return done.stdout.decode().strip()

    def write(self, **files: bytes) -> None:
        """`a_png=…` would be no name: give a mapping with `**{"a.png": …}`."""
        for name, data in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)

    def commit(self, message: str = "a commit", **files: bytes) -> str:
        """Write files, commit all there is; the commit's id."""
        self.write(**files)
        self.run("add", "--all")
        self.run("commit", "--quiet", "--allow-empty", "-m", message)
        return self.run("rev-parse", "HEAD")
