"""Everything that can be operated can be found: by name, by screen reader, by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QWidget,
)

from .hands import Hands

OPERATED = QAbstractButton, QAbstractItemView, QAbstractSlider, QLineEdit, QPlainTextEdit
OF_QT = {"qt_toolbar_ext_button", "qt_spinbox_lineedit"}


@pytest.fixture
def user(qtbot, compared) -> Hands:
    return Hands(qtbot, compared)


def operated(root: QWidget) -> list[QWidget]:
    """What of ours can be operated; Qt's own parts (buttons in a field, scroll bars) apart."""
    found = [widget for kind in OPERATED for widget in root.findChildren(kind)]
    return [
        widget
        for widget in found
        if not isinstance(widget, QScrollBar)
        and not isinstance(widget.parentWidget(), QLineEdit)
        and widget.objectName() not in OF_QT
        and not type(widget).__name__.startswith("QTableCornerButton")
        and type(widget).__name__ not in ("QHeaderView", "QAbstractButton")
    ]


def lacking(root: QWidget) -> list[str]:
    """What is missing, by widget."""
    faults = []
    for widget in operated(root):
        text = widget.text() if isinstance(widget, QAbstractButton) else ""
        about = f"{type(widget).__name__} {widget.objectName()!r} {text!r}"
        hidden = not widget.isVisibleTo(root)  # some get their text when they are shown
        if not widget.objectName():
            faults.append(f"{about}: no object name")
        if not (widget.accessibleName() or text) and not hidden:
            faults.append(f"{about}: no accessible name")
        if not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            faults.append(f"{about}: not reached by Tab")
    return faults


def test_the_start_page(user: Hands) -> None:
    assert len(operated(user.window.start)) >= 8
    assert lacking(user.window.start) == []


def test_the_review_page(user: Hands) -> None:
    assert len(operated(user.window.review)) >= 20
    assert lacking(user.window.review) == []


def test_the_dialogs(user: Hands, tmp_path: Path) -> None:
    user.window.exporting.open()
    dialog = user.dialog("exportDialog")
    assert len(operated(dialog)) >= 12
    assert lacking(dialog) == []
    dialog.reject()
    user.press("statusDetails")
    faults = user.dialog("faultDialog")
    assert lacking(faults) == []
    faults.reject()


def test_names_are_given_once(user: Hands) -> None:
    """So that whoever looks for a widget finds the one."""
    for page in (user.window.start, user.window.review):
        names = [widget.objectName() for widget in operated(page)]
        assert sorted(names) == sorted(set(names))


def test_tab_goes_from_source_to_source_to_compare(user: Hands, qapp: QApplication) -> None:
    user.press("headerBack")
    start = user.window.start
    start.base.focus()
    seen = []
    for _ in range(8):
        seen.append(user.window.focusWidget().objectName())
        user.key(Qt.Key.Key_Tab)
    order = ["baseSource", "baseBrowse", "headSource", "headBrowse", "startSwap"]
    assert seen[: len(order)] == order
    assert seen.index("startCompare") < seen.index("recentPairs")
