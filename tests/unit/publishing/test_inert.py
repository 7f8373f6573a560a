"""What of a stranger's text is taken away, what becomes code, and what stays as it was."""

import pytest

from rat.publishing.inert import Run, one_line, runs, visible


def shown(text: str) -> list[str]:
    """The runs of *text*, code between guillemets, which are in none of the texts below."""
    return [f"«{value}»" if is_code else value for value, is_code in runs(text)]


@pytest.mark.parametrize(
    ("name", "letters"),
    {
        "control": "\x00\x07\x08\x1b\x7f\x85\x9f",
        "format": "\xad\u061c\u200b\u200d\u200e\u202a\u202e\u2060\u2066\u2069\ufeff\U000e0001\U000e0041",
        "private use": "\ue000\uf8ff\U000f0000\U0010fffd",
        "half a character": "\ud800\udfff",
        "no character": "\ufdd0\ufdd5\ufdef\ufffe\uffff",
        "filler": "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0",
        "variation selector": "\u180b\u180c\u180d\u180e\u180f\ufe00\ufe05\ufe0f\U000e0100\U000e01ef",
    }.items(),
)
def test_what_cannot_be_seen_is_taken_away(name: str, letters: str) -> None:
    assert [letter for letter in letters if visible(f"a{letter}b") != "ab"] == [], name


@pytest.mark.parametrize("letter", ["é", "漢", "\u17b6", "😀", "ß", "\u0301", "٣", "°", "€", "☐", "…", "\ufffd"])
def test_letters_of_every_script_signs_and_accents_stay(letter: str) -> None:
    assert visible(f"aX{letter}\nb") == f"aX{letter}\nb"


@pytest.mark.parametrize("space", ["\t", " ", "\xa0", "\u1680", "\u2003", "\u2028", "\u2029", "\u202f", "\u3000"])
def test_every_space_becomes_the_plain_one(space: str) -> None:
    assert visible(f"a{space}{space}b") == "a  b"
    assert one_line(f"{space}a{space}\n{space}b{space}") == "a b"


@pytest.mark.parametrize("text", ["a\nb", "a\r\nb", "a\rb", "a\u200b\r\nb"])
def test_every_line_end_is_one_line_feed(text: str) -> None:
    assert visible(text) == "a\nb"
    assert one_line(text) == "a b"


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("x ${{ secrets.T }} ${{a}}", "x $ {{ secrets.T }} $ {{a}}"),
        ("x ##[set-env]y ##[z]", "x ## [set-env]y ## [z]"),
        ("x <!-- rat --> <!-- y", "x <! -- rat --> <! -- y"),
        ("é ${{a}} ##[b] <!-- c", "é $ {{a}} ## [b] <! -- c"),
        ("$\u200b{{a}} #\ufe0f#[b] <\xad!--", "$ {{a}} ## [b] <! --"),
    ],
)
def test_what_programs_look_for_in_raw_text_is_broken(text: str, broken: str) -> None:
    assert visible(text) == broken
    assert one_line(text) == broken


