"""Matching: what counts as saying something, and what does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rat.evaluation.matching import holds, meets


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("The call is retried twice.", "retr"),
        ("Try it once again", "retry|again try"),
        ("A timeout of 15 minutes", "15 minute"),
        ("It takes 2,000 euros", "2,000|2000"),
        ("Rows starting with `=` are quoted", "formula|="),
        ("GRÖẞE ändern", "größe"),
        ("we use `find_promo` here", "find_promo"),
        ("Open a WebSocket", "websocket !not"),
    ],
)
def test_a_text_in_which_every_word_of_an_alternative_begins_a_word_meets_the_topic(text: str, topic: str) -> None:
    assert meets(text, topic)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("It is updated", "date"),
        ("150 minutes", "15 minute"),
        ("The call is repeated.", "retr|again"),
        ("Only half of it: retry", "retry timeout"),
        ("Do not open a WebSocket", "websocket !not"),
        ("", "anything"),
    ],
)
def test_other_texts_do_not(text: str, topic: str) -> None:
    assert not meets(text, topic)


def test_an_excuse_takes_back_its_own_alternative_only() -> None:
    assert meets("not by polling", "websocket !not | polling")


def test_a_literal_is_met_letter_by_letter_and_not_inside_a_longer_word() -> None:
    assert holds("see backend/a.py, please", "backend/a.py")
    assert holds("SELECT … FOR UPDATE", "lock_sailing|FOR UPDATE")
    assert not holds("FAMILY_DISCOUNT", "FAMILY")
    assert not holds("family", "FAMILY")
    assert holds("Family", "FAMILY", any_case=True)


@given(st.text(alphabet=st.characters(exclude_characters="|!"), min_size=1).filter(str.strip))
def test_every_text_is_about_itself(text: str) -> None:
    assert meets(text, text)
    assert holds(f"x {text.strip()} y", text)
