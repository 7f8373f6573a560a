"""The small typed document that every text RAT sends is made of; its leaves are only ever data, never markup."""

from dataclasses import dataclass
from enum import StrEnum

from rat.publishing.inert import Run, one_line, runs


@dataclass(frozen=True, slots=True)
class Text:
    """Words of anybody, in which at most `code spans` are recognised."""

    value: str


@dataclass(frozen=True, slots=True)
class Code:
    """Words shown letter by letter: a path, a symbol, a key."""

    value: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that stand out."""

    value: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Words with a slight stress."""

    value: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link that RAT made; *url* comes from `Site` alone, never from a ticket, a file or a model.

    The *label* is shown letter by letter when *is_code*; one with nothing to see in it becomes "link".
    """

    label: str
    url: str
    is_code: bool = False

    @property
    def runs(self) -> tuple[Run, ...]:
        """The label as it is shown."""
        shown = one_line(self.label) or "link"
        return (Run(shown, is_code=True),) if self.is_code else runs(shown)


Inline = Text | Code | Strong | Emphasis | Link
Content = tuple[Inline, ...]


def joined(content: Content) -> Content:
    """*content* with neighbours of one kind joined: `#` and `12` apart would be read as one word by a platform.

    A leaf with nothing to see in it is left out, so that nothing but its neighbours' spaces decides about theirs.
    """
    leaves: list[Inline] = []
    for leaf in content:
        if leaf == Text("") or (isinstance(leaf, Code | Strong | Emphasis) and not one_line(leaf.value)):
            continue
        last = leaves[-1] if leaves else None
        if isinstance(leaf, Text) and isinstance(last, Text):
            leaves[-1] = Text(last.value + leaf.value)
        elif isinstance(leaf, Strong) and isinstance(last, Strong):
            leaves[-1] = Strong(last.value + leaf.value)
        elif isinstance(leaf, Emphasis) and isinstance(last, Emphasis):
            leaves[-1] = Emphasis(last.value + leaf.value)
        else:
            leaves.append(leaf)
    return tuple(leaves)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 6."""

    value: str
    level: int = 4


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph."""

    content: Content


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list; *notes* are shown below it, indented."""

    content: Content
    notes: tuple[Content, ...] = ()


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, numbered when *ordered*. *omitted* says how many more items there were."""

    items: tuple[Item, ...]
    ordered: bool = False
    omitted: int = 0


@dataclass(frozen=True, slots=True)
class Tasks:
    """A list of things to tick off."""

    items: tuple[Item, ...]
    omitted: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table; each row has as many cells as *header*. *omitted* says how many more rows there were."""

    header: tuple[str, ...]
    rows: tuple[tuple[Content, ...], ...]
    omitted: int = 0


class Language(StrEnum):
    """What a code block may be marked as; `suggestion` and the like are not among them."""

    TEXT = "text"
    DIFF = "diff"


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Lines shown letter by letter."""

    value: str
    language: Language = Language.TEXT


@dataclass(frozen=True, slots=True)
class Graph:
    """Boxes and arrows: *edges* are pairs of positions in *nodes*, from what comes first to what waits for it."""

    nodes: tuple[str, ...]
    edges: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's words, set apart."""

    value: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across."""


@dataclass(frozen=True, slots=True)
class Footer:
    """Small print: what differs from run to run, left out of the content hash."""

    content: Content


Plain = Heading | Paragraph | Bullets | Tasks | Table | CodeBlock | Graph | Quote | Rule | Footer


@dataclass(frozen=True, slots=True)
class Folded:
    """A part that is shown on a click; it holds no other folded part, since Jira knows none."""

    title: str
    blocks: tuple[Plain, ...]


Block = Plain | Folded


@dataclass(frozen=True, slots=True)
class Section:
    """What belongs together. When a document is too long, sections of the lowest *weight* are shortened first."""

    name: str
    blocks: tuple[Block, ...]
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """Everything that one comment says."""

    sections: tuple[Section, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All blocks in reading order."""
        return tuple(block for section in self.sections for block in section.blocks)
