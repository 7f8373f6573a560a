"""What each part of a document is in GitHub's Markdown, what is escaped in it, and why."""

import pytest

from rat.publishing.document import (
    Block,
    Bullets,
    Code,
    CodeBlock,
    Content,
    Document,
    Emphasis,
    Folded,
    Footer,
    Graph,
    Heading,
    Item,
    Language,
    Link,
    Paragraph,
    Quote,
    Rule,
    Section,
    Strong,
    Table,
    Tasks,
    Text,
)
from rat.publishing.markdown import inline, write_leaf, write_markdown, write_text, write_title
from tests.unit.publishing.oracle import alive, page, seen

URL = "https://github.com/acme/shop/blob/main/a.py#L1"


def written(*blocks: Block) -> str:
    text = write_markdown(Document((Section("all", blocks),)))
    assert alive(text, links=frozenset({URL})) == []
    return text


def line(*content: Code | Emphasis | Link | Strong | Text) -> str:
    return written(Paragraph(content)).removesuffix("\n")


def words(text: str) -> Content:
    return (Text(text),)


ITEMS = (Item(words("one"), (words("why"), words("how"))), Item((Strong("two"),)))

BLOCKS: dict[str, tuple[Block, str]] = {
    "heading": (Heading("A `b`"), "#### A `b`\n"),
    "heading of the second level": (Heading("1. *A* #", 2), "## 1\\. \\*A\\* \\#\n"),
    "paragraph": (Paragraph((Text("a "), Code("b"), Text(" c"))), "a `b` c\n"),
    "list": (Bullets(ITEMS), "- one\n  - why\n  - how\n- **two**\n"),
    "numbered list": (Bullets(ITEMS, ordered=True), "1. one\n   - why\n   - how\n2. **two**\n"),
    "long list": (Bullets(ITEMS[1:], omitted=1), "- **two**\n- *1 more left out*\n"),
    "long numbered list": (Bullets(ITEMS[1:], ordered=True, omitted=7), "1. **two**\n- *7 more left out*\n"),
    "tasks": (Tasks(ITEMS), "- [ ] one\n  - why\n  - how\n- [ ] **two**\n"),
    "many tasks": (Tasks(ITEMS[1:], omitted=3), "- [ ] **two**\n- *3 more left out*\n"),
    "table": (
        Table(("A", "B|C"), ((words("x|y"), (Code("p|q"),)), ((), (Strong("a|"), Emphasis("|b"), Link("|", URL))))),
        f"| A | B&#124;C |\n| --- | --- |\n| x&#124;y | `p\\|q` |\n|  | **a&#124;***&#124;b*[&#124;]({URL}) |\n",
    ),
    "long table": (Table(("A",), ((words("x"),),), 2), "| A |\n| --- |\n| x |\n\n*2 more left out*\n"),
    "code block": (CodeBlock("if a:\n    b *c* <d>\n"), " ```text\n if a:\n     b *c* <d>\n \n ```\n"),
    "diff": (CodeBlock("-a\n+b", Language.DIFF), " ```diff\n -a\n +b\n ```\n"),
    "graph": (
        Graph(("one", "two"), ((0, 1),)),
        ' ```mermaid\n flowchart TD\n   t1["1. one"]\n   t2["2. two"]\n   t1 --> t2\n ```\n',
    ),
    "quote": (Quote("\na *b*\n\n@c\n"), "> a \\*b\\*\n>\n> `@c`\n"),
    "rule": (Rule(), "---\n"),
    "footer": (Footer((Text("run "), Link("7", URL))), f"<sub>run [7]({URL})</sub>\n"),
    "folded": (
        Folded("More", (Paragraph(words("a")), Rule())),
        "<details>\n<summary>More</summary>\n\na\n\n---\n\n</details>\n",
    ),
}


@pytest.mark.parametrize("name", BLOCKS)
def test_what_each_block_is(name: str) -> None:
    block, expected = BLOCKS[name]
    assert written(block) == expected


def test_blocks_stand_an_empty_line_apart_and_the_text_ends_in_one_line_break() -> None:
    sections = (Section("a", (Heading("A"), Paragraph(words("b")))), Section("c", (Rule(),)))
    assert write_markdown(Document(sections)) == "#### A\n\nb\n\n---\n"


def test_github_makes_of_each_block_what_it_should_be() -> None:
    tags = page(written(*(block for block, _ in BLOCKS.values()))).tags
    assert {"h4", "h2", "p", "ul", "ol", "li", "input", "table", "th", "td", "pre", "blockquote", "hr"} <= set(tags)
    assert {"details", "summary", "sub", "a", "code", "strong", "em"} <= set(tags)
    assert tags.count("input") == 3


