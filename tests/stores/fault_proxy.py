"""A proxy of the tests' own, that stands before a store's server and does to visitors what a test
scripts: it can lose, delay, damage and withhold the real answers, send elsewhere, and go away.
"""

from __future__ import annotations

import re
import socket
import struct
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from http.client import HTTPConnection
from threading import Lock
from urllib.parse import unquote, urlsplit

from tests.servers import LOOPBACK, Handler, Reply, Scripted, Seen, redirect, running_server

_SECONDS = 30  # no test waits for longer


class FaultProxy(Scripted):
    """Before the server at `port`: `on("GET /key", …)` scripts what happens to such requests.

    A reply that is None passes the request on, as all do that are not scripted. With
    `authorisation` it says who asks, whatever visitors say.
    """

    def __init__(self, port: int, authorisation: str | None = None) -> None:
        super().__init__()
        self.connections: set[socket.socket] = set()
        self._port = port
        self._authorisation = authorisation
        self._presence = Lock()
        self._running: ExitStack | None = None

    def on(self, path: str, *replies: Reply | None) -> str:
        return super().on(path, *(reply or self.passed for reply in replies))

    def next_reply(self, seen: Seen) -> Reply:
        with self._lock:
            scripted = seen.path in self._replies
            if not scripted:
                self.requests.append(seen)
        return super().next_reply(seen) if scripted else self.passed

    def come(self) -> None:
        """Be there (again), always at the same address."""
        with self._presence:
            if self._running is None:
                port = urlsplit(self.url).port or 0
                server = running_server(partial(_Visit, script=self), port)
                self._running = ExitStack()
                self.url = self._running.enter_context(server)

    def go(self, but: socket.socket | None = None) -> None:
        """Refuse all that connect from here on, and end all connections but one."""
        with self._presence:
            if self._running is not None:
                self._running.close()
                self._running = None
        for connection in tuple(self.connections - {but}):
            with suppress(OSError):  # its visitor was faster
                connection.shutdown(socket.SHUT_RDWR)

    def passed(self, handler: Handler) -> None:
        head, body = self.answer(handler)
        handler.wfile.write(head + body)

    def before_going(self, handler: Handler) -> None:
        """The real answer, by which time there is nobody any more to ask for another."""
        head, body = self.answer(handler)
        self.go(but=handler.connection)
        handler.close_connection = True
        handler.wfile.write(head + body)

    def cut(self, sent: int | None = None, *, by_reset: bool = False) -> Reply:
        """The real answer, of which the connection ends after `sent` bytes of body, or half."""

        def answer(handler: Handler) -> None:
            head, body = self.answer(handler)
            handler.wfile.write(head + body[: len(body) // 2 if sent is None else sent])
            handler.close_connection = True
            if by_reset:
                linger = struct.pack("ii", 1, 0)
                handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                handler.connection.close()

        return answer

    def stalled(self, sent: int, arrived: Callable[[], object] = lambda: None) -> Reply:
        """The real answer, which never goes on after `sent` bytes of body."""

        def answer(handler: Handler) -> None:
            head, body = self.answer(handler)
            handler.wfile.write(head + body[:sent])
            handler.wfile.flush()
            arrived()
            self.released.wait(20)
            handler.close_connection = True

        return answer

    def slow(self) -> Reply:
        """The real answer, every byte of its body in a packet of its own."""

        def answer(handler: Handler) -> None:
            head, body = self.answer(handler)
            handler.wfile.write(head)
            handler.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for value in body:
                handler.wfile.write(bytes([value]))

        return answer

    def altered(self, change: Callable[[bytes], bytes], missing: int = 0) -> Reply:
        """The real answer with another body, and its length, from which so much is `missing`."""

        def answer(handler: Handler) -> None:
            head, body = self.answer(handler)
            length = f"Content-Length: {len(change(body)) - missing}".encode()
            head = re.sub(rb"(?i)content-length: \d+", length, head)
            handler.wfile.write(head + change(body))

        return answer

    def sent_to(self, other: Scripted) -> Reply:
        """A redirect to the same path at `other`."""
        return lambda handler: redirect(other.url + handler.path)(handler)

    def answer(self, handler: Handler) -> tuple[bytes, bytes]:
        """Head and body of the server's answer to what `handler` was asked."""
        connection = HTTPConnection(LOOPBACK, self._port, timeout=_SECONDS)
        body = getattr(handler, "body", b"")
        headers = dict(handler.headers.items())
        if self._authorisation:
            headers["Authorization"] = self._authorisation
        connection.request(handler.command, handler.path, body, headers)
        answer = connection.getresponse()
        read = answer.read()
        connection.close()
        lines = [f"HTTP/1.1 {answer.status} {answer.reason}"]
        told = [(n, t) for n, t in answer.getheaders() if n.lower() not in ("connection", "date")]
        lines += [f"{name}: {text}" for name, text in told]
        return "\r\n".join([*lines, "", ""]).encode("latin-1"), read


class _Visit(Handler):
    """Takes any method, and its body, before it answers."""

    script: FaultProxy

    def setup(self) -> None:
        super().setup()
        self.script.connections.add(self.connection)

    def finish(self) -> None:
        self.script.connections.discard(self.connection)
        super().finish()

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        self.body = self.rfile.read(length)
        path = f"{self.command} {unquote(urlsplit(self.path).path)}"
        self.script.next_reply(Seen(path, self.headers))(self)

    do_HEAD = do_PUT = do_POST = do_DELETE = do_GET


@contextmanager
def fault_proxy(port: int, authorisation: str | None = None) -> Iterator[FaultProxy]:
    """A `FaultProxy` that is there; `url` is its address."""
    proxy = FaultProxy(port, authorisation)
    proxy.come()
    try:
        yield proxy
    finally:
        proxy.released.set()
        proxy.go()
