"""Two image files in, a count and a mask out: odiff, asked through a server of one's own."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from snapreview.engine.process import OdiffProcess, ServerLost
from snapreview.engine.protocol import Answer, Question
from snapreview.model.cancel import CancelToken
from snapreview.model.errors import EngineFailure
from snapreview.model.names import quoted

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class OdiffAnswer:
    """Whether odiff takes two images for the same; `diff_count` pixels differ, 0 on a match."""

    match: bool
    diff_count: int


class OdiffServer:
    """odiff for one worker thread: started when first asked, replaced when it fails or has aged.

    `time_limit` is in seconds, for one question. A server that has answered `recycle_pairs`
    questions is replaced before the next: odiff never gives back all the memory that a pair
    took, and starting it takes less than a millisecond. After `close`, asking starts it again.
    """

    def __init__(
        self, executable: Path, *, time_limit: float = 120.0, recycle_pairs: int = 50
    ) -> None:
        self._executable = executable
        self._time_limit = time_limit
        self._recycle_pairs = recycle_pairs
        self._process: OdiffProcess | None = None

    @property
    def pid(self) -> int | None:
        """The process that was asked last, or None when none was or it was closed."""
        return self._process.pid if self._process else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process. May be called more than once."""
        process, self._process = self._process, None
        if process is not None:
            process.stop()

    def compare(
        self,
        base: Path,
        head: Path,
        mask: Path,
        *,
        threshold: float,
        antialiasing: bool,
        token: CancelToken,
    ) -> OdiffAnswer:
        """How many pixels of `base` and `head` differ, and at `mask` a PNG that marks them.

        The mask is RGBA, as large as `base`, transparent where nothing differs. On a match and
        on failure there is no file at `mask`; an older one is removed. odiff goes by the
        inputs' extensions, in lower case.

        Raises UnreadableImage for an input that odiff cannot load, Cancelled when `token` is
        cancelled (what is under way is killed), OptionsError for a threshold that is not
        finite, EngineUnavailable when odiff does not start, and EngineFailure for everything
        else; when the process was lost, only after a new one was asked as well.
        """
        token.check()
        _make_room(mask, base, head)
        with _temporary_beside(mask) as temporary:
            question = Question(base, head, temporary, threshold, antialiasing)
            answer = self._answer(question, token)
            if not answer.match:
                _put_in_place(temporary, mask)
        return OdiffAnswer(answer.match, answer.diff_count)

    def _answer(self, question: Question, token: CancelToken) -> Answer:
        """odiff's answer, asked for twice when the first process is lost over it."""
        try:
            answer = self._ask(question, token)
        except ServerLost as first:
            _log.warning("%s A new one is asked.", first)
            answer = self._ask_again(question, token)
        answer.raise_error(question)
        return answer

    def _ask_again(self, question: Question, token: CancelToken) -> Answer:
        try:
            return self._ask(question, token)
        except ServerLost as second:
            raise EngineFailure(
                f"odiff failed on this pair twice. The second time, {second} Retry; if it fails"
                " again, look whether the two images are damaged or unusually large."
            ) from second

    def _ask(self, question: Question, token: CancelToken) -> Answer:
        process = self._usable_process()
        forget = token.on_cancel(process.kill)
        try:
            return process.ask(question, self._time_limit)
        except ServerLost:
            token.check()
            raise
        finally:
            forget()

    def _usable_process(self) -> OdiffProcess:
        process = self._process
        if process is not None and process.alive and process.asked < self._recycle_pairs:
            return process
        self.close()
        self._process = OdiffProcess(self._executable)
        return self._process


def _make_room(mask: Path, *inputs: Path) -> None:
    """Remove an older mask: on a match odiff leaves it, and it would pass for the new one."""
    if any(_same_file(mask, image) for image in inputs):
        raise EngineFailure(
            f"The mask would overwrite the image {quoted(mask.name)} that it is made from."
            " Keep SnapReview's cache apart from the images, then retry."
        )
    try:
        mask.unlink(missing_ok=True)
    except OSError as error:
        raise _not_writable(mask, error) from error


def _same_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:  # one of them is not there: then they are not the same
        return False


@contextmanager
def _temporary_beside(mask: Path) -> Iterator[Path]:
    """A name nobody uses, removed afterwards: a killed odiff leaves half a mask behind."""
    temporary = mask.with_name(f".{secrets.token_hex(8)}.part.png")
    try:
        yield temporary
    finally:
        try:
            temporary.unlink(missing_ok=True)
        except OSError as error:
            _log.warning("%s was left behind: %s", temporary, error)


def _put_in_place(temporary: Path, mask: Path) -> None:
    try:
        temporary.replace(mask)
    except OSError as error:
        raise _not_writable(mask, error) from error


def _not_writable(mask: Path, error: OSError) -> EngineFailure:
    return EngineFailure(
        f"The mask {quoted(str(mask))} could not be written: {error.strerror}."
        " Check that its folder may be written to and that no other program holds it, then retry."
    )
