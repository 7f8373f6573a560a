"""Jira Cloud's document format (ADF) read as Markdown.

The format: https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/
"""

import json
from collections.abc import Iterator
from typing import Any

_INLINE = frozenset({"text", "hardBreak", "mention", "emoji", "date", "status"})
_LEAF_BLOCKS = frozenset({"paragraph", "heading", "taskItem", "codeBlock"})
_KNOWN = (
    _INLINE
    | _LEAF_BLOCKS
    | {"doc", "bulletList", "orderedList", "listItem", "taskList", "blockquote", "rule", "table", "tableRow"}
    | {"tableCell", "tableHeader", "caption"}
)
"""What the converter writes as Markdown; it would write panels and the like as HTML, and leave out what is newer."""

_KEPT_MARKS = frozenset({"strong", "em", "code", "strike", "link", "subsup"})
"""The others it would write as HTML too: underlining, colours, comments on a passage."""

_ONE_LINE = frozenset({"table", "heading"})
"""What Markdown keeps on a line, so that a break in it stays HTML."""

_BREAK = "\ue00a"
"""Stands for a line break until the converter is done, which would write it as HTML: a letter for private use."""

_BLOCKS = frozenset({"paragraph", "heading", "listItem", "tableRow", "codeBlock", "blockquote", "rule", "taskItem"})


def read_adf(document: Any) -> str:
    """*document* as Markdown; null is empty. Where the converter fails, the bare text in reading order."""
    if not document:
        return ""
    from marklas import to_md

    try:
        (plain,) = _plain(document, inline=False)
        written: str = to_md(plain, plain=True)
    # The converter is young and has no error of its own; a document may be anything that a client once stored.
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError):
        return bare_text(document)
    return written.replace(_BREAK, "\n").strip("\n")


def _plain(node: Any, *, inline: bool, one_line: bool = False) -> list[Any]:
    """*node* in nodes that the converter knows: of any other its title and its content stay. Loses no word."""
    kind, attributes = node["type"], node.get("attrs") or {}
    if kind == "hardBreak" and not one_line:
        return [_text(_BREAK)]
    if kind == "text" and "marks" in node:
        return [{**node, "marks": [mark for mark in node["marks"] if mark["type"] in _KEPT_MARKS]}]
    inside = {"inline": inline or kind in _LEAF_BLOCKS, "one_line": one_line or kind in _ONE_LINE}
    content = [plain for child in node.get("content") or () for plain in _plain(child, **inside)]
    if kind in ("tableCell", "tableHeader"):
        return [{**node, "content": _cell(content)}]
    if kind in _KNOWN:
        return [{**node, "content": content} if "content" in node else node]
    return _opened(kind, attributes, content, inline=inline)


def _opened(kind: str, attributes: Any, content: list[Any], *, inline: bool) -> list[Any]:
    """What is said by a node that the converter does not know."""
    if not content and (said := _said(kind, attributes)):
        content = [_text(said)]
    if not inline and any(child["type"] in _INLINE for child in content):
        content = [{"type": "paragraph", "content": content}]
    if title := attributes.get("title"):
        strong = {**_text(str(title)), "marks": [{"type": "strong"}]}
        content = [{"type": "paragraph", "content": [strong]}, *content]
    return content


def _said(kind: str, attributes: Any) -> str:
    if kind in ("media", "mediaInline"):
        return f"(image: {attributes.get('alt') or attributes.get('url') or attributes.get('id') or 'without a name'})"
    return str(attributes.get("text") or attributes.get("url") or "")


def _cell(content: list[Any]) -> list[Any]:
    """A table's cell as one paragraph, for Markdown has no other there."""
    if len(content) == 1 and content[0]["type"] == "paragraph":
        return content
    lines = [line for line in bare_text({"content": content}).split("\n") if line.strip()]
    parts = [part for line in lines for part in ({"type": "hardBreak"}, _text(line))]
    return [{"type": "paragraph", "content": parts[1:]}]


def _text(text: str) -> dict[str, object]:
    return {"type": "text", "text": text}


def canonical(document: Any) -> str:
    """*document* as JSON text that is the same for equal documents."""
    return json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def document_of(text: str) -> dict[str, object]:
    """A document that is one plain *text*."""
    return {
        "version": 1,
        "type": "doc",
        "content": [{"type": "paragraph", "content": [{"type": "text", "text": text}]}],
    }


def only_text(document: Any) -> str:
    """The text of a *document* that is one line without formatting. Raises ValueError for any other."""
    text = bare_text(document)
    if canonical(document_of(text)) != canonical(document) or "\n" in text:
        raise ValueError("a single line cannot hold this text, which has formatting or several lines")
    return text


def bare_text(document: Any) -> str:
    """The text leaves of *document*, a line for each block; for any depth and any shape."""
    return "".join(_leaves(document)).strip("\n")


def _leaves(document: Any) -> Iterator[str]:
    waiting: list[Any] = [document]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            yield node
        elif isinstance(node, list):
            waiting += reversed([child for child in node if isinstance(child, dict)])
        elif isinstance(node, dict):
            if isinstance(node.get("text"), str):
                yield node["text"]
            elif node.get("type") == "hardBreak":
                yield "\n"
            is_block = isinstance(node.get("type"), str) and node["type"] in _BLOCKS
            waiting += (["\n"] if is_block else []) + [node.get("content")]
