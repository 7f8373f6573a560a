"""Reads a document out of the Jira wiki text that `write_wiki` made of one."""

import re
from collections.abc import Iterator, Sequence

from rat.publishing.document import (
    Block,
    Bullets,
    Code,
    CodeBlock,
    Content,
    Emphasis,
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
)
from rat.publishing.inert import Run
from rat.publishing.leaves import only_text, segment, spellings
from rat.publishing.wiki import inline, write_leaf

_TOKEN = re.compile(
    r"""
    (?P<code> \{\{(?P<inside>[^{}]*)\}\} )
    | (?P<link> \[(?P<label>[^\[\]|]*)\|(?P<url>[^\[\]|]*)\] )
    | (?P<mark> [*_] )
    | (?P<words> [^{\[*_]+ )
    """,
    re.VERBOSE,
)
_FENCE = "{noformat}"
_LINE_START = re.compile(r"^(h[1-6]|bq)&#46;")
_MORE = re.compile(r"\* _([1-9]\d*) more left out_")


def read_wiki(text: str) -> tuple[Block, ...] | None:
    """The blocks that *text* was written from; None where a part of it is no block of ours.

    Folded parts come back as a heading and what stood in them, which is how they are written. Who calls writes the
    blocks again and compares.
    """
    blocks = [_block(chunk) for chunk in _chunks(text.removesuffix("\n")) if chunk]
    return None if None in blocks else tuple(block for block in blocks if block is not None)


def _chunks(text: str) -> Iterator[str]:
    """The blocks of *text* as written: an empty line ends one, but not inside code."""
    gathered: list[str] = []
    for chunk in text.split("\n\n"):
        gathered.append(chunk)
        whole = "\n\n".join(gathered)
        is_open = (whole + "\n").startswith(_FENCE + "\n") and (
            not whole.endswith("\n" + _FENCE) or whole == f"{_FENCE}\n{_FENCE}"
        )
        if not is_open:
            yield whole
            gathered = []
    if gathered:
        yield "\n\n".join(gathered)


def _block(chunk: str) -> Block | None:  # noqa: PLR0911 - one case a block
    first = chunk.split("\n", 1)[0]
    if first == _FENCE:
        return CodeBlock(chunk.removeprefix(_FENCE + "\n").removesuffix("\n" + _FENCE))
    if heading := re.fullmatch(r"h([1-6])\. ?(.*)", chunk):
        value = only_text(_line(heading[2]))
        return None if value is None else Heading(value, int(heading[1]))
    if first.startswith("||"):
        return _table(chunk.split("\n"))
    if first.startswith("bq. "):
        values = [only_text(_line(line.removeprefix("bq. "))) for line in chunk.split("\n")]
        return None if None in values else Quote("\n".join(value or "" for value in values))
    if re.match(r"[*#] ", first):
        return _list(chunk.split("\n"))
    if chunk == "----":
        return Rule()
    content = _line(chunk)
    return None if content is None else Paragraph(content)


def _list(lines: list[str]) -> Bullets | Tasks | None:
    ordered = lines[0].startswith("# ")
    boxed = not ordered and lines[0].startswith("* ☐ ")
    omitted = _MORE.fullmatch(lines[-1]) if boxed else None
    bullet = "* ☐ " if boxed else "# " if ordered else "* "
    items: list[Item] = []
    for line in lines[:-1] if omitted else lines:
        note = bullet[0] + "* "
        content = _line(line.removeprefix(note) if line.startswith(note) else line.removeprefix(bullet))
        if content is None or not line.startswith((note, bullet)) or (line.startswith(note) and not items):
            return None
        if line.startswith(note):
            items[-1] = Item(items[-1].content, (*items[-1].notes, content))
        else:
            items.append(Item(content))
    if boxed:
        return Tasks(tuple(items), int(omitted[1]) if omitted else 0)
    return Bullets(tuple(items), ordered=ordered)


def _table(lines: list[str]) -> Table | None:
    more = re.fullmatch(r"_([1-9]\d*) more left out_", lines[-1])
    header = [only_text(_line(cell.strip())) for cell in lines[0][2:-2].split("||")]
    rows = [
        tuple(_line(cell.strip()) for cell in re.findall(r"\|((?:\[[^\]]*\]|[^|\[])*)(?=\|)", line))
        for line in (lines[1:-1] if more else lines[1:])
    ]
    if None in header or any(None in row for row in rows):
        return None
    cells = tuple(tuple(cell for cell in row if cell is not None) for row in rows)
    return Table(tuple(title or "" for title in header), cells, int(more[1]) if more else 0)


def _line(line: str) -> Content | None:
    """The leaves of one line."""
    for source in dict.fromkeys((_LINE_START.sub(r"\1.", line), line)):
        content = segment(
            list(_TOKEN.finditer(source)),
            candidates=_candidates,
            fits=lambda leaf, stretch: write_leaf(leaf) == "".join(token[0] for token in stretch),
        )
        if content is not None and inline(content) == line:
            return content
    return None


def _candidates(stretch: Sequence[re.Match[str]]) -> Iterator[Inline]:
    first, size = stretch[0], len(stretch)
    if first["link"]:
        if size == 1:
            yield Link(_plain(first["label"]), first["url"])
            yield Link(_plain(first["label"]), first["url"], is_code=True)
        return
    if any(token["link"] for token in stretch):
        return
    if first["mark"] and size > 1 and stretch[-1][0] == first[0]:
        value = _plain("".join(token[0] for token in stretch[1:-1]))
        yield Strong(value) if first[0] == "*" else Emphasis(value)
    pieces = [Run(_plain(token["inside"] if token["code"] else token[0]), bool(token["code"])) for token in stretch]
    for text in spellings(_joined(pieces)):
        yield Text(text)
    if size == 1 and first["code"]:
        yield Code(pieces[0].value)


def _joined(pieces: Sequence[Run]) -> list[Run]:
    """*pieces* with neighbouring words joined: a `_` inside a word is a token of its own."""
    joined: list[Run] = []
    for piece in pieces:
        if joined and not piece.is_code and not joined[-1].is_code:
            joined[-1] = Run(joined[-1].value + piece.value, is_code=False)
        else:
            joined.append(piece)
    return joined


def _plain(text: str) -> str:
    """*text* without entities."""
    return re.sub(r"&#(\d+);", lambda found: chr(int(found[1])), text)
