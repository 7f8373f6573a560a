"""Writes a document as Jira wiki text (Data Center) in which every special letter is an entity."""

import re
from typing import assert_never
from urllib.parse import quote

from rat.publishing.document import (
    Block,
    Bullets,
    Code,
    CodeBlock,
    Content,
    Document,
    Emphasis,
    Folded,
    Footer,
    Graph,
    Heading,
    Inline,
    Item,
    Link,
    Paragraph,
    Quote,
    Rule,
    Strong,
    Table,
    Tasks,
    Text,
    joined,
)
from rat.publishing.inert import one_line, runs, visible

# Entities instead of backslashes: `\\` is a line break there, and an entity holds no letter that the parser knows
# (https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa?section=all).
_SPECIAL = re.compile(
    r"""
    [{}\[\]!|~^\\&<>\#@`]                       # macros, links, pictures, tables, user names
    | (?<![^\W_])[*_+-] | [*_+-](?![^\W_]) | \?(?=\?)   # marks at the edge of a word
    | (?<=[A-Z0-9])-(?=\d)                      # PAY-17 would be a link
    | :(?=//) | (?<=mailto): | (?<=[wW]{3})\.    # addresses
    | \((?=(?:[/x!i?+*yn-]|on|off|flag|flagoff|\*[rgby])\)) | [:;](?=-?[()PD])   # emoticons
    """,
    re.VERBOSE,
)
_LINE_START = re.compile(r"^(h[1-6]|bq)\.")
_IN_URL = ":/?#&=%+,;@"


def write_wiki(document: Document) -> str:
    """*document* as wiki text, ending in one line break."""
    return "\n\n".join(written for block in document.blocks if (written := _block(block))) + "\n"


def _block(block: Block) -> str:  # noqa: C901, PLR0911 - one case a block
    match block:
        case Heading(value, level):
            return f"h{level}. {inline((Text(value),))}"
        case Paragraph(content):
            return inline(content)
        case Bullets(items, ordered, omitted):
            mark = "#" if ordered else "*"
            return "\n".join([*(_item(item, mark) for item in items), *_omitted(omitted, f"{mark} ")])
        case Tasks(items, omitted):
            return "\n".join([*(_item(item, "*", box="☐ ") for item in items), *_omitted(omitted, "* ")])
        case Table():
            return _table(block)
        case CodeBlock(value, _):
            text = re.sub(r"\{(?=noformat)", "{ ", visible(value), flags=re.IGNORECASE)
            return f"{{noformat}}\n{text}\n{{noformat}}"
        case Graph():
            return ""
        case Quote(value):
            return "\n".join(f"bq. {inline((Text(line),))}" for line in visible(value).strip().split("\n"))
        case Rule():
            return "----"
        case Footer(content):
            return inline(content)
        case Folded(title, blocks):
            inner = [written for part in blocks if (written := _block(part))]
            return "\n\n".join([f"h5. {inline((Text(title),))}", *inner]) if inner else ""
        case _:
            assert_never(block)


def _item(item: Item, mark: str, *, box: str = "") -> str:
    return "\n".join([f"{mark} {box}{inline(item.content)}", *(f"{mark}* {inline(note)}" for note in item.notes)])


def _omitted(count: int, bullet: str = "") -> list[str]:
    return [f"{bullet}_{count} more left out_"] if count else []


def _table(table: Table) -> str:
    header = "||" + "||".join(inline((Text(title),)) or " " for title in table.header) + "||"
    rows = ["|" + "|".join(inline(cell) or " " for cell in row) + "|" for row in table.rows]
    return "\n".join([header, *rows, *_omitted(table.omitted)])


def inline(content: Content) -> str:
    """*content* on one line."""
    written = re.sub(" {2,}", " ", "".join(write_leaf(leaf) for leaf in joined(content))).strip()
    return _LINE_START.sub(lambda start: f"{start[1]}&#46;", written)


def write_leaf(leaf: Inline) -> str:
    """One leaf by itself."""
    match leaf:
        case Text(value):
            return _spaced(value)
        case Code(value):
            return _code(one_line(value))
        case Strong(value):
            return _marked(value, "*")
        case Emphasis(value):
            return _marked(value, "_")
        case Link():
            return f"[{''.join(_escaped(run.value) for run in leaf.runs)}|{_url(leaf.url)}]"
        case _:
            assert_never(leaf)


def _spaced(value: str) -> str:
    written = "".join(_code(run.value) if run.is_code else _escaped(run.value) for run in runs(value))
    if not written:
        return " " if value else ""
    return (" " if value[:1].isspace() else "") + written + (" " if value[-1:].isspace() else "")


def _marked(value: str, mark: str) -> str:
    written = _escaped(one_line(value.replace("`", "")))
    return f"{mark}{written}{mark}" if written else ""


def _code(value: str) -> str:
    """Monospace: its inside is read as wiki text too, so it is escaped like any other."""
    return f"{{{{{_escaped(value)}}}}}" if value else ""


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda found: f"&#{ord(found[0])};", text)


def _url(url: str) -> str:
    return quote(url, safe=_IN_URL, errors="replace")
