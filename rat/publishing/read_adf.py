"""Reads a document out of the ADF that `write_adf` made of one."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from rat.publishing.adf import inline_nodes, leaf_nodes
from rat.publishing.document import (
    Block,
    Bullets,
    Code,
    CodeBlock,
    Content,
    Emphasis,
    Folded,
    Heading,
    Inline,
    Item,
    Language,
    Link,
    Paragraph,
    Plain,
    Rule,
    Strong,
    Table,
    Tasks,
    Text,
)
from rat.publishing.inert import Run
from rat.publishing.leaves import only_text, segment, spellings

BOX = "☐ "


def read_adf(text: str) -> tuple[Block, ...] | None:
    """The blocks that *text*, a document as JSON, was written from; None where a part of it is no block of ours.

    Quotations come back as stressed paragraphs and graphs not at all, which is how they are written. Who calls writes
    the blocks again and compares.
    """
    try:
        found = json.loads(text)
        blocks = [_block(node) for node in found["content"]]
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError, IndexError):
        return None
    return tuple(blocks) if None not in blocks else None  # type: ignore[arg-type]


def _block(node: Any) -> Block | None:
    if node["type"] != "expand":
        return _plain(node)
    inner = [_plain(part) for part in node["content"]]
    return Folded(node["attrs"]["title"], tuple(part for part in inner if part)) if None not in inner else None


def _plain(node: Any) -> Plain | None:  # noqa: PLR0911 - one case a block
    match node["type"]:
        case "heading":
            value = only_text(_line(node))
            return None if value is None else Heading(value, node["attrs"]["level"])
        case "paragraph":
            content = _line(node)
            return None if content is None else Paragraph(content)
        case "bulletList" | "orderedList":
            return _list(node)
        case "table":
            return _table(node)
        case "codeBlock":
            value = "".join(part["text"] for part in node["content"])
            language = (node.get("attrs") or {}).get("language")
            return CodeBlock(value, Language(language) if language in set(Language) else Language.TEXT)
        case "rule":
            return Rule()
        case _:
            return None


def _list(node: Any) -> Bullets | Tasks | None:
    items = [_item(entry) for entry in node["content"]]
    if node["type"] == "bulletList" and (tasks := _tasks(items)) is not None:
        return tasks
    return None if None in items else Bullets(tuple(i for i in items if i), ordered=node["type"] == "orderedList")


def _tasks(items: list[Item | None]) -> Tasks | None:
    """*items* as things to tick off, where each begins with a box."""
    unboxed: list[Item] = []
    for item in items:
        first = item.content[0] if item and item.content else None
        if item is None or not isinstance(first, Text) or not first.value.startswith(BOX):
            return None
        rest = first.value.removeprefix(BOX)
        unboxed.append(Item(((Text(rest),) if rest else ()) + item.content[1:], item.notes))
    return Tasks(tuple(unboxed)) if unboxed else None


def _item(node: Any) -> Item | None:
    first, *rest = node["content"]
    content = _line(first)
    notes = [_line(entry["content"][0]) for part in rest for entry in part["content"]]
    if content is None or None in notes:
        return None
    return Item(content, tuple(note for note in notes if note is not None))


def _table(node: Any) -> Table | None:
    rows = [[_line(cell["content"][0]) for cell in row["content"]] for row in node["content"]]
    header = [only_text(cell) for cell in rows[0]]
    if None in header or any(None in row for row in rows):
        return None
    cells = tuple(tuple(cell for cell in row if cell is not None) for row in rows[1:])
    return Table(tuple(title or "" for title in header), cells)


def _line(node: Any) -> Content | None:
    """The leaves of a paragraph, a heading or the like."""
    nodes = [_bare(part) for part in node.get("content", ())]
    content = segment(nodes, candidates=_candidates, fits=lambda leaf, stretch: leaf_nodes(leaf) == list(stretch))
    return content if content is not None and inline_nodes(content) == nodes else None


def _bare(node: Any) -> dict[str, object]:
    """A text node without what Jira adds to it."""
    bare: dict[str, object] = {"type": node["type"], "text": node["text"]}
    marks = [
        {"type": mark["type"]} | ({"attrs": {"href": mark["attrs"]["href"]}} if mark["type"] == "link" else {})
        for mark in node.get("marks") or ()
    ]
    return bare | ({"marks": marks} if marks else {})


def _candidates(stretch: Sequence[dict[str, Any]]) -> Iterator[Inline]:
    marks = [{mark["type"] for mark in node.get("marks", ())} for node in stretch]
    every = set.union(*marks)
    pieces = [Run(node["text"], "code" in kinds) for node, kinds in zip(stretch, marks, strict=True)]
    if "link" in every:
        url = stretch[0]["marks"][-1].get("attrs", {}).get("href", "") if stretch[0].get("marks") else ""
        if every == {"link", "code"} and len(pieces) == 1:
            yield Link(pieces[0].value, url, is_code=True)
        for text in spellings(pieces):
            yield Link(text, url)
        return
    for text in spellings(pieces):
        if "strong" in every:
            yield Strong(text)
        elif "em" in every:
            yield Emphasis(text)
        else:
            yield Text(text)
            yield from (Strong(text), Emphasis(text)) if every == {"code"} else ()
    if every == {"code"} and len(pieces) == 1:
        yield Code(pieces[0].value)
