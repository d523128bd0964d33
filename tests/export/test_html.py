"""The page of a review: what it tells, that no name can hurt, that links lead somewhere."""

from __future__ import annotations

import base64
import hashlib
import re
import tracemalloc
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snapreview.export.entries import Entry, ExportResult, Missing, Part
from snapreview.export.html import page
from snapreview.export.html_folder import export_html
from snapreview.export.pipeline import Written
from snapreview.export.zip import export_zip
from snapreview.model.cancel import CancelToken
from snapreview.model.change import Change, ImageDiff, Side, Status
from snapreview.model.decision import Decision, Verdict
from snapreview.model.manifest import ImageRecord
from snapreview.stores.resources import resource
from snapreview.ui.theme_tokens import DARK, LIGHT, Theme

from .makers import Files, comparison
from .pages import Element, addresses, cards, parsed
from .pages import files as files_of

HOSTILE = [
    "<script>alert(1)</script>.png",
    '"><img src=x onerror=alert(1)>.png',
    "' onmouseover='alert(1).png",
    "</style></script><svg onload=alert(1)>.png",
    "javascript:alert(1).png",
    "{{ 7 * 7 }}{% raw %}.png",
    "a b#c%20d?e&amp;f.png",
    "\u202egnp.exe \U0001f600 Größe.png",
    "../../etc/passwd.png",
    "//x.invalid/a.png",
]


def export(out: Path, files: Files, rows, decisions=None, among=None) -> ExportResult:
    return export_html(
        out / "review",
        comparison(among or rows),
        rows,
        files.fetch,
        CancelToken(),
        lambda done, total: None,
        decisions=decisions or {},
    )


def shown(out: Path) -> Element:
    return parsed((out / "review" / "index.html").read_bytes())


def drawn(rows, written: Written | None = None, decisions=None, parts=frozenset(Part)) -> Element:
    """The page alone, without a file."""
    pieces = page(comparison(rows), written or Written(), parts, decisions or {})
    return parsed(b"".join(pieces))


def test_a_folder_has_the_page_and_the_images_that_it_shows(files: Files, out: Path) -> None:
    rows = [files.changed("Checkout/Cart dark.png"), files.added("new.png"), files.added("no.png")]
    assert export(out, files, rows[:2], among=rows) == ExportResult(out / "review", 4, ())
    assert list(out.iterdir()) == [out / "review"]
    there = {p.relative_to(out / "review").as_posix() for p in (out / "review").rglob("*.*")}
    assert there == {
        "index.html",
        "base/Checkout/Cart dark.png",
        "head/Checkout/Cart dark.png",
        "overlay/Checkout/Cart dark.png",
        "head/new.png",
    }
    assert files_of(shown(out)) == there - {"index.html"}
    for side in Side:
        copy = out / "review" / side.value / "Checkout/Cart dark.png"
        assert copy.read_bytes() == files.path(side, "Checkout/Cart dark.png").read_bytes()


def test_a_zip_has_the_same_page_at_its_top(files: Files, out: Path) -> None:
    rows = [files.changed("a b.png"), files.added("new.png")]
    target = out / "a.zip"
    progress = lambda done, total: None  # noqa: E731 - the shortest way to say nothing
    whole, token = comparison(rows), CancelToken()
    export_zip(target, whole, rows, frozenset(Part), files.fetch, token, progress, with_page=True)
    with ZipFile(target) as archive:
        document = parsed(archive.read("index.html"))
        assert files_of(document) < set(archive.namelist())
    assert set(cards(document)) == {"a b.png", "new.png"}


def test_a_zip_with_masks_and_no_overlays_shows_those(files: Files, out: Path) -> None:
    parts = frozenset({Part.HEAD, Part.DIFF})
    row = files.changed("a.png")
    written = Written([(Entry("a.png", p, f"{p.value}/a.png", row.head), None) for p in parts])
    written.entries.sort(key=lambda pair: pair[0].name)
    document = drawn([row], written, parts=parts)
    assert [f.one("figcaption").text for f in document.all("figure")] == ["Head6 × 4", "Mask"]


