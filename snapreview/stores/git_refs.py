"""Branches and tags of a repository, and where a revision left the default branch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import SourceError, SourceNotFound
from snapreview.model.names import quoted
from snapreview.stores.git_command import Git, GitFailed
from snapreview.stores.git_source import SCHEME, Place, place_of

_FIELDS = (
    "refname:short",
    "refname",
    "symref",
    "objecttype",
    "objectname",
    "*objecttype",
    "*objectname",
    "creatordate:unix",
)
_FORMAT = "%00".join(f"%({field})" for field in _FIELDS)
_DEFAULTS = ("refs/remotes/origin/main", "refs/remotes/origin/master", "main", "master")
"""Where there is no refs/remotes/origin/HEAD to say so, which only `git clone` writes."""


@dataclass(frozen=True, slots=True)
class Ref:
    """A branch or tag: its name as a revision, the commit's id, and its date as ISO 8601 in UTC."""

    name: str
    commit: str
    date: str
    is_tag: bool


@dataclass(frozen=True, slots=True)
class GitBase:
    """What a git source is to be compared with, and in words why: “it is …”."""

    source: str
    why: str


def git_refs(git: Git, most: int, token: CancelToken) -> tuple[Ref, ...]:
    """At most `most` branches, those of remotes too, and tags, newest first.

    Raises SourceError or Cancelled.
    """
    options = ["--sort=-creatordate", f"--count={most}", f"--format={_FORMAT}"]
    try:
        printed = git.ask(
            token, "for-each-ref", *options, "refs/heads", "refs/remotes", "refs/tags"
        )
    except GitFailed as fault:
        raise SourceError(f"git cannot list the branches of {git.folder} ({fault}).") from fault
    lines = printed.decode("utf-8", "surrogateescape").splitlines()
    found = (_ref(line.split("\0")) for line in lines)
    return tuple(ref for ref in found if ref is not None)


def _ref(fields: list[str]) -> Ref | None:
    """None for another name of a branch (origin/HEAD), and for tags of what is no commit."""
    name, full, symbolic, kind, found, tagged_kind, tagged, seconds = fields
    if symbolic or (tagged_kind or kind) != "commit":
        return None
    date = datetime.fromtimestamp(int(seconds), UTC).isoformat(timespec="seconds")
    return Ref(name, tagged or found, date, full.startswith("refs/tags/"))


def is_bare(git: Git, token: CancelToken) -> bool:
    """Whether a repository has no working tree. Raises SourceError or Cancelled."""
    return _asked(git, token, "rev-parse", "--is-bare-repository") == "true"


def git_source_of(place: Place, rev: str) -> str:
    """The source of the same folder at another revision; an empty one is the working tree."""
    mark = f"@{rev}" if rev else ""
    return f"{SCHEME}{place.git.folder}{mark}" + (f":{place.folder}" if place.folder else "")


def git_base(source: str, token: CancelToken) -> GitBase:
    """Where the revision `source` left the default branch; one that is on it: the commit before.

    A working tree on the default branch is compared with its commit. Raises SourceError, also
    where nothing can be told, or Cancelled.
    """
    place = place_of(source, token)
    git, rev = place.git, place.commit or "HEAD"
    default = _default_branch(git, token)
    if default is None:
        raise SourceNotFound(
            f"The repository {git.folder} has no default branch to compare with: there is neither"
            " an origin nor a branch main or master. Name the base."
        )
    commit = _asked(git, token, "rev-parse", "--verify", "--end-of-options", f"{rev}^{{commit}}")
    fork = commit and _asked(git, token, "merge-base", commit, default)
    if not commit or not fork:
        raise SourceNotFound(
            f"{quoted(source)} has nothing in common with {default}, as far as this repository"
            " knows. A shallow clone lacks the commits that tell: git fetch --unshallow."
        )
    return _chosen(place, commit, fork, default, token)


def _chosen(place: Place, commit: str, fork: str, default: str, token: CancelToken) -> GitBase:
    name = default.removeprefix("refs/remotes/")
    if fork != commit:
        return GitBase(git_source_of(place, fork), f"it is where that left {name}")
    if place.commit is None:
        return GitBase(
            git_source_of(place, fork), f"it is the commit that is checked out, of {name}"
        )
    before = _asked(place.git, token, "rev-parse", "--verify", "--end-of-options", f"{commit}^1")
    if before is None:
        raise SourceNotFound(
            f"{quoted(place.rev or commit)} is the first commit of {name}, or the first that this"
            " clone has: there is none before it to compare with."
        )
    return GitBase(git_source_of(place, before), f"it is the commit before, as that is on {name}")


def _default_branch(git: Git, token: CancelToken) -> str | None:
    told = _asked(git, token, "symbolic-ref", "--quiet", "refs/remotes/origin/HEAD")
    for name in (told, *_DEFAULTS):
        if name and _asked(git, token, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}"):
            return name
    return None


def _asked(git: Git, token: CancelToken, *arguments: str) -> str | None:
    try:
        return git.ask(token, *arguments).decode("utf-8", "surrogateescape").strip() or None
    except GitFailed:
        return None