@pytest.mark.parametrize("text", ["${HOME} {{x}} $ {", "## heading #[x] ##", "<! a <-- <!- DOCTYPE", "a  b", ""])
def test_what_only_resembles_it_stays(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize(
    "live",
    [
        *("@octocat", "@acme/team", "\uff20octocat", "\ufe6boctocat", "jo@example.org", "acme/shop@1a2b3c4", "@"),
        *("#1", "\uff031", "\ufe5f1", "acme/shop#12", "GH-1", "gh-12", "GHSA-abcd-1234-wxyz", "ghsa-x"),
        *("https://a.b/c?d=1", "HTTP://A.B", "ftp://a", "www.a.b", "WWW.A.B", "mailto:a@b.c"),
        *("$5", "$x^2$", "$HOME", "1a2b3c4", "1A2B3C4D", "f" * 64),
        *("a:+1:b", ":-1:x", ":a_b-c:d", ":t9+:x", ":shipit:/x", "_www.a", "1www.a"),
        *("\u6f221a2b3c4\u6f22", "-1a2b3c4", "1a2b3c4/x"),
    ],
)
def test_what_comes_to_life_becomes_code_and_its_neighbours_stay_words(live: str) -> None:
    assert shown(f"see {live} now") == ["see ", f"«{live}»", " now"]
    assert shown(live) == [f"«{live}»"]


@pytest.mark.parametrize(
    "text",
    [
        *("# heading", "#a", "C# and F#", "AGH-1", "GH-x", "AGHSA-x", "GHSA x", "awww.x", "mwww.x", "zwww.x", "wwwx"),
        *("a//b", "C:/b", "a:b", "a: b:c", "PAY-17", "std::vector::x", ":1:", "x::a::", ":a::b", "a :b c:", "and/or"),
        *("1a2b3c", "x1a2b3c4", "1a2b3c4x", "1a2b3c4_", "_1a2b3c4", "f" * 65, "5 %", "mail to x"),
    ],
)
def test_what_no_platform_reads_stays_words(text: str) -> None:
    assert shown(f"see {text} now") == [f"see {text} now"]
    assert shown(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(@a)", ["(", "«@a»", ")"]),
        ("['@a'],", ["['", "«@a»", "'],"]),
        ('{"@a"}.', ['{"', "«@a»", '"}.']),
        ("#1, #2; #3: #4! #5?", ["«#1»", ", ", "«#2»", "; ", "«#3»", ": ", "«#4»", "! ", "«#5»", "?"]),
        ("(see @a)", ["(see ", "«@a»", ")"]),
        ("a.@b.c.", ["«a.@b.c»", "."]),
        ("!@a", ["«!@a»"]),
        ("[@a](#1)", ["[", "«@a](#1»", ")"]),
    ],
)
def test_punctuation_around_it_stays_outside_of_the_code(text: str, expected: list[str]) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize("command", ["/deploy", "::set-output", "/", "::", "//x", "/rat@x"])
def test_a_command_is_one_at_the_start_only(command: str) -> None:
    assert shown(f"{command} now") == [f"«{command}»", " now"]
    assert shown(f" \n{command} now") == [f"«{command}»", " now"]
    assert shown(f"\u200b{command} now") == [f"«{command}»", " now"]


@pytest.mark.parametrize("text", ["run /deploy now", "run ::add-mask::x now", "- /deploy", "(/deploy)", ": a"])
def test_the_same_words_later_in_a_line_stay(text: str) -> None:
    assert shown(text) == [text]


def test_after_a_code_span_no_line_begins() -> None:
    assert shown("`a` /deploy") == ["«a»", " /deploy"]
    assert shown("`a` /deploy `b`") == ["«a»", " /deploy ", "«b»"]
    assert shown("@a /deploy @b") == ["«@a»", " /deploy ", "«@b»"]


def test_before_a_code_span_one_may() -> None:
    assert shown("/deploy `a`") == ["«/deploy»", " ", "«a»"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a `b c` d", ["a ", "«b c»", " d"]),
        ("`a` and `b`", ["«a»", " and ", "«b»"]),
        ("``a`b`` c", ["«a`b»", " c"]),
        ("` @a ` c", ["«@a»", " c"]),
        ("`@a` b @c", ["«@a»", " b ", "«@c»"]),
        ("x ` ` y", ["x ", "«` `»", " y"]),
        ("`a\nb`", ["«a b»"]),
        ("a ` b", ["a ` b"]),
        ("``a` b", ["``a` b"]),
        ("``", ["``"]),
    ],
)
def test_code_spans_are_recognised_and_lose_their_ticks(text: str, expected: list[str]) -> None:
    assert shown(text) == expected


def test_code_beside_code_is_one_piece_of_code() -> None:
    """Two spans with nothing between them would be read as one with four ticks."""
    assert runs("`a`@b c") == (Run("a@b", is_code=True), Run(" c", is_code=False))
    assert runs("@a`b` ") == (Run("@ab", is_code=True),)
    assert runs("c @a") == (Run("c ", is_code=False), Run("@a", is_code=True))


@pytest.mark.parametrize("text", ["", " ", "\n\t", "\u200b", "\u3164 "])
def test_nothing_to_see_is_no_runs_at_all(text: str) -> None:
    assert runs(text) == ()


def test_spaces_between_words_are_single_ones() -> None:
    assert shown("  a \t b\n\n@c   d  ") == ["a b ", "«@c»", " d"]
