"""A page as a browser would see it, as far as tests ask."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote

VOID = {"meta", "input", "img", "use", "path", "circle", "rect", "br"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    parts: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)

    def all(self, tag: str = "", cls: str = "") -> list[Element]:
        found = []
        for part in self.parts:
            if isinstance(part, Element):
                named = not tag or part.tag == tag
                if named and (not cls or cls in part.attributes.get("class", "").split()):
                    found.append(part)
                found += part.all(tag, cls)
        return found

    def one(self, tag: str = "", cls: str = "") -> Element:
        (found,) = self.all(tag, cls)
        return found


class Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("", {})
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"{tag} has an attribute twice"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].parts.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open[-1].parts.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self._open[-1].tag == tag, f"{self._open[-1].tag} is closed by {tag}"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].parts.append(data)


def parsed(page: bytes) -> Element:
    """The whole page, every element of which is closed where it should be."""
    tree = Tree()
    tree.feed(page.decode("utf-8"))
    tree.close()
    assert len(tree._open) == 1, f"{tree._open[-1].tag} is not closed"
    return tree.root


def addresses(page: Element) -> list[str]:
    """All that the page leads to or shows, but for its own drawings."""
    elements = page.all()
    found = [e.attributes[a] for e in elements for a in ("href", "src") if a in e.attributes]
    return [address for address in found if not address.startswith("#")]


def files(page: Element) -> set[str]:
    """The files that the page leads to, by their names."""
    return {unquote(address) for address in addresses(page)}


def cards(page: Element) -> dict[str, Element]:
    """Articles by their titles."""
    return {card.one("h2").text: card for card in page.all("article")}
