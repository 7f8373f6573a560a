"""Writes a document in the Atlassian Document Format, from a list of allowed nodes that holds none that is alive."""

from typing import assert_never

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
    Inline,
    Item,
    Link,
    Paragraph,
    Quote,
    Rule,
    Strong,
    Table,
    Tasks,
    Text,
    joined,
)
from rat.publishing.inert import one_line, runs, visible

# https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/ ; no mention, inlineCard, media, emoji,
# status, extension. Tasks are list items with a box: whether comments take taskList nodes differs between sites.
NODES = frozenset({"doc", "paragraph", "heading", "rule", "text", "codeBlock", "expand"}) | frozenset(
    {"bulletList", "orderedList", "listItem", "table", "tableRow", "tableHeader", "tableCell"}
)
MARKS = frozenset({"code", "strong", "em", "link"})

Node = dict[str, object]


def write_adf(document: Document) -> Node:
    """*document* as an ADF document (version 1), ready for JSON; nodes of `NODES` and marks of `MARKS` alone."""
    content = [node for block in document.blocks for node in _block(block)]
    return {"version": 1, "type": "doc", "content": content}


def _block(block: Block) -> list[Node]:  # noqa: C901, PLR0911 - one case a block
    match block:
        case Heading(value, level):
            return _filled("heading", inline_nodes((Text(value),)), level=level)
        case Paragraph(content) | Footer(content):
            return _filled("paragraph", inline_nodes(content))
        case Bullets(items, ordered, omitted):
            return _list(items, omitted, "orderedList" if ordered else "bulletList")
        case Tasks(items, omitted):
            boxed = tuple(Item((Text("☐ "), *item.content), item.notes) for item in items)
            return _list(boxed, omitted, "bulletList")
        case Table():
            return _table(block)
        case CodeBlock(value, language):
            text = visible(value)
            return [_node("codeBlock", [_text(text)] if text else [], language=language.value)]
        case Graph():
            return []
        case Quote(value):
            lines = (one_line(line) for line in visible(value).strip().split("\n"))
            return [_node("paragraph", inline_nodes((Emphasis(line),))) for line in lines if line]
        case Rule():
            return [{"type": "rule"}]
        case Folded(title, blocks):
            inner = [node for part in blocks for node in _block(part)]
            return [_node("expand", inner, title=one_line(title))] if inner else []
        case _:
            assert_never(block)


def _list(items: tuple[Item, ...], omitted: int, kind: str) -> list[Node]:
    nodes = [_node("listItem", _item(item)) for item in items]
    if omitted:
        nodes.append(_node("listItem", [_omitted(omitted)]))
    return [_node(kind, nodes)] if nodes else []


def _item(item: Item) -> list[Node]:
    notes = [_node("listItem", [_node("paragraph", inline_nodes(note))]) for note in item.notes]
    return [_node("paragraph", inline_nodes(item.content)), *([_node("bulletList", notes)] if notes else [])]


def _table(table: Table) -> list[Node]:
    header = [_node("tableHeader", [_node("paragraph", inline_nodes((Text(title),)))]) for title in table.header]
    rows = [[_node("tableCell", [_node("paragraph", inline_nodes(cell))]) for cell in row] for row in table.rows]
    nodes = [_node("table", [_node("tableRow", row) for row in [header, *rows]])]
    return nodes + ([_omitted(table.omitted)] if table.omitted else [])


def _omitted(count: int) -> Node:
    return _node("paragraph", [_text(f"{count} more left out", "em")])


def inline_nodes(content: Content) -> list[Node]:
    """The text nodes of one line. Neighbours with the same marks are one node, as Jira's editor has it."""
    nodes: list[Node] = []
    for leaf in joined(content):
        for node in leaf_nodes(leaf):
            if nodes and nodes[-1].get("marks") == node.get("marks") == [{"type": "code"}]:
                nodes.append(_text(" "))  # two code spans side by side would read as one
            _append(nodes, node)
    return nodes


def leaf_nodes(leaf: Inline) -> list[Node]:
    """The text nodes of one leaf."""
    nodes: list[Node] = []
    for node in _leaf(leaf):
        _append(nodes, node)
    return nodes


def _append(nodes: list[Node], node: Node) -> None:
    if nodes and nodes[-1].get("marks") == node.get("marks"):
        former = nodes.pop()
        node = former | {"text": f"{former['text']}{node['text']}"}
    nodes.append(node)


def _leaf(leaf: Inline) -> list[Node]:
    match leaf:
        case Text(value):
            return _spaced(value)
        case Code(value):
            return [_text(one_line(value), "code")] if one_line(value) else []
        case Strong(value):
            return _runs(value, "strong")
        case Emphasis(value):
            return _runs(value, "em")
        case Link():
            link: Node = {"type": "link", "attrs": {"href": leaf.url}}
            return [_marked(_text(run.value, *(("code",) if run.is_code else ())), link) for run in leaf.runs]
        case _:
            assert_never(leaf)


def _spaced(value: str) -> list[Node]:
    nodes = _runs(value)
    if not nodes:
        return [_text(" ")] if value else []
    before = [_text(" ")] if value[:1].isspace() else []
    return [*before, *nodes, *([_text(" ")] if value[-1:].isspace() else [])]


def _runs(value: str, *marks: str) -> list[Node]:
    """Text nodes; `code` goes with no mark but `link` (the schema refuses code with strong or em)."""
    return [_text(run.value, *(("code",) if run.is_code else marks)) for run in runs(value)]


def _text(value: str, *marks: str) -> Node:
    node: Node = {"type": "text", "text": value}
    return node | {"marks": [{"type": mark} for mark in marks]} if marks else node


def _marked(node: Node, mark: Node) -> Node:
    marks = node.get("marks", [])
    return node | {"marks": [*marks, mark]} if isinstance(marks, list) else node


def _node(kind: str, content: list[Node], **attrs: object) -> Node:
    return {"type": kind} | ({"attrs": attrs} if attrs else {}) | {"content": content}


def _filled(kind: str, content: list[Node], **attrs: object) -> list[Node]:
    """One node, or none where nothing in *content* would be seen."""
    return [_node(kind, content, **attrs)] if any(str(leaf["text"]).strip() for leaf in content) else []
