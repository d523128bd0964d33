"""What is in a zip file: checked names, and nothing that unpacks without end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from stat import S_ISLNK
from types import MappingProxyType
from zipfile import ZipFile, ZipInfo

from snapreview.model.errors import SourceError, SourceNotFound
from snapreview.model.names import folder_of, is_hidden_part, is_image_name, name_fault, quoted

MAX_ENTRIES = 400_000
"""Entries above which a zip is refused: eight for each image of the largest sets."""

MAX_RATIO = 200
MOST_UNPACKED = 1 << 30
"""A zip that holds more bytes than this and unpacks to over MAX_RATIO times its size is a bomb:
images, which are compressed already, hardly shrink in a zip."""

_ENCRYPTED = 0x1


def entries_of(archive: ZipFile, shown: str, size: int) -> Mapping[str, ZipInfo]:
    """The images and JSON files of a zip of `size` bytes, by name, without what is hidden.

    Raises SourceError for hostile names, bombs, and what cannot be unpacked.
    """
    infos = archive.infolist()
    if len(infos) > MAX_ENTRIES:
        raise SourceError(f"{quoted(shown)} holds more than {MAX_ENTRIES:,} files. Divide it.")
    unpacked = sum(info.file_size for info in infos)
    if unpacked > max(MOST_UNPACKED, MAX_RATIO * size):
        raise SourceError(
            f"{quoted(shown)} would unpack to {unpacked / 1e9:,.1f} GB from {size / 1e6:,.1f} MB:"
            " that is no set of images, and it was not opened."
        )
    return MappingProxyType(dict(_checked(infos, shown)))


def _checked(infos: list[ZipInfo], shown: str) -> Iterator[tuple[str, ZipInfo]]:
    seen: set[str] = set()
    for info in infos:
        name = info.filename
        if not _is_wanted(info):
            continue
        fault = name_fault(name) or ("is there twice" if name in seen else _fault(info))
        if fault:
            raise SourceError(
                f"{quoted(shown)} holds the file {quoted(name)}, which {fault}. Nothing of it was"
                " used."
            )
        seen.add(name)
        yield name, info


def _is_wanted(info: ZipInfo) -> bool:
    """Whether it is an image or may tell of one. Nothing is ever unpacked under its own name."""
    hidden = any(is_hidden_part(p) for p in info.filename.split("/") if p not in {".", ".."})
    return not hidden and (is_image_name(info.filename) or info.filename.endswith(".json"))


def _fault(info: ZipInfo) -> str | None:
    if info.flag_bits & _ENCRYPTED:
        return "needs a password: unpack it yourself, and open the folder"
    if S_ISLNK(info.external_attr >> 16):
        return "is a link"
    return None


def below(entries: Mapping[str, ZipInfo], folder: str | None, shown: str) -> Mapping[str, ZipInfo]:
    """What lies in `folder`, by its name from there. None enters a single top folder.

    Raises SourceNotFound where there is no such folder.
    """
    prefix = _single_top(entries) if folder is None else _prefix(folder)
    found = {name[len(prefix) :]: info for name, info in entries.items() if name.startswith(prefix)}
    if not found and prefix:
        raise SourceNotFound(f"{quoted(shown)} has no folder {quoted(prefix.rstrip('/'))}.")
    return found


def _single_top(entries: Mapping[str, ZipInfo]) -> str:
    """The folder that all images are in, with its slash, where there is one and nothing beside."""
    images = [name for name in entries if is_image_name(name)]
    tops = {PurePosixPath(name).parts[0] for name in images}
    return f"{tops.pop()}/" if len(tops) == 1 and all(folder_of(name) for name in images) else ""


def _prefix(folder: str) -> str:
    cleaned = folder.replace("\\", "/").strip("/")
    return f"{cleaned}/" if cleaned else ""
