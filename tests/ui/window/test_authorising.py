"""The prompt for a token, and what becomes of what is given there."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QLabel, QLineEdit, QMainWindow, QWidget
from shiboken6 import isValid

from snapreview.model.cancel import CancelToken
from snapreview.model.change import Change, Status
from snapreview.model.errors import SourceNotFound, SourceUnauthorised
from snapreview.ui.authorising import Authorising
from snapreview.ui.dialogs.fault_dialog import FaultDialog
from snapreview.ui.dialogs.token_dialog import TokenDialog
from tests.keychains import BlockingKeyring, MemoryKeyring, keychain_of, no_keychain

from .test_accessible import lacking

ORIGIN = "https://shots.example.com"
SECRET = "s3cr3t-t0k3n"
LEFT = Qt.MouseButton.LeftButton
NEVER = CancelToken()
REFUSED = SourceUnauthorised(
    "shots.example.com refuses access to https://shots.example.com/s/1: it answers 401"
    " (Unauthorized). Give a token for it with “snapreview login https://shots.example.com”.",
    ORIGIN,
)


class Prompt:
    """A prompt as its user has it."""

    def __init__(self, qtbot, dialog: TokenDialog) -> None:
        self.qtbot = qtbot
        self.dialog = dialog
        self.given: list[tuple[str, bool]] = []
        dialog.given.connect(lambda token, keep: self.given.append((token, keep)))

    @property
    def field(self) -> QLineEdit:
        return self.dialog.findChild(QLineEdit, "tokenField")

    @property
    def keep(self) -> QCheckBox:
        return self.dialog.findChild(QCheckBox, "tokenKeep")

    def text(self, name: str) -> str:
        return self.dialog.findChild(QLabel, name).text()

    def press(self, name: str) -> None:
        self.qtbot.mouseClick(self.dialog.findChild(QAbstractButton, name), LEFT)

    def told(self) -> str:
        """Every text of it that is seen, hovered or spoken, but for the field's own."""
        texts = []
        for widget in [self.dialog, *self.dialog.findChildren(QWidget)]:
            spoken = QAccessible.queryAccessibleInterface(widget)
            kinds = [kind for kind in QAccessible.Text if kind is not QAccessible.Text.UserText]
            if widget is self.field:
                kinds.remove(QAccessible.Text.Value)
            texts += [spoken.text(kind) for kind in kinds]
            texts += [widget.toolTip(), widget.whatsThis(), widget.statusTip()]
            if isinstance(widget, QLabel | QAbstractButton):
                texts.append(widget.text())
        return "\n".join(texts)


@pytest.fixture
def prompt(qtbot) -> Iterator[Prompt]:
    dialog = TokenDialog(ORIGIN, "It answers 401.")
    dialog.show()
    dialog.activateWindow()
    qtbot.waitActive(dialog)
    yield Prompt(qtbot, dialog)
    if isValid(dialog):
        dialog.reject()


