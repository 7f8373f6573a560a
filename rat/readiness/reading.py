"""A ticket's text as its reader sees it: sections, sentences, list items, code, pictures and links, each thing once."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rat.model.ticket import Ticket
from rat.readiness.boilerplate import without_boilerplate
from rat.readiness.lines import ITEM, Section, cut

MAX_READ = 100_000
"""Characters of a body that are read. GitHub stores 65,536, Jira 32,767: more can only come from a file."""

_SENTENCE_END = re.compile(
    r"(?<=[.!?])\s+|(?<=[\u3002\uff01\uff1f])|\n{2,}|\n(?=[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t])|:[ \t]*\n"
)
_IMAGE = re.compile(r"!\[[^\]\n]{0,300}\]\([^)\n]{0,2000}\)|<img\b[^>\n]{0,2000}>")
_LINK = re.compile(r"https?://[^\s)>\]\"']{1,2000}")
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,300}>")


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What a ticket says. *repeated* counts lines; *folded* (code in details) and *length* (body), characters."""

    title: str
    sections: tuple[Section, ...]
    sentences: tuple[str, ...]
    items: tuple[str, ...]
    code: tuple[str, ...]
    images: int
    links: tuple[str, ...]
    repeated: int
    folded: int
    length: int

    @property
    def prose(self) -> str:
        """The sentences, one a line."""
        return "\n".join(self.sentences)


def read(ticket: Ticket) -> Reading:
    """The ticket's own text and what its author added in comments."""
    author = ticket.author
    added = (one.body for one in ticket.comments if author and one.author == author and not one.is_bot)
    return read_text(ticket.title, "\n\n".join((ticket.body, *added)))


@lru_cache(maxsize=64)
def read_text(title: str, body: str) -> Reading:
    """*body* (Markdown) under *title*, in time linear in its length."""
    heading = " ".join(title.split())
    text = without_boilerplate(body[:MAX_READ].replace("\r\n", "\n").replace("\r", "\n"))
    body_cut = cut(text, title=heading)
    filled = [section for section in body_cut.sections if not section.empty]
    talk = [_TAG.sub(" ", _IMAGE.sub(" ", section.text)) for section in filled]
    return Reading(
        title=heading,
        sections=body_cut.sections,
        sentences=_once(part for said in talk for part in _SENTENCE_END.split(said)),
        items=_once(ITEM.sub("", line) for said in talk for line in said.split("\n") if ITEM.match(line)),
        code=tuple(block for section in filled for block in section.code),
        images=sum(len(_IMAGE.findall(section.text)) for section in filled),
        links=tuple(dict.fromkeys(link for section in filled for link in _LINK.findall(section.text))),
        repeated=body_cut.repeated,
        folded=body_cut.folded,
        length=len(body),
    )


def _once(parts: Iterable[str]) -> tuple[str, ...]:
    """The parts that say something, each once whatever its case and spacing."""
    seen: dict[str, str] = {}
    for part in parts:
        text = " ".join(part.split())
        if any(map(str.isalnum, text)):
            seen.setdefault(text.casefold(), text)
    return tuple(seen.values())
