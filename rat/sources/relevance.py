"""The few documents that matter for a ticket: ranked by shared words, cut where they stop saying anything."""

import re
from collections.abc import Sequence

from rat.model import Ticket
from rat.search.words import words
from rat.sources.document import Document, Section
from rat.sources.ranking import Hit, Index, bag

MAX_SHOWN = 5
MAX_PASSAGE = 3_000
MAX_QUERY = 20_000

ENOUGH_WORDS = 2
NEAR_THE_BEST = 0.45
MANY_WORDS = 8

_CODE_BLOCK = re.compile(r"(?ms)^[ \t]*(```|~~~).*?^[ \t]*\1[ \t]*$")


def query_of(ticket: Ticket) -> dict[str, float]:
    """The words of a ticket, those of the title counted twice."""
    return bag((words(ticket.title), 2.0), (words(ticket.body[:MAX_QUERY]), 1.0))


def few(hits: Sequence[Hit], *, most: int = MAX_SHOWN) -> list[Hit]:
    """The first of *hits*, while they share enough words and are near enough to the best."""
    if not hits:
        return []
    floor = hits[0].score * NEAR_THE_BEST
    return [hit for hit in hits[:most] if hit.score >= floor and len(hit.shared) >= ENOUGH_WORDS]


def bears_on(hit: Hit, title: str) -> bool:
    """Whether a text with this *title* is about the query: they share a word of the title, or very many others."""
    return len(hit.shared) >= MANY_WORDS or bool(set(words(title)) & set(hit.shared))


def original_words(stems: Sequence[str], text: str, *, most: int = 4) -> str:
    """The first *most* of *stems* as *text* writes them: "retry, payment, queue"."""
    written: dict[str, str] = {}
    for token in re.findall(r"[^\W_]+", text):
        for stemmed in words(token):
            written.setdefault(stemmed, token.lower())
    return ", ".join([written[stemmed] for stemmed in stems if stemmed in written][:most])


def window(document: Document, start: int, end: int, *, keep: int = 0) -> tuple[int, int]:
    """The lines *start* to *end* cut to MAX_PASSAGE characters, from the front or so that line *keep* stays inside."""
    first = last = keep or start
    size = len(document.lines[first - 1])
    for line in (*range(last + 1, end + 1), *range(first - 1, start - 1, -1)):
        size += len(document.lines[line - 1]) + 1
        if size > MAX_PASSAGE and (keep or line > last):
            break
        first, last = min(first, line), max(last, line)
    while last > first and not document.lines[last - 1].strip():
        last -= 1
    return first, last


def best_section(document: Document, index: Index, query: dict[str, float]) -> Section | None:
    """The section of *document* whose words weigh most for *query*; None where nothing is shared."""
    best, most = None, 0.0
    for section in document.sections():
        found = set(words(_CODE_BLOCK.sub("", document.below(section)[:MAX_PASSAGE])))
        weight = sum(index.weight(word) for word in found & set(query)) / (20 + len(found)) ** 0.5
        if weight > most:
            best, most = section, weight
    return best
