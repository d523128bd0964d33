from __future__ import annotations

from pathlib import Path

import pytest

from .makers import Files


@pytest.fixture
def files(tmp_path: Path) -> Files:
    folder = tmp_path / "images"
    folder.mkdir()
    return Files(folder)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An empty folder to export to."""
    folder = tmp_path / "out"
    folder.mkdir()
    return folder
