"""Writes a document as GitHub Markdown in which every leaf is escaped."""

import html
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
from rat.publishing.inert import Run, one_line, runs, visible
from rat.publishing.mermaid import write_mermaid

# `<` and `&` and the backtick become entities, so that neither a tag nor a comment nor a fence stands in the raw text;
# `_` inside a word means nothing in GitHub's Markdown and stays (https://github.github.com/gfm/#left-flanking-delimiter-run).
_ENTITIES = {"<": "&lt;", "`": "&#96;", "|": "&#124;"}
_SPECIAL = re.compile(r"[\\*\[\]~<`|]|&(?=[#\w])|(?<!\w)_+|_+(?!\w)|#+$|!$")
_LINE_START = re.compile(r"^(?:([#>+=-])|(\d+)([.)]))")
_IN_URL = ":/?#@!$&+,;=%"


def write_markdown(document: Document) -> str:
    """*document* as GitHub Markdown: inert, ending in one line break, the same bytes for the same document."""
    return "\n\n".join(_block(block) for block in document.blocks) + "\n"


def write_text(text: str) -> str:
    """One leaf as inline Markdown that may stand at the start of a line."""
    return inline((Text(text),))


def _block(block: Block) -> str:  # noqa: C901, PLR0911 - one case a block
    match block:
        case Heading(value, level):
            return f"{'#' * level} {inline((Text(value),))}"
        case Paragraph(content):
            return inline(content)
        case Bullets(items, ordered, omitted):
            lines = [_item(item, f"{number}. " if ordered else "- ") for number, item in enumerate(items, 1)]
            return "\n".join([*lines, *_omitted(omitted, "- ")])
        case Tasks(items, omitted):
            return "\n".join([*(_item(item, "- [ ] ", indent=2) for item in items), *_omitted(omitted, "- ")])
        case Table():
            return _table(block)
        case CodeBlock(value, language):
            return _fenced(visible(value), language)
        case Graph():
            return _fenced(write_mermaid(block), "mermaid")
        case Quote(value):
            return "\n".join(f"> {inline((Text(line),))}".rstrip() for line in visible(value).strip().split("\n"))
        case Rule():
            return "---"
        case Footer(content):
            return f"<sub>{inline(content)}</sub>"
        case Folded(title, blocks):
            inner = "\n\n".join(_block(part) for part in blocks)
            return f"<details>\n<summary>{write_title(title)}</summary>\n\n{inner}\n\n</details>"
        case _:
            assert_never(block)


def _item(item: Item, bullet: str, *, indent: int | None = None) -> str:
    pad = " " * (len(bullet) if indent is None else indent)
    return "\n".join([bullet + inline(item.content), *(f"{pad}- {inline(note)}" for note in item.notes)])


def _omitted(count: int, bullet: str) -> list[str]:
    return [f"{bullet}*{count} more left out*"] if count else []


def _table(table: Table) -> str:
    rows = [[inline((Text(title),), in_table=True) for title in table.header], ["---"] * len(table.header)]
    rows += [[inline(cell, in_table=True) for cell in row] for row in table.rows]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join(lines) + (f"\n\n*{table.omitted} more left out*" if table.omitted else "")


def _fenced(value: str, language: str) -> str:
    """Lines in a fence, all indented by one space, which CommonMark takes away again: no raw line starts as it was.

    The runner looks for `::` behind leading white space too (actions/runner, ActionCommand.TryParseV2), and so do
    bots for `/command` and `suggestion` fences: such lines are moved behind a quotation's `>`.
    """
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", value)), default=0))
    quoted = re.search(r"^\s*(?:::|/|`{3}|~{3})", value, re.MULTILINE) is not None
    margin = ">  " if quoted else " "
    return "\n".join(margin + line for line in [fence + language, *value.split("\n"), fence])


def inline(content: Content, *, in_table: bool = False) -> str:
    """*content* on one line. Neighbouring words are joined first: `#` and `12` apart would be a reference together."""
    written = ""
    for leaf in joined(content):
        piece = write_leaf(leaf, in_table=in_table)
        written += " " + piece if written.endswith("`") and piece.startswith("`") else piece
    written = written.strip()
    return _LINE_START.sub(lambda start: f"\\{start[1]}" if start[1] else f"{start[2]}\\{start[3]}", written)


def write_leaf(leaf: Inline, *, in_table: bool) -> str:
    """One leaf by itself."""
    match leaf:
        case Text(value):
            return _spaced(value, _runs(runs(value), in_table=in_table))
        case Code(value):
            return _code(one_line(value), in_table=in_table)
        case Strong(value):
            return _marked(value, "**", in_table=in_table)
        case Emphasis(value):
            return _marked(value, "*", in_table=in_table)
        case Link():
            return f"[{_runs(leaf.runs, in_table=in_table)}]({_url(leaf.url)})"
        case _:
            assert_never(leaf)


def _spaced(value: str, written: str) -> str:
    """*written* with the single space that *value* began or ended with, which keeps it apart from its neighbours."""
    if not written:
        return " " if value else ""
    return (" " if value[:1].isspace() else "") + written + (" " if value[-1:].isspace() else "")


def _marked(value: str, mark: str, *, in_table: bool) -> str:
    written = _runs(runs(value), in_table=in_table)
    return f"{mark}{written}{mark}" if written else ""


def _runs(pieces: tuple[Run, ...], *, in_table: bool) -> str:
    return "".join(
        _code(piece.value, in_table=in_table) if piece.is_code else _escaped(piece.value) for piece in pieces
    )


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda found: _escape(found[0]), text)


def _escape(found: str) -> str:
    if found == "&":
        return "&amp;"
    return _ENTITIES.get(found) or "".join(f"\\{letter}" for letter in found)


def _code(value: str, *, in_table: bool) -> str:
    """A code span. Its fence is one or two backticks, whichever does not occur inside: three could begin a block.

    Where both occur, which no benign text was seen to do, the backticks inside become apostrophes.
    """
    if not value:
        return ""
    if in_table:
        value = re.sub(r"\\+(?=\|)", lambda slashes: slashes[0] + " ", value).replace("|", "\\|")
    inside = {len(run) for run in re.findall("`+", value)}
    if inside >= {1, 2}:
        value, inside = value.replace("`", "'"), set()
    fence = "``" if 1 in inside else "`"
    pad = " " if value[0] == "`" or value[-1] == "`" else ""
    return f"{fence}{pad}{value}{pad}{fence}"


def write_title(text: str) -> str:
    """*text* inside an HTML block, where Markdown is not read."""
    pieces = (f"<code>{html.escape(run.value)}</code>" if run.is_code else html.escape(run.value) for run in runs(text))
    return "".join(pieces)


def _url(url: str) -> str:
    return quote(url, safe=_IN_URL, errors="replace")
