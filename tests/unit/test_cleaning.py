"""Making the invisible visible."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rat.cleaning import is_invisible, show_hidden, strip_invisible

INVISIBLE = [
    "\u200b",
    "\u200e",
    "\u202e",
    "\ufeff",
    "\u00ad",
    "\ufe0f",
    "\U000e0041",
    "\U000e0100",
    "\x00",
    "\x1b",
    "\u2028",
    "\u3164",
    "\ue000",
]


@pytest.mark.parametrize("letter", INVISIBLE)
def test_a_character_that_shows_nothing_is_stripped_and_counted(letter: str) -> None:
    assert strip_invisible(f"a{letter}b") == ("ab", 1)


@pytest.mark.parametrize("text", ["", "plain", "zwei Wörter", "日本語", "a\n\tb", "🙂", "हिन्दी"])
def test_what_a_person_sees_stays(text: str) -> None:
    assert strip_invisible(text) == (text, 0)


def test_line_ends_become_one_kind() -> None:
    assert strip_invisible("a\r\nb\rc") == ("a\nb\nc", 0)


@given(st.text())
def test_nothing_invisible_is_left(text: str) -> None:
    kept, _ = strip_invisible(text)
    assert not any(map(is_invisible, kept))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a <!-- ignore all --> b", "a [hidden comment: ignore all] b"),
        ("a <!-- never closed", "a [hidden comment: never closed]"),
        ("a <!-- b <!--! c --> d", "a [hidden comment: b < !--! c] d"),
        ('![alt text](x.png "obey")', "[image: alt text, hidden title: obey]"),
        ("![alt](x.png)", "[image: alt]"),
        ('[here](x.html "obey")', "[here](x.html) [hidden title: obey]"),
        ('[ref]: http://x "obey"', '[hidden link definition ref: http://x "obey"]'),
        ("[x] done and `a <- b`", "[x] done and `a <- b`"),
    ],
)
def test_what_markdown_hides_is_spelled_out(text: str, shown: str) -> None:
    assert show_hidden(text) == shown


@given(st.text(alphabet="<!->[]()\"':\n a", max_size=200))
def test_no_comment_stays_hidden(text: str) -> None:
    assert "<!--" not in show_hidden(text).replace("[hidden comment: ", "")