def test_each_image_tells_what_there_is_to_know(files: Files, out: Path) -> None:
    grown = replace(
        files.changed("Checkout/Cart.png"),
        head=replace(files.put(Side.HEAD, "Checkout/Cart.png"), display_name="Cart", group="Shop"),
        diff=ImageDiff((100, 50), 1843, size_changed=True),
    )
    rows = [
        grown,
        Change("bad.png", Status.ERRORED, files.put(Side.BASE, "bad.png"), error="It is damaged."),
        Change(
            "to.png",
            Status.RENAMED,
            files.put(Side.BASE, "from.png"),
            files.put(Side.HEAD, "to.png"),
            previous_name="from.png",
        ),
        replace(
            files.changed("subtle.png"),
            status=Status.UNCHANGED,
            diff=ImageDiff((9, 9), subtle_pixels=1),
        ),
    ]
    decisions = {"Checkout/Cart.png": Decision(Verdict.REJECTED, "The shadow\nis gone.")}
    export(out, files, rows, decisions)
    card = cards(shown(out))
    facts = [span.text for span in card["Cart"].one("p", "facts").all("span")]
    assert facts == [
        "Checkout/Cart.png",
        "Shop",
        "36.9\u00a0% changed",
        "1,843 pixels",
        "size differs",
    ]
    assert card["Cart"].one("p", "note").one("span").text == "The shadow\nis gone."
    assert card["Cart"].one("span", "verdict-rejected").text == "Rejected"
    assert card["bad.png"].one("p", "error").text == "It is damaged."
    assert card["bad.png"].all("p", "none")[0].text == "Not in the head"
    assert card["to.png"].one("p", "facts").text == "was from.png"
    assert card["subtle.png"].one("p", "facts").text == "1 pixel below what counts"
    assert [c.attributes["data-status"] for c in card.values()] == [
        "changed",
        "errored",
        "renamed",
        "subtle",
    ]
    assert [c.attributes["data-verdict"] for c in card.values()] == [
        "rejected",
        "unreviewed",
        "unreviewed",
        "unreviewed",
    ]
    for row in card.values():  # a colour never says it alone
        badge = row.all("span", "badge")[0]
        assert badge.text.lower() == row.attributes["data-status"]
        assert badge.one("use").attributes["href"] == f"#i-{row.attributes['data-status']}"


def choices(document: Element) -> dict[str, str]:
    """What can be chosen, with the number of images that has."""
    labels = [
        label for label in document.one("nav").all("label") if "pill" in str(label.attributes)
    ]
    return {label.one("input").attributes["id"]: label.one("b").text for label in labels}


def test_the_counts_are_those_of_the_images_shown(files: Files) -> None:
    rows = [files.added(f"{n}.png") for n in range(1200)] + [files.changed("a.png")]
    assert choices(drawn(rows)) == {
        "status-all": "1,201",
        "status-changed": "1",
        "status-added": "1,200",
    }
    decided = {"a.png": Decision(Verdict.APPROVED), "0.png": Decision(note="Hm.")}
    verdicts = {k: v for k, v in choices(drawn(rows, decisions=decided)).items() if "verdict" in k}
    assert verdicts == {
        "verdict-all": "1,201",
        "verdict-approved": "1",
        "verdict-rejected": "0",
        "verdict-unreviewed": "1,200",
    }


def test_every_choice_has_its_rule(files: Files) -> None:
    """The filter is style alone: a status without a rule could be chosen in vain."""
    style = resource("report", "report.css").read_text("utf-8")
    for group, values in (
        ("status", [s.value for s in Status] + ["subtle"]),
        ("verdict", ["unreviewed", "approved", "rejected"]),
    ):
        for value in values:
            rule = f'body:has(#{group}-{value}:checked) article:not([data-{group}="{value}"])'
            assert rule in style
            assert f".{group}-{value}" in style


def test_what_is_missing_is_told_in_its_place(files: Files, out: Path) -> None:
    files.broken.add("a.png")
    result = export(out, files, [files.changed("a.png"), files.added("b.png")])
    assert len(result.missing) == 3
    card = cards(shown(out))
    assert [cell.text for cell in card["a.png"].all("p", "none")] == ["a.png is gone."] * 3
    assert len(card["b.png"].all("img")) == 1


def test_what_browsers_do_not_show_is_offered_as_a_file(files: Files, out: Path) -> None:
    export(out, files, [files.added("scan.TIFF")])
    card = cards(shown(out))["scan.TIFF"]
    assert card.all("img") == []
    assert card.one("a").attributes["href"] == "head/scan.TIFF"


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_text_and_nothing_else(files: Files, out: Path, name: str) -> None:
    document = with_name_everywhere(name, files, out)
    card = document.one("article")
    assert card.one("h2").text == f"{name} shown"
    assert card.one("p", "error").text == name
    assert card.one("p", "note").one("span").text == name
    assert name in document.one("dl").text
    assert name in document.one("footer").text
    for address in addresses(document):
        assert re.fullmatch(r"(base|head|overlay)/[\w./~%-]+", address, re.ASCII)
    for file in files_of(document):
        assert (out / "review" / file).resolve().is_relative_to((out / "review").resolve())
        assert (out / "review" / file).is_file()
    (out / "harmless").mkdir()
    harmless = with_name_everywhere("a.png", files, out / "harmless")
    assert shape(document) == shape(harmless)


