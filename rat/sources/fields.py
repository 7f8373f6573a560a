"""The header fields of a document ("Status: accepted"), as a list, a line, a table or front matter."""

import re
from collections.abc import Iterator

from rat.sources.document import Document
from rat.sources.headings import plain

Fields = dict[str, tuple[str, ...]]

_FIELD = re.compile(r"^\s{0,3}(?:[-*+]\s+)?[*_]{0,3}([A-Za-z][A-Za-z /()-]{1,30}?)[*_]{0,3}\s*:[*_]{0,3}(?:\s+(.*))?$")
_DOCINFO = re.compile(r"^:([A-Za-z][A-Za-z _-]{1,30}):\s*(.*)$")
_BARE = re.compile(r"^\s{0,3}[*_]{0,3}status[*_]{0,3}\s+[-\u2013\u2014]\s+(.*)$", re.IGNORECASE)
_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_COMMENT = re.compile(r"<!--.*?(?:-->|$)")
_KNOWN = re.compile(
    r"(?i)(?:decision )?(?:status|state|date|deciders?|authors?|owners?|scope|tickets?|supersedes|superseded by"
    r"|tags|proposer|created"
    r"|last (?:modified|updated)|decision.makers?|id|number|title)$"
)


def header_fields(document: Document) -> Fields:
    """Every header field, keys in lower case with '-' for spaces, values as written; front matter comes first."""
    found: dict[str, list[str]] = {key: list(values) for key, values in document.front.values.items()}
    first, last = document.preamble()
    lines = [line.rstrip() for line in document.lines[first - 1 : last]]
    for key, value in [*_listed(lines), *_tabled(lines)]:
        name = re.sub(r"[\s_]+", "-", key.strip().lower())
        if value and name not in document.front.values:
            found.setdefault(name, []).append(value)
    return {key: tuple(values) for key, values in found.items()}


def first_value(fields: Fields, *names: str) -> str:
    """The first value of the first of *names* that is there, or ""."""
    return next((fields[name][0] for name in names if fields.get(name)), "")


def _listed(lines: list[str]) -> Iterator[tuple[str, str]]:
    fenced = False
    for at, line in enumerate(lines):
        fenced ^= line.lstrip().startswith(("```", "~~~"))
        if fenced or len(line) > 1_000:  # noqa: PLR2004
            continue
        if found := _FIELD.match(line) or _DOCINFO.match(line):
            value = _value(found[2] or "")
            yield found[1], value or _continued(lines, at)
        elif bare := _BARE.match(line):
            yield "status", _value(bare[1])


def _continued(lines: list[str], at: int) -> str:
    """The value of a field that stands on the next line: "- Status:" and below it "  - accepted"."""
    below = lines[at + 1] if at + 1 < len(lines) else ""
    return _value(re.sub(r"^\s+(?:[-*+]\s+)?", "", below)) if below.startswith((" ", "\t")) else ""


def _value(text: str) -> str:
    return _COMMENT.sub("", text).strip().rstrip("\\").strip().removesuffix("**").strip()


def _tabled(lines: list[str]) -> Iterator[tuple[str, str]]:
    rows = [(at, _cells(line)) for at, line in enumerate(lines) if line.count("|") >= 1 and not _RULE.match(line)]
    rows = [(at, cells) for at, cells in rows if len(cells) >= 2]  # noqa: PLR2004
    ruled = {at for at, line in enumerate(lines) if "|" in line and _RULE.match(line)}
    for place, (at, cells) in enumerate(rows):
        if at + 1 in ruled and len(cells) > 1 and all(_KNOWN.match(_key(cell)) for cell in cells):
            below = rows[place + 1][1] if place + 1 < len(rows) else []
            yield from zip(map(_key, cells), below, strict=False)
            return
        if len(_key(cells[0])) <= 30:  # noqa: PLR2004
            yield _key(cells[0]), _value(cells[1])


def _cells(line: str) -> list[str]:
    return [
        cell.replace("\\|", "|").strip()
        for cell in re.split(r"(?<!\\)\|", line.strip().removeprefix("|").removesuffix("|"))
    ]


def _key(cell: str) -> str:
    return plain(cell).rstrip(":").strip()
