"""The headings of Markdown, reStructuredText and AsciiDoc, found line by line in linear time."""

import html
import re
from dataclasses import dataclass

MAX_HEADINGS = 2_000
MAX_LINE = 1_000

_ATX = re.compile(r"^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})(.*)$")
_SETEXT = re.compile(r"^ {0,3}(=+|-+)[ \t]*$")
_BLOCK = re.compile(r"^(?: {4}|\t| {0,3}(?:[-*+>|#]|\d{1,9}[.)][ \t]|<|$))")
_ASCIIDOC = re.compile(r"^(={1,6}|#{1,6})[ \t]+(\S.*?)[ \t]*$")
_ADORNMENT = re.compile(r"^([=\-`:.'\"~^_*+#<>])\1{2,}\s*$")

_COMMENT = re.compile(r"<!--.*?-->")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,60}\]")
_IMAGE = re.compile(r"!\[([^\]\[]{0,300})\]\([^()\s]{0,500}(?:\s+\"[^\"]{0,200}\")?\)")
_LINK = re.compile(
    r"\[([^\]\[]{0,300})\](?:\((?:[^()\s]|\([^()\s]{0,200}\)){0,500}(?:\s+\"[^\"]{0,200}\")?\)|\[[^\]\[]{0,100}\])"
)
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]{0,15}(?:\s[^<>]{0,200})?/?>")
_AUTOLINK = re.compile(r"<(https?://[^<>\s]{1,500})>")
_EMPHASIS = re.compile(r"(\*{1,3}|(?<!\w)_{1,3})(?=\S)(.{1,400}?)(?<=\S)\1(?!\w)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading:
    """A heading: *level* 1 is the title's, *text* is without markup, *line* and *end* its first and last line."""

    level: int
    text: str
    line: int
    end: int


def read_headings(path: str, lines: tuple[str, ...], *, skip: int = 0) -> tuple[Heading, ...]:
    """The headings of a document in the markup that the suffix of *path* says, after the first *skip* lines."""
    if path.endswith(".rst"):
        found = _restructured(lines, skip)
    elif path.endswith((".adoc", ".asciidoc")):
        found = _asciidoc(lines, skip)
    else:
        found = _markdown(lines, skip)
    return tuple(found[:MAX_HEADINGS])


def plain(text: str) -> str:
    """*text* without inline Markdown: links become their words, emphasis, code marks, comments and tags go."""
    text = _COMMENT.sub("", text[:MAX_LINE])
    text = _FOOTNOTE.sub("", text)
    text = _IMAGE.sub(r"\1", text)
    text = _LINK.sub(r"\1", _AUTOLINK.sub(r"\1", text))
    text = _TAG.sub("", text)
    text = _EMPHASIS.sub(r"\2", _EMPHASIS.sub(r"\2", text))
    text = _ESCAPE.sub(r"\1", text.replace("`", ""))
    return " ".join(html.unescape(text).split())


def _markdown(lines: tuple[str, ...], skip: int) -> list[Heading]:
    found: list[Heading] = []
    fence = ""
    comment = False
    for at in range(skip, len(lines)):
        line = lines[at].rstrip("\r")
        if fence:
            closing = _FENCE.match(line)
            if closing and closing[1].startswith(fence) and not closing[2].strip():
                fence = ""
            continue
        if comment:
            comment = "-->" not in line
            continue
        if (opening := _FENCE.match(line)) and not (opening[1][0] == "`" and "`" in opening[2]):
            fence = opening[1]
            continue
        if line.lstrip().startswith("<!--") and "-->" not in line:
            comment = True
            continue
        if heading := _ATX.match(line[:MAX_LINE]):
            found.append(Heading(level=len(heading[1]), text=plain(heading[2] or ""), line=at + 1, end=at + 1))
        elif (under := _SETEXT.match(line)) and at > skip and _is_text(lines, at - 1, skip):
            above = lines[at - 1].rstrip("\r")
            found.append(Heading(level=1 if under[1][0] == "=" else 2, text=plain(above), line=at, end=at + 1))
    return found


def _is_text(lines: tuple[str, ...], at: int, skip: int) -> bool:
    """Whether line *at* is a paragraph of one line, which an underline turns into a heading.

    CommonMark lets longer paragraphs become headings as well; nobody writes those on purpose.
    """
    if _BLOCK.match(lines[at].rstrip("\r")) or _SETEXT.match(lines[at].rstrip("\r")):
        return False
    return at == skip or not lines[at - 1].strip() or bool(_ATX.match(lines[at - 1].rstrip("\r")[:MAX_LINE]))


def _restructured(lines: tuple[str, ...], skip: int) -> list[Heading]:
    found: list[Heading] = []
    styles: list[tuple[str, bool]] = []
    for at in range(skip, len(lines) - 1):
        text, under = lines[at].rstrip(), _ADORNMENT.match(lines[at + 1])
        if not under or not text or _ADORNMENT.match(text) or len(under[0].rstrip()) < min(len(text.strip()), 4):
            continue
        over = at > 0 and lines[at - 1].rstrip() == under[0].rstrip()
        if not over and (text[0].isspace() or (at > 0 and lines[at - 1].strip())):
            continue
        style = (under[1], over)
        if style not in styles:
            styles.append(style)
        level = styles.index(style) + 1
        found.append(Heading(level=level, text=_roles(text.strip()), line=at + 1, end=at + 2))
    return found


def _roles(text: str) -> str:
    return " ".join(
        re.sub(r":[a-z-]{1,30}:`([^`<]{1,200}?)(?:\s*<[^>`]{0,200}>)?`", r"\1", text[:MAX_LINE])
        .replace("`", "")
        .split()
    )


def _asciidoc(lines: tuple[str, ...], skip: int) -> list[Heading]:
    found: list[Heading] = []
    block = ""
    for at in range(skip, len(lines)):
        line = lines[at].rstrip()
        if line in ("----", "....", "////", "++++", "```"):
            block = "" if block == line else (block or line)
        elif not block and (heading := _ASCIIDOC.match(line[:MAX_LINE])):
            found.append(Heading(level=len(heading[1]), text=plain(heading[2]), line=at + 1, end=at + 1))
    return found
