"""What the start page needs of the rest of the program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from snapreview.model.cancel import CancelToken
from snapreview.stores.base_choice import FoundBase
from snapreview.stores.offers import Offers

Look = Callable[[str, CancelToken], Offers]
"""What a text is and offers; waits for hosts and disks. Raises SourceError or Cancelled."""

FindBase = Callable[[str, CancelToken], FoundBase]
"""What a head is to be compared with; waits likewise. Raises SourceError or Cancelled."""


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Choosing:
    """How sources are recognised. `look` and `find_base` are called in threads of their own."""

    look: Look
    find_base: FindBase
    now: Callable[[], datetime] = _now
