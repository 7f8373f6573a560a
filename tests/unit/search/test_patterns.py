import pytest
from hypothesis import given
from hypothesis import strategies as st

from rat.search import matcher
from rat.search.patterns import Patterns

SHORT = st.binary(max_size=5).map(lambda data: bytes(b"ab_"[byte % 3] for byte in data))
LONG = st.binary(max_size=60).map(lambda data: bytes(b"ab_"[byte % 3] for byte in data))


@given(st.lists(SHORT, max_size=8), LONG)
def test_just_the_texts_are_found_that_stand_there_however_they_overlap(texts: list[bytes], data: bytes) -> None:
    assert Patterns(texts).found_in(data) == {text for text in texts if text and text in data}


def test_a_text_within_another_and_one_that_begins_at_its_end_are_found() -> None:
    texts = [b"parse_url", b"url_of", b"url", b"of_a", b"zebra"]
    assert Patterns(texts).found_in(b"x = parse_url_of_a(y)") == {b"parse_url", b"url_of", b"url", b"of_a"}


def test_the_same_is_found_without_the_fast_matcher(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matcher, "FAST", False)
    assert Patterns([b"parse_url", b"url_of", b"zebra"]).found_in(b"parse_url_of") == {b"parse_url", b"url_of"}


def test_without_texts_nothing_is_found() -> None:
    assert Patterns([]).found_in(b"text") == Patterns([b""]).found_in(b"text") == set()
