"""What each part of a document is in Jira Data Center's wiki text, what is an entity in it, and why."""

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
from rat.publishing.wiki import inline, write_leaf, write_wiki
from tests.unit.publishing.oracle import alive_in_wiki

URL = "https://github.com/acme/shop/blob/main/a.py#L1"


def written(*blocks: Block) -> str:
    text = write_wiki(Document((Section("all", blocks),)))
    assert alive_in_wiki(text, links=frozenset({URL})) == []
    return text


def words(text: str) -> Content:
    return (Text(text),)


ITEMS = (Item(words("one"), (words("why"), words("how"))), Item((Strong("two"),)))

BLOCKS: dict[str, tuple[Block, str]] = {
    "heading": (Heading("A `b`"), "h4. A {{b}}\n"),
    "heading of the second level": (Heading("A *b*", 2), "h2. A &#42;b&#42;\n"),
    "paragraph": (Paragraph((Text("a "), Code("b"), Text(" c"))), "a {{b}} c\n"),
    "list": (Bullets(ITEMS), "* one\n** why\n** how\n* *two*\n"),
    "numbered list": (Bullets(ITEMS, ordered=True), "# one\n#* why\n#* how\n# *two*\n"),
    "long list": (Bullets(ITEMS[1:], omitted=1), "* *two*\n* _1 more left out_\n"),
    "long numbered list": (Bullets(ITEMS[1:], ordered=True, omitted=7), "# *two*\n# _7 more left out_\n"),
    "tasks": (Tasks(ITEMS), "* ☐ one\n** why\n** how\n* ☐ *two*\n"),
    "many tasks": (Tasks(ITEMS[1:], omitted=3), "* ☐ *two*\n* _3 more left out_\n"),
    "table": (
        Table(("A", "B|C", ""), ((words("x|y"), (Code("p|q"),), words("z")), ((), (Strong("|"), Emphasis("|")), ()))),
        "||A||B&#124;C|| ||\n|x&#124;y|{{p&#124;q}}|z|\n| |*&#124;*_&#124;_| |\n",
    ),
    "long table": (Table(("A",), ((words("x"),),), 2), "||A||\n|x|\n_2 more left out_\n"),
    "code block": (CodeBlock("if a:\n    b *c* <d>\u200b"), "{noformat}\nif a:\n    b *c* <d>\n{noformat}\n"),
    "diff": (CodeBlock("-a\n+b", Language.DIFF), "{noformat}\n-a\n+b\n{noformat}\n"),
    "code block that would end itself": (
        CodeBlock("a {noformat} {NoFormat:b} {c}"),
        "{noformat}\na { noformat} { NoFormat:b} {c}\n{noformat}\n",
    ),
    "quote": (Quote("\na *b*\n@c\n"), "bq. a &#42;b&#42;\nbq. {{&#64;c}}\n"),
    "rule": (Rule(), "----\n"),
    "footer": (Footer((Text("run "), Link("7", URL))), f"run [7|{URL}]\n"),
    "folded": (Folded("More @a", (Paragraph(words("a")), Rule())), "h5. More {{&#64;a}}\n\na\n\n----\n"),
}  # fmt: skip


@pytest.mark.parametrize("name", BLOCKS)
def test_what_each_block_is(name: str) -> None:
    block, expected = BLOCKS[name]
    assert written(block) == expected


def test_blocks_stand_an_empty_line_apart_and_what_jira_cannot_show_leaves_no_gap() -> None:
    graph = Graph(("one", "two"), ((0, 1),))
    blocks = (Heading("A"), graph, Paragraph(()), Folded("B", (graph,)), Folded("C", (graph, Rule())), Rule())
    assert written(*blocks) == "h4. A\n\nh5. C\n\n----\n\n----\n"


LEAVES: dict[str, tuple[Content, str]] = {
    "text": ((Text("a"), Text(" b")), "a b"),
    "text with what would come to life": ((Text("see @a."),), "see {{&#64;a}}."),
    "code": ((Text("a "), Code("b\n *c* _d_")), "a {{b &#42;c&#42; &#95;d&#95;}}"),
    "strong": ((Strong("a *b* `@c`"),), "*a &#42;b&#42; &#64;c*"),
    "emphasis": ((Emphasis("a _b_\n`c`"),), "_a &#95;b&#95; c_"),
    "neighbours of one kind": ((Strong("a"), Strong("b"), Emphasis("c"), Emphasis("d")), "*ab*_cd_"),
    "a mark of ticks alone": ((Text("a"), Strong("``"), Emphasis("`")), "a"),
    "link": ((Link("a [b|c] @d", URL),), f"[a &#91;b&#124;c&#93; &#64;d|{URL}]"),
    "code as a link": ((Link("a_b `@c`", URL, is_code=True),), f"[a_b &#96;&#64;c&#96;|{URL}]"),
    "link with nothing in its label": ((Link("\u200b", URL),), f"[link|{URL}]"),
    "spaces at the edges": ((Code("a"), Text("\nand "), Strong("b"), Text(" \u200b")), "{{a}} and *b*"),
    "no spaces at the edges": ((Code("a"), Text("and"), Strong("b")), "{{a}}and*b*"),
    "a space alone": ((Code("a"), Text("\n"), Code("b"), Text(" c")), "{{a}} {{b}} c"),
    "two spaces that meet": ((Text("a "), Strong("\u200b"), Text(" b")), "a b"),
    "two spaces that meet around what is left out": ((Text("a "), Strong("`"), Text(" b")), "a b"),
    "what cannot be seen": ((Code("a"), Text("\u200b"), Strong("\u200b"), Code("")), "{{a}}"),
    "nothing": ((), ""),
}


