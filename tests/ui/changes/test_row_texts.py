import pytest
from changes_samples import change
from hypothesis import given
from hypothesis import strategies as st

from snapreview.model.change import Status
from snapreview.model.decision import Decision, Verdict
from snapreview.model.percent import percent
from snapreview.ui.changes.texts import row_text


@pytest.mark.parametrize(
    ("ratio", "text"),
    [
        (0, "0 %"),
        (1e-9, "<0.0001 %"),
        (0.000_000_99, "<0.0001 %"),
        (0.000_001, "0.0001 %"),
        (0.000_004_2, "0.0004 %"),
        (0.000_312, "0.031 %"),
        (0.000_1, "0.01 %"),
        (0.004_213, "0.42 %"),
        (0.005, "0.5 %"),
        (0.009_94, "0.99 %"),
        (0.009_96, "1.0 %"),
        (0.042, "4.2 %"),
        (0.9994, "99.9 %"),
        (0.999_999, "99.9 %"),
        (1, "100 %"),
    ],
)
def test_shares_as_people_write_them(ratio, text):
    assert percent(ratio).replace("\u00a0", " ") == text


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_larger_share_never_reads_smaller(a, b):
    low, high = sorted((a, b))
    numbers = [float(percent(x).strip("<%\u00a0")) for x in (low, high)]
    assert numbers[0] <= numbers[1]
    assert (numbers[0] == 0) == (low == 0)
    assert (numbers[1] == 100) == (high == 1)


def test_a_name_is_its_last_part_above_its_folder():
    text = row_text(change("cart/pay/card.png", Status.CHANGED, 420))
    assert (text.title, text.detail) == ("card.png", "cart/pay")
    assert (text.badge, text.note) == ("4.2\u00a0%", "")
    assert "cart/pay/card.png" in text.tooltip
    assert "420 of 10,000 pixels (100 × 100)" in text.tooltip


def test_a_display_name_and_a_group_come_first_and_the_file_is_in_the_tooltip():
    text = row_text(change("a/b.png", Status.CHANGED, 1, title="Pay by card", group="Cart"))
    assert (text.title, text.detail) == ("Pay by card", "Cart")
    assert text.tooltip.splitlines()[:2] == ["Pay by card", "a/b.png"]


@pytest.mark.parametrize(
    ("more", "badge", "note"),
    [
        ({"pixels": 420, "size": True}, "4.2\u00a0%", "size"),
        ({"pixels": 0, "size": True}, "size", "size"),
        ({"pixels": 420, "alpha": True}, "4.2\u00a0%", "alpha"),
    ],
)
def test_changes_of_size_and_of_transparency_are_said(more, badge, note):
    text = row_text(change("a.png", Status.CHANGED, **more))
    assert text.badge == badge
    assert text.note == ("" if badge == note else note)


def test_the_reason_of_an_error_stands_below_the_name():
    text = row_text(change("a/b.png", Status.ERRORED, error="The file is empty."))
    assert (text.badge, text.detail) == ("error", "The file is empty.")
    assert "The file is empty." in text.tooltip


def test_renamed_rows_tell_the_old_name_and_its_folder_where_that_differs():
    same = row_text(change("a/new.png", Status.RENAMED, previous_name="a/old.png"))
    other = row_text(change("b/new.png", Status.RENAMED, previous_name="a/new.png"))
    assert same.detail == "was old.png"
    assert other.detail == "was a/new.png"
    assert "was a/old.png" in same.tooltip


@pytest.mark.parametrize(
    ("pixels", "badge"),
    [(7, "7 px"), (999, "999 px"), (1000, "1.0k px"), (48_211, "48k px"), (5_650_000, "5.6M px")],
)
def test_subtle_rows_count_their_pixels(pixels, badge):
    text = row_text(change("a.png", Status.UNCHANGED, subtle=pixels))
    assert text.badge.replace("\u00a0", " ") == badge
    assert f"{pixels:,}" in text.tooltip


@pytest.mark.parametrize(
    ("status", "badge"),
    [
        (Status.ADDED, "added"),
        (Status.REMOVED, "removed"),
        (Status.UNCHANGED, "unchanged"),
        (Status.SKIPPED, "skipped"),
        (Status.PENDING, "waiting"),
    ],
)
def test_other_rows_say_their_status_in_a_word(status, badge):
    assert row_text(change("a.png", status)).badge == badge


def test_what_was_decided_is_told_and_spoken():
    decision = Decision(Verdict.APPROVED, "As agreed with Ada.")
    text = row_text(change("cart/card.png", Status.ADDED), decision)
    assert (text.verdict, text.noted) == (Verdict.APPROVED, True)
    assert text.spoken == "card.png, added, cart, approved, with a note"
    assert text.tooltip.splitlines()[-2:] == ["Approved", "Note: As agreed with Ada."]


def test_a_long_note_is_cut_in_the_tooltip():
    text = row_text(change("a.png"), Decision(None, "word " * 1000))
    assert len(text.tooltip) < 600
    assert text.tooltip.endswith("…")


def test_a_screen_reader_is_told_name_status_number_and_group():
    spoken = row_text(change("cart/card.png", Status.CHANGED, 420, size=True)).spoken
    assert spoken == "card.png, changed, 4.2\u00a0%, size, cart"
