"""Other tickets that bear on this one: those it links to, and those of its tracker that say the same."""

import dataclasses
import re
from collections.abc import Sequence

from rat.errors import TrackerError
from rat.model import Evidence, EvidenceKind, Refinement, Ticket, TrackerKind
from rat.model.readership import readable_beside
from rat.ports import TicketQuery
from rat.search.words import words
from rat.sources.library import Library
from rat.sources.ranking import Hit, Index, bag
from rat.sources.relevance import few, original_words

MOST = 3
MAX_TEXT = 2_000
MAX_OTHERS = 100
"""One page of a tracker: more would cost a second request."""

DUPLICATE_SHARE = 0.6
"""How much of the weight of both titles' words must be shared."""

_ERROR_LINE = re.compile(
    r"(?m)^\s*(?:[\w.]{0,80}(?:Error|Exception|Warning|Fault)\b[^\n]{10,200}|(?:error|fatal"
    r"|panic)\b[:\[][^\n]{10,200})$"
)


def gather(refinement: Refinement, library: Library) -> Refinement:
    """*refinement* with the tickets that it links to and those of its tracker that are like it, with what is shared."""
    linked = _linked(refinement.ticket)
    found, note = _others(refinement.ticket, library)
    others = readable_beside(refinement.ticket, found)
    known = {evidence.id for evidence in (*refinement.evidence, *linked)}
    alike = [evidence for evidence in similar(refinement, others) if evidence.id not in known]
    notes = (*refinement.notes, note) if note else refinement.notes
    return dataclasses.replace(refinement, evidence=(*refinement.evidence, *linked, *alike), notes=notes)


def _linked(ticket: Ticket) -> tuple[Evidence, ...]:
    unique = {link.key: link for link in reversed(ticket.links) if link.key and link.key != ticket.key}
    ordered = dict.fromkeys(link.key for link in ticket.links if link.key in unique)
    return tuple(
        Evidence(
            id=key,
            kind=EvidenceKind.TICKET,
            title=unique[key].title or key,
            url=unique[key].url,
            reasons=(f"linked: {unique[key].relation}",),
        )
        for key in ordered
    )


def open_tickets(library: Library, *, repository: str) -> tuple[tuple[Ticket, ...], str]:
    """The open issues of *repository*, read once a run, and why there are none where the tracker failed."""
    query = TicketQuery(repository=repository, limit=MAX_OTHERS, newest_first=True)
    return _found(query, TrackerKind.GITHUB, library)


def _others(ticket: Ticket, library: Library) -> tuple[tuple[Ticket, ...], str]:
    """The tickets beside *ticket*, open and closed, and why there are none where the tracker failed."""
    query = neighbours(ticket)
    return _found(query, ticket.ref.tracker, library) if query else ((), "")


def _found(query: TicketQuery, kind: TrackerKind, library: Library) -> tuple[tuple[Ticket, ...], str]:
    """What *query* finds, asked once a run."""
    tracker = library.tracker
    if tracker is None or tracker.kind is not kind:
        return (), ""

    def read() -> tuple[tuple[Ticket, ...], str]:
        try:
            return tracker.find(query), ""
        except TrackerError as problem:
            return (), f"similar tickets could not be looked for: {problem}"

    return library.once(("tickets beside", query), read)


def neighbours(ticket: Ticket) -> TicketQuery | None:
    """The query for the newest tickets of the same repository or Jira project; None for a ticket from a file.

    Closed ones too: what was asked for before, and how it ended, is worth as much as what is open.
    """
    if ticket.ref.tracker is TrackerKind.GITHUB:
        repository = ticket.key.partition("#")[0]
        return TicketQuery(repository=repository, state="all", limit=MAX_OTHERS, newest_first=True)
    project = re.match(r"([A-Z][A-Z0-9_]*)-\d+$", ticket.key)
    if ticket.ref.tracker is TrackerKind.JIRA and project:
        return TicketQuery(jql=f'project = "{project[1]}" ORDER BY updated DESC', state="all", limit=MAX_OTHERS)
    return None


def similar(refinement: Refinement, others: Sequence[Ticket]) -> list[Evidence]:
    """The few of *others* that read like the ticket, best first, each with what it shares."""
    ticket = refinement.ticket
    candidates = [other for other in others if other.key != ticket.key]
    index = Index(_words(other) for other in candidates)
    hits = few(index.rank(_words(ticket)), most=MOST)
    return [_evidence(refinement, candidates[hit.at], hit, index) for hit in hits]


def _words(ticket: Ticket) -> dict[str, float]:
    return bag((words(ticket.title), 3.0), (words(ticket.body[:20_000]), 1.0))


def _evidence(refinement: Refinement, other: Ticket, hit: Hit, index: Index) -> Evidence:
    ticket = refinement.ticket
    shared = f"shares: {original_words(hit.shared, f'{ticket.title} {ticket.body}')}"
    files = [file.path for file in refinement.impacted_files if _names(other, file.path)]
    named = (f"names {', '.join(files[:3])}, which this ticket impacts",) if files else ()
    doubled = duplicate(ticket, other, index)
    return Evidence(
        id=other.key,
        kind=EvidenceKind.TICKET,
        title=other.title,
        text=other.body[:MAX_TEXT],
        url=other.url,
        status=other.state,
        reasons=(*((f"possible duplicate: {doubled}",) if doubled else ()), shared, *named),
    )


def _names(ticket: Ticket, path: str) -> bool:
    return path in ticket.body or path in ticket.title


def duplicate(ticket: Ticket, other: Ticket, index: Index) -> str:
    """What says that the two ask for the same, "" where nothing does: the same error line, or nearly the same title."""
    errors = set(map(str.strip, _ERROR_LINE.findall(other.body)))
    same = next((line.strip() for line in _ERROR_LINE.findall(ticket.body) if line.strip() in errors), "")
    if same:
        return f"the same error line “{same[:120]}”"
    mine, its = set(words(ticket.title)), set(words(other.title))
    weight = sum(index.weight(word) for word in mine | its)
    both = sum(index.weight(word) for word in mine & its)
    if len(mine & its) >= 3 and weight and both / weight >= DUPLICATE_SHARE:  # noqa: PLR2004
        return f"nearly the same title “{other.title[:120]}”"
    return ""
