"""A store of the static layout in a folder."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from filelock import FileLock, Timeout

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import PublishError, SourceError, SourceNotFound
from snapreview.model.names import quoted
from snapreview.stores.atomic import sweep, write_whole
from snapreview.stores.root import Key

log = logging.getLogger(__name__)

LOCK_SECONDS = 60.0
"""The longest that one update waits for another: reading all manifests may take a while."""

_POLL_SECONDS = 0.1
_LOCK_MODE = 0o664
"""A group that may write to the store may lock it too."""


class FolderRoot:
    """A folder with `snapshots/` and `images/` in it, as a Root."""

    def __init__(self, folder: Path, lock_seconds: float = LOCK_SECONDS) -> None:
        self._folder = folder
        self._lock_seconds = lock_seconds

    @property
    def shown(self) -> str:
        """The folder as it was given."""
        return str(self._folder)

    @property
    def folder(self) -> Path:
        """Where it is."""
        return self._folder

    def keys(self, folder: str, token: CancelToken) -> Iterator[Key]:
        """The files in `folder` and in the folders there; the layout has none further down."""
        token.check()
        for entry in _entries(self._folder / folder):
            token.check()
            name = f"{folder}/{entry.name}"
            if not _is_folder(entry):
                yield from _key(entry, name)
                continue
            for inner in _entries(Path(entry.path)):
                if not _is_folder(inner):
                    yield from _key(inner, f"{name}/{inner.name}")

    def read(self, name: str, limit: int, token: CancelToken) -> bytes:
        """The bytes of a file. Raises SourceNotFound, SourceError or Cancelled."""
        token.check()
        try:
            with (self._folder / name).open("rb") as stream:
                data = stream.read(limit + 1)
        except (FileNotFoundError, NotADirectoryError) as fault:
            raise SourceNotFound(f"{self._folder} has no {name}.") from fault
        except OSError as fault:
            raise SourceError(
                f"{self._folder / name} cannot be read ({fault.strerror}). Give yourself access."
            ) from fault
        if len(data) > limit:
            raise SourceError(f"{self._folder / name} is larger than {limit:,} bytes.")
        return data

    def update(
        self, name: str, change: Callable[[bytes | None], bytes | None], token: CancelToken
    ) -> None:
        """Put what `change` makes of a file in its place, while nobody else does; see Root."""
        path = self._folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            sweep(path.parent)
            with self._alone(path, token):
                data = change(self._present(name, token))
                if data is not None:
                    write_whole(path, data)
        except OSError as fault:
            raise PublishError(
                f"{path} could not be written ({fault.strerror or fault}). Check that you may write"
                " there and that the disk is not full."
            ) from fault

    def delete(self, name: str, token: CancelToken, before: float | None = None) -> bool:
        """Remove a file, and its folder where that is a snapshot's and empty now; see Root."""
        token.check()
        path = self._folder / name
        try:
            if path.parent.is_symlink():
                raise PublishError(f"{path.parent} is a link to another place: remove it by hand.")
            gone = _removed(path) if before is None else _removed_if_old(path, before)
        except OSError as fault:
            raise PublishError(
                f"{path} cannot be removed ({fault.strerror or fault}). Check that you may write"
                " there."
            ) from fault
        if name.count("/") > 1:
            with suppress(OSError):  # there is more in it, which is not ours to remove
                path.parent.rmdir()
        return gone

    def _present(self, name: str, token: CancelToken) -> bytes | None:
        path = self._folder / name
        try:
            return self.read(name, path.stat().st_size, token)
        except (FileNotFoundError, SourceNotFound):
            return None

    @contextmanager
    def _alone(self, path: Path, token: CancelToken) -> Iterator[None]:
        """While nobody else, in any process, is within this context for `path`."""
        lock = FileLock(path.with_name(f".{path.name}.lock"), mode=_LOCK_MODE)
        waited = 0.0
        while not _taken(lock):
            if waited >= self._lock_seconds:
                raise PublishError(
                    f"Another SnapReview has been writing to {self._folder} for"
                    f" {self._lock_seconds:g} s. Try again when it is done."
                )
            token.wait(_POLL_SECONDS)
            waited += _POLL_SECONDS
        try:
            yield
        finally:
            lock.release()


def young_again(path: Path) -> bool:
    """Make a file count as written now; False where there is none, or it is another user's.

    Raises OSError.
    """
    try:
        os.utime(path)
    except (FileNotFoundError, PermissionError):
        return False
    return True


def _taken(lock: FileLock) -> bool:
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return False
    return True


def _removed(path: Path) -> bool:
    with suppress(FileNotFoundError):
        path.unlink()
    return True


def _removed_if_old(path: Path, before: float) -> bool:
    """Remove a file, unless somebody made it young meanwhile: then it is put back.

    It is taken aside first: whoever looks for it after that finds nothing, and writes it anew.
    """
    aside = path.with_name(f".{uuid4().hex}.part")
    try:
        if path.stat().st_mtime >= before:
            return False
        path.replace(aside)
    except FileNotFoundError:
        return True
    if aside.stat().st_mtime >= before:
        aside.replace(path)
        return False
    aside.unlink()
    return True


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    with _explained(folder):
        try:
            with os.scandir(folder) as found:
                return [entry for entry in found if not entry.name.startswith(".")]
        except (FileNotFoundError, NotADirectoryError):
            return []


def _is_folder(entry: os.DirEntry[str]) -> bool:
    with _explained(entry.path):
        return entry.is_dir()


def _key(entry: os.DirEntry[str], name: str) -> Iterator[Key]:
    with _explained(entry.path):
        try:
            found = entry.stat()
        except FileNotFoundError:  # just gone, or a link to nothing
            return
    yield Key(name, found.st_size, found.st_mtime)


@contextmanager
def _explained(path: str | Path) -> Iterator[None]:
    """What is not seen would count as not there, and what it needs as of no use: so it is said."""
    try:
        yield
    except OSError as fault:
        raise SourceError(
            f"{quoted(str(path))} cannot be read ({fault.strerror}). Give yourself access to it."
        ) from fault
