"""The lines that are exchanged with odiff's server: one JSON object each, both ways.

Written against odiff 4.5.0 (its src/server.zig). What that server cannot stand is refused here,
before it is sent.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, NonNegativeInt, ValidationError, model_validator
from pydantic.alias_generators import to_camel

from snapreview.model.errors import EngineFailure, OptionsError, UnreadableImage
from snapreview.model.names import quoted

PATH_LIMIT = 480
"""Bytes from which on odiff says nothing at all about a path that it cannot load: it formats the
error into 512 bytes. Three shorter paths also stay far below the 16,384 bytes of a line above
which it exits."""


class BadAnswer(ValueError):
    """A line that is no answer to what was asked; its text completes "odiff …"."""


@dataclass(frozen=True, slots=True)
class Question:
    """Which two images to compare, and how; `output` must end in .png and be nobody's input.

    A threshold outside 0 to 1 is moved to the nearer end, since odiff squares it. Raises
    OptionsError for one that is not finite, EngineFailure for a path that odiff cannot take.
    """

    base: Path
    head: Path
    output: Path
    threshold: float
    antialiasing: bool

    def __post_init__(self) -> None:
        if not math.isfinite(self.threshold):
            raise OptionsError(
                f"threshold must be a number from 0 to 1 (0.01 is the default),"
                f" not {self.threshold}."
            )
        for path in (self.base, self.head, self.output):
            _require_usable(path)

    def line(self, request_id: int) -> bytes:
        """The request, with its newline.

        The threshold is always written with a point: versions before 4.5 take 0 for its
        default. Slashes are used on Windows too, since errors repeat paths without escaping.
        """
        request = {
            "requestId": request_id,
            "base": self.base.as_posix(),
            "compare": self.head.as_posix(),
            "output": self.output.as_posix(),
            "options": {
                "threshold": min(max(float(self.threshold), 0.0), 1.0),
                "antialiasing": self.antialiasing,
                "outputDiffMask": True,
            },
        }
        return json.dumps(request, ensure_ascii=False).encode() + b"\n"


def _require_usable(path: Path) -> None:
    try:
        size = len(path.as_posix().encode())
    except UnicodeEncodeError as error:
        raise EngineFailure(
            f"odiff cannot open {quoted(str(path))}, whose name is not valid Unicode."
            " Rename the file or folder, then retry."
        ) from error
    if size >= PATH_LIMIT:
        raise EngineFailure(
            f"The path {quoted(str(path))} is too long for odiff ({size} bytes, at most"
            f" {PATH_LIMIT - 1}). Move SnapReview's cache to a folder with a shorter path"
            " (SNAPREVIEW_CACHE_DIR), then retry."
        )


class Answer(BaseModel):
    """What odiff answers: an error, a match, or how many pixels differ."""

    model_config = ConfigDict(strict=True, frozen=True, alias_generator=to_camel)

    request_id: int
    error: str | None = None
    match: bool = False
    diff_count: NonNegativeInt = 0

    @model_validator(mode="after")
    def _tells_something(self) -> Self:
        if self.error is None and self.match is (self.diff_count > 0):
            raise ValueError("neither an error, nor a match, nor a count")
        return self

    def raise_error(self, question: Question) -> None:
        """Raise what odiff could not do: UnreadableImage for an input, else EngineFailure."""
        if self.error is None:
            return
        for start, side in _UNREADABLE.items():
            if self.error.startswith(start):
                raise UnreadableImage(
                    f"The {side} image could not be read: its file is missing, damaged, or not of"
                    " the kind that its name says. Replace it, then retry."
                )
        if self.error == "Failed to save diff output":
            raise EngineFailure(
                f"The mask could not be written into {quoted(str(question.output.parent))}."
                " Check that the folder is there and may be written to, and that the disk is not"
                " full, then retry."
            )
        raise EngineFailure(f"odiff could not compare the two images: {quoted(self.error)}.")


_UNREADABLE = {"Could not load base image": "base", "Could not load comparison image": "head"}


def parse_answer(line: bytes, request_id: int) -> Answer:
    """The answer in `line`. Raises BadAnswer when it is none, or belongs to another request."""
    try:
        answer = Answer.model_validate_json(line)
    except ValidationError as error:
        shown = quoted(line.decode(errors="replace").strip())
        raise BadAnswer(f"gave an answer that makes no sense: {shown}") from error
    if answer.request_id != request_id:
        raise BadAnswer("answered another question than the one asked")
    return answer
