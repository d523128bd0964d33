"""What the window needs of the rest of the program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from snapreview.export.contents import Fetch
from snapreview.review.keys import HashOf
from snapreview.stores.keychain import Keychain
from snapreview.ui.changes.thumbnails import Thumbnails
from snapreview.ui.deciding import MakeDesk
from snapreview.ui.engine_facts import EngineFacts
from snapreview.ui.exporting import MakeExport
from snapreview.ui.preferring import DescribeEngine
from snapreview.ui.start.choosing import Choosing, FindBase
from snapreview.ui.theme import ThemeSwitch
from snapreview.ui.viewer.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Services:
    """What the window needs of the rest of the program, made by the composition root.

    `hash_of` binds itself to what is open when it is called; `opening` is called when something
    is about to be opened and the user waits.
    """

    viewer: Viewer
    thumbnails: Thumbnails
    themes: ThemeSwitch
    engine: EngineFacts
    describe_engine: DescribeEngine
    make_desk: MakeDesk
    make_export: MakeExport
    fetch: Fetch
    hash_of: Callable[[], HashOf]
    keychain: Keychain
    choosing: Choosing
    latest_base: FindBase
    opening: Callable[[], None]
