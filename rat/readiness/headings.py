"""The ways in which people write a heading: Markdown, bold labels, issue forms, `Label:` at the start of a line."""

import re
from typing import NamedTuple

from rat.readiness.vocabulary import part_of

_ATX = re.compile(r"^\s{0,3}#{1,6}\s+(?P<name>[^\n]{1,200}?)\s*#*\s*$")
_BOLD = re.compile(r"^\s*(?:[-*+]\s+)?(?:\*\*|__)(?P<name>[^*_\n]{2,80})(?:\*\*|__)\s*(?P<colon>:?)\s*(?P<rest>.*)$")
_ITALIC = re.compile(r"^\s*(?:\*|_)(?P<name>[^*_\n]{2,60})(?:\*|_)\s*:?\s*(?P<rest>.*)$")
_WIKI = re.compile(r"^\s*h[1-6]\.\s+(?P<name>[^\n]{1,200})$")
_TAG = re.compile(r"^\s*<(?:h[1-6]|b|strong|summary)>(?P<name>[^<\n]{2,80})</(?:h[1-6]|b|strong|summary)>\s*:?\s*$")
_LABEL = re.compile(r"^\s*(?:[-*+]\s+)?(?P<name>[^\W\d][\w'\u2019 /()\-]{2,48}?)\s*[:\uff1a]\s*(?P<rest>.*)$")
_UNDERLINE = re.compile(r"^(?:={3,}|-{3,}|~{3,})\s*$")
_LONGEST, _LONGEST_TITLE = 400, 80


class Label(NamedTuple):
    """A heading's *name* and what stands behind it on the same line."""

    name: str
    rest: str


def heading_of(line: str, following: str) -> Label | None:
    """The heading that *line* is, or None. *following* is the next line: it may underline this one."""
    if len(line) > _LONGEST or not line.strip():
        return None
    for pattern in (_ATX, _WIKI, _TAG):
        if match := pattern.match(line):
            return Label(_plain(match["name"]), "")
    if (match := _BOLD.match(line)) and (not match["rest"] or match["colon"] or match["name"].rstrip().endswith(":")):
        return Label(_plain(match["name"]), match["rest"])
    if _UNDERLINE.match(following) and len(line) <= _LONGEST_TITLE and line[0].isalnum():
        return Label(_plain(line), "")
    return _usual_label(line)


def _usual_label(line: str) -> Label | None:
    """`*Name*` or `Name: …` where the name is a usual one; otherwise these are just sentences."""
    match = _ITALIC.match(line) or _LABEL.match(line)
    if match is None or part_of(match["name"]) is None:
        return None
    rest = match.groupdict().get("rest") or ""
    return None if rest.startswith("//") else Label(_plain(match["name"]), rest)


def _plain(name: str) -> str:
    return name.strip(" :*_`#").strip()
