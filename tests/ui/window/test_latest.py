"""Of work that is done in place of other work, only the last outcome counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import Cancelled
from snapreview.ui.start.latest import Latest


@dataclass
class Slow:
    """In place of Background: works, and tells of it, when the test says so."""

    given: list[tuple[Callable, Callable, Callable]] = field(default_factory=list)

    def run(self, work: Callable, done: Callable, failed: Callable) -> None:
        self.given.append((work, done, failed))


def test_an_outcome_that_is_on_its_way_is_dropped() -> None:
    slow, told = Slow(), []
    latest = Latest(slow)
    latest.run(lambda _: "first", told.append, told.append)
    work, done, failed = slow.given[0]
    result = work(CancelToken())
    latest.run(lambda _: "second", told.append, told.append)
    done(result)
    failed("It failed.")
    assert (result, told) == ("first", [])
    work, done, _ = slow.given[1]
    done(work(CancelToken()))
    assert told == ["second"]


def test_what_is_not_begun_yet_is_not_begun() -> None:
    slow, begun = Slow(), []
    latest = Latest(slow)
    latest.run(lambda _: begun.append(1), begun.append, begun.append)
    latest.drop()
    with pytest.raises(Cancelled):
        slow.given[0][0](CancelToken())
    assert begun == []


def test_the_end_of_the_program_ends_it() -> None:
    slow, program, tokens = Slow(), CancelToken(), []

    def work(token: CancelToken) -> None:
        tokens.append(token)
        program.cancel()
        token.check()

    Latest(slow).run(work, tokens.append, tokens.append)
    with pytest.raises(Cancelled):
        slow.given[0][0](program)
    assert tokens[0].cancelled
