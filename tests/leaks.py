"""Finding a token wherever it could have been written, in any of its spellings."""

from __future__ import annotations

import gzip
import io
import json
import logging
import traceback
import zipfile
from base64 import b64encode
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest

TOKEN = "pl4nt3d/t0k3n+for=nobody"
"""With characters that addresses, forms and JSON may spell in other ways."""
USER = "mia"
BASIC = f"Basic {b64encode(f'{USER}:{TOKEN}'.encode()).decode()}"
BEARER = f"Bearer {TOKEN}"


def spellings() -> tuple[bytes, ...]:
    """All that the token may be written as."""
    plain = [TOKEN, quote(TOKEN, safe=""), quote(TOKEN), quote_plus(TOKEN), json.dumps(TOKEN)[1:-1]]
    plain += [TOKEN.replace("/", "\\/"), quote(TOKEN, safe="").lower(), TOKEN[:9], TOKEN[-9:]]
    coded = [f"{USER}:{TOKEN}", TOKEN, BEARER, f":{TOKEN}"]
    both = [text.encode() for text in plain]
    both += [b64encode(text.encode()).rstrip(b"=") for text in coded]
    return (*both, *(text.decode().encode("utf-16-le") for text in both[:2]))


def with_userinfo(url: str) -> str:
    """`url` with the token as its password."""
    return url.replace("://", f"://{USER}:{quote(TOKEN, safe='')}@", 1)


def assert_clean(what: object, *texts: str | bytes) -> None:
    """The token is in none of these."""
    for text in texts:
        data = text.encode("utf-8", "surrogateescape") if isinstance(text, str) else text
        for place, part in _layers(data):
            for needle in spellings():
                assert needle not in part, f"{what}{place}: {needle!r}"


def assert_no_file_has_it(*folders: Path, but: Iterable[Path] = ()) -> list[Path]:
    """Neither in names nor in contents, unpacked where they are packed; returns what was read."""
    exempt = set(but)
    found = [path for top in folders for path in sorted(top.rglob("*")) if path not in exempt]
    for path in found:
        assert_clean("a name", str(path))
        if path.is_file():
            assert_clean(path, path.read_bytes())
    return found


def assert_error_is_clean(error: BaseException) -> None:
    """Neither its text, nor its repr, attributes, causes and traceback."""
    assert_clean("traceback", "".join(traceback.format_exception(error)))
    waiting, seen = [error], set()
    while waiting:
        link = waiting.pop()
        if id(link) in seen:
            continue
        seen.add(id(link))
        assert_clean("an exception", str(link), repr(link), repr(link.args))
        if type(link).__module__.startswith("snapreview."):  # others may hold what was read
            assert_clean("an exception's attributes", repr(vars(link)))
        waiting += [one for one in (link.__cause__, link.__context__) if one is not None]


def debug_everything(caplog: pytest.LogCaptureFixture) -> None:
    """Every logger tells all it knows, also into the log file of a run."""
    caplog.set_level(logging.DEBUG)
    for name in list(logging.root.manager.loggerDict):
        if name.startswith("snapreview."):
            caplog.set_level(logging.DEBUG, name)


def logged_by_us(caplog: pytest.LogCaptureFixture) -> str:
    """What SnapReview's own loggers said in the test: no other's is ever written."""
    records = caplog.get_records("call")
    return "\n".join(caplog.handler.format(r) for r in records if r.name.startswith("snapreview"))


def _layers(data: bytes) -> Iterator[tuple[str, bytes]]:
    yield "", data
    if data.startswith(b"\x1f\x8b"):
        yield " unpacked", gzip.decompress(data)
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for entry in packed.infolist():
                yield f" → {entry.filename}", entry.filename.encode() + packed.read(entry)
