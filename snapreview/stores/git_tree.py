"""Which files a revision or a working tree has, and what git knows of their content."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import SourceError, SourceNotFound
from snapreview.model.names import is_hidden_part, quoted
from snapreview.stores.git_command import GitFailed
from snapreview.stores.git_source import Place

_FILES = frozenset({"100644", "100755", "100664"})
"""Modes of ordinary files: links and submodules hold no image."""


@dataclass(frozen=True, slots=True)
class TreeFile:
    """A file by its path from the repository's top.

    `blob` is the id of its content, None where it was never added or was altered since; `size` in
    bytes is that of the blob, where git tells it.
    """

    path: str
    blob: str | None
    size: int | None = None


def files_of(place: Place, token: CancelToken) -> Mapping[str, TreeFile]:
    """The files below the place's folder, by their path from there. Raises SourceError, Cancelled.

    What is hidden is left out, and so is what git ignores in a working tree.
    """
    skip = len(place.folder) + 1 if place.folder else 0
    try:
        found = _at_commit(place, token) if place.commit else _on_disk(place, token)
        files = {file.path[skip:]: file for file in found}
    except GitFailed as fault:
        raise _explained(place, fault) from fault
    return {name: file for name, file in files.items() if not _is_hidden(name)}


def _at_commit(place: Place, token: CancelToken) -> Iterator[TreeFile]:
    """`git ls-tree -l -z`: mode, type, id and size, a tab, the path, a zero byte."""
    tree = f"{place.commit}:{place.folder}"
    prefix = f"{place.folder}/" if place.folder else ""
    for entry in _entries(place.git.ask(token, "ls-tree", "-r", "-l", "-z", "--full-tree", tree)):
        facts, _, path = entry.partition("\t")
        mode, kind, blob, size = facts.split()
        if kind == "blob" and mode in _FILES:
            yield TreeFile(prefix + path, blob, int(size) if size.isdigit() else None)


def _on_disk(place: Place, token: CancelToken) -> Iterator[TreeFile]:
    """Tracked files with their blobs, as far as they are as they were added, and untracked ones."""
    git = place.git
    spec = ["--", f":(literal){place.folder}/"] if place.folder else []
    if place.folder and not disk_path(place, place.folder).is_dir():
        raise GitFailed("there is no such folder")
    altered = set(_entries(git.ask(token, "ls-files", "-z", "--modified", "--deleted", *spec)))
    for entry in _entries(git.ask(token, "ls-files", "-z", "--stage", *spec)):
        facts, _, path = entry.partition("\t")
        mode, blob, stage = facts.split()
        if mode not in _FILES:
            continue
        if stage == "0" and path not in altered:
            yield TreeFile(path, blob)
        elif _is_file(disk_path(place, path)):  # altered, or in a conflict: then thrice
            yield TreeFile(path, None)
    others = git.ask(token, "ls-files", "-z", "--others", "--exclude-standard", *spec)
    for path in _entries(others):
        if _is_file(disk_path(place, path)):
            yield TreeFile(path, None)


def disk_path(place: Place, path: str) -> Path:
    """Where a file of a working tree is."""
    return place.git.folder / path


def _is_file(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _is_hidden(name: str) -> bool:
    return any(is_hidden_part(part) for part in name.split("/"))


def _entries(printed: bytes) -> list[str]:
    text = printed.decode("utf-8", "surrogateescape")
    return [entry for entry in text.split("\0") if entry]


def _explained(place: Place, fault: GitFailed) -> SourceError:
    if place.folder:
        where = f"at {quoted(place.rev)}" if place.rev else "in the working tree"
        return SourceNotFound(
            f"There is no folder {quoted(place.folder)} {where} of {place.git.folder} ({fault})."
            " Check its name, from the repository's top."
        )
    return SourceError(f"git cannot list the images of {place.git.folder} ({fault}).")
