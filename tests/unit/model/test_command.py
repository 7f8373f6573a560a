"""The grammar of `/rat` commands: what is one, what is none, and what follows it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rat.model.command import MAX_WORDS, Command, Verb, read_command


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("/rat refine", Command(verb=Verb.REFINE)),
        ("/rat refine look at the importer", Command(verb=Verb.REFINE, words="look at the importer")),
        ("/rat refine first\nsecond\n\nthird", Command(verb=Verb.REFINE, words="first\nsecond\n\nthird")),
        ("/RAT   Refine  now ", Command(verb=Verb.REFINE, words="now")),
        ("\r\n  /rat\u00a0reject\u202f too vague\r\nmore\r\n", Command(verb=Verb.REJECT, words="too vague\nmore")),
        ("/rat undo!", Command(verb=Verb.UNDO)),
        ("/rat", Command(verb=Verb.HELP)),
        ("> quoted\n> /rat undo\n\n/rat apply", Command(verb=Verb.APPLY)),
        ("```\n/rat undo\n```\n/rat help", Command(verb=Verb.HELP)),
        ("<!-- /rat undo -->\n/rat help", Command(verb=Verb.HELP)),
        ("/rat refine as here:\n```\n/rat undo\n```\n", Command(verb=Verb.REFINE, words="as here:")),
        ("/rat refien", Command(verb=None, nearest=Verb.REFINE)),
        ("/rat aply tasks", Command(verb=None, nearest=Verb.APPLY)),
        ("/rat xyzzy", Command(verb=None)),
        ("/rat apply\n/rat undo", Command(verb=None, is_second=True)),
    ],
)
def test_a_command_is_read(text: str, command: Command) -> None:
    assert read_command(text) == command


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n",
        "Please write /rat refine here.",
        "To start it, write\n/rat refine",
        "    /rat refine",
        "\t/rat refine",
        "> /rat refine",
        "```\n/rat refine\n```",
        "~~~~\n~~~\n/rat refine\n~~~~",
        "```\n/rat refine",
        "<!--\n/rat undo",
        "`/rat refine`",
        "/rats refine",
        "/rat: refine",
        "//rat refine",
        "/ rat refine",
        "/rat-refine",
    ],
)
def test_words_about_a_command_are_none(text: str) -> None:
    assert read_command(text) is None


def test_a_long_reason_is_cut() -> None:
    command = read_command("/rat reject " + "a" * 100_000)
    assert command is not None
    assert len(command.words) == MAX_WORDS


@given(st.text(alphabet="/rat rejectREFINE \n\r\t>`~\u00a0<!--x", max_size=60))
def test_no_text_breaks_the_reading_and_what_is_read_was_written(text: str) -> None:
    command = read_command(text)
    if command is not None:
        assert "/rat" in text.lower()
        assert command.words == command.words.strip()


@given(
    verb=st.sampled_from(list(Verb)),
    gap=st.text(alphabet=" \u00a0\u202f", min_size=1, max_size=4),
    end=st.sampled_from(["\n", "\r\n", "\r", ""]),
    words=st.from_regex(r"[a-z]{1,8}( [a-z]{1,8}){0,4}", fullmatch=True),
    lead=st.sampled_from(["", "\n\n", "   ", "> a quote\n\n", "```\ncode\n```\n"]),
)
def test_spaces_case_and_line_ends_do_not_matter(verb: Verb, gap: str, end: str, words: str, lead: str) -> None:
    for name in (verb.value, verb.upper()):
        assert read_command(f"{lead}/rat{gap}{name}{gap}{words}{end}") == Command(verb=verb, words=words)


@given(before=st.from_regex(r"[A-Za-z][A-Za-z ]{0,20}", fullmatch=True), verb=st.sampled_from(list(Verb)))
def test_a_command_after_other_words_is_none(before: str, verb: Verb) -> None:
    assert read_command(f"{before}\n/rat {verb}") is None
    assert read_command(f"{before} /rat {verb}") is None
