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


def fit(document: Document, *, limit: int, write: Callable[[Document], str]) -> Document:
    """*document*, shortened until `len(write(document))` is at most *limit* code points.

    Items go from the end of the least important section; how many is said in their place. Raises ValueError where
    what may not be shortened is too long by itself.
    """
    for section in sorted(document.sections, key=lambda section: section.weight):
        if len(write(document)) <= limit:
            return document
        if section.weight < KEPT_WHOLE:
            document = _shorten(document, section, limit=limit, write=write)
    if len(write(document)) > limit:
        raise ValueError(f"{len(write(document))} code points cannot be brought below {limit} by leaving out sections")
    return document


def _shorten(document: Document, section: Section, *, limit: int, write: Callable[[Document], str]) -> Document:
    """*document* with as much of *section* as fits, found by halving; nothing of it if nothing does."""
    least, most = 0, _size(section.blocks)
    while least < most:
        middle = (least + most + 1) // 2
        if len(write(_with(document, _cut(section, middle)))) <= limit:
            least = middle
        else:
            most = middle - 1
    return _with(document, _cut(section, least))


def _with(document: Document, section: Section) -> Document:
    return Document(tuple(section if other.name == section.name else other for other in document.sections))


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