@pytest.mark.parametrize("name", LEAVES)
def test_what_each_leaf_is(name: str) -> None:
    content, expected = LEAVES[name]
    assert inline(content) == expected
    assert alive_in_wiki(expected, links=frozenset({URL})) == []


@pytest.mark.parametrize("leaf", [Code("\u200b"), Code(""), Strong(""), Emphasis(" "), Text("")])
def test_a_leaf_with_nothing_to_see_is_nothing_by_itself(leaf: Code | Strong | Emphasis | Text) -> None:
    assert write_leaf(leaf) == ""


@pytest.mark.parametrize("letter", "{}[]!|~^\\&<>#@`")
def test_a_letter_that_means_something_everywhere_is_an_entity_everywhere(letter: str) -> None:
    entity = f"&#{ord(letter)};"
    assert write_leaf(Code(f"a{letter}b {letter}")) == f"{{{{a{entity}b {entity}}}}}"
    assert write_leaf(Link(f"a{letter}b", URL, is_code=True)) == f"[a{entity}b|{URL}]"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a*b a_b a+b a-b", "a*b a_b a+b a-b"),
        ("*a* _b_ +c+ -d-", "&#42;a&#42; &#95;b&#95; &#43;c&#43; &#45;d&#45;"),
        ("a - b", "a &#45; b"),
        ("a? a?b", "a? a?b"),
        ("??a??", "&#63;?a&#63;?"),
        ("a_*b a*_b", "a&#95;&#42;b a&#42;&#95;b"),
        ("PAY-17 see P2_X-1.", "PAY&#45;17 see P2_X&#45;1."),
        ("P0-1 P5-1 P9-1 P_-1", "P0&#45;1 P5&#45;1 P9&#45;1 P&#95;&#45;1"),
        ("utf-8 a-1 PAY-x", "utf-8 a-1 PAY-x"),
        ("mailto:a ailto:a b:c b:/c", "mailto&#58;a ailto:a b:c b:/c"),
        ("(/) (x) (i) (y) (n)", "&#40;/) &#40;x) &#40;i) &#40;y) &#40;n)"),
        ("(!) (?) (+) (-) (*)", "&#40;&#33;) &#40;?) &#40;&#43;) &#40;&#45;) &#40;&#42;)"),
        ("(on) (off) (flag) (flagoff)", "&#40;on) &#40;off) &#40;flag) &#40;flagoff)"),
        ("(*r) (*g) (*b) (*y) (a) (on a) (z)", "&#40;&#42;r) &#40;&#42;g) &#40;&#42;b) &#40;&#42;y) (a) (on a) (z)"),
        (":) :( :P :D ;) :-) ;-)", "&#58;) &#58;( &#58;P &#58;D &#59;) &#58;&#45;) &#59;&#45;)"),
        ("a: b; c :p", "a: b; c :p"),
    ],
)  # fmt: skip
def test_other_letters_are_entities_where_they_would_mean_something(text: str, expected: str) -> None:
    assert inline(words(text)) == expected
    assert write_leaf(Emphasis(text)) == f"_{expected}_"


def test_an_address_in_code_is_none() -> None:
    assert inline(words("https://a.b/c")) == "{{https&#58;//a.b/c}}"
    assert inline(words("www.a.b")) == "{{www&#46;a.b}}"
    assert inline((Code("WwW.a.b ww.a wwx.a www a"),)) == "{{WwW&#46;a.b ww.a wwx.a www a}}"


@pytest.mark.parametrize("start", ["h1.", "h3.", "h6.", "bq."])
def test_what_begins_a_block_is_broken_where_a_line_begins(start: str) -> None:
    assert inline(words(f"{start} a {start} b")) == f"{start[:-1]}&#46; a {start} b"
    assert written(Bullets((Item(words(f" {start} a")),))) == f"* {start[:-1]}&#46; a\n"


@pytest.mark.parametrize("start", ["h7.", "h12.", "bqs.", "a.", "1."])
def test_other_words_with_a_stop_are_left_alone(start: str) -> None:
    assert inline(words(f"{start} a")) == f"{start} a"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.b:8/c-d_e.f~g?h=i&j=%20,;+@#L1", "https://a.b:8/c-d_e.f~g?h=i&j=%20,;+@#L1"),
        ('https://a.b/(c) "d"<e>\\`|\'*[]{}!', "https://a.b/%28c%29%20%22d%22%3Ce%3E%5C%60%7C%27%2A%5B%5D%7B%7D%21"),
        ("https://a.b/é漢\n\x0b", "https://a.b/%C3%A9%E6%BC%A2%0A%0B"),
        ("https://a.b/\ud800", "https://a.b/?"),
    ],
)
def test_an_address_keeps_what_it_needs_and_the_rest_is_encoded(url: str, expected: str) -> None:
    assert write_leaf(Link("x", url)) == f"[x|{expected}]"
