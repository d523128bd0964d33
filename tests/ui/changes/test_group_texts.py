import pytest
from changes_samples import change

from snapreview.model.change import Status
from snapreview.model.decision import Decision, Verdict
from snapreview.ui.changes.category import Category
from snapreview.ui.changes.group_texts import common_tags, group_text, variant_text
from snapreview.ui.changes.row import Row
from snapreview.ui.changes.texts import row_text

YES, NO = Decision(Verdict.APPROVED), Decision(Verdict.REJECTED)


def variant(row, group="cart", among=()):
    common = common_tags([Row.of(other) for other in (row, *among)])
    return variant_text(row_text(row), row, group, common)


def test_a_header_counts_its_members_by_status_in_the_order_of_the_list():
    members = [
        Row.of(change("cart/new.png", Status.ADDED)),
        Row.of(change("cart/a.png", Status.CHANGED, 5)),
        Row.of(change("cart/b.png", Status.CHANGED, 5)),
    ]
    text = group_text("cart", members, folded=True)
    assert text.statuses == ((Category.CHANGED, 2), (Category.ADDED, 1))
    assert text.count == "3 images"
    assert text.spoken == "cart, group of 3 images, 2 changed, 1 added, folded"


@pytest.mark.parametrize(
    ("decisions", "verdict"), [([YES, YES], Verdict.APPROVED), ([YES, NO], None)]
)
def test_a_header_has_a_verdict_only_where_all_members_have_the_same(decisions, verdict):
    members = [
        Row.of(change(f"cart/{n}.png", Status.CHANGED, 5), decision)
        for n, decision in enumerate(decisions)
    ]
    text = group_text("cart", members, folded=False)
    assert text.verdict is verdict
    assert ("all approved" in text.spoken) == (verdict is not None)


def test_variants_tell_the_tags_in_which_they_differ():
    dark = change("cart/pay.png", tags={"theme": "dark", "os": "mac", "locale": "de"})
    light = change("cart/pay-2.png", tags={"theme": "light", "os": "mac", "locale": "de"})
    assert variant(dark, among=[light]).detail == "dark"


@pytest.mark.parametrize(
    ("row", "group", "detail"),
    [
        (change("cart/pay.png"), "cart", ""),
        (change("cart/pay.png", title="Pay"), "cart", "pay.png"),
        (change("cart/de/pay.png", title="Pay", group="cart"), "cart", "de/pay.png"),
        (change("de/pay.png", group="Checkout"), "Checkout", "de"),
    ],
)
def test_without_tags_they_tell_the_rest_of_their_name(row, group, detail):
    text = variant(row, group)
    assert text.detail == detail
    assert text.indented


@pytest.mark.parametrize(
    ("row", "detail"),
    [
        (change("cart/a.png", Status.ERRORED, error="It is cut off.", tags={"a": "b"}), "It is"),
        (change("cart/a.png", Status.RENAMED, previous_name="cart/old.png"), "was old.png"),
    ],
)
def test_a_reason_and_an_old_name_are_told_all_the_same(row, detail):
    assert variant(row).detail.startswith(detail)
