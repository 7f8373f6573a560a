"""What each part of a document is in Jira Cloud's document format: nodes and marks of a short list, and none alive."""

from typing import Any

import pytest

from rat.publishing.adf import MARKS, NODES, inline_nodes, leaf_nodes, write_adf
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
from tests.unit.publishing.oracle import alive_in_adf

URL = "https://github.com/acme/shop/blob/main/a.py#L1"
CODE, STRONG, EM = {"type": "code"}, {"type": "strong"}, {"type": "em"}
LINK = {"type": "link", "attrs": {"href": URL}}
Node = dict[str, Any]


def written(*blocks: Block) -> list[Node]:
    made = write_adf(Document((Section("all", blocks),)))
    assert alive_in_adf(made, links=frozenset({URL})) == []
    assert {name: value for name, value in made.items() if name != "content"} == {"version": 1, "type": "doc"}
    nodes = made["content"]
    assert isinstance(nodes, list)
    return nodes


def text(value: str, *marks: Node) -> Node:
    return {"type": "text", "text": value, "marks": list(marks)} if marks else {"type": "text", "text": value}


def node(kind: str, *content: Node, **attrs: object) -> Node:
    return {"type": kind, "attrs": attrs, "content": [*content]} if attrs else {"type": kind, "content": [*content]}


def paragraph(*content: Node | str) -> Node:
    return node("paragraph", *(text(part) if isinstance(part, str) else part for part in content))


def entry(*content: Node | str) -> Node:
    return node("listItem", paragraph(*content))


def words(value: str) -> Content:
    return (Text(value),)


ITEMS = (Item(words("one"), (words("why"), words("how"))), Item((Strong("two"),)))
NOTES = node("bulletList", entry("why"), entry("how"))
ONE, TWO = node("listItem", paragraph("one"), NOTES), entry(text("two", STRONG))

BLOCKS: dict[str, tuple[Block, list[Node]]] = {
    "heading": (Heading("A `b`"), [node("heading", text("A "), text("b", CODE), level=4)]),
    "heading of the second level": (Heading("1. *A* #", 2), [node("heading", text("1. *A* #"), level=2)]),
    "heading with nothing to see": (Heading(""), []),
    "paragraph": (Paragraph((Text("a "), Code("b"))), [paragraph("a ", text("b", CODE))]),
    "paragraph with nothing to see": (Paragraph((Text(""), Code("\u200b"))), []),
    "list": (Bullets(ITEMS), [node("bulletList", ONE, TWO)]),
    "numbered list": (Bullets(ITEMS, ordered=True), [node("orderedList", ONE, TWO)]),
    "long list": (Bullets(ITEMS[1:], omitted=1), [node("bulletList", TWO, entry(text("1 more left out", EM)))]),
    "list of nothing": (Bullets(()), []),
    "tasks": (
        Tasks(ITEMS),
        [node("bulletList", node("listItem", paragraph("☐ one"), NOTES), entry("☐ ", text("two", STRONG)))],
    ),
    "many tasks": (Tasks((), omitted=3), [node("bulletList", entry(text("3 more left out", EM)))]),
    "table": (
        Table(("A", "*B*"), ((words("x|y"), (Code("p|q"),)), ((), (Strong("s"), Emphasis("e"))))),
        [
            node(
                "table",
                node("tableRow", node("tableHeader", paragraph("A")), node("tableHeader", paragraph("*B*"))),
                node("tableRow", node("tableCell", paragraph("x|y")), node("tableCell", paragraph(text("p|q", CODE)))),
                node(
                    "tableRow",
                    node("tableCell", paragraph()),
                    node("tableCell", paragraph(text("s", STRONG), text("e", EM))),
                ),
            )
        ],
    ),
    "long table": (
        Table(("A",), (), 2),
        [
            node("table", node("tableRow", node("tableHeader", paragraph("A")))),
            paragraph(text("2 more left out", EM)),
        ],
    ),
    "code block": (CodeBlock("a\n  b @c\u200b"), [node("codeBlock", text("a\n  b @c"), language="text")]),
    "diff": (CodeBlock("-a\n+b", Language.DIFF), [node("codeBlock", text("-a\n+b"), language="diff")]),
    "code block with nothing in it": (CodeBlock(""), [node("codeBlock", language="text")]),
    "graph, which Jira cannot draw": (Graph(("one", "two"), ((0, 1),)), []),
    "quote": (
        Quote("\na *b*\n\n@c  d\n"),
        [paragraph(text("a *b*", EM)), paragraph(text("@c", CODE), text(" d", EM))],
    ),
    "rule": (Rule(), [{"type": "rule"}]),
    "footer": (Footer((Text("run "), Link("7", URL))), [paragraph("run ", text("7", LINK))]),
    "folded": (
        Folded("More\n<b>", (Paragraph(words("a")), Rule())),
        [node("expand", paragraph("a"), {"type": "rule"}, title="More <b>")],
    ),
    "folded with nothing in it": (Folded("More", (Paragraph(()), Graph(("a",), ()))), []),
}


