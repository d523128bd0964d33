"""Where in a git history a folder stands."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from snapreview.stores.git_command import NO_WINDOW, environment

_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class CheckoutFacts:
    """Commit and branch of a checkout; `base_sha` is where its branch left the default branch.

    Whatever cannot be told is None.
    """

    sha: str | None = None
    branch: str | None = None
    base_sha: str | None = None
    base_branch: str | None = None


def checkout_facts(folder: Path) -> CheckoutFacts:
    """The facts of the checkout that `folder` lies in; none without git or outside of one."""
    git = shutil.which("git")
    if git is None:
        return CheckoutFacts()
    sha = _ask(git, folder, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    branch = _ask(git, folder, "symbolic-ref", "--quiet", "--short", "HEAD")
    default = _ask(git, folder, "symbolic-ref", "--quiet", "refs/remotes/origin/HEAD")
    fork = _ask(git, folder, "merge-base", "HEAD", default) if sha and default else None
    if fork is None or fork == sha or default is None:  # a commit is not its own base
        return CheckoutFacts(sha, branch)
    return CheckoutFacts(sha, branch, fork, default.removeprefix("refs/remotes/origin/"))


def _ask(git: str, folder: Path, *arguments: str) -> str | None:
    """What git answers, or None when it has no answer in time."""
    try:
        answer = subprocess.run(
            [git, "-C", str(folder), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment(),
            timeout=_SECONDS,
            creationflags=NO_WINDOW,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    text = answer.stdout.decode("utf-8", "replace").strip()
    return text if answer.returncode == 0 and text else None
