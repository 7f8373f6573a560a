import pytest
from hypothesis import given
from hypothesis import strategies as st

from rat.search.vocabulary import Vocabulary, tokens_of
from rat.search.words import parts, spellings, stem, words

pytestmark = pytest.mark.usefixtures("either_matcher")


def test_words_are_split_as_code_is_written_and_stemmed() -> None:
    assert words("parse_url parseURL JSONServer2 and the parsing of URLs") == [
        *("pars", "url", "pars", "url", "json", "serv", "pars", "url")
    ]


def test_one_stem_for_one_family_of_words() -> None:
    assert {stem(word) for word in ("parse", "parser", "parsed", "parses", "parsing")} == {"pars"}
    assert stem("queries") == stem("query")
    assert stem("serialization") == stem("serialize") == stem("serializer")
    assert [stem(word) for word in ("class", "bus", "id", "ünïts")] == ["class", "bus", "id", "ünïts"]


def test_words_of_other_scripts_are_kept() -> None:
    assert words("Ошибка в parse_url 文件") == ["ошибка", "pars", "url", "文件"]


def test_the_first_spelling_of_a_stem_is_remembered() -> None:
    assert spellings("Parsing is what a Parser does")["pars"] == "parsing"


def test_the_vocabulary_finds_every_spelling_of_a_word() -> None:
    tokens = [b"parse", b"Parser", b"reparse", b"parseURL", b"URLs", b"sparse", b"query", b"queries", b"x" * 50]
    found = Vocabulary(tokens).spellings(["pars", "url", "query", "absent"])
    assert {word: sorted(some) for word, some in found.items()} == {
        "pars": [b"Parser", b"parse", b"parseURL"],
        "url": [b"URLs", b"parseURL"],
        "query": [b"queries", b"query"],
    }


@given(st.lists(st.from_regex(r"[A-Za-z0-9]{2,12}", fullmatch=True), min_size=1, max_size=30))
def test_the_vocabulary_finds_a_token_by_each_of_its_parts(tokens: list[str]) -> None:
    raw = [token.encode() for token in dict.fromkeys(tokens)]
    for token in raw:
        for word in parts(token.decode()):
            if len(word) > 1:
                assert token in Vocabulary(raw).spellings([word])[word]


@given(st.binary(max_size=300))
def test_any_bytes_give_tokens_without_separators(data: bytes) -> None:
    assert all(token and not set(token) & set(b" \n_-./(") for token in tokens_of(data))
