"""A ticket written as Markdown: front matter if there is one, the first heading as title, the rest as body."""

import re
from collections.abc import Iterator

from rat.model.ticket import Ticket, TicketRef, TrackerKind

_ATX = re.compile(r" {0,3}#{1,6}(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_FRONT_MATTER_LINES = 200
_PAIR = re.compile(r"([A-Za-z][\w-]{0,40})[ \t]*:(?:[ \t]+(.*))?")
_ENTRY = re.compile(r"[ \t]*-[ \t]+(.*)")


def read_markdown(text: str, *, key: str, fallback_title: str) -> Ticket:
    """The ticket in Markdown *text*; *key* and *fallback_title* serve where it names no `id` and has no heading."""
    fields, rest = _split_front_matter(text)
    heading, body = _split_title(rest)
    title = _first(fields, "title") or heading
    if _first(fields, "title"):
        body = rest
    return Ticket(
        ref=TicketRef(tracker=TrackerKind.FILE, key=_first(fields, "id") or key),
        title=title or fallback_title or _first_line(body) or "(no title)",
        body=body.strip("\n"),
        declared_type=_first(fields, "type"),
        labels=tuple(fields.get("labels", ())),
        author=_first(fields, "author"),
    )


def _split_front_matter(text: str) -> tuple[dict[str, list[str]], str]:
    """The flat keys of YAML front matter and what follows it.

    Only `key: value`, `key: [a, b]` and `- a` below a key are read: a ticket's front matter needs no more, and a YAML
    parser would bring the dangers of YAML (aliases, depth) for it. Anything else there is passed over.
    """
    lines = text.split("\n", _FRONT_MATTER_LINES)
    if lines[0].rstrip() != "---":
        return {}, text
    end = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "...")), 0)
    if not end:
        return {}, text
    fields: dict[str, list[str]] = {}
    key = ""
    for line in lines[1:end]:
        if pair := _PAIR.fullmatch(line.rstrip()):
            key = pair[1].lower()
            fields[key] = list(_values(pair[2] or ""))
        elif (entry := _ENTRY.fullmatch(line.rstrip())) and key:
            fields[key] += _values(entry[1])
    return fields, "\n".join(lines[end + 1 :])


def _values(text: str) -> Iterator[str]:
    text = text.strip()
    parts = text[1:-1].split(",") if text[:1] == "[" and text[-1:] == "]" else [text]
    for part in parts:
        value = part.strip()
        if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
            value = value[1:-1]
        if value:
            yield value


def _split_title(text: str) -> tuple[str, str]:
    """The text of the first heading, `#` or underlined, outside code; and *text* without it."""
    lines = text.split("\n")
    fence = ""
    for number, line in enumerate(lines):
        mark = _FENCE.match(line)
        if mark and (not fence or (mark[1][0] == fence[0] and len(mark[1]) >= len(fence))):
            fence = "" if fence else mark[1]
        elif fence:
            continue
        elif (atx := _ATX.fullmatch(line)) and atx[1]:
            return atx[1].strip(), "\n".join(lines[:number] + lines[number + 1 :])
        elif number and _is_underlined(lines[number - 1], line):
            return lines[number - 1].strip(), "\n".join(lines[: number - 1] + lines[number + 1 :])
    return "", text


def _is_underlined(above: str, line: str) -> bool:
    """Whether *line* makes the line above it a heading: that has words of its own, and is no list, quote or table."""
    return bool(_UNDERLINE.fullmatch(line)) and bool(above.strip()) and not re.match(r"\s{0,3}[-*+>|#`~=]|    ", above)


def _first(fields: dict[str, list[str]], key: str) -> str:
    return (fields.get(key) or [""])[0]


def _first_line(text: str) -> str:
    return next((line.strip()[:120] for line in text.split("\n") if line.strip()), "")
