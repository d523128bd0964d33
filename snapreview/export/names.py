"""Names inside a zip that can be unpacked anywhere.

What Windows forbids: https://learn.microsoft.com/windows/win32/fileio/naming-a-file. Disks of macOS
and Windows take names that differ in case, macOS also in Unicode normalisation, for one.
"""

from __future__ import annotations

import re
from collections.abc import Container
from unicodedata import normalize

MAX_PART_BYTES = 240
"""UTF-8 bytes of one part of a path: below the 255 of all file systems, with room to spare."""

_MAX_ENDING_BYTES = 20
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f-\x9f\ud800-\udfff<>:"|?*\\]')
_DEVICE = re.compile(
    r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|CLOCK\$|(?:COM|LPT)[0-9¹²³]) *(?:\.|$)", re.IGNORECASE
)


class EntryNames:
    """Gives each wanted name one that is safe to unpack and that nobody else has.

    A safe name stays as it is. Of two that one place on a disk could not tell apart, the second
    gets " (2)" before its extension, and so does a folder with the name of a file. The answers
    depend on nothing but the names asked for, in their order.
    """

    def __init__(self) -> None:
        self._files: set[str] = set()
        self._folders: set[str] = set()
        self._next: dict[tuple[bool, str], int] = {}

    def assign(self, wanted: str) -> str:
        """A safe name for `wanted`, never given before."""
        *folders, file = safe_name(wanted).split("/")
        path = ""
        for folder in folders:
            path = self._free(path, folder, is_file=False) + "/"
            self._folders.add(folded(path[:-1]))
        path = self._free(path, file, is_file=True)
        self._files.add(folded(path))
        return path

    def _free(self, parent: str, part: str, *, is_file: bool) -> str:
        """`parent` + `part`, numbered when that is taken. A folder may be there already."""
        key = is_file, folded(parent + part)
        number = self._next.get(key, 1)
        while self._taken(folded(parent + numbered(part, number)), is_file=is_file):
            number += 1
        self._next[key] = number  # what is taken stays so: no need to try the lower ones again
        return parent + numbered(part, number)

    def _taken(self, key: str, *, is_file: bool) -> bool:
        rivals: Container[str] = self._folders if is_file else ()
        return key in self._files or key in rivals


def folded(name: str) -> str:
    """Equal for names that a case-insensitive or normalising disk takes for one."""
    return normalize("NFC", normalize("NFD", name).casefold())


def safe_name(name: str) -> str:
    """`name` as a relative path that every system can create, parts divided by "/"."""
    parts = [_safe_part(part) for part in name.split("/") if part]
    return "/".join(parts) or "_"


def numbered(part: str, number: int) -> str:
    """`part` with " (number)" before its extension; as it is for number 1."""
    return part if number == 1 else _fitted(part, f" ({number})")


def _safe_part(part: str) -> str:
    clean = _FORBIDDEN.sub("_", part).rstrip(". ") or "_"
    if _DEVICE.match(clean):
        clean = f"_{clean}"
    return clean if len(clean.encode()) <= MAX_PART_BYTES else _fitted(clean, "")


def _fitted(part: str, suffix: str) -> str:
    """`part` with `suffix` before its extension, the stem cut where it would be too long."""
    stem, ending = _split(part)
    room = MAX_PART_BYTES - len((suffix + ending).encode())
    cut = stem.encode()[:room].decode(errors="ignore")
    return (cut + suffix + ending).rstrip(". ")


def _split(part: str) -> tuple[str, str]:
    stem, dot, ending = part.rpartition(".")
    if not stem or len(ending.encode()) >= _MAX_ENDING_BYTES:
        return part, ""
    return stem, dot + ending
