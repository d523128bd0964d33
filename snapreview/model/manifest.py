"""A snapshot as a value: which images it has, and what is known of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

_EMPTY: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Hint:
    """What a store knows cheaply of an image's content, such as a git blob id or an ETag.

    Two equal hints of one algorithm prove equal content. Unequal ones, or hints of two
    algorithms, prove nothing.
    """

    algorithm: str
    digest: str


@dataclass(frozen=True, slots=True)
class ImageRecord:
    """One image of a snapshot. `width` and `height` are in pixels, `byte_size` in bytes.

    Whatever the store did not tell is None until somebody has looked.
    """

    name: str
    sha256: str | None = None
    hint: Hint | None = None
    byte_size: int | None = None
    width: int | None = None
    height: int | None = None
    display_name: str | None = None
    group: str | None = None
    description: str | None = None
    tags: Mapping[str, str] = field(default_factory=lambda: _EMPTY)
    diff_threshold: float | None = None
    canvas_theme: str | None = None
    extra: Mapping[str, Any] = field(default_factory=lambda: _EMPTY)

    @property
    def size(self) -> tuple[int, int] | None:
        """(width, height) in pixels, where both are known."""
        if not self.width or not self.height:
            return None
        return self.width, self.height

    def same_content(self, other: ImageRecord) -> bool:
        """Whether equal content is proven. False means only that it is not."""
        if self.sha256 is not None and other.sha256 is not None:
            return self.sha256 == other.sha256
        return self.hint is not None and self.hint == other.hint


@dataclass(frozen=True, slots=True)
class VcsInfo:
    """Where a snapshot was made, as far as somebody wrote it down."""

    head_sha: str | None = None
    base_sha: str | None = None
    provider: str | None = None
    head_repo_name: str | None = None
    base_repo_name: str | None = None
    head_ref: str | None = None
    base_ref: str | None = None
    pr_number: int | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """A snapshot: its images by name, in the order of the names.

    `source` is what the user can read and give again; it never carries a secret.
    `all_image_file_names` is what a selective head declares to exist, tested or not.
    `offline` is when it was kept, as ISO 8601, where its host could not be reached; else empty.
    """

    source: str
    images: Mapping[str, ImageRecord]
    snapshot_id: str | None = None
    created: str | None = None
    app_id: str | None = None
    vcs: VcsInfo = field(default_factory=VcsInfo)
    diff_threshold: float | None = None
    selective: bool = False
    all_image_file_names: frozenset[str] | None = None
    image_url: str | None = None
    offline: str = ""
