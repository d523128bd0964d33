"""Tables that spreadsheets open as they are meant, and that cannot make them compute.

A spreadsheet takes a cell for a formula by its first character, and a formula can fetch what is
in other cells or start programs: https://owasp.org/www-community/attacks/CSV_Injection. Where a
semicolon or a tab divides cells by the settings of the system, what follows one is a cell, too.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence

Cell = str | int | float | None

_BOM = b"\xef\xbb\xbf"
"""Without it Excel takes the text for that of an old Windows code page; the others skip it."""

_FORMULA = re.compile(r'^(?=[=+\-@\t\r\n＝＋－＠])|(?<=[;\t])(?="*[=+\-@＝＋－＠])')


class _Lines:
    """The lines that csv makes of rows, one at a time: a file that keeps what was written last."""

    def __init__(self) -> None:
        self._last = ""
        self._rows = csv.writer(self)

    def write(self, text: str) -> None:
        self._last = text

    def line(self, row: Sequence[Cell]) -> bytes:
        """Half a surrogate pair has no place in UTF-8."""
        self._rows.writerow([harmless(cell) for cell in row])
        return self._last.encode("utf-8", "replace")


def table(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """A CSV file (RFC 4180) in UTF-8, a line at a time: the names of `columns`, then `rows`."""
    lines = _Lines()
    yield _BOM + lines.line(columns)
    for row in rows:
        yield lines.line(row)


def harmless(cell: Cell) -> Cell:
    """`cell` with an apostrophe, which makes it text, before whatever would begin a formula."""
    return _FORMULA.sub("'", cell) if isinstance(cell, str) else cell
