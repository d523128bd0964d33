"""Structured terms: what each of them finds, and what is said of those that can't be read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from query_samples import ROWS, Asked, asked, found, row

from snapreview.model.change import Change, Status
from snapreview.model.query import parse_query
from snapreview.model.query_keys import KEYS

ALL = found("")
COMPARED = "checkout dark, checkout, Hero, little, taller, same, soft"

FINDS = {
    "status:changed": "checkout dark, checkout, Hero, little, taller",
    "STATUS:Changed": "checkout dark, checkout, Hero, little, taller",
    "status:errored": "broken",
    "status:removed": "gone",
    "status:added": "fresh",
    "status:renamed": "moved",
    "status:unchanged": "same",
    "status:subtle": "soft",
    "status:skipped": "left-out",
    "status:pending": "top",
    "status:added,removed": "fresh, gone",
    "status:added,removed,renamed,": "fresh, gone, moved",
    "status:un*": "same",
    "status:*ed -status:*changed": "fresh, gone, moved, broken, left-out",
    "status:added status:removed": "",
    "group:Checkout": "checkout dark, checkout",
    "group:checkout/": "checkout dark, checkout",
    "group:checkout/payment": "checkout",
    "group:check": "",
    "group:check*": "checkout dark, checkout",
    "group:*payment": "checkout",
    'group:"my account"': "left-out",
    'group:"my account",new': "fresh, moved, left-out",
    "group:home": "Hero, little, taller, same, soft",
    'group:""': "top",
    "group:pages": "",
    "tag:locale": "checkout dark, checkout, Hero",
    "tag:locale=": "checkout dark, checkout, Hero",
    "tag:locale=de": "checkout dark, Hero",
    "TAG:LOCALE=DE": "checkout dark, Hero",
    "tag:locale=de,en": "checkout dark, checkout, Hero",
    "tag:locale=en,os=ios*": "checkout, Hero",
    'tag:os="iOS 17"': "Hero",
    "tag:o*": "Hero",
    "tag:*=e*": "checkout",
    "tag:locale=fr": "",
    'tag:locale=""': "",
    "-tag:locale=de tag:locale": "checkout",
    "name:dark": "checkout dark",
    "name:*dark*": "checkout dark",
    "name:HERO": "Hero",
    "name:hero.png": "Hero",
    "name:her*": "Hero",
    "name:home/*.png": "Hero, little, taller, same, soft",
    "name:home/*e*.png": "Hero, little, taller, same",
    "name:*o": "",
    "name:kass": "moved",
    "name:cart": "moved",
    "name:payment": "",
    'name:"checkout dark"': "checkout dark",
    "name:hero,gone": "Hero, gone",
    "diff:>0.5%": "checkout dark, Hero, taller",
    "diff:>0.5": "checkout dark, Hero, taller",
    "diff:>=0.5%": "checkout dark, Hero, little, taller",
    "diff:>0,5%": "checkout dark, Hero, taller",
    "diff:≥.5": "checkout dark, Hero, little, taller",
    "diff:<0.5%": "checkout, same, soft",
    "diff:<=0.5%": "checkout, little, same, soft",
    "diff:<10%": "checkout, Hero, little, taller, same, soft",
    "diff:0.5%..7%": "Hero, little, taller",
    "diff:0.4..0.5": "checkout, little",
    "diff:7%..": "checkout dark, Hero",
    "diff:..0.4%": "checkout, same, soft",
    "diff:12.5%": "checkout dark",
    "diff:12%": "",
    "diff:13%": "checkout dark",
    "diff:=7%": "Hero",
    "diff:0": "same, soft",
    "diff:<=100%": COMPARED,
    "-diff:<=100%": "fresh, gone, moved, broken, left-out, top",
    "size:changed": "taller, broken",
    "size:same": "checkout dark, checkout, Hero, little, same, soft, moved, left-out, top",
    "size:390x844": "fresh",
    "size:390×*": "fresh, gone",
    "size:*x120": "taller",
    "size:changed,390x700": "taller, gone, broken",
    "is:approved": "Hero",
    "is:rejected": "little",
    "is:reviewed": "Hero, little",
    "is:unreviewed": "checkout dark, checkout, taller, soft, fresh, gone, moved, broken",
    "is:subtle": "soft",
    "is:added": "fresh",
    "is:approved,rejected": "Hero, little",
    "has:note": "little, taller",
    "has:error": "broken",
    "has:description": "fresh",
    "has:tag": "checkout dark, checkout, Hero",
    "has:note -is:rejected": "taller",
    "checkout -tag:locale=de status:changed diff:<1%": "checkout",
    "-status:changed -status:unchanged home": "soft",
}
"""What the guide promises, and what lies between."""


@pytest.mark.parametrize("query", FINDS)
def test_a_term_finds(query: str) -> None:
    assert parse_query(query).faults == ()
    assert ", ".join(found(query)) == FINDS[query]


def test_a_measured_share_is_just_what_its_digits_say() -> None:
    for hundredths in range(1, 10_001):
        percent = f"{hundredths // 100}.{hundredths % 100:02}"
        one = [row("a.png", share=hundredths / 100)]
        assert found(f"diff:{percent}..{percent}%", one) == ["a"]


FAULTS = {
    "status:chnged": ("chnged", "There is no status “chnged”. Did you mean “changed”?"),
    "status:changed,x dark": (
        "x",
        "There is no status “x”. It can be changed, errored, removed, added, renamed, subtle, "
        "unchanged, skipped or pending.",
    ),
    "status:z*": (
        "z*",
        "There is no status “z*”. It can be changed, errored, removed, added, renamed, subtle, "
        "unchanged, skipped or pending.",
    ),
    "is:aproved": ("aproved", "“is:” does not know “aproved”. Did you mean “approved”?"),
    "-has:notes": ("notes", "“has:” does not know “notes”. Did you mean “note”?"),
    "size:other": ("other", "“size:” does not know “other”. It can be changed or same."),
    "size:390": ("390", "A size has a width and a height, as in size:390x844 or size:390x*."),
    "stauts:changed": (
        "stauts:changed",
        "There is no filter “stauts:”. Did you mean “status:”? "
        'To look for the text itself, put it in quotes: "stauts:changed"',
    ),
    "-Button:hover": (
        "-Button:hover",
        "There is no filter “Button:”. "
        'To look for the text itself, put it in quotes: "Button:hover"',
    ),
    f"https://{'x' * 99}": (
        f"https://{'x' * 99}",
        "There is no filter “https:”. To look for the text itself, put it in quotes.",
    ),
    "dark status:": (
        "status:",
        "“status:” needs a value right behind it, as in status:changed.",
    ),
    "tag:,,": ("tag:,,", "“tag:” needs a value right behind it, as in tag:locale=de."),
    "tag:=de": ("=de", "A tag's name stands before its value, as in tag:locale=de."),
    "diff:much": (
        "much",
        "This is no percentage. Write diff:>0.5%, diff:<10% or a range as in diff:1%..5%.",
    ),
    "diff:> 5%": (
        ">",
        "There is no number yet. Write diff:>0.5%, diff:<10% or a range as in diff:1%..5%.",
    ),
    "diff:>100": (">100", "Differences go from 0% to 100%: nothing can lie outside."),
    "diff:<0%": ("<0%", "Differences go from 0% to 100%: nothing can lie outside."),
    "diff:0..101": ("0..101", "Differences go from 0% to 100%: nothing can lie outside."),
    "diff:5%..1%": ("5%..1%", "This range runs backwards. Write diff:1%..5%."),
    "diff:>1%,<5%": (
        ">1%,<5%",
        "This is no percentage. Write diff:>0.5%, diff:<10% or a range as in diff:1%..5%.",
    ),
}


@pytest.mark.parametrize("query", FAULTS)
def test_a_fault_is_marked_and_explained(query: str) -> None:
    (fault,) = parse_query(query).faults
    assert (query[fault.start : fault.end], fault.message) == FAULTS[query]


@pytest.mark.parametrize("query", FAULTS)
def test_a_term_with_a_fault_is_left_out(query: str) -> None:
    rest = {"status:changed,x dark": "dark", "dark status:": "dark", "diff:> 5%": "5%"}
    assert found(query) == found(rest.get(query, ""))
    assert found(f"{query} hero") == found(f"{rest.get(query, '')} hero")


@pytest.mark.parametrize("query", ["status:", "status:cha", "is:un", "diff:", "diff:>", "diff:1."])
def test_who_is_still_typing_is_not_told_off(query: str) -> None:
    assert all(fault.unfinished for fault in parse_query(query).faults)


@pytest.mark.parametrize("query", ["status:chn", "foo:bar", "diff:>x", "diff:5..1", "tag:=de"])
def test_what_typing_on_does_not_cure_is_told_at_once(query: str) -> None:
    assert [fault.unfinished for fault in parse_query(query).faults] == [False]


def test_faults_come_in_the_order_of_the_text() -> None:
    text = "tag:=x foo:bar is:y 5% diff:z"
    faults = parse_query(text).faults
    assert [text[fault.start : fault.end] for fault in faults] == ["=x", "foo:bar", "y", "z"]


@pytest.mark.parametrize("query", ["12:30", ":root", "a/b:c", "C3:x", "::"])
def test_a_colon_alone_makes_no_key(query: str) -> None:
    rows = [row(f"x {query} y.png"), *ROWS]
    assert parse_query(query).faults == ()
    assert len(found(query, rows)) == 1


def test_terms_tell_where_they_stand() -> None:
    text = '-status:Changed  "a b"  dark'
    terms = [(text[t.start : t.end], t.negated, t.key, t.value) for t in parse_query(text).terms]
    assert terms == [
        ("-status:Changed", True, "status", "Changed"),
        ('"a b"', False, "", '"a b"'),
        ("dark", False, "", "dark"),
    ]


def test_only_what_was_decided_needs_the_decisions() -> None:
    assert parse_query("has:note").needs_decisions
    assert parse_query("dark -is:approved").needs_decisions
    assert not parse_query("dark status:changed").needs_decisions


def test_a_row_without_a_record_is_asked_too() -> None:

    bare: list[Asked] = [asked(Change("a.png", Status.ERRORED))]
    for query in FINDS:
        found(query, bare)
    assert found("name:a -has:tag -has:description -tag:x -size:same", bare) == ["a"]


def test_what_the_guide_and_the_hints_show_can_be_read() -> None:
    guide = Path(__file__).parents[2] / "docs" / "guide.md"
    section = guide.read_text(encoding="utf-8").split("## Filtering")[1].split("\n## ")[0]
    shown = [text for text in re.findall(r"`([^`]+)`", section) if ":" in text and text != "is:"]
    shown += [key.example for key in KEYS.values()]
    assert len(shown) > 25
    assert [text for text in shown if parse_query(text).faults] == []