@pytest.mark.parametrize("name", BLOCKS)
def test_what_each_block_is(name: str) -> None:
    block, expected = BLOCKS[name]
    assert written(block) == expected


def kinds(value: object) -> set[str]:
    if isinstance(value, list):
        return {kind for part in value for kind in kinds(part)}
    if isinstance(value, dict):
        return {value["type"]} | kinds(value.get("content")) | kinds(value.get("marks"))
    return set()


def test_all_blocks_together_stand_in_their_order_and_use_every_node_and_mark_that_is_allowed() -> None:
    nodes = written(*(block for block, _ in BLOCKS.values()))
    assert nodes == [made for _, expected in BLOCKS.values() for made in expected]
    assert kinds(nodes) | {"doc"} == NODES | MARKS


LEAVES: dict[str, tuple[Content, list[Node]]] = {
    "text": ((Text("a"), Text(" b")), [text("a b")]),
    "text with what would come to life": ((Text("see @a."),), [text("see "), text("@a", CODE), text(".")]),
    "code": ((Text("a"), Code("b\n *c*"), Text("d")), [text("a"), text("b *c*", CODE), text("d")]),
    "strong": ((Strong("a *b* @c"),), [text("a *b* ", STRONG), text("@c", CODE)]),
    "emphasis": ((Emphasis("a `b` c"),), [text("a ", EM), text("b", CODE), text(" c", EM)]),
    "neighbours of one kind": (
        (Strong("a"), Strong("b"), Emphasis("c"), Emphasis("d")),
        [text("ab", STRONG), text("cd", EM)],
    ),
    "link": ((Link("a *b*", URL),), [text("a *b*", LINK)]),
    "link with what would come to life": ((Link("a @b", URL),), [text("a ", LINK), text("@b", CODE, LINK)]),
    "code as a link": ((Link("a @b", URL, is_code=True),), [text("a @b", CODE, LINK)]),
    "link with nothing in its label": ((Link("\u200b", URL),), [text("link", LINK)]),
    "link beside a link": ((Link("a", URL), Link("b", URL)), [text("ab", LINK)]),
    "spaces at the edges": (
        (Code("a"), Text(" and\n"), Code("b"), Text("\t")),
        [text("a", CODE), text(" and "), text("b", CODE), text(" ")],
    ),
    "no spaces at the edges": ((Code("a"), Text("or"), Strong("b")), [text("a", CODE), text("or"), text("b", STRONG)]),
    "a space alone": ((Code("a"), Text("\n"), Code("b")), [text("a", CODE), text(" "), text("b", CODE)]),
    "code beside code": ((Code("a"), Code("b")), [text("a", CODE), text(" "), text("b", CODE)]),
    "code that was made beside code": ((Code("a"), Text("@b")), [text("a", CODE), text(" "), text("@b", CODE)]),
    "a code link beside code": ((Link("a", URL, is_code=True), Code("b")), [text("a", CODE, LINK), text("b", CODE)]),
    "what cannot be seen": ((Strong("\u200b"), Code("a"), Text("\u200b"), Text("")), [text("a", CODE), text(" ")]),
    "nothing": ((), []),
}  # fmt: skip


@pytest.mark.parametrize("name", LEAVES)
def test_what_each_leaf_is(name: str) -> None:
    content, expected = LEAVES[name]
    assert inline_nodes(content) == expected
    assert alive_in_adf(node("paragraph", *expected), links=frozenset({URL})) == []


@pytest.mark.parametrize("leaf", [Code("\u200b"), Code(""), Strong(""), Emphasis(" "), Text("")])
def test_a_leaf_with_nothing_to_see_is_no_node_by_itself(leaf: Code | Strong | Emphasis | Text) -> None:
    assert leaf_nodes(leaf) == []


@pytest.mark.parametrize("value", ["\u200b", "\u200b \u2060", " ", "\n"])
def test_a_line_with_nothing_to_see_is_no_paragraph_and_no_heading(value: str) -> None:
    line = (Text(value), Strong("\u200b"))
    assert written(Paragraph(line), Footer(line), Heading(value, level=2), Paragraph((Text("a"),))) == [paragraph("a")]


def test_a_line_with_nothing_but_a_link_or_code_is_kept() -> None:
    assert written(Paragraph((Text("\u200b"), Code("a")))) == [paragraph(text(" "), text("a", CODE))]
    assert written(Paragraph((Link("a", URL),))) == [paragraph(text("a", LINK))]
