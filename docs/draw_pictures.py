"""Draws the pictures of README: the window on the demo, light and dark.

    QT_QPA_PLATFORM=offscreen python docs/draw_pictures.py [FOLDER]

Needs the font Inter, as the demo's own screens do, to come out the same everywhere.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QTimer

from snapreview.app import Desktop, application
from snapreview.cli.demo import demo_sources
from snapreview.stores.userdirs import UserDirs

PICTURES = {
    "review-light": ("light", "spending/six-months-phone-light.png"),
    "review-dark": ("dark", "checkout/cart-phone-dark.png"),
}


def draw(target: Path, theme: str, row: str, sources: tuple[str, str]) -> None:
    """Open the window, wait until `row` is on screen, and write its picture."""
    app = application()
    with tempfile.TemporaryDirectory() as folder:
        dirs = UserDirs(*(Path(folder, name) for name in ("cache", "data", "config")))
        for path in (dirs.cache, dirs.data, dirs.config):
            path.mkdir()
        desktop = Desktop(app, dirs, theme=theme)
        window = desktop.window
        table = window.review.changes.table

        def shoot() -> None:
            current = table.current_change()
            if current is None or current.name != row:
                table.go_to(row)
                return
            window.grab().save(str(target))
            app.exit()

        window.settled.connect(lambda: QTimer.singleShot(0, shoot))
        desktop.show(sources)
        app.exec()
        window.close()
        desktop.close()


def main() -> None:
    """Draw both."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "images"
    folder.mkdir(parents=True, exist_ok=True)
    with demo_sources() as sources:
        for name, (theme, row) in PICTURES.items():
            draw(folder / f"{name}.png", theme, row, sources)


if __name__ == "__main__":
    main()
