"""The two written forms of Jira: ADF over API v3 on Cloud, wiki text over API v2 on Data Center. Pure."""

import base64
import binascii
import json
import re
from dataclasses import dataclass
from typing import Any, Protocol

from rat.ports import Dialect, Draft
from rat.trackers.adf import canonical, read_adf
from rat.trackers.text import clean
from rat.trackers.wiki import read_wiki

MARKER_PROPERTY = "rat.marker"
_INTERNAL = {"key": "sd.public.comment", "value": {"internal": True}}
"""Jira Service Management shows a comment to the customer unless this says otherwise; elsewhere it means nothing.

https://developer.atlassian.com/cloud/jira/service-desk/jira-service-management-comment-properties/
"""

# An anchor is the one thing of wiki text that is stored in the comment and shown to nobody.
_ANCHOR = re.compile(r"\n?\{anchor:rat-([A-Za-z0-9_-]{1,2000})\}\s*\Z")


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

    def description(self, value: Any) -> str:
        """A field's text as Markdown."""

    def comment(self, data: Any) -> Written:
        """The text of the comment in *data*."""

    def payload(self, draft: Draft) -> dict[str, object]:
        """The body of the request that stores *draft*."""


class CloudForm:
    """ADF; the marker is a property of the comment, for ADF keeps no hidden text."""

    dialect = Dialect.ADF
    api_version = "3"

    def description(self, value: Any) -> str:
        """The document as Markdown."""
        return clean(read_adf(value))

    def comment(self, data: Any) -> Written:
        """The document of the comment, and the marker among its properties."""
        properties = {entry.get("key"): entry.get("value") for entry in data.get("properties") or ()}
        marker = properties.get(MARKER_PROPERTY)
        text = str(marker.get("marker", "")) if isinstance(marker, dict) else ""
        return Written(markdown=clean(read_adf(data["body"])), raw=canonical(data["body"]), marker=text)

    def payload(self, draft: Draft) -> dict[str, object]:
        """The document and the marker, stored by one request."""
        marker = {"key": MARKER_PROPERTY, "value": {"marker": draft.marker}}
        return {"body": json.loads(draft.text), "properties": [_INTERNAL, marker]}


class DataCenterForm:
    """Wiki text; the marker is an invisible anchor at its end, so that one request stores both."""

    dialect = Dialect.WIKI
    api_version = "2"

    def description(self, value: Any) -> str:
        """The wiki text as Markdown."""
        return clean(read_wiki(value or ""))

    def comment(self, data: Any) -> Written:
        """The wiki text of the comment, and the marker in its last anchor."""
        stored = (data["body"] or "").replace("\r\n", "\n")
        found = _ANCHOR.search(stored)
        marker = _decoded(found[1]) if found else ""
        raw = stored[: found.start()] if found and marker else stored
        return Written(markdown=clean(read_wiki(raw)), raw=raw, marker=marker)

    def payload(self, draft: Draft) -> dict[str, object]:
        """The wiki text with the anchor below it."""
        if not draft.marker:
            return {"body": draft.text, "properties": [_INTERNAL]}
        code = base64.urlsafe_b64encode(draft.marker.encode()).decode().rstrip("=")
        return {"body": f"{draft.text}\n{{anchor:rat-{code}}}", "properties": [_INTERNAL]}


def _decoded(code: str) -> str:
    try:
        return base64.urlsafe_b64decode(code + "=" * (-len(code) % 4)).decode()
    except (binascii.Error, ValueError):
        return ""
