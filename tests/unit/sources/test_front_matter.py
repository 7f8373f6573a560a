"""Front matter is read as text whatever it holds, and never costs more than it is worth."""

import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rat.sources.front_matter import MAX_CHARACTERS, read_front_matter, read_values


def _read(text: str) -> tuple[dict[str, tuple[str, ...]], str]:
    found = read_front_matter(tuple(text.split("\n")))
    return dict(found.values), found.error


def test_values_are_text_as_written() -> None:
    values, error = _read("---\nstatus: accepted\ndate: 2024-05-06\nnumber: 0012\ndeciders: [Ada, Bob]\n---\n# T")
    assert (values["date"], values["number"], values["deciders"]) == (("2024-05-06",), ("0012",), ("Ada", "Bob"))
    assert not error


def test_a_status_in_braces_is_kept_as_written() -> None:
    assert _read("---\nstatus: { accepted }\n---\n")[0]["status"] == ("{ accepted }",)


def test_keys_are_one_spelling() -> None:
    values, _ = _read("---\nSuperseded By: ADR-2\ncreation_date: 2024-01-01\n---\n")
    assert set(values) == {"superseded-by", "creation-date"}


def test_broken_yaml_is_reported_and_still_read_by_line() -> None:
    values, error = _read('---\ntitle: a: b\nstatus: provisional\nauthors:\n  - "@ada"\n---\n# T')
    assert "not valid YAML" in error
    assert "line 2" in error
    assert values["status"] == ("provisional",)
    assert values["authors"] == ("@ada",)


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("- a\n- b", "is a list"),
        ("just some words here", "is plain text"),
        ("a: &x 1\nb: *x", "aliases"),
        ("x: " + "[" * 40 + "]" * 40, "nested"),
    ],
)
def test_what_parses_as_something_else_is_a_note(inside: str, said: str) -> None:
    assert said in _read(f"---\n{inside}\n---\n# T")[1]


def test_a_date_that_does_not_exist_is_reported_and_kept() -> None:
    values, error = _read("---\ntitle: T\ncreation-date: 2024-23-11\n---\n")
    assert values["creation-date"] == ("2024-23-11",)
    assert "no date" in error


def test_two_rules_around_nothing_are_no_front_matter() -> None:
    assert read_front_matter(("---", "", "# Title", "", "---", "text")).lines == 0


@pytest.mark.parametrize(
    "bomb",
    [
        "a: &a [x,x,x,x,x,x,x,x,x]\n"
        + "\n".join(f"{chr(98 + n)}: &{chr(98 + n)} [" + ",".join(["*" + chr(97 + n)] * 9) + "]" for n in range(8)),
        "a: " + "[" * 20_000,
        "a: " + "{b: " * 10_000,
        "n: " + "9" * 50_000,
        "a: 1\n" * 12_000,
        "x" * (MAX_CHARACTERS + 10),
    ],
    ids=["aliases", "open brackets", "open braces", "digits", "keys", "size"],
)
@pytest.mark.timeout(20)
def test_a_bomb_costs_neither_time_nor_memory(bomb: str) -> None:
    tracemalloc.start()
    read_values(bomb)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 60_000_000


@settings(deadline=None)
@given(st.text(max_size=300))
def test_nothing_makes_it_raise(text: str) -> None:
    read_values(text)
    read_front_matter(("---", *text.split("\n"), "---"))
