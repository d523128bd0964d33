from __future__ import annotations

from pathlib import Path

import pytest

from snapreview.model.cancel import CancelToken
from snapreview.model.change import Side
from snapreview.model.manifest import ImageRecord
from snapreview.ui.viewer.loader import Fetch, ImageLoader
from snapreview.ui.viewer.viewer import Viewer


@pytest.fixture
def make_loader(qapp):
    """Makes loaders that are closed after the test."""
    made: list[ImageLoader] = []

    def make(fetch: Fetch, **options) -> ImageLoader:
        made.append(ImageLoader(fetch, **options))
        return made[-1]

    yield make
    for loader in made:
        loader.close()


@pytest.fixture
def open_viewer(qtbot, make_loader, tmp_path):
    """Opens viewers on the files of the test's folder."""

    def fetch(record: ImageRecord, side: Side, token: CancelToken) -> Path:
        return tmp_path / side.value / record.name

    def make(width: int = 700, height: int = 500, *, fetch=fetch, **options) -> Viewer:
        viewer = Viewer(make_loader(fetch, **options))
        qtbot.addWidget(viewer)
        viewer.resize(width, height)
        viewer.show()
        return viewer

    return make


@pytest.fixture
def settle(qtbot):
    """Shows a row and waits until all of it is on screen."""

    def show(viewer: Viewer, change, neighbours=()) -> None:
        with qtbot.waitSignal(viewer.settled, timeout=10_000):
            viewer.show_change(change, neighbours)

    return show
