"""Which SnapReview this is, and which engine it uses."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox, QWidget

from snapreview import __version__


def show_about(parent: QWidget, engine: str = "") -> None:
    """Open the About box; `engine` is the engine's version and where it lies."""
    box = QMessageBox(parent)
    box.setObjectName("aboutBox")
    box.setWindowTitle("About SnapReview")
    box.setText(f"SnapReview {__version__}")
    box.setInformativeText(
        f"Reviews visual changes between two sets of images.\nEngine: {engine or 'not found yet'}"
    )
    box.open()
