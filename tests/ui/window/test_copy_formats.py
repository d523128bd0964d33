"""An image is copied whatever it is kept as."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QGuiApplication

from .hands import CONTROL, Hands

INK = 200, 40, 60


@pytest.mark.parametrize("kind", ["png", "avif", "webp", "jpg"])
def test_an_image_of_any_format_is_copied(qtbot, open_desktop, tmp_path: Path, kind: str) -> None:
    for side, ink in (("base", (20, 20, 20)), ("head", INK)):
        (tmp_path / side).mkdir()
        Image.new("RGB", (40, 30), ink).save(tmp_path / side / f"a.{kind}", quality=95)
    user = Hands(qtbot, open_desktop())
    user.compare(str(tmp_path / "base"), str(tmp_path / "head"))
    user.window.review.changes.table.go_first()
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    user.key("c", CONTROL)
    user.until(lambda: not clipboard.image().isNull())
    image = clipboard.image()
    assert (image.width(), image.height()) == (40, 30)
    found = image.pixelColor(20, 15).getRgb()[:3]
    assert max(abs(one - other) for one, other in zip(found, INK, strict=True)) < 8
