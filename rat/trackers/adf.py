"""Jira Cloud's document format (ADF) read as Markdown.

The format: https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/
"""

import json
from collections.abc import Iterator
from typing import Any

_BLOCKS = frozenset({"paragraph", "heading", "listItem", "tableRow", "codeBlock", "blockquote", "rule", "taskItem"})


def read_adf(document: Any) -> str:
    """*document* as Markdown; null is empty. Where the converter fails, the bare text in reading order."""
    if not document:
        return ""
    from marklas import to_md

    try:
        written: str = to_md(document, plain=True)
    # The converter is young and has no error of its own; a document may be anything that a client once stored.
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError):
        return bare_text(document)
    return written.strip("\n")


def canonical(document: Any) -> str:
    """*document* as JSON text that is the same for equal documents."""
    return json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


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
            waiting += (["\n"] if node.get("type") in _BLOCKS else []) + [node.get("content")]
