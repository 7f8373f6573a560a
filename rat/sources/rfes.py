"""The requests for enhancement that matter for a ticket: documents of the checkout, tickets of a query."""

import dataclasses

from rat.errors import TrackerError
from rat.model import Evidence, EvidenceKind, Refinement, Ticket, TrackerKind
from rat.model.readership import readable_beside
from rat.model.settings import Tickets
from rat.ports import TicketQuery
from rat.search.words import words
from rat.sources.adrs import decisions_of, noted
from rat.sources.document import Document, read_document
from rat.sources.library import Library
from rat.sources.ranking import Index, bag
from rat.sources.relevance import bears_on, few, original_words, query_of, window
from rat.sources.request import SUMMARY, Request
from rat.sources.request_files import RequestList, read_requests

MOST = 3
MAX_INDEXED = 6_000
"""Characters of a request that are searched: title, summary and motivation come first in every format."""


def gather(refinement: Refinement, library: Library) -> Refinement:
    """*refinement* with the few requests that matter for its ticket, best first."""
    requests = requests_of(library)
    index = library.once("index of requests", lambda: Index(_words(request, library) for request in requests.requests))
    tickets, note = library.once("request tickets", lambda: _request_tickets(library))
    query = query_of(refinement.ticket)
    text = f"{refinement.ticket.title}\n{refinement.ticket.body}"
    found = []
    for hit in few(index.rank(query), most=MOST):
        request = requests.requests[hit.at]
        if request.path != refinement.ticket.key and bears_on(hit, request.title):
            found.append(_evidence(request, f"shares: {original_words(hit.shared, text)}", library))
    found += _from_tickets(refinement, readable_beside(refinement.ticket, tickets))
    notes = (*refinement.notes, *noted(requests.problems), *((note,) if note else ()))
    return dataclasses.replace(refinement, evidence=(*refinement.evidence, *found), notes=notes)


def requests_of(library: Library) -> RequestList:
    """The requests of the library's checkout, read once."""
    decisions = frozenset(decision.path for decision in decisions_of(library).decisions)
    return library.once("requests", lambda: read_requests(library.checkout, library.sources.rfes, decisions=decisions))


def _words(request: Request, library: Library) -> dict[str, float]:
    document = _document(request, library)
    text = document.passage(document.front.lines + 1, len(document.lines)) if document else ""
    return bag((words(request.title), 4.0), (words(request.slug), 1.0), (words(text[:MAX_INDEXED]), 1.0))


def _document(request: Request, library: Library) -> Document | None:
    return read_document(request.path, library.checkout.read(request.path) or b"")[0]


def _evidence(request: Request, reason: str, library: Library) -> Evidence:
    document = _document(request, library)
    lines = None
    if document:
        section = document.section(SUMMARY)
        start, end = (section.start, section.end) if section else (document.front.lines + 1, len(document.lines))
        lines = window(document, start, end)
    return Evidence(
        id=request.id,
        kind=EvidenceKind.RFE,
        title=request.title,
        text=document.passage(*lines) if document and lines else "",
        path=request.path,
        lines=lines,
        status=request.status,
        reasons=(reason,),
    )


def _request_tickets(library: Library) -> tuple[tuple[Ticket, ...], str]:
    """The tickets of the configured query, and why there are none where the tracker is another or did not answer."""
    query = _query(library.sources.rfe_tickets)
    if query is None or library.tracker is None:
        return (), ""
    wanted = TrackerKind.JIRA if query.jql else TrackerKind.GITHUB
    if library.tracker.kind is not wanted:
        return (), f"request tickets are in {wanted.value}, which this run is not connected to"
    try:
        return library.tracker.find(query), ""
    except TrackerError as problem:
        return (), f"request tickets could not be read: {problem}"


def _query(configured: Tickets | dict[str, str] | None) -> TicketQuery | None:
    if isinstance(configured, dict):
        jql, label = configured.get("jira", ""), configured.get("github", "")
    else:
        jql = configured.jira.jql if configured and configured.jira else ""
        label = configured.github.label if configured and configured.github else ""
    return TicketQuery(jql=jql) if jql else TicketQuery(label=label) if label else None


def _from_tickets(refinement: Refinement, tickets: tuple[Ticket, ...]) -> list[Evidence]:
    others = [ticket for ticket in tickets if ticket.key != refinement.ticket.key]
    index = Index(bag((words(ticket.title), 4.0), (words(ticket.body[:MAX_INDEXED]), 1.0)) for ticket in others)
    hits = few(index.rank(query_of(refinement.ticket)), most=MOST)
    text = f"{refinement.ticket.title}\n{refinement.ticket.body}"
    return [_ticket_evidence(others[hit.at], f"shares: {original_words(hit.shared, text)}") for hit in hits]


def _ticket_evidence(ticket: Ticket, reason: str) -> Evidence:
    return Evidence(
        id=ticket.key,
        kind=EvidenceKind.RFE,
        title=ticket.title,
        text=ticket.body[:3_000],
        url=ticket.url,
        status=ticket.state,
        reasons=(reason,),
    )
