"""An end to waiting, for what is asked while somebody types."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import Cancelled, SourceUnreachable


@contextmanager
def within(seconds: float, token: CancelToken, what: str) -> Iterator[CancelToken]:
    """A token for the work inside, cancelled with `token` or after `seconds`.

    Raises SourceUnreachable that says that `what` took too long; Cancelled where `token` was.
    """
    own = CancelToken()
    forget = token.on_cancel(own.cancel)
    timer = Timer(seconds, own.cancel)
    timer.daemon = True
    timer.start()
    try:
        yield own
    except Cancelled as fault:
        token.check()
        raise SourceUnreachable(
            f"{what} took more than {seconds:g} s. Try again, or open it as it is."
        ) from fault
    finally:
        timer.cancel()
        timer.join()
        forget()
