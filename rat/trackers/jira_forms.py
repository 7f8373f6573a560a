"""The two written forms of Jira: ADF over API v3 on Cloud, wiki text over API v2 on Data Center. Pure."""

import base64
import binascii
import html
import json
import re
from dataclasses import dataclass
from typing import Any, Protocol

from rat.ports import Dialect, Draft
from rat.trackers.adf import canonical, document_of, only_text, read_adf
from rat.trackers.text import clean
from rat.trackers.wiki import read_wiki

MARKER_PROPERTY = "rat.marker"
INTERNAL_PROPERTY = "sd.public.comment"
_INTERNAL = {"key": INTERNAL_PROPERTY, "value": {"internal": True}}
"""Jira Service Management shows a comment to the customer unless this says otherwise; elsewhere it means nothing.

https://developer.atlassian.com/cloud/jira/service-desk/jira-service-management-comment-properties/
"""

# An anchor is the one thing of wiki text that is stored in the comment and shown to nobody.
_ANCHOR = re.compile(r"(?:\r?\n)?\{anchor:rat-([A-Za-z0-9_-]{1,2000})\}\s*\Z")


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """A text as stored: *markdown* to read, *raw* without RAT's own mark, and that mark."""

    markdown: str
    raw: str
    marker: str = ""


class Form(Protocol):
    """How descriptions and comments are read and written."""

    dialect: Dialect
    api_version: str
    user_key: str
    """The parameter that names a user, whose value is in the field `user_field` of an answer."""
    user_field: str
    edit_permissions: tuple[str, ...]
    """The name of the permission to edit an issue, then another one that it may have."""
    marks_text: bool
    """Whether the marker of an issue is part of its description."""

    def description(self, value: Any) -> str:
        """A field's text as Markdown."""

    def comment(self, data: Any) -> Written:
        """The text of the comment in *data*."""

    def payload(self, draft: Draft) -> dict[str, object]:
        """The body of the request that stores *draft*."""

    def stored(self, value: Any, *, line: bool) -> str:
        """A field as text of the dialect, as stored but for RAT's own mark; empty for none. A *line* is plain text."""

    def value(self, text: str, *, line: bool, former: Any = None) -> object:
        """What stores *text* in a field; the mark in its *former* value stays there.

        Raises ValueError where a single *line* cannot hold it.
        """

    def child(self, draft: Draft) -> dict[str, object]:
        """What a new issue with the description and the marker of *draft* has beside its other fields."""

    def child_marker(self, data: Any) -> str:
        """The marker of the issue in *data*."""


class CloudForm:
    """ADF; the marker is a property of the comment or the issue, for ADF keeps no hidden text."""

    dialect = Dialect.ADF
    api_version = "3"
    user_key = user_field = "accountId"
    edit_permissions: tuple[str, ...] = ("EDIT_ISSUES",)
    marks_text = False

    def description(self, value: Any) -> str:
        """The document as Markdown."""
        return clean(read_adf(value))

    def comment(self, data: Any) -> Written:
        """The document of the comment, and the marker among its properties."""
        properties = {entry.get("key"): entry.get("value") for entry in data.get("properties") or ()}
        text = _marker(properties)
        return Written(markdown=clean(read_adf(data["body"])), raw=canonical(data["body"]), marker=text)

    def payload(self, draft: Draft) -> dict[str, object]:
        """The document and the marker, stored by one request."""
        return {"body": json.loads(draft.text), "properties": [_INTERNAL, _property(draft)]}

    def stored(self, value: Any, *, line: bool) -> str:
        """The document as JSON; a line as a document of one text."""
        if not value:
            return ""
        return canonical(document_of(str(value)) if line else value)

    def value(self, text: str, *, line: bool, former: Any = None) -> object:  # noqa: ARG002 - has no mark
        """The document; of a line, its one text."""
        document = json.loads(text) if text else None
        return only_text(document) if line and document is not None else document

    def child(self, draft: Draft) -> dict[str, object]:
        """The document as description; the marker is a property of the issue, stored by the same request."""
        return {"fields": {"description": json.loads(draft.text)}, "properties": [_property(draft)]}

    def child_marker(self, data: Any) -> str:
        """The property of the issue."""
        return _marker(data.get("properties") or {})


class DataCenterForm:
    """Wiki text; the marker is an invisible anchor at its end, so that one request stores both."""

    dialect = Dialect.WIKI
    api_version = "2"
    user_key, user_field = "username", "name"
    # The documentation of Data Center names the constants of its Java class, which Cloud calls deprecated.
    edit_permissions: tuple[str, ...] = ("EDIT_ISSUE", "EDIT_ISSUES")
    marks_text = True

    def description(self, value: Any) -> str:
        """The wiki text as Markdown."""
        return clean(read_wiki(value or ""))

    def comment(self, data: Any) -> Written:
        """The wiki text of the comment, and the marker in its last anchor."""
        raw, marker = _split((data["body"] or "").replace("\r\n", "\n"))
        return Written(markdown=clean(read_wiki(raw)), raw=raw, marker=marker)

    def payload(self, draft: Draft) -> dict[str, object]:
        """The wiki text with the anchor below it."""
        return {"body": _anchored(draft), "properties": [_INTERNAL]}

    def stored(self, value: Any, *, line: bool) -> str:  # noqa: ARG002 - both are plain text here
        """The text as it is, without the anchor of an issue that RAT made."""
        return _split(str(value or ""))[0]

    def value(self, text: str, *, line: bool, former: Any = None) -> object:
        """The text as it is, with the anchor that was there; entities, which keep wiki text inert, show in a line."""
        if line and ("\n" in text.strip() or html.unescape(text) != text):
            raise ValueError("a single line cannot hold this text")
        return text.strip() if line else text + _mark(str(former or ""))

    def child(self, draft: Draft) -> dict[str, object]:
        """The wiki text as description, with the anchor below it."""
        return {"fields": {"description": _anchored(draft)}}

    def child_marker(self, data: Any) -> str:
        """The last anchor of the description."""
        return _split((data["fields"].get("description") or "").replace("\r\n", "\n"))[1]


def _property(draft: Draft) -> dict[str, object]:
    return {"key": MARKER_PROPERTY, "value": {"marker": draft.marker}}


def _marker(properties: Any) -> str:
    marker = properties.get(MARKER_PROPERTY)
    return str(marker.get("marker", "")) if isinstance(marker, dict) else ""


def _anchored(draft: Draft) -> str:
    if not draft.marker:
        return draft.text
    code = base64.urlsafe_b64encode(draft.marker.encode()).decode().rstrip("=")
    return f"{draft.text}\n{{anchor:rat-{code}}}"


def _split(stored: str) -> tuple[str, str]:
    """The text without the anchor at its end, and the marker in it."""
    found = _ANCHOR.search(stored)
    marker = _decoded(found[1]) if found else ""
    return (stored[: found.start()] if found and marker else stored), marker


def _mark(stored: str) -> str:
    """The anchor at the end of a text, if there is one of RAT's, with the line break before it."""
    return stored[len(_split(stored)[0]) :]


def _decoded(code: str) -> str:
    try:
        return base64.urlsafe_b64decode(code + "=" * (-len(code) % 4)).decode()
    except (binascii.Error, ValueError):
        return ""