def test_what_is_pasted_is_given_with_enter(prompt: Prompt, qtbot) -> None:
    QGuiApplication.clipboard().setText(f"  Bearer {SECRET}\r\n")
    qtbot.keyClick(prompt.field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(prompt.field, Qt.Key.Key_Return)
    assert prompt.given == [(SECRET, True)]
    assert not prompt.dialog.isVisible()


def test_nothing_of_it_is_seen_or_spoken(prompt: Prompt, qtbot) -> None:
    qtbot.keyClicks(prompt.field, SECRET)
    assert prompt.field.displayText() == prompt.field.displayText()[0] * len(SECRET)
    spoken = QAccessible.queryAccessibleInterface(prompt.field)
    assert SECRET not in spoken.text(QAccessible.Text.Value)
    assert SECRET not in prompt.told()
    prompt.press("tokenShow")
    assert prompt.field.displayText() == SECRET
    assert SECRET not in prompt.told()
    assert prompt.dialog.findChild(QAbstractButton, "tokenShow").text() == "Hide"
    prompt.press("tokenShow")
    assert SECRET not in prompt.field.displayText()


def test_nothing_of_it_stays(prompt: Prompt, qtbot) -> None:
    qtbot.keyClicks(prompt.field, SECRET)
    qtbot.keyClick(prompt.field, Qt.Key.Key_Escape)
    assert prompt.given == []
    assert prompt.field.text() == ""
    prompt.field.undo()
    assert prompt.field.text() == ""


def test_what_is_no_token_is_told_and_can_be_mended(prompt: Prompt, qtbot) -> None:
    use = prompt.dialog.findChild(QAbstractButton, "tokenUse")
    assert not use.isEnabled()
    qtbot.keyClicks(prompt.field, "two words")
    prompt.press("tokenUse")
    assert "contains blanks" in prompt.text("tokenFault")
    assert "words" not in prompt.text("tokenFault")
    assert prompt.dialog.isVisible()
    prompt.field.clear()
    qtbot.keyClicks(prompt.field, SECRET)
    assert prompt.text("tokenFault") == ""
    prompt.press("tokenUse")
    assert prompt.given == [(SECRET, True)]


def test_what_will_happen_is_said(prompt: Prompt, qtbot) -> None:
    assert prompt.text("tokenTitle") == "shots.example.com asks for a token"
    assert prompt.text("tokenReason") == "It answers 401."
    kept = f"The token is kept in the system's keychain, and sent to {ORIGIN} only."
    assert prompt.text("tokenOutcome") == prompt.keep.accessibleDescription() == kept
    qtbot.keyClick(prompt.keep, Qt.Key.Key_Space)
    assert "used until SnapReview is closed" in prompt.text("tokenOutcome")
    qtbot.keyClick(prompt.keep, Qt.Key.Key_Space)
    prompt.dialog.show_problem("there is no keychain here")
    assert not prompt.keep.isEnabled()
    assert not prompt.keep.isChecked()
    assert prompt.text("tokenOutcome").startswith(
        "There is no keychain here. The token is used until SnapReview is closed, kept nowhere,"
    )


@pytest.mark.parametrize(
    ("origin", "exposed"),
    [(ORIGIN, False), ("http://shots.example.com", True), ("http://127.0.0.1:80", False)],
)
def test_that_an_address_is_not_encrypted_is_said(qtbot, origin: str, exposed: bool) -> None:
    dialog = TokenDialog(origin, "")
    qtbot.addWidget(dialog)
    assert (dialog.findChild(QLabel, "tokenExposed") is not None) == exposed


def test_texts_of_any_length_are_seen_whole(qtbot) -> None:
    long = "a-very-long-name.of-some-department.example-company.internal"
    dialog = TokenDialog(f"http://{long}:8443", f"{long} refuses access to {long} " * 3)
    qtbot.addWidget(dialog)
    dialog.show_problem("the keychain cannot be used (SomeVeryLongNameOfAnError)")
    dialog.show()
    for part in dialog.findChildren(QLabel):
        assert part.height() >= part.heightForWidth(part.width()), part.objectName()


def test_everything_has_a_name(prompt: Prompt) -> None:
    assert lacking(prompt.dialog) == []


class Asked:
    """A window that asks for tokens."""

    def __init__(self, qtbot, keychain) -> None:
        self.qtbot = qtbot
        self.keychain = keychain
        self.window = QMainWindow()
        self.authorising = Authorising(self.window, keychain)
        self.told: list[str] = []
        self.retries = 0
        self.authorising.told.connect(self.told.append)
        self.authorising.retryRequested.connect(self._count)

    def _count(self) -> None:
        self.retries += 1

    def prompts(self) -> list[TokenDialog]:
        return [one for one in self.window.findChildren(TokenDialog) if one.isVisible()]

    def give(self, secret: str = SECRET, keep: bool | None = None) -> None:
        prompt = Prompt(self.qtbot, self.prompts()[0])
        if keep is not None:
            prompt.keep.setChecked(keep)
        prompt.field.setText(secret)
        prompt.press("tokenUse")


@pytest.fixture
def asked(qtbot) -> Iterator[Callable[..., Asked]]:
    made: list[Asked] = []

    def make(keychain) -> Asked:
        made.append(Asked(qtbot, keychain))
        made[-1].window.show()
        return made[-1]

    yield make
    for one in made:
        for dialog in one.prompts():
            dialog.reject()
        one.authorising.close()
        one.window.close()
        one.window.deleteLater()


def test_a_refusal_is_answered_and_the_token_is_used_and_kept(asked, qtbot) -> None:
    backend = MemoryKeyring()
    user = asked(keychain_of(backend))
    user.authorising.offer(REFUSED)
    (dialog,) = user.prompts()
    reason = dialog.findChild(QLabel, "tokenReason").text()
    assert reason.endswith("it answers 401 (Unauthorized).")
    assert "snapreview login" not in reason
    user.give()
    assert user.retries == 1
    assert user.keychain.get(ORIGIN, NEVER) == SECRET
    qtbot.waitUntil(lambda: user.told != [])
    assert user.told == [f"The token for {ORIGIN} is kept in the system's keychain."]
    assert backend.secrets() == {ORIGIN: SECRET}
    assert user.prompts() == []


def test_a_token_for_this_run_is_not_kept(asked) -> None:
    backend = MemoryKeyring()
    user = asked(keychain_of(backend))
    user.authorising.offer(REFUSED)
    user.give(keep=False)
    assert user.retries == 1
    assert user.told == [f"The token for {ORIGIN} is used until SnapReview is closed."]
    assert user.keychain.get(ORIGIN, NEVER) == SECRET
    assert backend.secrets() == {}


def test_where_there_is_no_keychain_the_prompt_says_so(asked, qtbot) -> None:
    user = asked(no_keychain())
    user.authorising.offer(REFUSED)
    keep = user.prompts()[0].findChild(QCheckBox, "tokenKeep")
    qtbot.waitUntil(lambda: not keep.isEnabled())
    user.give()
    assert user.told == [f"The token for {ORIGIN} is used until SnapReview is closed."]
    assert user.keychain.get(ORIGIN, NEVER) == SECRET


def test_a_keychain_that_hangs_holds_up_nothing(asked) -> None:
    backend = BlockingKeyring()
    user = asked(keychain_of(backend))
    user.authorising.offer(REFUSED)
    user.give()
    assert user.retries == 1
    assert backend.asking.wait(10)
    assert user.keychain.get(ORIGIN, NEVER) == SECRET
    assert user.told == []
    user.authorising.close()
    backend.unlocked.set()
    assert user.told == []


def test_a_keychain_that_is_slow_is_told_of_later(asked, qtbot) -> None:
    backend = BlockingKeyring()
    user = asked(keychain_of(backend, seconds=0.05))
    user.authorising.offer(REFUSED)
    user.give()
    qtbot.waitUntil(lambda: user.told != [])
    said = "kept for this run only: the keychain did not answer within 0.05 s"
    assert user.told == [f"The token for {ORIGIN} is {said}."]
    backend.unlocked.set()


def test_going_without_asks_for_nothing(asked) -> None:
    user = asked(no_keychain())
    user.authorising.offer(REFUSED)
    user.prompts()[0].reject()
    assert (user.retries, user.told, user.prompts()) == (0, [], [])
    user.authorising.offer(REFUSED)
    assert len(user.prompts()) == 1


def test_other_failures_ask_for_nothing_and_one_prompt_is_enough(asked) -> None:
    user = asked(no_keychain())
    user.authorising.offer(SourceNotFound("There is no snapshot."))
    user.authorising.offer(SourceUnauthorised("Of nobody in particular."))
    assert user.prompts() == []
    user.authorising.offer(REFUSED)
    user.authorising.offer(REFUSED)
    assert len(user.prompts()) == 1


def test_images_that_were_refused_lead_to_the_prompt(asked, qtbot) -> None:
    user = asked(keychain_of(MemoryKeyring()))
    user.keychain.note_refusal(ORIGIN)
    errored = Change(name="a.png", status=Status.ERRORED, error="It answers 403 (Forbidden).")
    dialog = FaultDialog([errored], user.window, user.authorising.refused)
    dialog.tokenRequested.connect(user.authorising.ask)
    dialog.open()
    assert lacking(dialog) == []
    qtbot.mouseClick(dialog.findChild(QAbstractButton, "faultToken"), LEFT)
    assert len(user.prompts()) == 1
    user.give()
    assert user.retries == 1
    assert user.authorising.refused == ()


def test_without_refusals_nothing_is_offered(qtbot) -> None:
    errored = Change(name="a.png", status=Status.ERRORED, error="Broken.")
    dialog = FaultDialog([errored])
    qtbot.addWidget(dialog)
    assert dialog.findChild(QAbstractButton, "faultToken") is None
