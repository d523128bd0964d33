"""What counts as an image, and which names from outside are refused."""

from __future__ import annotations

import re

IMAGE_EXTENSIONS = frozenset(
    {
        ".png",
        ".apng",
        ".jpg",
        ".jpeg",
        ".jpe",
        ".webp",
        ".gif",
        ".bmp",
        ".tif",
        ".tiff",
        ".avif",
    }
)
"""Endings, in lower case, that make a file an image. Names are matched in any case."""

MAX_NAME_LENGTH = 1024
"""Characters an image name may have: well above any real path, well below a denial of service."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_DRIVE = re.compile(r"^[A-Za-z]:")
_SEPARATORS = re.compile(r"[/\\]")


def extension(name: str) -> str:
    """The ending of `name` in lower case with its dot, or an empty string."""
    tail = name.rsplit("/", 1)[-1]
    stem, dot, ending = tail.rpartition(".")
    return f".{ending.lower()}" if dot and stem else ""


def is_image_name(name: str) -> bool:
    """Whether a file of this name is an image, by its ending."""
    return extension(name) in IMAGE_EXTENSIONS


def is_hidden_part(part: str) -> bool:
    """Whether a file or folder of this name is passed over: dot-names and macOS archive litter."""
    return part.startswith(".") or part == "__MACOSX"


def name_fault(name: str) -> str | None:
    """Why an image name from outside must not be used, or None when it is harmless."""
    if not name or len(name) > MAX_NAME_LENGTH:
        return "is empty" if not name else f"is longer than {MAX_NAME_LENGTH} characters"
    if _CONTROL.search(name):
        return "contains a control character"
    if _DRIVE.match(name) or name[0] in "/\\":
        return "is an absolute path"
    if any(part in {".", "..", ""} for part in _SEPARATORS.split(name)):
        return "contains an empty, '.' or '..' part"
    if not _is_encodable(name):
        return "is not valid Unicode"
    return None


def _is_encodable(name: str) -> bool:
    """Undecodable file names reach Python as lone surrogates, which no report can carry."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def folder_of(name: str) -> str:
    """The folder part of an image name, without the last slash; empty at the top."""
    return name.rpartition("/")[0]


def quoted(name: str, limit: int = 120) -> str:
    """`name` as it may be shown inside a sentence: printable, bounded, in quotes."""
    shown = "".join(c if c.isprintable() else "�" for c in name)
    if len(shown) > limit:
        shown = f"{shown[: limit // 2]}…{shown[-limit // 2 :]}"
    return f"“{shown}”"
