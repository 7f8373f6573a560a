"""The matcher of machines without ahocorasick_rs finds what the other one finds."""

from hypothesis import example, given
from hypothesis import strategies as st

from rat.search.matcher import ByExpression, Matcher, by_automaton, matcher_for
from rat.search.vocabulary import LOWERED, Wanted, _tokens_with, tokens_of

FEW_LETTERS = st.lists(st.sampled_from(b"ab .*[\\\n\xff"), min_size=1, max_size=5).map(bytes)
WORDS = st.lists(st.from_regex(rb"[a-c0-1\xc3\xa9]{1,4}", fullmatch=True), max_size=8)
TEXT = st.lists(st.from_regex(rb"[A-Ca-c0-1\xc3\xa9]{1,9}[ _\n.(]?", fullmatch=True), max_size=12).map(b"".join)


def places(matcher: Matcher, text: bytes) -> list[tuple[int, int]]:
    return [(start, end) for _, start, end in matcher.find_matches_as_indexes(text)]


@given(st.sets(FEW_LETTERS, max_size=8), st.lists(FEW_LETTERS, max_size=10).map(b"".join))
@example({b"a", b"ab", b"b"}, b"aabab")
@example(set(), b"text")
@example({b"b a"}, b"a b a b a")
def test_both_find_the_same_places(patterns: set[bytes], text: bytes) -> None:
    some = sorted(patterns)
    assert places(ByExpression(some), text) == places(by_automaton(some), text)


@given(WORDS, TEXT)
def test_both_find_the_same_tokens(words: list[bytes], text: bytes) -> None:
    lower, some = text.translate(LOWERED), sorted(set(words))
    having = [token for token in tokens_of(text) if any(word in token.lower() for word in some)]
    assert list(_tokens_with(by_automaton(some), text, lower)) == having
    assert list(_tokens_with(ByExpression(some), text, lower)) == having


def test_many_long_patterns_are_found_by_both() -> None:
    some = sorted({(f"{number:b}" * 40)[:40].encode() for number in range(3000)})
    text = b" ".join(some[::7])
    found = places(ByExpression(some), text)
    assert found == places(by_automaton(some), text)
    assert len(found) == len(some[::7])


def test_without_patterns_nothing_is_found() -> None:
    assert places(matcher_for([b"", b""]), b"any text") == []
    assert Wanted([], []).tokens_in(b"any text") == []
