"""A real nginx before a store, set up as docs/stores.md has it: TLS, and a name and password."""

from __future__ import annotations

import os
import re
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPSConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.servers import LOOPBACK

DOCS = Path(__file__).parents[1] / "docs" / "stores.md"
TLS = Path(__file__).parent / "stores" / "tls"
CERTIFICATE = TLS / "certificate.pem"
"""Of 127.0.0.1, signed by nobody but itself."""

_MARK = "/what-was-asked"
_SECONDS = 30  # no test waits for longer
_SERVER = re.compile(r"^    server \{\n.*?^    \}\n", re.MULTILINE | re.DOTALL)

_CONFIGURATION = """
daemon off;
worker_processes 1;
{rights}
pid {place}/pid;
error_log {place}/errors.log;
events {{ worker_connections 64; }}
http {{
    log_format asked "$request_method $uri $status";
    access_log {place}/asked.log asked;
    client_body_temp_path {place}/body;
    proxy_temp_path {place}/proxy;
    fastcgi_temp_path {place}/fastcgi;
    uwsgi_temp_path {place}/uwsgi;
    scgi_temp_path {place}/scgi;
{server}
}}
"""
"""It needs no rights, and writes nowhere but in its place."""


@dataclass
class Nginx:
    """A running one. `users` is the file with its passwords."""

    url: str
    users: Path
    _log: Path
    _told: int = 0

    def asked(self) -> list[str]:
        """ "METHOD path status" of all that was asked since the last time, by its own log.

        It writes of a request before it reads the next: all of it is there once ours is answered.
        """
        trusted = ssl.create_default_context(cafile=CERTIFICATE)
        port = urlsplit(self.url).port
        with closing(HTTPSConnection(LOOPBACK, port, context=trusted, timeout=_SECONDS)) as own:
            own.request("GET", _MARK)
            own.getresponse().read()
        lines = [line for line in self._log.read_text().splitlines() if _MARK not in line]
        new, self._told = lines[self._told :], len(lines)
        return new


@contextmanager
def nginx(store: Path, place: Path, user: str, password: str) -> Iterator[Nginx]:
    """nginx with `store` as its document root, for one user; `place` is a folder of its own."""
    program = _program()
    place.mkdir()
    users = place / "users"
    users.write_text(f"{user}:{{PLAIN}}{password}\n")
    with socket.create_server((LOOPBACK, 0)) as listener:
        port = listener.getsockname()[1]
        server = _documented_server(store, users, port)
        configuration = place / "nginx.conf"
        # Started by root it would become a user who may not read what is ours.
        rights = "user root;" if os.name == "posix" and os.geteuid() == 0 else ""
        text = _CONFIGURATION.format(place=place, server=server, rights=rights)
        configuration.write_text(text)
        command = [program, "-p", str(place), "-c", str(configuration), "-e", f"{place}/errors.log"]
        # It takes over a socket that listens already, so that nobody has to wait for it.
        environ = {**os.environ, "NGINX": f"{listener.fileno()};"}
        process = subprocess.Popen(command, env=environ, pass_fds=[listener.fileno()])
    try:
        yield Nginx(f"https://{LOOPBACK}:{port}", users, place / "asked.log")
    finally:
        process.terminate()
        process.wait(_SECONDS)


def _program() -> str:
    """Where it is; Debian keeps it where only root looks."""
    path = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])
    found = shutil.which("nginx", path=path)
    if found is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(
            "nginx is not installed: on Debian and Ubuntu, apt-get install nginx-light"
        )
    return found


def _documented_server(store: Path, users: Path, port: int) -> str:
    """The server block of the guide, with our places in place of its own."""
    (block,) = _SERVER.findall(DOCS.read_text("utf-8"))
    for theirs, ours in {
        "listen 443 ssl": f"listen {LOOPBACK}:{port} ssl",
        "server_name snapshots.example.com": f"server_name {LOOPBACK}",
        "/etc/nginx/snapshots.pem": str(CERTIFICATE),
        "/etc/nginx/snapshots.key": str(TLS / "key.pem"),
        "/etc/nginx/snapshots.users": str(users),
        "/srv/store": str(store),
    }.items():
        assert theirs in block
        block = block.replace(theirs, ours)
    return block
