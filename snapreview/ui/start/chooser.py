"""Knows what one source is, says so, and lets one of what it offers be chosen."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QPushButton, QWidget

from snapreview.stores.offers import Offer
from snapreview.stores.recognising import Kind
from snapreview.ui.start.lookout import Lookout, Sight
from snapreview.ui.start.offer_panel import OfferPanel
from snapreview.ui.start.offer_texts import kind_icon, noun, plural, row_of, said, summary
from snapreview.ui.start.parts import Parts, Remark
from snapreview.ui.start.said_line import SaidLine
from snapreview.ui.start.source_edit import SourceEdit
from snapreview.ui.theme import Theme
from snapreview.ui.widgets import button


class Chooser(QObject):
    """The line, the list and the button that belong to the field `edit` in a card."""

    def __init__(self, side: str, edit: SourceEdit, parts: Parts, card: QWidget) -> None:
        super().__init__(card)
        self._parts, self._card, self._edit = parts, card, edit
        self._remark = Remark()
        self._opens = ""
        self.line = SaidLine(side, parts.theme)
        self.button: QPushButton = button("Choose…", f"{side}Choose")
        self.line.add_button(self.button)
        self.panel = OfferPanel(side, parts.theme, parts.page)
        self._lookout = Lookout(parts.choosing.look, parts.background, self)
        self._connect()
        self._tell()

    @property
    def text(self) -> str:
        """What is in the field."""
        return self._edit.text().strip()

    @property
    def source(self) -> str:
        """What that stands for."""
        found = self._lookout.sight.found
        return (found.source if found else "") or self._parts.given.source(self.text)

    @property
    def state(self) -> tuple[str, Sight, Remark]:
        """All that is known, to be taken over by another one."""
        return self._edit.text(), self._lookout.sight, self._remark

    def take_over(self, state: tuple[str, Sight, Remark]) -> None:
        """Know the same as another one."""
        text, sight, remark = state
        self._edit.setText(text)
        self._lookout.take(sight)
        self.say(remark)

    def set_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self.line.set_theme(theme)
        self.panel.set_theme(theme)

    def say(self, remark: Remark) -> None:
        """Say this until there is another text."""
        self._remark = remark
        self._tell()

    def look(self, opens: str = "") -> None:
        """Find out at once what the text is.

        The list opens where something has to be chosen (`show`), or can be (`enter`, which also
        leads the keyboard there).
        """
        self._opens = opens
        self._lookout.follow(self.text, self._parts.given.source(self.text), at_once=True)
        self._open_as_wished()

    def demand(self) -> bool:
        """Have a choice made where the text alone cannot be opened; whether that is so."""
        found = self._lookout.sight.found
        if found is None or not self._lookout.sight.must_choose:
            return False
        said = f"Choose one of its {plural(found)}." if found.offers else "Nothing is in there yet."
        self.say(Remark(said, "info"))
        self._open(enter=True)
        return True

    def close_list(self) -> bool:
        """Close the list; whether it was open."""
        was_open = self.panel.isVisible()
        self.panel.close_list()
        return was_open

    def place_list(self) -> None:
        """The page has another size."""
        if self.panel.isVisible():
            self.panel.place_below(self._card, self._edit)

    def _on_typed(self) -> None:
        text, before = self.text, self._lookout.sight.text
        pasted = abs(len(text) - len(before)) > 1
        self._opens = "show"
        self._lookout.follow(text, self._parts.given.source(text), at_once=pasted)

    def _on_text(self) -> None:
        """Another text: what was known and said of the one before is not true of it."""
        self.panel.close_list()
        if self._lookout.sight.text != self.text:
            self._opens = ""
            self._lookout.take(Sight(self.text))
        self.say(Remark())

    def _on_sight(self) -> None:
        self._tell()
        self._open_as_wished()

    def _open_as_wished(self) -> None:
        sight = self._lookout.sight
        if sight.found is None or not self._opens:
            return
        enter = self._opens == "enter"
        self._opens = ""
        if enter or sight.must_choose:
            self._open(enter=enter)

    def _open(self, *, enter: bool) -> None:
        found = self._lookout.sight.found
        if found is None or not found.offers or not self._edit.isVisible():
            return
        self.panel.open(found, self._parts.choosing.now(), self._card)
        self.panel.place_below(self._card, self._edit)
        if enter:
            self.panel.enter()

    def _toggle(self) -> None:
        if not self.close_list():
            self._open(enter=True)

    def _take(self, offer: Offer) -> None:
        """Put what was chosen into the field; what it is, is known."""
        found = self._lookout.sight.found
        text = self._parts.given.shown(offer.source)
        self._edit.setText(text)
        if found is not None:
            kind = Kind.SNAPSHOT if found.kind is Kind.STORE else found.kind
            known = replace(found, kind=kind, source=offer.source, chosen=offer)
            self._lookout.take(Sight(text, found=known))
        row = row_of(offer, self._parts.choosing.now())
        self.say(Remark(summary(row), row.icon))
        self._go_back()

    def _go_back(self) -> None:
        self.panel.close_list()
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self) -> None:
        sight, remark = self._lookout.sight, self._remark
        offers = sight.found.offers if sight.found else ()
        if sight.found is not None and offers:
            what = plural(sight.found) if len(offers) > 1 else noun(sight.found)
            self.button.setToolTip(f"Choose one of {len(offers):,} {what} (↓)")
        self.button.setVisible(bool(offers))
        if remark.text:
            self.line.show_said(remark.text, remark.icon, busy=remark.busy)
        elif sight.found is not None:
            self.line.show_said(said(sight.found), kind_icon(sight.found))
        else:
            self.line.show_said(sight.fault, "info" if sight.fault else "", busy=sight.busy)

    def _connect(self) -> None:
        edit = self._edit
        edit.textEdited.connect(self._on_typed)
        edit.textChanged.connect(self._on_text)
        edit.entered.connect(self.look)
        edit.listAsked.connect(lambda: self.look("enter"))
        edit.left.connect(self._lookout.rest)
        self.button.clicked.connect(self._toggle)
        self.panel.taken.connect(self._take)
        self.panel.escaped.connect(self._go_back)
        self._lookout.changed.connect(self._on_sight)
