"""One running odiff server: its pipes, what it said, and how it ended."""

from __future__ import annotations

import logging
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import IO

from snapreview.engine.protocol import Answer, BadAnswer, Question, parse_answer
from snapreview.model.errors import EngineFailure, EngineUnavailable
from snapreview.model.names import quoted

_log = logging.getLogger(__name__)

_READY = b'{"ready":true}'
_GRACE = 5.0
"""Seconds within which a process whose input is closed, or that was killed, has ended."""
_LONGEST_LINE = 65_536
_STDERR_LINES = 20
_STDERR_CHARACTERS = 400
if sys.platform == "win32":
    _NO_WINDOW = subprocess.CREATE_NO_WINDOW
else:
    _NO_WINDOW = 0


class ServerLost(EngineFailure):
    """This process is gone without a usable answer; a new one may do better."""


@dataclass(frozen=True, slots=True)
class Ending:
    """How a process ended: its return code as Python gives it, None when it did not end."""

    code: int | None

    def __str__(self) -> str:
        if self.code is None:
            return "did not end although it was killed"
        if self.code < 0:
            return f"was ended by {_signal_name(-self.code)}"
        return f"ended with exit code {self.code}"


def _signal_name(number: int) -> str:
    try:
        name = signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
    return f"{name} ({signal.strsignal(number)})"


class OdiffProcess:
    """An odiff server that answers one question at a time. Raises EngineUnavailable at birth.

    It is used by one thread; only `kill` may be called from others. It reads its input to the
    end, and nobody else holds the other end of that pipe: it ends when this process does, in
    whatever way. A session of its own keeps the terminal's Ctrl+C from it, so that who asked
    decides when it ends.
    """

    def __init__(self, executable: Path) -> None:
        self.asked = 0
        self._killed = False
        self._ready = False
        self._popen = _spawn(executable)
        self._lines: SimpleQueue[bytes] = SimpleQueue()
        self._said: deque[bytes] = deque(maxlen=_STDERR_LINES)
        self._readers = (
            _reader(self._popen.stdout, self._lines.put, "odiff answers"),
            _reader(self._popen.stderr, self._said.append, "odiff messages"),
        )
        _log.debug("odiff %d started", self.pid)

    @property
    def pid(self) -> int:
        """The process id, also after the end."""
        return self._popen.pid

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""
        return not self._killed and self._popen.poll() is None

    def ask(self, question: Question, time_limit: float) -> Answer:
        """The answer, within `time_limit` seconds (start included).

        Raises ServerLost when there is none to be had, with the reason, how it ended and what
        it said. After any exception it is not alive any more.
        """
        try:
            return self._exchange(question, monotonic() + time_limit)
        except Empty as error:
            self.kill()
            raise self._lost(f"did not answer within {time_limit:g} seconds") from error
        except BadAnswer as error:
            self.kill()
            raise self._lost(str(error)) from error
        except (EOFError, OSError) as error:
            raise self._lost(None) from error
        except BaseException:
            self.kill()
            raise

    def _exchange(self, question: Question, deadline: float) -> Answer:
        if not self._ready:
            self._expect_ready(deadline)
        self.asked += 1
        stdin = self._popen.stdin
        assert stdin is not None  # noqa: S101 - it was asked for as a pipe; tells mypy
        stdin.write(question.line(self.asked))
        stdin.flush()
        return parse_answer(self._next_line(deadline), self.asked)

    def _expect_ready(self, deadline: float) -> None:
        line = self._next_line(deadline)
        if line.strip() != _READY:
            shown = quoted(line.decode(errors="replace").strip())
            raise BadAnswer(f"did not start as a server; its first words were {shown}")
        self._ready = True

    def _next_line(self, deadline: float) -> bytes:
        line = self._lines.get(timeout=max(0.0, deadline - monotonic()))
        if not line:
            raise EOFError
        return line

    def _lost(self, reason: str | None) -> ServerLost:
        """What to raise; without a `reason`, the way it ended is the reason."""
        ending = self.stop()
        said = " ".join(b"".join(self._said).decode(errors="replace").split())
        wrote = f" It wrote: {quoted(said, _STDERR_CHARACTERS)}." if said else ""
        return ServerLost(f"odiff {reason or ending}.{wrote}")

    def kill(self) -> None:
        """End it at once, whatever it does. May be called from any thread, also afterwards."""
        self._killed = True
        self._popen.kill()

    def stop(self) -> Ending:
        """Let it end by closing its input, kill it if it does not, and tell how it ended."""
        assert self._popen.stdin is not None  # noqa: S101 - as above
        with suppress(OSError):  # what could not be written any more, flushed again by close
            self._popen.stdin.close()
        if self._wait() is None:
            self.kill()
            self._wait()
        for reader in self._readers:
            reader.join(_GRACE)
        ending = Ending(self._popen.returncode)
        _log.debug("odiff %d %s after %d questions", self.pid, ending, self.asked)
        return ending

    def _wait(self) -> int | None:
        with suppress(subprocess.TimeoutExpired):
            return self._popen.wait(_GRACE)
        return None


def _spawn(executable: Path) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            [executable, "--server"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            creationflags=_NO_WINDOW,
            start_new_session=True,
        )
    except OSError as error:
        raise EngineUnavailable(
            f"odiff could not be started from {quoted(str(executable))}: {error.strerror}."
            " Install SnapReview again, or name another odiff with SNAPREVIEW_ODIFF."
        ) from error


def _reader(stream: IO[bytes] | None, put: Callable[[bytes], object], name: str) -> Thread:
    """A thread that hands on lines until the end, then an empty one.

    A thread, because select does not work on the pipes of Windows; a daemon, because a
    grandchild that keeps the pipe open must not keep this process from ending.
    """
    assert stream is not None  # noqa: S101 - as above

    def read() -> None:
        with stream:
            while line := stream.readline(_LONGEST_LINE):
                put(line)
        put(b"")

    thread = Thread(target=read, name=name, daemon=True)
    thread.start()
    return thread
