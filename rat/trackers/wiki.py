"""Jira's wiki text (Data Center) read as Markdown, in time that grows with its length only.

The notation: https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa?section=all. Read by hand because the
package jira2markdown takes about a millisecond a letter, and minutes on hostile text (docs/adr/0011-trackers.md).
"""

import html
import re
from collections.abc import Iterator

_CODE = re.compile(r"\{(code|noformat)(?::([^{}\n]{0,200}))?\}")
_LANGUAGE = re.compile(r"[A-Za-z0-9+#-]{1,20}")
_BLOCK_MACRO = re.compile(r"\{(quote|panel|expand|info|note|tip|warning)(?::([^{}\n]{0,500}))?\}")
_PANEL_TITLE = re.compile(r"(?:^|\|)title=([^|]{1,200})")
_DROPPED = re.compile(r"\{(?:color|anchor)(?::[^{}\n]{0,500})?\}")
_HEADING = re.compile(r"[ \t]{0,10}h([1-6])\.[ \t]+(.*)")
_QUOTED = re.compile(r"[ \t]{0,10}bq\.[ \t]+(.*)")
_LIST = re.compile(r"[ \t]{0,10}([*#-]{1,10})[ \t]+(.*)")
_RULE = re.compile(r"[ \t]{0,10}-{4,5}[ \t]{0,10}")
_NESTING = 4

# Every quantifier has a bound, so that each letter costs at most a fixed number of steps.
_INLINE = re.compile(
    r"""
    \\\\(?=\s|$)                                              # forced line break
    | \\(?P<escaped>[^\w\s])
    | \{\{(?P<code>[^\n]{1,500}?)\}\}(?!\})
    | \{(?P<mark>[*_+^~-])\}(?P<braced>[^\n]{1,500}?)\{(?P=mark)\}   # what Jira's own editor writes
    | \[(?P<label>[^\[\]|\n]{1,300})\|(?P<target>[^\[\]|\s]{1,2000})(?:\|[^\[\]\n]{0,100})?\]
    | \[~(?P<user>[^\[\]\s]{1,200})\]
    | \[\^(?P<attached>[^\[\]|\n]{1,300})\]
    | \[(?P<bare>(?:https?://|mailto:)[^\[\]|\s]{1,2000})\]
    | (?<![\w!])!(?P<image>[^!|\s][^!|\n]{0,300})(?:\|[^!\n]{0,200})?!(?![\w!])
    | (?<![\w{*])\*(?P<bold>[^*\s](?:[^*\n]{0,500}[^*\s])?)\*(?![\w}*])
    | (?<![\w{_])_(?P<italic>[^_\s](?:[^_\n]{0,500}[^_\s])?)_(?![\w}_])
    | (?<![\w{-])-(?P<struck>[^-\s](?:[^-\n]{0,500}[^-\s])?)-(?![\w}-])
    | (?<![\w{+])\+(?P<under>[^+\s](?:[^+\n]{0,500}[^+\s])?)\+(?![\w}+])
    | \?\?(?P<cited>[^?\s][^?\n]{0,500})\?\?
    | &\#(?P<entity>\d{1,7});
    """,
    re.VERBOSE | re.MULTILINE,
)


def read_wiki(text: str) -> str:
    """Wiki *text* as Markdown. Never fails: what is not understood stays as it was written."""
    lines: list[str] = []
    for language, part in _parts(text.replace("\r\n", "\n").replace("\r", "\n")):
        lines += _fenced(part, language) if language is not None else _blocks(part)
    return "\n".join(lines).strip("\n")