LEAVES: dict[str, tuple[Content, str]] = {
    "text": ((Text("a"), Text(" b")), "a b"),
    "code": ((Text("a"), Code("b *c* <d>")), "a`b *c* <d>`"),
    "strong": ((Strong("a *b* @c"),), "**a \\*b\\* `@c`**"),
    "emphasis": ((Emphasis("a *b* @c"),), "*a \\*b\\* `@c`*"),
    "neighbours of one kind": ((Strong("a"), Strong("b"), Emphasis("c"), Emphasis("d")), "**ab***cd*"),
    "link": ((Link("a [b] @c", URL),), f"[a \\[b\\] `@c`]({URL})"),
    "link with nothing in its label": ((Link("\u200b ", URL),), f"[link]({URL})"),
    "code as a link": ((Link("a_b `c", URL, is_code=True),), f"[``a_b `c``]({URL})"),
    "spaces at the edges": ((Code("a"), Text(" and "), Code("b"), Text("\nor "), Strong("c")), "`a` and `b` or **c**"),
    "code beside code": ((Code("a"), Code("b"), Text("`c`")), "`a` `b` `c`"),
    "code before a word": ((Code("a"), Text("s")), "`a`s"),
    "a word and a tick before code": ((Text("a\u200b"), Code("b")), "a`b`"),
    "a space alone": ((Code("a"), Text(" "), Code("b")), "`a` `b`"),
    "a space between marks": ((Strong("a"), Text("\n"), Strong("b"), Text("\u200b"), Emphasis("c")), "**a** **b** *c*"),
    "what cannot be seen, and nothing": ((Code("a"), Text("\u200b"), Strong(" "), Text(""), Code("")), "`a`"),
    "a reference over two leaves": ((Text("#"), Text("12 is it")), "`#12` is it"),
    "nothing": ((), ""),
}


@pytest.mark.parametrize("name", LEAVES)
def test_what_each_leaf_is(name: str) -> None:
    content, expected = LEAVES[name]
    assert line(*content) == expected


@pytest.mark.parametrize("leaf", [Code("\u200b"), Code(""), Strong(""), Emphasis(" "), Text("")])
def test_a_leaf_with_nothing_to_see_is_nothing_by_itself(leaf: Code | Strong | Emphasis | Text) -> None:
    assert write_leaf(leaf, in_table=False) == ""


ESCAPED = {
    "\\": "\\\\",
    "*": "\\*",
    "[": "\\[",
    "]": "\\]",
    "~": "\\~",
    "<": "&lt;",
    "|": "&#124;",
}


@pytest.mark.parametrize("letter", ESCAPED)
def test_a_letter_that_means_something_everywhere_is_escaped_everywhere(letter: str) -> None:
    escaped = ESCAPED[letter]
    assert line(Text(f"a{letter}b {letter} c{letter}")) == f"a{escaped}b {escaped} c{escaped}"
    assert write_text(letter) == escaped
    assert seen(write_text(f"a {letter}b")) == f"a {letter}b"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a & b && c", "a & b && c"),
        ("a ` b", "a &#96; b"),
        ("&lt; &#a; &é", "&amp;lt; &amp;#a; &amp;é"),
        ("a_b c_d_e f__g h___i", "a_b c_d_e f__g h___i"),
        ("_a b_ __c__ _ (_d)", "\\_a b\\_ \\_\\_c\\_\\_ \\_ (\\_d)"),
        ("C# a#b", "C# a#b"),
        ("in C#", "in C\\#"),
        ("in ##", "in \\#\\#"),
        ("a! b!", "a! b\\!"),
        ("a > b + c - d = e", "a > b + c - d = e"),
        ("(a) {b} 'c' \"d\"", "(a) {b} 'c' \"d\""),
    ],
)
def test_other_letters_are_escaped_where_they_would_mean_something(text: str, expected: str) -> None:
    assert line(Text(text)) == expected
    assert seen(expected) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *((f"{mark} a {mark} b", f"\\{mark} a {mark} b") for mark in "#>+=-"),
        ("1. a 2. b", "1\\. a 2. b"),
        ("123456) a", "123456\\) a"),
        ("1a. b", "1a. b"),
        (". a", ". a"),
        ("--- a", "\\--- a"),
        ("  - a", "\\- a"),
    ],
)
def test_what_begins_a_block_is_escaped_where_a_line_begins(text: str, expected: str) -> None:
    assert line(Text(text)) == expected
    assert write_text(text) == expected
    assert seen(expected) == " ".join(text.split())


