"""Sentry's answers about snapshots, checked: names, ids, sizes and numbers come from outside.

Fields: sentry's `preprod/api/models/snapshots`, of all versions that were found. Oldest first,
an image's hash is its `id`, or its `key`; its name is its `file_name`, if it has one, else its
`display_name`; today it is `image_file_name`.
"""

from __future__ import annotations

import json
from typing import Annotated, Any, TypeVar

from pydantic import (
    AliasChoices,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
)

from snapreview.model.errors import ManifestError
from snapreview.model.manifest_json import MAX_IMAGES, refuse_constant
from snapreview.model.names import quoted

T = TypeVar("T")


def _as_text(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _as_list(value: object) -> object:
    """What is left out is often written as null."""
    return [] if value is None else value


def _as_object(value: object) -> object:
    return {} if value is None else value


def _as_number(value: object) -> object:
    return 0 if value is None else value


def _as_pair(value: object) -> object:
    """Renamed images were single ones once."""
    if isinstance(value, dict) and "head_image" not in value:
        return {"head_image": value, "base_image": None}
    return value


_Id = Annotated[str, BeforeValidator(_as_text), Field(pattern=r"^[0-9]{1,20}$")]
_Short = Annotated[str | None, Field(max_length=255)]
_Pixels = Annotated[int, BeforeValidator(_as_number), Field(ge=0, le=2**31 - 1)]
_Share = Annotated[float, Field(ge=0, lt=1, allow_inf_nan=False)]
_Ratio = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]


class Image(BaseModel):
    """One image. What else is told of it, its metadata, is in `model_extra`."""

    model_config = ConfigDict(extra="allow")

    key: str | None = Field(
        default=None, validation_alias=AliasChoices("key", "content_hash", "id"), max_length=1024
    )
    image_file_name: str | None = None
    file_name: str | None = None
    display_name: str | None = None
    width: _Pixels = 0
    height: _Pixels = 0

    @property
    def name(self) -> str:
        """The name, whichever generation it is of; empty where there is none."""
        return self.image_file_name or self.file_name or self.display_name or ""


class Pair(BaseModel):
    """An image in base and head. `diff` is the share of changed pixels, 0 to 1."""

    base_image: Image | None = None
    head_image: Image
    diff: _Ratio | None = None


_Images = Annotated[list[Image], BeforeValidator(_as_list), Field(max_length=MAX_IMAGES)]
_Pairs = Annotated[list[Pair], BeforeValidator(_as_list), Field(max_length=MAX_IMAGES)]
_Renamed = Annotated[
    list[Annotated[Pair, BeforeValidator(_as_pair)]],
    BeforeValidator(_as_list),
    Field(max_length=MAX_IMAGES),
]


class Vcs(BaseModel):
    """Where a snapshot was made."""

    head_sha: _Short = None
    base_sha: _Short = None
    provider: _Short = None
    head_repo_name: _Short = None
    base_repo_name: _Short = None
    head_ref: _Short = None
    base_ref: _Short = None
    pr_number: int | None = None


class Details(BaseModel):
    """A snapshot, and what came of comparing it with its base."""

    head_artifact_id: _Id
    project_id: _Id
    base_artifact_id: _Id | None = None
    comparison_type: str = "solo"
    app_id: _Short = None
    vcs_info: Annotated[Vcs, BeforeValidator(_as_object)] = Field(default_factory=Vcs)
    is_selective: bool = False
    diff_threshold: _Share | None = None
    image_count: int | None = Field(default=None, ge=0)
    images: _Images = []
    added: _Images = []
    removed: _Images = []
    unchanged: _Images = []
    skipped: _Images = []
    changed: _Pairs = []
    renamed: _Renamed = []
    errored: _Pairs = []

    @property
    def is_compared(self) -> bool:
        """Whether the lists tell what came of comparing it."""
        return self.comparison_type == "diff" and self.base_artifact_id is not None


class Latest(BaseModel):
    """The newest base of an app."""

    head_artifact_id: _Id


class _BuildApp(BaseModel):
    app_id: _Short = None
    date_added: _Short = None


class _BuildSnapshots(BaseModel):
    image_count: int = Field(default=0, ge=0)


class Build(BaseModel):
    """One entry of a list of builds; it is a snapshot where `snapshot_comparison_info` is set."""

    id: _Id
    app_info: _BuildApp = Field(default_factory=_BuildApp)
    vcs_info: Vcs = Field(default_factory=Vcs)
    snapshot_comparison_info: _BuildSnapshots | None = None


DETAILS: TypeAdapter[Details] = TypeAdapter(Details)
LATEST: TypeAdapter[Latest] = TypeAdapter(Latest)
BUILDS: TypeAdapter[list[Build]] = TypeAdapter(Annotated[list[Build], Field(max_length=1000)])


def parsed(data: bytes, kind: TypeAdapter[T], host: str) -> T:
    """`data` as what it should be. Raises ManifestError with what is wrong and where."""
    try:
        raw: Any = json.loads(data, parse_constant=refuse_constant)
        return kind.validate_python(raw)
    except ValidationError as fault:
        raise ManifestError(_explained(fault, host)) from None
    except (ValueError, RecursionError):  # whose text quotes what may be a page for signing in
        raise ManifestError(
            f"{host} did not answer as a Sentry does. Check that this is the host of a Sentry, and"
            " that no page for signing in stands before it."
        ) from None


def _explained(fault: ValidationError, host: str) -> str:
    first = fault.errors(include_url=False, include_input=False)[0]
    where = " → ".join(str(part) for part in first["loc"]) or "top level"
    return (
        f"What {host} tells of this snapshot cannot be used: {quoted(where)}: {first['msg']}."
        " Its version of Sentry may be too old or too new for this SnapReview."
    )
