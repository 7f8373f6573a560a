"""The questions in RAT's own comment: how those that were answered are shown, and how all of them are read back."""

import re
from collections.abc import Iterable, Iterator

from rat.model import Comment
from rat.ports import Dialect
from rat.publishing.clip import clip
from rat.publishing.document import Block, Bullets, Content, Folded, Heading, Item, Text
from rat.publishing.read import read

SETTLED_LIMIT = 20

_OPEN = re.compile(r"One question for you|\d+ questions for you")
_SETTLED = re.compile(r"\d+ questions? answered")


def settled(questions: tuple[str, ...]) -> tuple[Block, ...]:
    """The questions that people answered, folded: RAT's own memory of what it must not ask again."""
    if not questions:
        return ()
    kept = questions[-SETTLED_LIMIT:]
    title = f"{len(kept)} question{'s' if len(kept) != 1 else ''} answered"
    return (Folded(title, (Bullets(tuple(Item((Text(clip(question)),)) for question in kept)),)),)


def questions_in(comment: Comment, dialect: Dialect) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The questions that RAT's *comment* asks, and those that it lists as answered.

    Neither where a person edited it: then it is no longer RAT's word.
    """
    text = comment.raw or comment.body
    if dialect is Dialect.MARKDOWN:
        text = text.replace("\r\n", "\n").partition("\n")[2]
    document = read(text, dialect)
    if document is None:
        return (), ()
    listed = tuple(_lists(document.blocks))
    return _items(listed, _OPEN), _items(listed, _SETTLED)


def _lists(blocks: Iterable[Block]) -> Iterator[tuple[str, Bullets]]:
    """Each list with the title right before it, or the one of what it is folded under."""
    title = ""
    for block in blocks:
        match block:
            case Heading(value):
                title = value
            case Bullets():
                yield title, block
                title = ""
            case Folded(name, inner):
                yield from ((name, part) for part in inner if isinstance(part, Bullets))
                title = ""
            case _:
                title = ""


def _items(listed: tuple[tuple[str, Bullets], ...], title: re.Pattern[str]) -> tuple[str, ...]:
    return tuple(_said(item.content) for name, bullets in listed if title.fullmatch(name) for item in bullets.items)


def _said(content: Content) -> str:
    return "".join(leaf.label if hasattr(leaf, "label") else leaf.value for leaf in content)
