"""Shortens a document by whole items and sections, the least important first, until its text fits."""

from collections.abc import Callable
from dataclasses import replace
from typing import assert_never

from rat.publishing.document import (
    Block,
    Bullets,
    CodeBlock,
    Document,
    Emphasis,
    Folded,
    Footer,
    Graph,
    Heading,
    Paragraph,
    Plain,
    Quote,
    Rule,
    Section,
    Table,
    Tasks,
)

KEPT_WHOLE = 100
"""Sections of this weight are never shortened."""

GAP = "\n\n"
"""What stands between two sections."""


def fit(document: Document, *, limit: int, write: Callable[[Document], str]) -> Document:
    """*document*, shortened until `len(write(document))` is at most *limit* code points.

    Items go from the end of the least important section; how many is said in their place. Sections are measured one
    by one, each with what a document adds to it, so the whole is never longer than their sum. Raises ValueError where
    what may not be shortened is too long by itself.
    """
    if len(write(document)) <= limit:
        return document

    def measure(section: Section) -> int:
        return len(write(Document((section,)))) + len(GAP)

    kept = [(section, measure(section)) for section in document.sections]
    for place, section in sorted(enumerate(document.sections), key=lambda numbered: numbered[1].weight):
        total = sum(size for _, size in kept)
        if total <= limit or section.weight >= KEPT_WHOLE:
            continue
        room = limit - (total - kept[place][1])
        shorter = _fitting(section, room, measure)
        kept[place] = (shorter, measure(shorter))
    if (total := sum(size for _, size in kept)) > limit:
        raise ValueError(f"{total} code points cannot be brought below {limit} by leaving out sections")
    return Document(tuple(section for section, _ in kept))


def _fitting(section: Section, room: int, measure: Callable[[Section], int]) -> Section:
    """As much of *section* as fits into *room*, found by halving; nothing of it if nothing does."""
    least, most = 0, _size(section.blocks)
    while least < most:
        middle = (least + most + 1) // 2
        if measure(_cut(section, middle)) <= room:
            least = middle
        else:
            most = middle - 1
    return _cut(section, least)


def _cut(section: Section, size: int) -> Section:
    left_out = Paragraph((Emphasis(f"{section.name.capitalize()}: left out for length"),))
    return replace(section, blocks=_first(section.blocks, size) or (left_out,))


def _first(blocks: tuple[Block, ...], size: int) -> tuple[Block, ...]:
    """The first *size* items of *blocks*; a heading that would stand alone goes with what it announced."""
    kept: list[Block] = []
    for position, block in enumerate(blocks):
        if size <= 0:
            lost = sum(not isinstance(rest, Heading) for rest in blocks[position:])
            kept = kept[:-1] if kept and isinstance(kept[-1], Heading) else kept
            return (*kept, Paragraph((Emphasis(f"{lost} more left out"),))) if kept and lost else tuple(kept)
        kept.append(_shortened(block, size))
        size -= _size((block,))
    return tuple(kept)


def _shortened(block: Block, size: int) -> Block:
    match block:
        case Bullets(items) | Tasks(items):
            return replace(block, items=items[:size], omitted=block.omitted + max(0, len(items) - size))
        case Table(_, rows):
            return replace(block, rows=rows[:size], omitted=block.omitted + max(0, len(rows) - size))
        case Folded(_, blocks):
            return replace(block, blocks=plain(_first(blocks, size)))
        case _:
            return block


def _size(blocks: tuple[Block, ...]) -> int:
    return sum(_block_size(block) for block in blocks)


def _block_size(block: Block) -> int:
    match block:
        case Bullets(items) | Tasks(items):
            return max(1, len(items))
        case Table(_, rows):
            return max(1, len(rows))
        case Folded(_, blocks):
            return max(1, _size(blocks))
        case Heading():
            return 0
        case Paragraph() | CodeBlock() | Graph() | Quote() | Rule() | Footer():
            return 1
        case _:
            assert_never(block)


def plain(blocks: tuple[Block, ...]) -> tuple[Plain, ...]:
    """*blocks* without the folded ones."""
    return tuple(block for block in blocks if not isinstance(block, Folded))
