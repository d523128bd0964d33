"""S3 over the wire: moto's server in a process of its own."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from threading import Condition, Thread
from urllib.parse import quote, unquote

import pytest

from tests.servers import LOOPBACK

KEYS = {"AWS_ACCESS_KEY_ID": "AKIDOFTHETESTS", "AWS_SECRET_ACCESS_KEY": "secret/of+the/tests"}
"""moto takes any."""

PAGE = 20
"""Keys that the server puts into one answer, where S3 itself puts a thousand."""

_RUNNING = re.compile(r"Running on http://127\.0\.0\.1:(\d+)")
_REQUEST = re.compile(r'"(?:\x1b\[[\d;]+m)*([A-Z]+) (\S+) HTTP/1\.1')
"""Those that fail are coloured."""
SIGNED = (
    f"AWS4-HMAC-SHA256 Credential={KEYS['AWS_ACCESS_KEY_ID']}/20260101/us-east-1/s3/aws4_request,"
    " SignedHeaders=host, Signature=0"
)
"""Of an owner: moto looks at whose it is, not whether it is right."""

_SECONDS = 30  # no test waits for longer


class S3:
    """A running server. Its log is read while it runs: it would stop at a full pipe."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._lines: list[str] = []
        self._changed = Condition()
        self._numbers = count(1)
        self._reader = Thread(target=self._read, name="moto's log", daemon=True)
        self._reader.start()
        self.port = int(self._awaited(_RUNNING)[1])
        self.url = f"http://{LOOPBACK}:{self.port}"

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(_SECONDS)
        self._reader.join(_SECONDS)

    def bucket(self) -> str:
        """A new bucket."""
        name = f"bucket-{next(self._numbers)}"
        self.ask("PUT", f"/{name}")
        return name

    def put(self, bucket: str, key: str, data: bytes, **headers: str) -> None:
        named = {name.replace("_", "-"): text for name, text in headers.items()}
        self.ask("PUT", f"/{bucket}/{quote(key)}", data, named)

    def put_in_parts(self, bucket: str, key: str, parts: list[bytes]) -> None:
        """Upload a key in parts, of which all but the last have at least 5 MiB."""
        path = f"/{bucket}/{quote(key)}"
        begun = self.ask("POST", f"{path}?uploads").decode()
        upload = re.findall("<UploadId>(.*?)</UploadId>", begun)[0]
        told = ""
        for number, part in enumerate(parts, 1):
            self.ask("PUT", f"{path}?partNumber={number}&uploadId={upload}", part)
            tag = hashlib.md5(part, usedforsecurity=False).hexdigest()
            told += f"<Part><ETag>{tag}</ETag><PartNumber>{number}</PartNumber></Part>"
        whole = f"<CompleteMultipartUpload>{told}</CompleteMultipartUpload>".encode()
        self.ask("POST", f"{path}?uploadId={upload}", whole)

    def get(self, bucket: str, key: str) -> bytes:
        return self.ask("GET", f"/{bucket}/{quote(key)}")

    def delete(self, bucket: str, key: str) -> None:
        self.ask("DELETE", f"/{bucket}/{quote(key)}")

    def keys(self, bucket: str) -> list[str]:
        listed = self.ask("GET", f"/{bucket}?list-type=2&max-keys=1000").decode()
        return sorted(unquote(key) for key in re.findall(r"<Key>(.*?)</Key>", listed))

    def ask(
        self, method: str, path: str, data: bytes = b"", headers: dict[str, str] | None = None
    ) -> bytes:
        connection = HTTPConnection(LOOPBACK, self.port, timeout=_SECONDS)
        connection.request(method, path, data, {"Authorization": SIGNED, **(headers or {})})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        assert answer.status < 300, (answer.status, method, path, body)
        return body

    def log(self) -> list[tuple[str, str]]:
        """(method, path without query) of all that was asked so far, by the server's own log."""
        mark = f"/{self.bucket()}"
        self._awaited(re.compile(f'"PUT {mark} '))
        with self._changed:
            found = [_REQUEST.search(line) for line in self._lines]
        asked = [(match[1], unquote(match[2].partition("?")[0])) for match in found if match]
        return asked[: asked.index(("PUT", mark))]

    def _awaited(self, pattern: re.Pattern[str]) -> re.Match[str]:
        def found() -> re.Match[str] | None:
            return next((m for m in map(pattern.search, reversed(self._lines)) if m), None)

        with self._changed:
            match = self._changed.wait_for(found, _SECONDS)
        assert match, self._lines[-20:]
        return match

    def _read(self) -> None:
        assert self._process.stderr
        for line in self._process.stderr:
            with self._changed:
                self._lines.append(line)
                self._changed.notify_all()


@contextmanager
def s3_server() -> Iterator[S3]:
    """moto's server."""
    command = [sys.executable, "-m", "moto.server", "-H", LOOPBACK, "-p", "0"]
    environ = {name: text for name, text in os.environ.items() if not name.startswith("AWS_")}
    environ["MOTO_S3_DEFAULT_MAX_KEYS"] = str(PAGE)
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environ, text=True
    ) as process:
        server = S3(process)
        yield server
        server.stop()


def own_environment(patch: pytest.MonkeyPatch, url: str, nowhere: Path) -> None:
    """Keys and endpoint of the tests' server, and nothing of whoever runs them.

    AWS_METADATA_ENDPOINT and GCE_METADATA_HOST are among what goes: nobody asks a cloud for keys.
    """
    for name in tuple(os.environ):
        if name.startswith(("AWS_", "AZURE_", "GOOGLE_", "GCE_", "STORAGE_EMULATOR")):
            patch.delenv(name)
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        patch.delenv(name, raising=False)
        patch.delenv(name.upper(), raising=False)
    patch.setenv("AWS_CONFIG_FILE", str(nowhere / "no config"))
    patch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(nowhere / "no credentials"))
    patch.setenv("AWS_ENDPOINT_URL", url)
    for name, text in KEYS.items():
        patch.setenv(name, text)
