"""The per-user folders, each of which can be moved by an environment variable."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from platformdirs import PlatformDirs

from snapreview.model.errors import SnapReviewError


@dataclass(frozen=True, slots=True)
class UserDirs:
    """Folders that exist: what can be made again, what cannot, and settings."""

    cache: Path
    data: Path
    config: Path

    @property
    def images(self) -> Path:
        """Downloaded images by content."""
        return self.cache / "images"

    @property
    def results(self) -> Path:
        """Remembered results and their masks."""
        return self.cache / "results"

    @property
    def masks(self) -> Path:
        """Masks of the remembered results."""
        return self.results / "masks"

    @property
    def work(self) -> Path:
        """Links and converted images while they are compared."""
        return self.cache / "work"

    @property
    def decisions(self) -> Path:
        """The file of what reviewers said; it cannot be made again."""
        return self.data / "decisions.sqlite"

    @property
    def log(self) -> Path:
        """The log file."""
        return self.data / "snapreview.log"


def user_dirs(environ: Mapping[str, str] = os.environ) -> UserDirs:
    """The folders of this system, or those that SNAPREVIEW_CACHE_DIR, _DATA_DIR, _CONFIG_DIR name.

    They are made if they are missing. Raises SnapReviewError when that fails.
    """
    usual = PlatformDirs("snapreview", appauthor=False)
    return UserDirs(
        cache=_made(environ, "SNAPREVIEW_CACHE_DIR", usual.user_cache_path),
        data=_made(environ, "SNAPREVIEW_DATA_DIR", usual.user_data_path),
        config=_made(environ, "SNAPREVIEW_CONFIG_DIR", usual.user_config_path),
    )


def _made(environ: Mapping[str, str], variable: str, usual: Path) -> Path:
    folder = Path(environ.get(variable) or usual).expanduser().absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise SnapReviewError(
            f"The folder {folder} cannot be made ({fault.strerror}). Make room or change its"
            f" permissions, or name another with {variable}."
        ) from fault
    return folder
