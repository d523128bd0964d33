"""A base that may not be there."""

from __future__ import annotations

from pathlib import Path

import pytest

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import FetchError, SourceEmpty
from snapreview.model.manifest import ImageRecord
from snapreview.stores.folder import FolderStore
from snapreview.stores.perhaps import PerhapsStore


def test_what_is_there_is_what_was_given(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"x")
    store = PerhapsStore(FolderStore(tmp_path))
    manifest = store.manifest(CancelToken())
    assert manifest.source == store.source == str(tmp_path)
    assert store.fetch(manifest.images["a.png"], CancelToken()).read_bytes() == b"x"
    store.close()


def test_what_is_not_there_holds_nothing_until_it_is(tmp_path: Path) -> None:
    store = PerhapsStore(FolderStore(tmp_path / "none"))
    assert store.manifest(CancelToken()).images == {}
    assert store.source == ""
    with pytest.raises(FetchError):
        store.fetch(ImageRecord("a.png"), CancelToken())
    (tmp_path / "none").mkdir()
    (tmp_path / "none" / "a.png").write_bytes(b"x")
    assert list(store.manifest(CancelToken()).images) == ["a.png"]
    assert store.source


def test_other_faults_are_told(tmp_path: Path) -> None:
    with pytest.raises(SourceEmpty):
        PerhapsStore(FolderStore(tmp_path)).manifest(CancelToken())
