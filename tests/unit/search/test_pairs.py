import pytest
from hypothesis import given
from hypothesis import strategies as st

from rat.search.inside import Inside
from rat.search.pairs import MOST, names_with_two, pair_signal, paired
from rat.search.reading import read_ticket
from rat.search.vocabulary import matcher_of
from rat.search.words import words

pytestmark = pytest.mark.usefixtures("either_matcher")


def inside(*texts: str) -> dict[int, Inside]:
    return {
        number: Inside(data=text.encode(), defined=(), imported=(), names=frozenset(), phrases=(), spans=frozenset())
        for number, text in enumerate(texts)
    }


def names_in(text: str, wanted: str) -> set[str]:
    return {name.decode() for name in names_with_two(matcher_of(words(wanted)), text.encode())}


def test_a_name_with_two_words_of_the_ticket_is_found_however_it_is_written() -> None:
    text = "resolve_alias(x); self.resolveAlias = AliasResolver; resolve(alias)"
    assert names_in(text, "resolving an alias") == {"resolve_alias", "resolveAlias", "AliasResolver"}


def test_two_words_in_two_names_are_no_pair() -> None:
    found = paired(read_ticket("resolve alias", ""), inside("resolve alias", "resolve-alias", "resolve_alias"))
    assert found == {0: {}, 1: {}, 2: {tuple(sorted(words("resolve alias"))): "resolve_alias"}}


def test_the_same_word_twice_is_no_pair() -> None:
    assert paired(read_ticket("alias", ""), inside("alias_of_aliases")) == {0: {}}


def test_what_is_longer_than_a_token_is_data_and_no_name() -> None:
    assert names_in("alias" * 9 + "_resolve", "resolve alias") == set()


def test_a_pair_that_few_files_have_counts_more_and_one_of_the_title_twice() -> None:
    reading = read_ticket("resolve alias", "the queue is drained")
    files = inside("resolve_alias", "queue_drain", "queue_drain", "nothing")
    rarity = dict.fromkeys(words("resolve alias queue drained"), 1.0)
    values = pair_signal(paired(reading, files), reading, rarity)
    assert values[0] == 1.0
    assert values[1] == values[2] < 0.5
    assert 3 not in values


def test_only_the_likeliest_files_are_looked_through() -> None:
    files = inside(*["resolve_alias"] * (MOST + 3))
    assert list(paired(read_ticket("resolve alias", ""), files)) == list(range(MOST))


@given(st.text(alphabet="aAbB_ .é", max_size=60))
def test_a_found_name_is_one_of_the_text_and_has_both_words(text: str) -> None:
    for name in names_in(text, "ab ba"):
        assert name in text
        assert " " not in name
