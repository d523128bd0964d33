"""`git:REPO@REV[:subfolder]`: what of such a text is which.

REPO ends at the first `@` before which stands a repository and after which REV resolves; then the
first `:` outside of `@{…}` begins the subfolder. Without an `@REV` it is the working tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import SourceError, SourceNotFound
from snapreview.model.names import quoted
from snapreview.stores.git_command import Git, GitFailed, git_in

SCHEME = "git:"
_BRACES = re.compile(r"@\{[^}]*\}")


@dataclass(frozen=True, slots=True)
class Place:
    """What a source names. `commit` is a full object id; None is the working tree.

    `folder` is a path from the repository's top with `/`, without slashes at its ends.
    """

    git: Git
    rev: str | None
    commit: str | None
    folder: str


def is_git_source(source: str) -> bool:
    """Whether `source` is written as one of a git repository."""
    return source.strip().lower().startswith(SCHEME)


def lasting_git(source: str) -> str:
    """`source` as it can be opened from any folder: with its repository as an absolute path."""
    text = source.strip()[len(SCHEME) :]
    for repository, mark, rest in _lasting_splits(text):
        path = _directory(repository)
        if path is not None:
            return f"{SCHEME}{path.absolute()}{mark}{rest}"
    return source.strip()


def _lasting_splits(text: str) -> Iterator[tuple[str, str, str]]:
    yield from ((before, "@", after) for before, after in _splits(text, "@"))
    yield text, "", ""
    yield from ((before, ":", after) for before, after in _splits(text, ":"))


def place_of(source: str, token: CancelToken) -> Place:
    """What `source` names. Raises SourceError, SourceNotFound or Cancelled."""
    text = source.strip()[len(SCHEME) :]
    if not text:
        raise SourceError(
            "The source is not complete: write git:REPOSITORY@REVISION, as git:.@main."
        )
    resolved = _at_revision(text, token) or _working_tree(text, token)
    if resolved is None:
        raise SourceNotFound(_explained(text, token))
    return resolved


def _at_revision(text: str, token: CancelToken) -> Place | None:
    for repository, rest in _splits(text, "@"):
        git = _repository(repository, token)
        if git is None:
            continue
        rev, folder = _rev_and_folder(rest)
        commit = _commit(git, rev, token)
        if commit is not None:
            return Place(git, rev, commit, _cleaned(folder))
    return None


def _working_tree(text: str, token: CancelToken) -> Place | None:
    """The whole text as a repository, or its part before a `:` and the subfolder after it."""
    for repository, folder in [(text, ""), *_splits(text, ":")]:
        git = _repository(repository, token)
        if git is not None:
            return Place(git, None, None, _cleaned(folder))
    return None


def _splits(text: str, mark: str) -> Iterator[tuple[str, str]]:
    """`text` parted at each `mark` that has something before it, from the left."""
    place = text.find(mark, 1)
    while place > 0:
        yield text[:place], text[place + 1 :]
        place = text.find(mark, place + 1)


def _rev_and_folder(text: str) -> tuple[str, str]:
    hidden = _BRACES.sub(lambda match: "_" * len(match[0]), text)
    place = hidden.find(":")
    return (text, "") if place < 0 else (text[:place], text[place + 1 :])


def _repository(text: str, token: CancelToken) -> Git | None:
    """git at the top of the repository that `text` is a folder of, bare ones too."""
    folder = _directory(text)
    if folder is None:
        return None
    git = git_in(folder)
    try:
        bare = git.ask(token, "rev-parse", "--is-bare-repository").strip() == b"true"
        asked = "--absolute-git-dir" if bare else "--show-toplevel"
        top = git.ask(token, "rev-parse", asked).decode("utf-8", "surrogateescape").rstrip("\r\n")
    except GitFailed:
        return None
    return Git(git.program, Path(top))


def _directory(text: str) -> Path | None:
    try:
        folder = Path(text).expanduser()
        return folder if folder.is_dir() else None
    except (OSError, ValueError, RuntimeError):  # no such path, or no such user's ~
        return None


def _commit(git: Git, rev: str, token: CancelToken) -> str | None:
    if not rev:
        return None
    try:
        found = git.ask(token, "rev-parse", "--verify", "--end-of-options", f"{rev}^{{commit}}")
    except (GitFailed, ValueError):  # the latter for a zero byte
        return None
    return found.decode("ascii").strip()


def _cleaned(folder: str) -> str:
    parts = [part for part in folder.replace("\\", "/").split("/") if part not in ("", ".")]
    if ".." in parts:
        raise SourceError(f"{quoted(folder)} leads out of the repository.")
    return "/".join(parts)


def _explained(text: str, token: CancelToken) -> str:
    """Which half it is that was not found."""
    for repository, rest in _splits(text, "@"):
        git = _repository(repository, token)
        if git is not None:
            rev = _rev_and_folder(rest)[0]
            return (
                f"The repository {quoted(repository)} has no revision {quoted(rev)}. Give a branch,"
                " a tag or a commit that it has; fetch first if it is a new one."
            )
    return (
        f"There is no git repository at {quoted(text.partition('@')[0])}. Write"
        " git:FOLDER@REVISION, where FOLDER is a checkout or a bare repository."
    )
