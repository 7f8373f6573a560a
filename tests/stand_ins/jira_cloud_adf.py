"""What our Jira Cloud takes as a document: the nodes and marks of ADF that it knows, in the form that they have.

https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/
"""

from collections.abc import Mapping
from typing import Any

_INLINE = frozenset({"text", "hardBreak", "mention", "emoji", "inlineCard", "status", "date"})
_LISTS = frozenset({"bulletList", "orderedList", "taskList"})
_BLOCK = _LISTS | {"paragraph", "heading", "codeBlock", "blockquote", "rule", "panel", "table", "expand", "mediaSingle"}
_CHILDREN: Mapping[str, frozenset[str]] = {
    "doc": _BLOCK,
    "paragraph": _INLINE,
    "heading": _INLINE,
    "bulletList": frozenset({"listItem"}),
    "orderedList": frozenset({"listItem"}),
    "listItem": frozenset({"paragraph", "bulletList", "orderedList", "codeBlock", "mediaSingle"}),
    "taskList": frozenset({"taskItem", "taskList"}),
    "taskItem": _INLINE,
    "codeBlock": frozenset({"text"}),
    "blockquote": frozenset({"paragraph", "bulletList", "orderedList", "codeBlock"}),
    "panel": frozenset({"paragraph", "heading", "bulletList", "orderedList", "taskList"}),
    "expand": _BLOCK - {"expand"},
    "table": frozenset({"tableRow"}),
    "tableRow": frozenset({"tableCell", "tableHeader"}),
    "tableCell": _BLOCK - {"table"},
    "tableHeader": _BLOCK - {"table"},
}
_MARKS = frozenset({"strong", "em", "code", "link", "strike", "underline", "subsup", "textColor"})
_NEEDED = {"heading": "level", "panel": "panelType", "taskList": "localId", "taskItem": "state", "mention": "id"}


def adf_problem(document: Any) -> str:
    """What is wrong with *document*, or nothing."""
    if not isinstance(document, dict):
        return "the value is not an Atlassian Document"
    if document.get("type") != "doc" or document.get("version") != 1:
        return "a document is {type: doc, version: 1, content: […]}"
    return _problem(document)


def _problem(node: Any) -> str:
    kind = node.get("type")
    content = node.get("content", [])
    if kind == "text":
        return _text_problem(node)
    if not isinstance(content, list):
        return f"the content of {kind} is not a list"
    if _NEEDED.get(kind) and _NEEDED[kind] not in node.get("attrs", {}):
        return f"{kind} lacks its attribute {_NEEDED[kind]}"
    for child in content:
        inner = child.get("type") if isinstance(child, dict) else None
        if inner not in _CHILDREN.get(kind, frozenset()):
            return f"{inner} cannot stand in {kind}"
        if problem := _problem(child):
            return problem
    return ""


def _text_problem(node: Any) -> str:
    if not isinstance(node.get("text"), str) or not node["text"]:
        return "a text is never empty"
    marks = [mark.get("type") for mark in node.get("marks", [])]
    if set(marks) - _MARKS or len(set(marks)) != len(marks):
        return f"unknown or doubled marks: {marks}"
    if "code" in marks and set(marks) - {"code", "link"}:
        return "code takes no other mark but link"
    return ""
