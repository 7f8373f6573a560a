"""Jira Cloud's document format (ADF) read as Markdown.

The format: https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/
"""

import json
from collections.abc import Iterator
from typing import Any

_INLINE = frozenset({"text", "hardBreak", "mention", "emoji", "date", "status", "inlineCard"})
_LEAF_BLOCKS = frozenset({"paragraph", "heading", "taskItem", "codeBlock"})
_KNOWN = (
    _INLINE
    | _LEAF_BLOCKS
    | {"doc", "bulletList", "orderedList", "listItem", "taskList", "blockquote", "rule", "table", "tableRow"}
    | {"tableCell", "tableHeader", "mediaSingle", "mediaGroup", "media", "caption", "blockCard", "embedCard"}
)
"""What the converter writes as Markdown; it would write panels and the like as HTML, and leave out what is newer."""

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
    return written.strip("\n")


def _plain(node: Any, *, inline: bool) -> list[Any]:
    """*node* in nodes that the converter knows: of any other its title and its content stay. Loses no word."""
    kind, attributes = node["type"], node.get("attrs") or {}
    inside = inline or kind in _LEAF_BLOCKS
    content = [plain for child in node.get("content") or () for plain in _plain(child, inline=inside)]
    if kind in _KNOWN:
        return [{**node, "content": content} if "content" in node else node]
    if not content and attributes.get("text"):
        content = [{"type": "text", "text": str(attributes["text"])}]
    if not inline and any(child["type"] in _INLINE for child in content):
        content = [{"type": "paragraph", "content": content}]
    if title := attributes.get("title"):
        strong = {"type": "text", "text": str(title), "marks": [{"type": "strong"}]}
        content = [{"type": "paragraph", "content": [strong]}, *content]
    return content


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
