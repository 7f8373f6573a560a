"""Where the marks of RAT's part stand in a description: whole lines outside code, or nodes of the top level."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rat.ports import Dialect

TITLE = "Refined with RAT"
"""What Jira shows above RAT's part."""

BEGIN_LINE = {Dialect.MARKDOWN: "<!-- rat:region -->", Dialect.WIKI: f"h3. {TITLE}"}
_END_LINE = {
    Dialect.MARKDOWN: re.compile(r"<!-- (?P<words>rat:end [^\n]*) -->"),
    Dialect.WIKI: re.compile(r"_[^\n]*_ \{\{(?P<words>rat:end [^\n{}]*)\}\}"),
}
_SHOWN_BEGIN = re.compile(rf"<!-- rat:region -->|#{{1,6}} {TITLE}")
# A fence may stand in a list or a quotation: https://spec.commonmark.org/0.31.2/#fenced-code-blocks
_FENCE = re.compile(r"^(?:[ \t]|>|[-*+][ \t]|\d{1,9}[.)][ \t])*(?P<fence>`{3,}|~{3,})(?P<info>[^\n]*)$")
_WIKI_FENCE = re.compile(r"\{(noformat|code)(?::[^}\n]*)?\}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A mark: that of the beginning, or with the *words* of the end. *start* and *stop* are what it takes up."""

    start: int
    stop: int
    words: str = ""


def places_in_text(text: str, dialect: Dialect) -> tuple[tuple[Place, ...], bool]:
    """The marks in *text*, by character, and whether the text ends inside code (or an HTML comment)."""
    found: list[Place] = []
    code, start = "", 0
    for line in _lines(text):
        bare = line.rstrip("\r\n")
        before = code
        code = _code_after(bare, code, dialect)
        if not (before or code):
            end = _END_LINE[dialect].fullmatch(bare)
            if bare == BEGIN_LINE[dialect]:
                found.append(Place(start=start, stop=start + len(line)))
            elif end:
                words = re.sub(r"&#(\d+);", lambda entity: chr(int(entity[1])), end["words"])
                found.append(Place(start=start, stop=start + len(bare), words=words))
        start += len(line)
    return tuple(found), bool(code)


def shown_part(markdown: str) -> tuple[int, int] | None:
    """Where RAT's part begins and stops in a description as Markdown, whatever it was written in; None without one."""
    begins, ends = [], []
    code, start = "", 0
    for line in _lines(markdown):
        code = _code_after(line.rstrip("\r\n"), code, Dialect.MARKDOWN)
        if not code and _SHOWN_BEGIN.fullmatch(line.strip()):
            begins.append(start)
        start += len(line)
        if not code and "rat:end ticket=" in line:
            ends.append(start)
    return (begins[0], ends[0]) if len(begins) == len(ends) == 1 and begins[0] < ends[0] else None


def _lines(text: str) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def places_in_nodes(nodes: list[Any]) -> tuple[Place, ...]:
    """The marks among the *nodes* of an ADF document, by position."""
    found = []
    for number, node in enumerate(nodes):
        words = "".join(_leaves(node))
        end = re.search(r"rat:end ticket=.*", words) if node.get("type") == "paragraph" else None
        if node.get("type") == "heading" and words == TITLE:
            found.append(Place(start=number, stop=number + 1))
        elif end:
            found.append(Place(start=number, stop=number + 1, words=end[0]))
    return tuple(found)


def _leaves(node: Any) -> Iterator[str]:
    for part in node.get("content") or ():
        yield str(part.get("text", ""))


def _code_after(line: str, code: str, dialect: Dialect) -> str:
    """What a line after *line* is inside of, given what this one was: a fence of code, a comment, or nothing."""
    if dialect is Dialect.WIKI:
        for macro in _WIKI_FENCE.finditer(line):
            code = "" if code == macro[1] else code or macro[1]
        return code
    if code == "<!--":
        return "" if "-->" in line else code
    fence = _FENCE.match(line)
    if code:
        closes = fence and fence["fence"].startswith(code) and not fence["info"].strip()
        return "" if closes else code
    if fence and not (fence["fence"][0] == "`" and "`" in fence["info"]):
        return fence["fence"]
    opened = re.match(r" {0,3}<!--", line)
    return "<!--" if opened and "-->" not in line else ""
