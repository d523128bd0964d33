"""Web servers on loopback, made of the standard library: one that serves a folder, and one that
does to its visitors whatever a test scripts.
"""

from __future__ import annotations

import socket
import ssl
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Lock, Thread

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True)
class Seen:
    """A request as it arrived."""

    path: str
    headers: Message

    @property
    def authorisation(self) -> str | None:
        return self.headers.get("Authorization")


Reply = Callable[["Handler"], None]


class Scripted:
    """A server whose answers are scripted: `on(path, first, second, …)`; the last one repeats.

    `requests` is what arrived; `released` ends the replies that wait.
    """

    def __init__(self) -> None:
        self.url = ""
        self.requests: list[Seen] = []
        self.released = Event()
        self._replies: dict[str, list[Reply]] = {}
        self._lock = Lock()

    def on(self, path: str, *replies: Reply) -> str:
        """Script the answers to `path`; returns its address."""
        self._replies[path] = list(replies)
        return self.url + path

    def paths(self) -> list[str]:
        return [seen.path for seen in self.requests]

    def next_reply(self, seen: Seen) -> Reply:
        with self._lock:
            self.requests.append(seen)
            replies = self._replies.get(seen.path)
            if not replies:
                return reply(404)
            return replies.pop(0) if len(replies) > 1 else replies[0]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 20  # no test leaves a thread behind for longer

    def __init__(self, *args, script: Scripted) -> None:
        self.script = script
        super().__init__(*args)

    def do_GET(self) -> None:
        self.script.next_reply(Seen(self.path, self.headers))(self)

    def log_message(self, *args) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *args) -> None:
        """Visitors that go away early are what is tested."""


@contextmanager
def scripted_server(
    certificate: Path | None = None, script: Scripted | None = None
) -> Iterator[Scripted]:
    """A `Scripted` server; over TLS with the `certificate.pem` and `key.pem` of a folder."""
    script = script or Scripted()
    server = _Server((LOOPBACK, 0), partial(Handler, script=script))
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate / "certificate.pem", certificate / "key.pem")
        server.socket = context.wrap_socket(server.socket, server_side=True)
    with _running(server):
        script.url = f"http{'s' if certificate else ''}://{LOOPBACK}:{server.server_port}"
        yield script
        script.released.set()


@contextmanager
def running_server(handler: Callable[..., BaseHTTPRequestHandler], port: int = 0) -> Iterator[str]:
    """The address of a server, at `port` or any, whose visits `handler` takes care of."""
    server = _Server((LOOPBACK, port), handler)
    with _running(server):
        yield f"http://{LOOPBACK}:{server.server_port}"


@contextmanager
def static_server(root: Path) -> Iterator[str]:
    """The address of a server of the files in `root`."""

    class Files(SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *args) -> None:
            pass

    server = _Server((LOOPBACK, 0), partial(Files, directory=str(root)))
    with _running(server):
        yield f"http://{LOOPBACK}:{server.server_port}"


@contextmanager
def silent_port() -> Iterator[int]:
    """A port where connecting hangs: nobody accepts, and there is no room to wait."""
    with socket.socket() as listener:
        listener.bind((LOOPBACK, 0))
        listener.listen(0)
        waiting = []
        try:
            for _ in range(4):
                one = socket.socket()
                one.setblocking(False)
                one.connect_ex(listener.getsockname())
                waiting.append(one)
            yield listener.getsockname()[1]
        finally:
            for one in waiting:
                one.close()


def closed_port() -> int:
    """A port where nobody listens."""
    with socket.socket() as free:
        free.bind((LOOPBACK, 0))
        return free.getsockname()[1]


@contextmanager
def _running(server: ThreadingHTTPServer) -> Iterator[None]:
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def reply(status: int = 200, body: bytes = b"", **headers: str) -> Reply:
    """An ordinary answer; `retry_after="3"` becomes the header Retry-After."""

    def answer(handler: Handler) -> None:
        _head(handler, status, len(body), headers)
        handler.wfile.write(body)

    return answer


def redirect(target: str, status: int = 302) -> Reply:
    return reply(status, location=target)


def truncated(body: bytes, sent: int) -> Reply:
    """Promises all of `body` and closes after `sent` bytes."""

    def answer(handler: Handler) -> None:
        _head(handler, 200, len(body), {})
        handler.wfile.write(body[:sent])
        handler.close_connection = True

    return answer


def reset(body: bytes, sent: int) -> Reply:
    """As `truncated`, but the connection is reset."""

    def answer(handler: Handler) -> None:
        truncated(body, sent)(handler)
        handler.wfile.flush()
        linger = struct.pack("ii", 1, 0)
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        handler.connection.close()

    return answer


def endless(chunk: bytes) -> Reply:
    """A body without declared length that goes on until the visitor leaves."""

    def answer(handler: Handler) -> None:
        _head(handler, 200, None, {})
        while not handler.script.released.is_set():
            handler.wfile.write(chunk)

    return answer


def dribbled(body: bytes) -> Reply:
    """A slow body: every byte in a packet of its own."""

    def answer(handler: Handler) -> None:
        _head(handler, 200, len(body), {})
        handler.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for value in body:
            handler.wfile.write(bytes([value]))

    return answer


def stalled(
    body: bytes | None = None,
    sent: int = 0,
    arrived: Event | None = None,
    *,
    length: bool = True,
) -> Reply:
    """Never answers; with `body`, never goes on after `sent` bytes. Sets `arrived` by then.

    `length`: whether it says how long the body is.
    """

    def answer(handler: Handler) -> None:
        if body is not None:
            _head(handler, 200, len(body) if length else None, {})
            handler.wfile.write(body[:sent])
            handler.wfile.flush()
        if arrived is not None:
            arrived.set()
        handler.script.released.wait(20)
        handler.close_connection = True

    return answer


def _head(handler: Handler, status: int, length: int | None, headers: dict[str, str]) -> None:
    handler.send_response(status)
    if length is None:
        handler.send_header("Connection", "close")
    else:
        handler.send_header("Content-Length", str(length))
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
