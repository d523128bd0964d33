"""Images that git only points at: Git LFS.

A pointer is a small text file (git-lfs: docs/spec.md). It is resolved by git's own filters, which
run git-lfs where that is set up.
"""

from __future__ import annotations

from snapreview.model.cancel import CancelToken
from snapreview.stores.git_command import GitFailed
from snapreview.stores.git_source import Place
from snapreview.stores.git_tree import TreeFile

_POINTER = b"version https://git-lfs.github.com/spec/"


def is_pointer(beginning: bytes) -> bool:
    """Whether a file that begins so is a pointer of Git LFS."""
    return beginning.startswith(_POINTER)


def resolved_by_filters(place: Place, file: TreeFile, token: CancelToken) -> bytes:
    """The content that a pointer stands for. Raises GitFailed with what to do, Cancelled."""
    try:
        content = place.git.ask(token, "cat-file", "--filters", f"{_revision(place)}:{file.path}")
    except GitFailed as fault:
        raise GitFailed(f"Git LFS could not get it ({fault})") from fault
    if is_pointer(content):
        raise GitFailed(
            "it is kept with Git LFS, which is not set up here. Install git-lfs, run"
            " “git lfs install”, then compare again"
        )
    return content


def _revision(place: Place) -> str:
    """The commit, or for a working tree what was added to the index."""
    return place.commit or ""
