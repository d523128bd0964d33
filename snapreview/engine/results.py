"""Results already known, so that nothing is compared twice (architecture, rule 12).

A result is kept under what it depends on: both contents, the options and the engine's version.
Masks are files beside the database; a result whose mask has gone is no longer known.
"""

from __future__ import annotations

import hashlib
import json
import logging
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from snapreview.model.change import ImageDiff
from snapreview.model.options import DiffOptions

log = logging.getLogger(__name__)

_SCHEMA = """
CREATE TABLE IF NOT EXISTS results (
    key TEXT PRIMARY KEY,
    payload TEXT NOT NULL
) WITHOUT ROWID
"""
_BUSY_SECONDS = 10


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

    A database that cannot be used is put aside and begun anew: results can always be made again.
    """

    def __init__(self, folder: Path) -> None:
        self._masks = folder / "masks"
        self._lock = Lock()
        self._masks.mkdir(parents=True, exist_ok=True)
        self._database = _open(folder / "results.sqlite")

    def mask_path(self, key: ResultKey) -> Path:
        """Where the mask of `key` belongs; its folder exists."""
        path = self._masks / key.digest[:2] / f"{key.digest}.png"
        path.parent.mkdir(exist_ok=True)
        return path

    def get(self, key: ResultKey) -> ImageDiff | None:
        """The remembered result, or None."""
        with self._lock:
            row = self._database.execute(
                "SELECT payload FROM results WHERE key = ?", (key.digest,)
            ).fetchone()
        if row is None:
            return None
        return _from_json(json.loads(row[0]), self.mask_path(key))

    def put(self, key: ResultKey, diff: ImageDiff) -> None:
        """Remember `diff`, whose mask, if it has one, is at `mask_path(key)`."""
        with self._lock, self._database:
            self._database.execute(
                "INSERT OR REPLACE INTO results VALUES (?, ?)", (key.digest, _to_json(diff))
            )

    def close(self) -> None:
        """Close the database. May be called more than once."""
        with self._lock:
            self._database.close()


def _open(path: Path) -> sqlite3.Connection:
    try:
        return _connect(path)
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
        with closing(connection.execute("PRAGMA journal_mode=WAL")):
            pass
        # A result lost to a power cut is made again: syncing each would cost more than it saves.
        connection.execute("PRAGMA synchronous=OFF")
        with connection:
            connection.execute(_SCHEMA)
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def _to_json(diff: ImageDiff) -> str:
    return json.dumps(
        {
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


def _from_json(values: dict[str, Any], mask: Path) -> ImageDiff | None:
    if values["has_mask"] and not mask.is_file():
        return None
    width, height = values["canvas"]
    return ImageDiff(
        canvas=(width, height),
        changed_pixels=values["changed_pixels"],
        subtle_pixels=values["subtle_pixels"],
        size_changed=values["size_changed"],
        alpha_changed=values["alpha_changed"],
        mask=mask if values["has_mask"] else None,
        regions=tuple((x, y, w, h) for x, y, w, h in values["regions"]),
        notes=tuple(values["notes"]),
    )
