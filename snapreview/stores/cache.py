"""Downloaded images on disk, each under the hash of its bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import AbstractContextManager
from pathlib import Path

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import IntegrityError
from snapreview.stores.atomic import new_file, sweep
from snapreview.stores.claims import Claims
from snapreview.stores.leases import used

EMPTY_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
"""The SHA-256 of no bytes at all."""

_HASH = re.compile(r"[0-9a-f]{64}")


class ContentCache:
    """Files named by their SHA-256: `ROOT/ab/abcdef…`. Threads and processes may share it.

    A file is verified before it gets its name, and never altered afterwards. Raises OSError where
    the folder cannot be made or written.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._incoming = root / "incoming"
        self._incoming.mkdir(parents=True, exist_ok=True)
        self._claims = Claims()
        sweep(self._incoming)

    def get(self, sha256: str) -> Path | None:
        """The file with this content, or None when it is not here."""
        path = self._path(sha256)
        try:
            stat = path.stat()
            used(path, stat.st_mtime)
        except FileNotFoundError:
            return None
        size = stat.st_size
        # Some file systems lose a file's bytes, but not its name, in a power cut.
        return path if size or sha256 == EMPTY_SHA256 else None

    def add(self, sha256: str, chunks: Iterable[bytes]) -> Path:
        """Keep the content that `chunks` gives. Raises IntegrityError when it is not that one."""
        path = self._path(sha256)
        with new_file(self._incoming) as new:
            found = new.write_hashed(chunks)
            if found != sha256:
                raise IntegrityError(f"The bytes have the SHA-256 {found} instead of {sha256}.")
            path.parent.mkdir(exist_ok=True)
            new.place_content(path)
        return path

    def adopt(self, chunks: Iterable[bytes]) -> tuple[str, Path]:
        """Keep content of which nobody knew the hash; the hash and the file."""
        with new_file(self._incoming) as new:
            found = new.write_hashed(chunks)
            path = self._path(found)
            path.parent.mkdir(exist_ok=True)
            new.place_content(path)
        return found, path

    def claim(self, sha256: str, token: CancelToken) -> AbstractContextManager[None]:
        """While held, nobody else of this process gets this content: they wait for it."""
        return self._claims.claim(sha256, token)

    def _path(self, sha256: str) -> Path:
        if not _HASH.fullmatch(sha256):
            raise ValueError(f"not a SHA-256 in lower-case hexadecimal: {sha256!r}")
        return self._root / sha256[:2] / sha256
