"""Text from outside is made fit to be shown."""

from __future__ import annotations

import html
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument

from snapreview.ui.inspector import metadata
from snapreview.ui.inspector.metadata import Node, bounded, tree
from snapreview.ui.inspector.shown import file_size, lines, one_line, tip, whole

ANYTHING = st.text(st.characters(exclude_categories=()), max_size=300)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANYTHING,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(ANYTHING, inner, max_size=5),
)


@given(ANYTHING, st.integers(3, 80))
def test_a_line_is_printable_and_bounded(text, limit):
    shown = one_line(text, limit)
    assert len(shown) <= limit
    assert all(c.isprintable() or c in "\u200c\u200d" for c in shown)


def test_a_line_keeps_what_can_be_printed():
    assert one_line("Übersicht 👩\u200d💻 日本") == "Übersicht 👩\u200d💻 日本"
    assert one_line("a\nb\tc") == "a b c"
    assert one_line("evil\u202etxt.exe\x00") == "evil\ufffdtxt.exe\ufffd"
    assert one_line("abcdefghij", 5) == "ab…ij"


def test_lines_stay_lines():
    assert lines("one\ntwo\r\nthree") == "one\ntwo\nthree"
    assert lines("x" * 50, 10) == "x" * 9 + "…"


@given(ANYTHING)
def test_a_tip_shows_the_text_and_no_markup(text):
    document = QTextDocument()
    document.setHtml(tip(text))
    shown = document.toPlainText().replace("\u200b", "")
    assert shown == lines(text, 1024).replace("\u200b", "").replace("\xa0", " ") or not shown


@pytest.mark.parametrize("text", ["<b>bold</b>", "<img src='file:///etc/hosts'>", "a & b &lt;"])
def test_markup_is_told_as_it_is_written(text):
    document = QTextDocument()
    document.setHtml(tip(text))
    assert document.toPlainText() == text
    assert html.escape(text, quote=False) in tip(text)


@given(ANYTHING)
def test_what_is_copied_can_be_encoded(text):
    assert whole(whole(text).encode().decode()) == whole(text)
    assert len(whole(text)) == len(text)


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (None, "–"),
        (0, "0 bytes"),
        (1, "1 byte"),
        (999, "999 bytes"),
        (1000, "1.0 kB"),
        (481_233, "481.2 kB"),
        (999_949, "999.9 kB"),
        (999_950, "1.0 MB"),
        (3_400_000_000, "3.4 GB"),
        (10**13, "10000.0 GB"),
    ],
)
def test_file_sizes(count, text):
    assert file_size(count).replace("\xa0", " ") == text


def counted(nodes: tuple[Node, ...]) -> tuple[int, int]:
    """How many there are, and on how many levels."""
    inner = [counted(node.children) for node in nodes]
    return len(nodes) + sum(n for n, _ in inner), 1 + max((d for _, d in inner), default=-1)


@settings(max_examples=60)
@given(st.dictionaries(ANYTHING, JSON, max_size=5))
def test_any_metadata_makes_a_bounded_printable_tree(extra):
    nodes = tree(extra)
    most, deepest = counted(nodes)
    assert most <= metadata.MOST_NODES + metadata.DEEPEST
    assert deepest <= metadata.DEEPEST

    def each(nodes):
        for node in nodes:
            yield node
            yield from each(node.children)

    for node in each(nodes):
        assert len(node.key) <= metadata.LONGEST_KEY
        assert len(node.value) <= metadata.LONGEST_VALUE
        shown = (node.key + node.value).replace("\xa0", " ")
        assert one_line(shown) == shown


def test_a_tree_says_where_it_stops():
    nodes = tree({"many": list(range(10_000)), "last": 1})
    assert nodes[0].value == "10,000\xa0items"
    assert nodes[0].children[-1] == Node("…", "9,801 more")
    assert nodes[-1] == Node("…", "1 more")
    deep: object = 1
    for _ in range(9):
        deep = {"in": deep}
    place = tree({"in": deep})[0]
    while place.children:
        place = place.children[0]
    assert place.value == "1\xa0field, nested too deeply to show"


def test_values_read_as_json_writes_them():
    values = [node.value for node in tree({"a": None, "b": True, "c": 1.5, "d": "x", "e": {}})]
    assert values == ["null", "true", "1.5", "x", "0\xa0fields"]


@settings(max_examples=60)
@given(JSON)
def test_whatever_is_copied_is_json(value):
    again = bounded(value)
    assert json.loads(json.dumps(again, allow_nan=False)) == again


def test_what_nests_without_end_is_cut_and_the_rest_is_whole():
    deep: object = "bottom"
    for _ in range(5000):
        deep = [deep]
    assert "nested too deeply" in json.dumps(bounded(deep), indent=1)
    assert bounded({"a": [1, {"b": None}], "c": "x" * 9999}) == {
        "a": [1, {"b": None}],
        "c": "x" * 9999,
    }
