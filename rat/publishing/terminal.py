"""Writes a document as plain text for a terminal; control characters of anybody's words never reach it."""

import textwrap
from typing import assert_never

from rat.publishing.document import (
    Block,
    Bullets,
    CodeBlock,
    Content,
    Document,
    Folded,
    Footer,
    Graph,
    Heading,
    Item,
    Link,
    Paragraph,
    Quote,
    Rule,
    Table,
    Tasks,
    Text,
)
from rat.publishing.inert import visible

WIDTH = 110


def write_terminal(document: Document) -> str:
    """*document* as plain text of at most WIDTH columns where words allow it; folded parts stand open."""
    return "\n\n".join(text for block in document.blocks if (text := _block(block))) + "\n"


def _block(block: Block) -> str:  # noqa: C901, PLR0911 - one case a block
    match block:
        case Heading(value):
            return visible(value).upper()
        case Paragraph(content) | Footer(content):
            return _filled(_plain(content))
        case Bullets(items, ordered, omitted):
            return _list(items, [f"{number}. " if ordered else "- " for number in range(1, len(items) + 1)], omitted)
        case Tasks(items, omitted):
            return _list(items, ["[ ] "] * len(items), omitted)
        case Table(header, rows, omitted):
            return _list(tuple(_row(header, row) for row in rows), ["- "] * len(rows), omitted)
        case CodeBlock(value):
            return textwrap.indent(visible(value), "    ")
        case Graph(nodes, edges):
            return "\n".join(f"  {visible(nodes[one])}  ->  {visible(nodes[other])}" for one, other in edges)
        case Quote(value):
            return textwrap.indent(_filled(visible(value)), "  > ")
        case Rule():
            return "-" * WIDTH
        case Folded(title, blocks):
            return "\n\n".join([visible(title).upper(), *(_block(part) for part in blocks)])
        case _:
            assert_never(block)


def _row(header: tuple[str, ...], row: tuple[Content, ...]) -> Item:
    """A row as an item: the first cell, then the others below it, each with its heading."""
    rest = zip(header[1:], row[1:], strict=False)
    notes = tuple(f"{visible(title).lower()}: {text}" for title, cell in rest if (text := _plain(cell)))
    return Item(row[0], tuple((Text(note),) for note in notes))


def _list(items: tuple[Item, ...], signs: list[str], omitted: int) -> str:
    lines = []
    for item, sign in zip(items, signs, strict=True):
        lines.append(_filled(_plain(item.content), first=sign))
        lines += [_filled(_plain(note), first=" " * (len(sign) + 2)) for note in item.notes]
    return "\n".join([*lines, *([f"  ({omitted} more left out)"] if omitted else [])])


def _plain(content: Content) -> str:
    return "".join(visible(leaf.label if isinstance(leaf, Link) else leaf.value) for leaf in content)


def _filled(text: str, *, first: str = "") -> str:
    return textwrap.fill(
        " ".join(text.split()),
        WIDTH,
        initial_indent=first,
        subsequent_indent=" " * len(first),
        break_long_words=False,
        break_on_hyphens=False,
    )
