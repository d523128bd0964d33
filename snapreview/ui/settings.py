"""What the window remembers from one day to the next. Never a token."""

from __future__ import annotations

import logging
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from snapreview.model.options import DEFAULT_MAX_PIXELS, DEFAULT_THRESHOLD, DiffOptions
from snapreview.stores.atomic import write_whole

log = logging.getLogger(__name__)

_MOST_RECENT = 12


class RecentPair(BaseModel):
    """Two sources that were opened together; `base` is empty where one set was browsed."""

    model_config = ConfigDict(frozen=True)

    base: str
    head: str


class Settings(BaseModel):
    """Everything that is remembered, with its defaults.

    `backdrop` and `mode` are names of members of Backdrop and Mode, `sort` and
    `list_kind` are values of Sort and ViewKind, `tile_size` is a ThumbSize.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    theme: str | None = Field(default=None, pattern="^(light|dark)$")
    recent: tuple[RecentPair, ...] = ()
    overlay_visible: bool = True
    overlay_colour: str = Field(default="#ff5a00", pattern="^#[0-9a-fA-F]{6}$")
    overlay_opacity: float = Field(default=0.7, ge=0, le=1)
    boxes_visible: bool = False
    backdrop: str = Field(default="AUTO", pattern="^(AUTO|LIGHT|DARK|CHECKER)$")
    mode: str = Field(default="SPLIT", pattern="^[A-Z]+$")
    wipe: float = Field(default=0.5, ge=0, le=1)
    onion: float = Field(default=0.5, ge=0, le=1)
    blink_ms: int = Field(default=500, ge=200, le=2000)
    sort: str = Field(default="difference", pattern="^[a-z]+$")
    grouping: bool = False
    list_kind: str = Field(default="list", pattern="^(list|grid)$")
    list_thumbnails: bool = True
    tile_size: int = Field(default=1, ge=0, le=2)
    inspector_visible: bool = True
    advance: bool = True
    threshold: float = Field(default=DEFAULT_THRESHOLD, ge=0, le=1)
    antialiasing: bool = True
    diff_threshold: float | None = Field(default=None, ge=0, le=1)
    max_pixels: int = Field(default=DEFAULT_MAX_PIXELS, ge=1)
    export_folder: str = ""
    engine_path: str = ""
    geometry: str = ""
    splitter: tuple[int, ...] = ()

    @property
    def options(self) -> DiffOptions:
        """How images are to be compared."""
        return DiffOptions(self.threshold, self.antialiasing, self.diff_threshold, self.max_pixels)

    def with_recent(self, base: str, head: str) -> Settings:
        """The same with this pair as the newest."""
        pair = RecentPair(base=base, head=head)
        rest = tuple(p for p in self.recent if p != pair)
        return self.model_copy(update={"recent": (pair, *rest)[:_MOST_RECENT]})

    def exported_to(self, target: Path) -> Settings:
        """The same with the folder of `target` as the next one to export to."""
        return self.model_copy(update={"export_folder": str(target.parent)})

    def without_recent(self, base: str, head: str) -> Settings:
        """The same without this pair."""
        pair = RecentPair(base=base, head=head)
        return self.model_copy(update={"recent": tuple(p for p in self.recent if p != pair)})


class SettingsFile:
    """Settings on disk. One that cannot be read is put aside, and the defaults are used."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "settings.json"

    def load(self) -> Settings:
        """The settings as they were saved last."""
        try:
            return Settings.model_validate_json(self._path.read_bytes())
        except FileNotFoundError:
            return Settings()
        except (OSError, ValidationError) as fault:
            log.warning(
                "The settings in %s cannot be read and were put aside: %s", self._path, fault
            )
            self._put_aside()
            return Settings()

    def save(self, settings: Settings) -> None:
        """Save `settings`; where that fails, what was remembered is lost, and the log says so."""
        try:
            write_whole(self._path, settings.model_dump_json(indent=1).encode())
        except OSError as fault:
            log.warning("The settings could not be saved in %s: %s", self._path, fault)

    def _put_aside(self) -> None:
        try:
            self._path.replace(self._path.with_suffix(".broken"))
        except OSError as fault:
            log.warning("%s could not be put aside: %s", self._path, fault)
