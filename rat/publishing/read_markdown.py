"""Reads a document out of the Markdown that `write_markdown` made of one."""

import html
import re
from collections.abc import Iterator, Sequence

from rat.publishing.document import (
    Block,
    Bullets,
    Code,
    CodeBlock,
    Content,
    Emphasis,
    Folded,
    Footer,
    Graph,
    Heading,
    Inline,
    Item,
    Language,
    Link,
    Paragraph,
    Plain,
    Quote,
    Rule,
    Strong,
    Table,
    Tasks,
    Text,
)
from rat.publishing.inert import Run
from rat.publishing.leaves import only_text, segment, spellings
from rat.publishing.markdown import inline, write_leaf, write_title

_TOKEN = re.compile(
    r"""
    (?P<code> (?<!`)(?P<fence>`{1,2})(?!`)(?P<inside>.+?)(?<!`)(?P=fence)(?!`) )
    | (?P<link> \[
        (?P<label>(?:\\.|(?<!`)`(?!`).+?(?<!`)`(?!`)|(?<!`)``(?!`).+?(?<!`)``(?!`)|[^\]\\`])*)
      \]\((?P<url>[^()\s]*)\) )
    | (?P<star> \* )
    | (?P<words> (?:\\.|[^\\`*\[])+ )
    """,
    re.VERBOSE,
)
_FENCE = re.compile(r"(?P<margin> |>  )(?P<fence>`{3,})(?P<language>[a-z]+)")
_MORE = re.compile(r"- \*([1-9]\d*) more left out\*")
_LINE_START = re.compile(r"^(?:\\([#>+=-])|(\d{1,9})\\([.)]))")


def read_markdown(text: str) -> tuple[Block, ...] | None:
    """The blocks that *text* was written from; None where a part of it is no block of ours.

    Who calls writes them again and compares: this reads what looks like a block and proves nothing.
    """
    blocks: list[Block] = []
    chunks = text.removesuffix("\n").split("\n\n")
    while chunks:
        chunk = chunks.pop(0)
        block: Block | None
        if chunk.startswith("<details>\n<summary>"):
            if "</details>" not in chunks:
                return None
            end = chunks.index("</details>")
            block = _folded(chunk, chunks[:end])
            del chunks[: end + 1]
        else:
            block = _block(chunk)
        if block is None:
            return None
        blocks.append(block)
    return tuple(blocks)


def read_line(line: str, *, in_table: bool = False) -> Content | None:
    """The leaves of one line of Markdown."""
    for source in dict.fromkeys((_LINE_START.sub(lambda found: found[1] or found[2] + found[3], line), line)):
        tokens = list(_tokens(source))
        content = segment(
            tokens,
            candidates=lambda stretch: _candidates(stretch, in_table=in_table),
            fits=lambda leaf, stretch: write_leaf(leaf, in_table=in_table) == "".join(one[0] for one in stretch),
        )
        if content is not None and inline(content, in_table=in_table) == line:
            return content
    return None


def _folded(opening: str, chunks: list[str]) -> Folded | None:
    found = re.fullmatch(r"<details>\n<summary>(.*)</summary>", opening)
    blocks = [_block(chunk) for chunk in chunks]
    if found is None or None in blocks:
        return None
    pieces = [
        Run(html.unescape(code or words), bool(code))
        for code, words in re.findall(r"<code>(.*?)</code>|([^<]+)", found[1])
    ]
    title = next((text for text in spellings(pieces) if write_title(text) == found[1]), None)
    return None if title is None else Folded(title, tuple(block for block in blocks if block is not None))


def _block(chunk: str) -> Plain | None:
    """One block that is not folded."""
    first = chunk.split("\n", 1)[0]
    if _FENCE.fullmatch(first):
        return _code_block(chunk)
    if first.startswith("| "):
        return _table(chunk.split("\n"))
    if first.startswith(">"):
        return _quote(chunk.split("\n"))
    if re.match(r"(?:-|\d+\.) ", first):
        return _list(chunk.split("\n"))
    if chunk == "---":
        return Rule()
    return _single(chunk)


def _single(line: str) -> Plain | None:
    """A block of one line of words."""
    if heading := re.fullmatch(r"(#{1,6}) (.*)", line):
        content = read_line(heading[2])
        value = only_text(content)
        return None if value is None else Heading(value, len(heading[1]))
    if footer := re.fullmatch(r"<sub>(.*)</sub>", line):
        content = read_line(footer[1])
        return None if content is None else Footer(content)
    content = read_line(line)
    return None if content is None else Paragraph(content)


def _code_block(chunk: str) -> Plain | None:
    lines = chunk.split("\n")
    found = _FENCE.fullmatch(lines[0])
    if found is None or any(not line.startswith(found["margin"]) for line in lines):
        return None
    value = "\n".join(line.removeprefix(found["margin"]) for line in lines[1:-1])
    if found["language"] == "mermaid":
        return _graph(value.split("\n"))
    return CodeBlock(value, Language(found["language"])) if found["language"] in set(Language) else None


