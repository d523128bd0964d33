"""Asks for the token that a host wants, and says what becomes of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit, QVBoxLayout, QWidget

from snapreview.stores.addresses import parse_address
from snapreview.stores.tokens import BadToken, parse_token
from snapreview.ui.widgets import button, label, row_of, sentence

_WIDTH = 500
_LONGEST_TITLE = 40
"""Letters of a host's name that fit into a line with the rest."""
_HINT = "A name and a password are written as name:password."
_KEPT = "The token is kept in the system's keychain, and sent to {origin} only."
_PASSING = "The token is used until SnapReview is closed, kept nowhere, and sent to {origin} only."
_EXPOSED = "This address is not encrypted: others can read the token on its way there."


class TokenDialog(QDialog):
    """A field that shows nothing of what is typed or pasted until somebody wants to see it.

    `origin` is whose token it is, `reason` a sentence on why it is asked for. Open it with
    `open()`. Signals: `given(str, bool)`, the token and whether it is to be kept.
    """

    given = Signal(str, bool)

    def __init__(self, origin: str, reason: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tokenDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Token")
        self._origin = origin
        self._problem = ""
        self._reason = sentence("secondary", "tokenReason")
        self._reason.setText(reason)
        self._field = _secret_field()
        self._show = button("Show", "tokenShow", "Show what is typed")
        self._show.setCheckable(True)
        self._fault = sentence("fault", "tokenFault")
        self._keep = QCheckBox("Keep in the keychain", objectName="tokenKeep", checked=True)
        self._keep.setToolTip("Use it whenever this host asks for one (Space)")
        self._outcome = sentence("caption", "tokenOutcome")
        self._cancel = button("Cancel", "tokenCancel", "Go without (Esc)")
        self._use = button("Continue", "tokenUse", "Try again with this token (Enter)", "primary")
        self._use.setDefault(True)
        self._lay_out()
        self._field.textChanged.connect(self._follow)
        self._show.toggled.connect(self._reveal)
        self._keep.toggled.connect(self._tell_outcome)
        self._cancel.clicked.connect(self.reject)
        self._use.clicked.connect(self._submit)
        self._follow()
        self._tell_outcome()

    def show_problem(self, problem: str) -> None:
        """Why nothing can be kept here, as the end of a sentence; nothing where it can."""
        self._problem = problem
        self._keep.setEnabled(not problem)
        if problem:
            self._keep.setChecked(False)
        self._tell_outcome()

    def showEvent(self, event: QShowEvent) -> None:
        """It is as high as its texts are at its width."""
        self._fit()
        super().showEvent(event)

    def done(self, result: int) -> None:
        """Nothing of it stays in the field."""
        self._field.clear()
        super().done(result)

    def _submit(self) -> None:
        try:
            token = parse_token(self._field.text())
        except BadToken as fault:
            self._tell_fault(str(fault))
            self._field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        keep = self._keep.isChecked()
        self.accept()
        self.given.emit(token, keep)

    def _follow(self) -> None:
        self._use.setEnabled(bool(self._field.text().strip()))
        self._tell_fault("")

    def _reveal(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self._field.setEchoMode(mode)
        self._show.setText("Hide" if shown else "Show")
        self._show.setAccessibleName(self._show.text())
        self._show.setToolTip("Hide what is typed" if shown else "Show what is typed")

    def _tell_fault(self, fault: str) -> None:
        self._fault.setText(fault)
        self._fault.setVisible(bool(fault))
        self._fit()

    def _tell_outcome(self) -> None:
        said = (_KEPT if self._keep.isChecked() else _PASSING).format(origin=self._origin)
        if self._problem:
            said = f"{self._problem[:1].upper()}{self._problem[1:]}. {said}"
        self._outcome.setText(said)
        self._keep.setAccessibleDescription(said)
        self._fit()

    def _fit(self) -> None:
        for part in self.findChildren(QWidget):
            part.ensurePolished()
        self.layout().activate()
        self.setFixedHeight(self.layout().totalHeightForWidth(_WIDTH))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        address = parse_address(self._origin)
        title = sentence("title", "tokenTitle")
        short = len(address.host) <= _LONGEST_TITLE
        title.setText(f"{address.host} asks for a token" if short else "A token is asked for")
        hint = label(_HINT, "caption")
        self._field.setAccessibleDescription(_HINT)
        for part in (title, self._reason):
            column.addWidget(part)
        column.addSpacing(4)
        column.addLayout(row_of(self._field, self._show))
        for part in (self._fault, hint):
            column.addWidget(part)
        column.addSpacing(4)
        for part in (self._keep, self._outcome):
            column.addWidget(part)
        if address.exposed:
            exposed = sentence("fault", "tokenExposed")
            exposed.setText(_EXPOSED)
            column.addWidget(exposed)
        column.addSpacing(8)
        column.addLayout(row_of(None, self._cancel, self._use))
        self.setFixedWidth(_WIDTH)


def _secret_field() -> QLineEdit:
    field = QLineEdit(objectName="tokenField", echoMode=QLineEdit.EchoMode.Password)
    field.setAccessibleName("Token")
    field.setPlaceholderText("Paste or type the token")
    hints = Qt.InputMethodHint
    field.setInputMethodHints(
        hints.ImhHiddenText
        | hints.ImhSensitiveData
        | hints.ImhNoPredictiveText
        | hints.ImhNoAutoUppercase
    )
    return field
