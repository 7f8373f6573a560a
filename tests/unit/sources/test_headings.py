"""Headings are found as CommonMark has them, without parsing the document."""

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from rat.sources.headings import plain, read_headings


def _markdown(text: str) -> list[tuple[int, str]]:
    return [(heading.level, heading.text) for heading in read_headings("a.md", tuple(text.split("\n")))]


def test_headings_with_hashes_and_with_underlines() -> None:
    assert _markdown("Title\n=====\n\n## Sub ##\n\nOther\n---\n#no") == [(1, "Title"), (2, "Sub"), (2, "Other")]


def test_what_stands_in_code_or_comments_is_no_heading() -> None:
    assert _markdown("```\n# a\n```\n~~~md\n# b\n~~~\n<!--\n# c\n-->\n    # d\n# e") == [(1, "e")]


def test_a_rule_below_a_list_or_table_is_no_heading() -> None:
    assert _markdown("- item\n---\n| a |\n---\n\n---\n") == []


def test_restructured_text() -> None:
    lines = ("..", " Licence", "", "=====", "Title", "=====", "", "Problem", "=======", "", "Use Cases", "---------")
    assert [(h.level, h.text, h.line) for h in read_headings("a.rst", lines)] == [
        (1, "Title", 5),
        (2, "Problem", 8),
        (3, "Use Cases", 11),
    ]


def test_asciidoc() -> None:
    lines = ("= 1. Title", "", "----", "== code", "----", "== Status")
    assert [(h.level, h.text) for h in read_headings("a.adoc", lines)] == [(1, "1. Title"), (2, "Status")]


def test_inline_markup_goes_and_words_stay() -> None:
    assert (
        plain("**Use** [`gRPC`](https://x.y/a_(b)) &amp; ~snake_case_name~ <br> ![i](u)<!-- x -->")
        == "Use gRPC & ~snake_case_name~ i"
    )


WORDS = st.text(alphabet="abc def", min_size=1, max_size=12).map(str.strip).filter(bool)
LINES = st.one_of(
    st.just(""),
    WORDS,
    st.builds(lambda level, word: f"{'#' * level} {word}", st.integers(1, 7), WORDS),
    st.sampled_from(["```", "~~~", "- item", "> quote", "| a | b |", "1. one", "    code", "#", "#x"]),
)


@settings(deadline=None)
@given(st.lists(LINES, max_size=12))
def test_the_library_finds_the_same_headings(lines: list[str]) -> None:
    tokens = MarkdownIt("commonmark").parse("\n".join(lines))
    theirs = [
        (int(token.tag[1]), tokens[at + 1].content, (token.map or [0])[0] + 1)
        for at, token in enumerate(tokens)
        if token.type == "heading_open" and token.level == 0
    ]
    ours = [(heading.level, heading.text, heading.line) for heading in read_headings("a.md", tuple(lines))]
    assert [(level, " ".join(text.split()), line) for level, text, line in theirs] == ours


@settings(deadline=None)
@given(st.text(max_size=200))
def test_plain_never_grows_or_raises(text: str) -> None:
    assert len(plain(text)) <= len(text)


def test_hostile_markup_takes_linear_time() -> None:
    for text in (
        "[" * 50_000,
        "*" * 50_000,
        "![" * 20_000,
        "<a " * 20_000,
        "`" * 50_000,
        "_a" * 20_000,
        "<!--" * 20_000,
    ):
        plain(text)
        read_headings("a.md", tuple([text] * 3))