def _parts(text: str) -> Iterator[tuple[str | None, str]]:
    """The parts of *text*: code with its language (maybe empty), and None with everything else."""
    start = position = 0
    unclosed: set[str] = set()
    while opening := _CODE.search(text, position):
        name = opening[1]
        end = -1 if name in unclosed else text.find(f"{{{name}}}", opening.end())
        if end < 0:
            unclosed.add(name)
            position = opening.end()
            continue
        yield None, text[start : opening.start()]
        first = (opening[2] or "").split("|")[0].removeprefix("language=")
        yield (first if name == "code" and _LANGUAGE.fullmatch(first) else ""), text[opening.end() : end]
        start = position = end + len(name) + 2
    yield None, text[start:]


def _fenced(code: str, language: str) -> list[str]:
    longest = max((len(run) for run in re.findall(r"`+", code)), default=0)
    fence = "`" * max(3, longest + 1)
    return [f"{fence}{language}", *code.strip("\n").split("\n"), fence]


def _blocks(text: str) -> list[str]:
    lines: list[str] = []
    quoting = False
    in_table = False
    for raw in _BLOCK_MACRO.sub(_own_line, _DROPPED.sub("", text)).split("\n"):
        macro = _BLOCK_MACRO.fullmatch(raw)
        if macro:
            quoting = not quoting if macro[1] == "quote" else quoting
            title = _PANEL_TITLE.search(macro[2] or "")
            lines += [f"**{title[1].strip()}**", ""] if title else [""]
            continue
        row = _row(raw)
        written = [_line(raw)] if row is None else row if raw.lstrip().startswith("||") and not in_table else row[:1]
        in_table = row is not None
        lines += [f"> {line}" if quoting else line for line in written]
    return [line for at, line in enumerate(lines) if line or at == 0 or lines[at - 1]]


def _own_line(macro: re.Match[str]) -> str:
    return f"\n{macro[0]}\n"


def _line(raw: str) -> str:
    if found := _HEADING.fullmatch(raw):
        return f"{'#' * int(found[1])} {_inline(found[2])}"
    if found := _QUOTED.fullmatch(raw):
        return f"> {_inline(found[1])}"
    if _RULE.fullmatch(raw):
        return "---"
    if found := _LIST.fullmatch(raw):
        mark = "1." if found[1][-1] == "#" else "-"
        return f"{' ' * _NESTING * (len(found[1]) - 1)}{mark} {_inline(found[2])}"
    return _inline(raw)


def _row(raw: str) -> list[str] | None:
    """A table row, and the line that Markdown wants below a header; None for any other line."""
    line = raw.strip()
    if len(line) < 3 or not (line.startswith("|") and line.endswith("|")):  # noqa: PLR2004 - bar, cell, bar
        return None
    header = line.startswith("||")
    # Links are read before the row is cut, for they hold bars too.
    written = _inline(line.replace("||", "|") if header else line)
    cells = written.strip("|").split("|")
    return [f"|{'|'.join(cells)}|", "|" + " --- |" * len(cells)]


def _inline(text: str, depth: int = 0) -> str:
    return _INLINE.sub(lambda found: _mark(found, depth), text)


def _mark(found: re.Match[str], depth: int) -> str:  # noqa: C901, PLR0911 - one case a mark
    kind, value = found.lastgroup, found[found.lastgroup] if found.lastgroup else ""
    match kind:
        case None:
            return "  "
        case "escaped":
            return f"\\{value}"
        case "code":
            return f"`{html.unescape(value)}`"
        case "target":
            return f"[{_inline(found['label'], _NESTING)}]({value})"
        case "user":
            return f"`~{value}`"
        case "bare":
            return f"<{value}>"
        case "attached":
            return f"[attachment: {value}]"
        case "braced":
            return _around(value, {"*": "**", "_": "*", "-": "~~"}.get(found["mark"], ""), depth)
        case "image":
            return f"[image: {value}]"
        case "entity":
            return html.unescape(f"&#{value};")
        case _:
            return _around(value, {"bold": "**", "italic": "*", "struck": "~~"}.get(kind, ""), depth)


def _around(value: str, mark: str, depth: int) -> str:
    return f"{mark}{_inline(value, depth + 1) if depth < _NESTING else value}{mark}"