def test_a_line_begins_in_a_list_a_quote_and_a_cell_too() -> None:
    assert written(Bullets((Item(words("- a"), (words("+ b"),)),))) == "- \\- a\n  - \\+ b\n"
    assert written(Quote("> a\n# b")) == "> \\> a\n> \\# b\n"
    assert written(Table(("- a",), ((words("1. b"),),))) == "| \\- a |\n| --- |\n| 1\\. b |\n"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a", "`a`"),
        ("a|b", "`a|b`"),
        ("a\\b", "`a\\b`"),
        ("a`b", "``a`b``"),
        ("a``b", "`a``b`"),
        ("a```b", "`a```b`"),
        ("`a", "`` `a ``"),
        ("a`", "`` a` ``"),
        ("``", "` `` `"),
        ("a`b``c", "`a'b''c`"),
        ("`a``", "`'a''`"),
        ("a\nb\t c", "`a b c`"),
        ("@a #1 $x", "`@a #1 $x`"),
    ],
)
def test_a_code_span_shows_its_letters(value: str, expected: str) -> None:
    assert line(Code(value)) == expected
    assert seen(expected).replace("'", "`") == " ".join(value.split())


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a|b|c", "`a\\|b\\|c`"),
        ("a\\|b", "`a\\ \\|b`"),
        ("a\\\\|b\\c", "`a\\\\ \\|b\\c`"),
        ("`|", "`` `\\| ``"),
    ],
)
def test_a_bar_in_code_does_not_end_a_cell(value: str, expected: str) -> None:
    assert written(Table(("a",), (((Code(value),),),))) == f"| a |\n| --- |\n| {expected} |\n"
    assert write_leaf(Code(value), in_table=True) == expected
    for leaf in (Code(value), Text(f"@{value}"), Strong(f"@{value}"), Emphasis(f"@{value}"), Link(f"@{value}", URL)):
        shown = page(written(Table(("a", "b"), (((leaf,), words("c")),))))
        assert shown.tags.count("td") == 2
        assert [text for text, _ in shown.nodes if text.strip()][-1] == "c"


@pytest.mark.parametrize("header", ["@a|b", "`a|b`"])
def test_a_bar_in_code_does_not_end_a_heading_of_a_column(header: str) -> None:
    assert page(written(Table((header, "c"), ()))).tags.count("th") == 2


def test_outside_of_a_table_a_bar_in_code_stays_as_it_is() -> None:
    assert line(Text("@a|b")) == "`@a|b`"
    assert line(Strong("@a|b")) == "**`@a|b`**"
    assert line(Emphasis("@a|b")) == "*`@a|b`*"
    assert line(Link("@a|b", URL)) == f"[`@a|b`]({URL})"
    assert inline((Code("a|b"),)) == "`a|b`"


@pytest.mark.parametrize(
    ("value", "fence"),
    [("a", "```"), ("a ` b `` c", "```"), ("a ``` b", "````"), ("a ````` b `", "``````")],
)
def test_a_fence_is_longer_than_any_in_it(value: str, fence: str) -> None:
    assert written(CodeBlock(value)) == f" {fence}text\n {value}\n {fence}\n"


@pytest.mark.parametrize("first", ["::set-output", "  ::x", "/deploy", "\t/x", "```suggestion", "~~~", " ```"])
def test_lines_that_a_program_would_take_for_its_own_stand_behind_a_mark(first: str) -> None:
    """The runner takes a line that begins with `::` for a command, and bots one with `/`, white space before or not."""
    fence = "````" if "`" in first else "```"
    shown = first.replace("\t", " ")
    assert written(CodeBlock(f"a\n{first}\nb")) == f">  {fence}text\n>  a\n>  {shown}\n>  b\n>  {fence}\n"


@pytest.mark.parametrize("value", ["a ::b", "a/b", "a\n``b", "~~ a", ": :a"])
def test_other_lines_of_code_are_not_set_apart(value: str) -> None:
    assert written(CodeBlock(value)).startswith(" ```text\n")


def test_code_in_a_block_holds_nothing_that_cannot_be_seen() -> None:
    assert written(CodeBlock("a\u200b\r\nb\x07${{c}}")) == " ```text\n a\n b$ {{c}}\n ```\n"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("a & b <c> \"d\" 'e' *f* _g_", "a &amp; b &lt;c&gt; &quot;d&quot; &#x27;e&#x27; *f* _g_"),
        ("see @a `<b>` #1", "see <code>@a</code> <code>&lt;b&gt;</code> <code>#1</code>"),
        ("</summary><img>", "&lt;/summary&gt;&lt;img&gt;"),
    ],
)
def test_the_title_of_a_folded_part_is_plain_html(title: str, expected: str) -> None:
    assert write_title(title) == expected
    assert f"<summary>{expected}</summary>" in written(Folded(title, (Rule(),)))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.b:8/c-d_e.f~g?h=i&j=%20,;+!$@#L1", "https://a.b:8/c-d_e.f~g?h=i&j=%20,;+!$@#L1"),
        ('https://a.b/(c) "d"<e>\\`|\'*[', "https://a.b/%28c%29%20%22d%22%3Ce%3E%5C%60%7C%27%2A%5B"),
        ("https://a.b/é漢\n\x0b", "https://a.b/%C3%A9%E6%BC%A2%0A%0B"),
        ("https://a.b/\ud800", "https://a.b/?"),
    ],
)
def test_an_address_keeps_what_it_needs_and_the_rest_is_encoded(url: str, expected: str) -> None:
    assert write_leaf(Link("x", url), in_table=False) == f"[x]({expected})"
