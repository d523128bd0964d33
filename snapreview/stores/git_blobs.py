"""The content of blobs, from `git cat-file --batch` processes that stay."""

from __future__ import annotations

import subprocess
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from queue import Empty, LifoQueue
from threading import Lock

from snapreview.model.cancel import CancelToken
from snapreview.stores.git_command import Git, GitFailed, end, started

_CHUNK = 256 * 1024

Process = subprocess.Popen[bytes]


class Blobs:
    """Reads blobs of one repository. Used from several threads at once; each gets a process.

    `close` ends the processes.
    """

    def __init__(self, git: Git) -> None:
        self._git = git
        self._idle: LifoQueue[Process] = LifoQueue()
        self._lock = Lock()
        self._closed = False

    def chunks(self, blob: str, token: CancelToken) -> Generator[bytes, None, None]:
        """The content of `blob` in pieces. Raises GitFailed, SourceError or Cancelled.

        To be closed by who does not read all of it.
        """
        with self._process(token) as process:
            yield from _answer(process, blob, token)

    def close(self) -> None:
        """End the processes that wait; those at work end when they have done theirs."""
        with self._lock:
            self._closed = True
        while True:
            try:
                end(self._idle.get_nowait())
            except Empty:
                return

    @contextmanager
    def _process(self, token: CancelToken) -> Iterator[Process]:
        """A process that has answered everything it was asked, ended where that went wrong."""
        token.check()
        try:
            process = self._idle.get_nowait()
        except Empty:
            process = started(self._git.command("cat-file", "--batch"))
        forget = token.on_cancel(process.kill)
        sound = False
        try:
            yield process
            sound = True
        finally:
            forget()
            self._give_back(process, sound=sound and not token.cancelled)

    def _give_back(self, process: Process, *, sound: bool) -> None:
        with self._lock:
            kept = sound and not self._closed
            if kept:
                self._idle.put(process)
        if not kept:
            end(process)


def _answer(process: Process, blob: str, token: CancelToken) -> Iterator[bytes]:
    """`ID TYPE SIZE`, a line break, the content, a line break; or `ID missing`."""
    asking, answer = process.stdin, process.stdout
    if asking is None or answer is None:
        raise AssertionError("git is started with pipes")
    try:
        asking.write(f"{blob}\n".encode("ascii"))
        asking.flush()
        heading = answer.readline().split()
        if len(heading) != 3:
            token.check()
            raise GitFailed("the repository does not have its content; fetch it first")
        left = int(heading[2])
        while left:
            chunk = answer.read(min(left, _CHUNK))
            token.check()
            if not chunk:
                raise GitFailed("git ended while it was read")
            left -= len(chunk)
            yield chunk
        answer.readline()
    except OSError as fault:
        token.check()
        raise GitFailed("git ended while it was asked") from fault
