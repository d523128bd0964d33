"""What both sources of the start page share, and what is said of one."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from snapreview.ui.background import Background
from snapreview.ui.start.choosing import Choosing
from snapreview.ui.start.given import GivenSources
from snapreview.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class Parts:
    """What both sources share. `page` is what their lists lie on."""

    choosing: Choosing
    background: Background
    given: GivenSources
    theme: Theme
    page: QWidget


@dataclass(frozen=True, slots=True)
class Remark:
    """Said of a text in place of what it is."""

    text: str = ""
    icon: str = ""
    busy: bool = False