def _graph(lines: list[str]) -> Graph:
    nodes = tuple(found[1] for line in lines if (found := re.fullmatch(r'  t\d+\["\d+\. (.*)"\]', line)))
    edges = [found for line in lines if (found := re.fullmatch(r"  t(\d+) --> t(\d+)", line))]
    return Graph(nodes, tuple((int(edge[1]) - 1, int(edge[2]) - 1) for edge in edges))


def _quote(lines: list[str]) -> Quote | None:
    values = [only_text(read_line(line.removeprefix(">").removeprefix(" "))) for line in lines]
    return None if None in values else Quote("\n".join(value or "" for value in values))


def _list(lines: list[str]) -> Bullets | Tasks | None:
    omitted = _MORE.fullmatch(lines[-1]) if not lines[-1].startswith(" ") else None
    count = int(omitted[1]) if omitted else 0
    lines = lines[:-1] if omitted else lines
    ordered = bool(lines and lines[0][:1].isdecimal())
    boxed = bool(lines) and all(line.startswith(("- [ ] ", " ")) for line in lines)
    items: list[Item] = []
    for line in lines:
        note = re.fullmatch(r" +- (.*)", line)
        bullet = re.fullmatch(r"- \[ \] (.*)" if boxed else r"\d+\. (.*)" if ordered else r"- (.*)", line)
        content = read_line((note or bullet or [line, line])[1])
        if content is None or not (bullet or (note and items)):
            return None
        items = [*items[:-1], Item(items[-1].content, (*items[-1].notes, content))] if note else [*items, Item(content)]
    return Tasks(tuple(items), count) if boxed else Bullets(tuple(items), ordered=ordered, omitted=count)


def _table(lines: list[str]) -> Table | None:
    rows = [line[2:-2].split(" | ") for line in lines]
    header = [only_text(read_line(cell, in_table=True)) for cell in rows[0]]
    cells = [tuple(read_line(cell, in_table=True) for cell in row) for row in rows[2:]]
    if None in header or any(cell is None for row in cells for cell in row):
        return None
    return Table(
        tuple(title or "" for title in header), tuple(tuple(cell for cell in row if cell is not None) for row in cells)
    )


def _tokens(line: str) -> Iterator[re.Match[str]]:
    """The tokens of *line*; what is none of ours stays a token of its own and is refused by the comparison."""
    return _TOKEN.finditer(line)


def _candidates(stretch: Sequence[re.Match[str]], *, in_table: bool) -> Iterator[Inline]:
    first, size = stretch[0], len(stretch)
    if first["link"]:
        if size == 1:
            yield from _links(first, in_table=in_table)
        return
    if any(token["link"] for token in stretch):
        return
    if first["star"]:
        yield from _marked(stretch, in_table=in_table)
        return
    if any(token["star"] for token in stretch):
        return
    for text in spellings(_runs(stretch, in_table=in_table)):
        yield Text(text)
    if size == 1 and first["code"]:
        yield Code(_inside(first, in_table=in_table))


def _marked(stretch: Sequence[re.Match[str]], *, in_table: bool) -> Iterator[Inline]:
    stars = [bool(token["star"]) for token in stretch]
    if len(stars) >= 5 and stars == [True, True, *[False] * (len(stars) - 4), True, True]:  # noqa: PLR2004 - **x**
        for text in spellings(_runs(stretch[2:-2], in_table=in_table)):
            yield Strong(text)
    if len(stars) >= 3 and stars == [True, *[False] * (len(stars) - 2), True]:  # noqa: PLR2004 - *x*
        for text in spellings(_runs(stretch[1:-1], in_table=in_table)):
            yield Emphasis(text)


def _links(token: re.Match[str], *, in_table: bool) -> Iterator[Inline]:
    inside = list(_tokens(token["label"]))
    if len(inside) == 1 and inside[0]["code"]:
        yield Link(_inside(inside[0], in_table=in_table), token["url"], is_code=True)
    for text in spellings(_runs(inside, in_table=in_table)):
        yield Link(text, token["url"])


def _runs(tokens: Sequence[re.Match[str]], *, in_table: bool) -> list[Run]:
    return [
        Run(_inside(token, in_table=in_table), is_code=True) if token["code"] else Run(_plain(token[0]), is_code=False)
        for token in tokens
    ]


def _inside(token: re.Match[str], *, in_table: bool) -> str:
    value = token["inside"].strip()
    return value.replace("\\|", "|") if in_table else value


def _plain(words: str) -> str:
    """*words* without their escapes."""
    return re.sub(r"\\(.)|(&(?:amp|lt|#96|#124);)", lambda found: found[1] or html.unescape(found[2]), words)
