import pytest
from hypothesis import given
from hypothesis import strategies as st

from rat.search.index import Index

pytestmark = pytest.mark.usefixtures("either_matcher")


def index_of(*texts: str) -> Index:
    index = Index()
    for text in texts:
        index.add(text.encode())
    index.close()
    return index


def test_a_rare_word_counts_more_than_a_common_one() -> None:
    index = index_of("parse url", "parse paths", "parse query", "zebra", *["other"] * 20)
    scores = index.scores({"title": {"pars": 1.0, "url": 1.0}})
    assert scores.rarity["url"] > scores.rarity["pars"]
    found = scores.by_field["title"]
    assert found[0] > found[1] == found[2]
    assert 3 not in found


def test_words_that_most_files_have_say_nothing() -> None:
    assert index_of(*["same text"] * 50).scores({"title": {"same": 1.0}}).by_field["title"] == {}


def test_a_long_file_needs_more_of_a_word_than_a_short_one() -> None:
    found = (
        index_of("retry", "retry " + "filler " * 500, *["x"] * 20).scores({"title": {"retry": 1.0}}).by_field["title"]
    )
    assert found[0] > found[1]


def test_exact_tokens_are_asked_in_their_very_spelling() -> None:
    scores = index_of("Once upon", "once upon", *["x"] * 20).scores({}, ["Once"])
    assert list(scores.by_field["exact"]) == [0]


def test_an_empty_index_answers() -> None:
    assert index_of().scores({"title": {"a": 1.0}}, ["B"]).by_field == {"title": {}, "exact": {}}
    assert index_of("", "").scores({"title": {"ab": 1.0}}).by_field["title"] == {}


@given(st.lists(st.text(alphabet="abc_ABC .", max_size=40), max_size=12))
def test_scores_are_positive_and_of_files_that_exist(texts: list[str]) -> None:
    found = index_of(*texts).scores({"title": {"ab": 1.0, "abc": 2.0}}).by_field["title"]
    assert all(0 <= number < len(texts) and score > 0 for number, score in found.items())
