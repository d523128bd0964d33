"""Results already known, so that nothing is compared twice (architecture, rule 12).

A result is kept under what it depends on: both contents, the options and the engine's version.
Masks are files beside the database; a result whose mask has gone is no longer known.
"""

from __future__ import annotations

import hashlib
import json
import logging
import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from snapreview.model.change import ImageDiff
from snapreview.model.errors import SnapReviewError
from snapreview.model.options import DiffOptions
from snapreview.stores.leases import used

log = logging.getLogger(__name__)

_SCHEMA = """
CREATE TABLE IF NOT EXISTS results (
    key TEXT PRIMARY KEY,
    payload TEXT NOT NULL
) WITHOUT ROWID
"""
_WAL = "PRAGMA journal_mode=WAL"
_BUSY_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Measured:
    """A difference, and the sizes (width, height) that the two images really have."""

    diff: ImageDiff
    base_size: tuple[int, int]
    head_size: tuple[int, int]


@dataclass(frozen=True, slots=True)
class ResultKey:
    """What a result depends on; the hashes are SHA-256 of the files' bytes."""

    base: str
    head: str
    options: str
    engine: str

    @classmethod
    def of(cls, base: str, head: str, options: DiffOptions, engine: str) -> ResultKey:
        """The key for two contents under `options` and an engine's version."""
        return cls(base, head, options.cache_key(), engine)

    @property
    def digest(self) -> str:
        """A short name for the key, safe as a file name."""
        text = "\n".join((self.base, self.head, self.options, self.engine))
        return hashlib.sha256(text.encode()).hexdigest()[:40]


class ResultStore:
    """Remembered results in `folder`. Safe in several threads and several processes.

    A database that is damaged is put aside and begun anew, and one that fails later on is done
    without: results can always be made again. Raises SnapReviewError when none can be opened.
    """

    def __init__(self, folder: Path) -> None:
        self._masks = folder / "masks"
        self._folders: set[str] = set()
        self._lock = Lock()
        self._masks.mkdir(parents=True, exist_ok=True)
        self._database = _open(folder / "results.sqlite")

    def mask_path(self, key: ResultKey) -> Path:
        """Where the mask of `key` belongs; its folder exists."""
        digest = key.digest
        folder = self._masks / digest[:2]
        if digest[:2] not in self._folders:  # asking the disk each time costs more than it seems
            folder.mkdir(exist_ok=True)
            self._folders.add(digest[:2])
        return folder / f"{digest}.png"

    def get(self, key: ResultKey) -> Measured | None:
        """The remembered result, or None."""
        try:
            with self._lock:
                row = self._database.execute(
                    "SELECT payload FROM results WHERE key = ?", (key.digest,)
                ).fetchone()
            return None if row is None else _from_json(json.loads(row[0]), self.mask_path(key))
        except (sqlite3.Error, ValueError, LookupError, TypeError) as fault:
            log.warning("A remembered result cannot be read (%s); it is made again", fault)
            return None

    def put(self, key: ResultKey, measured: Measured) -> None:
        """Remember `measured`, whose mask, if it has one, is at `mask_path(key)`."""
        try:
            with self._lock, self._database:
                self._database.execute(
                    "INSERT OR REPLACE INTO results VALUES (?, ?)", (key.digest, _to_json(measured))
                )
        except sqlite3.Error as fault:
            log.warning("A result cannot be remembered (%s); it will be made again", fault)

    def forget(self, keys: Iterable[ResultKey]) -> None:
        """Remove results and their masks. What cannot be removed is logged, and made again."""
        for key in keys:
            try:
                with self._lock, self._database:
                    self._database.execute("DELETE FROM results WHERE key = ?", (key.digest,))
                self.mask_path(key).unlink(missing_ok=True)
            except (sqlite3.Error, OSError) as fault:
                log.warning("A result cannot be forgotten: %s", fault)

    def close(self) -> None:
        """Close the database. May be called more than once."""
        with self._lock:
            self._database.close()


def _open(path: Path) -> sqlite3.Connection:
    try:
        return _connect(path)
    except sqlite3.OperationalError as fault:
        # Locked, not to be written, disk full: nothing is wrong with what is in it.
        raise SnapReviewError(
            f"The remembered results in {path} cannot be opened ({fault}). Make room or change the"
            " file's permissions, or name another folder with SNAPREVIEW_CACHE_DIR."
        ) from fault
    except sqlite3.DatabaseError as fault:
        aside = path.with_suffix(".broken")
        log.warning("%s cannot be used (%s); begun anew, the old one is %s", path, fault, aside)
        path.replace(aside)
        for leftover in (f"{path}-wal", f"{path}-shm"):
            Path(leftover).unlink(missing_ok=True)
        return _connect(path)


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, check_same_thread=False)
    try:
        # Kept in the file. Locked is, without waiting, what another process that is just setting
        # it makes this say.
        with suppress(sqlite3.OperationalError), closing(connection.execute(_WAL)):
            pass
        # A result lost to a power cut is made again: syncing each would cost more than it saves.
        connection.execute("PRAGMA synchronous=OFF")
        with connection:
            connection.execute(_SCHEMA)
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def _to_json(measured: Measured) -> str:
    diff = measured.diff
    return json.dumps(
        {
            "base_size": measured.base_size,
            "head_size": measured.head_size,
            "canvas": diff.canvas,
            "changed_pixels": diff.changed_pixels,
            "subtle_pixels": diff.subtle_pixels,
            "size_changed": diff.size_changed,
            "alpha_changed": diff.alpha_changed,
            "has_mask": diff.mask is not None,
            "regions": diff.regions,
            "notes": diff.notes,
        }
    )


def _from_json(values: dict[str, Any], mask: Path) -> Measured | None:
    if values["has_mask"] and not _is_there(mask):
        return None
    diff = ImageDiff(
        canvas=_size(values["canvas"]),
        changed_pixels=values["changed_pixels"],
        subtle_pixels=values["subtle_pixels"],
        size_changed=values["size_changed"],
        alpha_changed=values["alpha_changed"],
        mask=mask if values["has_mask"] else None,
        regions=tuple((x, y, w, h) for x, y, w, h in values["regions"]),
        notes=tuple(values["notes"]),
    )
    return Measured(diff, _size(values["base_size"]), _size(values["head_size"]))


def _is_there(mask: Path) -> bool:
    """Whether the mask was not cleared away; then it is in use from now on."""
    try:
        used(mask, mask.stat().st_mtime)
    except OSError:
        return False
    return True


def _size(values: list[int]) -> tuple[int, int]:
    width, height = values
    return width, height
