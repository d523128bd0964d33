"""The text filter: plain words, quotes, minus."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from query_samples import asked

from snapreview.model.change import Change, Status
from snapreview.model.manifest import ImageRecord
from snapreview.model.query import parse_query

RECORD = ImageRecord(
    "pages/Checkout dark.png",
    display_name="Kasse",
    group="Payment",
    description="The last step, Straße",
)
ROW = Change(RECORD.name, Status.RENAMED, head=RECORD, previous_name="old/cart.png")


def found(query: str, row: Change = ROW) -> bool:
    return parse_query(query).matches(asked(row))


@pytest.mark.parametrize(
    "query",
    [
        "",
        "   ",
        "checkout",
        "CHECKOUT",
        "dark checkout",
        "kasse payment step cart",
        '"checkout dark"',
        '"Last Step"',
        '"last step',
        "strasse",
        "STRAẞE",
        "-light",
        "dark -light",
        '-"dark checkout"',
        "-",
        '""',
        ".png",
        "check*dark",
        "kas*e",
        "*out*d*k*",
        "*",
        "-*",
        "pages/*.png",
        "-dark*checkout",
        "-12:30",
    ],
)
def test_these_find_it(query: str) -> None:
    assert found(query)


@pytest.mark.parametrize(
    "query",
    [
        "light",
        "checkout light",
        '"dark checkout"',
        "-dark",
        "kasse -payment",
        '-"checkout dark"',
        "dark*checkout",
        "kasse*payment",
        "-check*dark",
        '"check*dark"',
        "12:30",
    ],
)
def test_these_do_not(query: str) -> None:
    assert not found(query)


def test_a_folder_stands_for_a_missing_group() -> None:
    row = Change("shop/a.png", Status.REMOVED, base=ImageRecord("shop/a.png"))
    assert found("shop", row)
    assert not found("none", row)


def test_fields_are_not_run_together() -> None:
    assert not found("pngkasse")
    assert not found('"png kasse"')


@given(st.lists(st.text("abß-", min_size=1).filter(lambda w: w[0] != "-")), st.text("abß- "))
def test_all_words_must_be_there(words: list[str], name: str) -> None:
    row = Change(name, Status.ADDED)
    folded = name.casefold()
    assert found(" ".join(words), row) == all(word.casefold() in folded for word in words)