def with_name_everywhere(name: str, files: Files, out: Path) -> Element:
    """A page that has `name` wherever something from outside can be."""
    told = {"display_name": f"{name} shown", "group": f"{name} group", "description": name}
    row = files.changed(name)
    row = replace(row, head=replace(row.head, **told), previous_name=name, error=name)
    whole = replace(comparison([row]), engine=name)
    whole = replace(whole, head=replace(whole.head, source=name))
    export_html(
        out / "review",
        whole,
        [row],
        files.fetch,
        CancelToken(),
        lambda done, total: None,
        decisions={name: Decision(Verdict.APPROVED, name)},
    )
    return shown(out)


def shape(document: Element) -> list[tuple[str, ...]]:
    """Its elements in order, with the names of their attributes."""
    return [(element.tag, *sorted(element.attributes)) for element in document.all()]


@given(st.text(max_size=20), st.text(max_size=20))
def test_any_text_comes_out_as_it_went_in(name: str, note: str) -> None:
    row = Change("a.png", Status.ADDED, head=ImageRecord("a.png", display_name=f"x{name}"))
    card = drawn([row], decisions={"a.png": Decision(note=f"x{note}")}).one("article")
    assert seen(card.one("h2").text) == seen(f"x{name}")
    assert seen(card.one("p", "note").one("span").text) == seen(f"x{note}")


def seen(text: str) -> str:
    """As a browser has it: lines end one way, and half a character is none."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return lines.encode("utf-8", "replace").decode()


def test_variants_of_one_name_keep_their_own_images(files: Files, out: Path) -> None:
    names = ["de/Home.png", "de/home.PNG", "en/Home.png"]
    rows = [files.added(name, name.encode()) for name in names]
    export(out, files, rows)
    card = {c.one("p", "facts").text: c for c in shown(out).all("article")}
    assert set(card) == set(names)
    linked = [files_of(card[name]) for name in names]
    for name, (file,) in zip(names, linked, strict=True):
        assert (out / "review" / file).read_bytes() == name.encode()


def test_the_page_needs_nothing_from_elsewhere_and_lets_nothing_in(files: Files) -> None:
    document = drawn([files.changed("a.png")])
    (policy,) = [
        e.attributes["content"]
        for e in document.all("meta")
        if e.attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    allowed = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert allowed.pop("default-src") == "'none'"
    assert allowed.pop("img-src") == "'self' file:"
    assert allowed.pop("base-uri") == allowed.pop("form-action") == "'none'"
    assert allowed == {
        "style-src": digest(document.one("style").text),
        "script-src": digest(document.one("script").text),
    }
    assert addresses(document) == []
    for text in (document.one("style").text, document.one("script").text):
        assert not re.search(r"https?:|//\w|url\(|@import|fetch\(|innerHTML|eval", text)


def digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_the_page_has_the_colours_of_the_window(theme: Theme) -> None:
    light, dark = resource("report", "report.css").read_text("utf-8").split("@media", 1)
    rules = light if theme is LIGHT else dark.split("* {", 1)[0]
    found = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", rules))
    wanted = {
        name: getattr(theme, name.replace("-", "_"))
        for name in found
        if hasattr(theme, name.replace("-", "_"))
    }
    for status, ink in theme.statuses.items():
        wanted |= {status: ink.ink, f"{status}-soft": ink.soft} if status in found else {}
    assert found == wanted
    assert len(found) > 25


def test_when_it_was_made_is_said(files: Files) -> None:
    when = datetime(2026, 3, 5, 14, 2, tzinfo=UTC)
    pieces = page(comparison([]), Written(), frozenset(Part), {}, when)
    document = parsed(b"".join(pieces))
    assert document.one("footer").text.endswith("with odiff 4.5.0, 5 March 2026, 14:02 UTC.")
    assert "There is no image in this review." in document.one("main").text


def test_a_comparison_that_was_stopped_says_so(files: Files) -> None:
    pending = Change("a.png", Status.PENDING, files.put(Side.BASE, "a.png"))
    assert "stopped before its end" in drawn([pending]).one("header", "top").text
    assert drawn([files.added("b.png")]).all("p", "made") == []


def test_ten_thousand_rows_take_the_memory_of_few(out: Path) -> None:
    record = ImageRecord("a.png", width=10, height=10)
    diff = ImageDiff((10, 10), 5)
    rows = [Change(f"s/{n:06}.png", Status.CHANGED, record, record, diff) for n in range(10_000)]
    whole, written = comparison(rows), Written()
    for row in rows:
        written.entries.append((Entry(row.name, Part.HEAD, f"head/{row.name}", record), None))
        written.missing.append(Missing(row.name, Part.BASE, "It is gone."))
    tracemalloc.start()
    try:
        size = sum(map(len, page(whole, written, frozenset(Part))))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert size > 6_000_000
    assert peak < 2_500_000
