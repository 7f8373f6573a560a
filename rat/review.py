"""A run of `rat impact`: the tickets of one pull request, the criteria it seems to meet, the proposals with it."""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from rat import pipeline
from rat.connect import Connections
from rat.errors import NotATicket, TicketNotFound, TrackerError
from rat.impact import Naming, named_in, named_ticket, overlapping
from rat.model import (
    ChangedFile,
    ImpactedFile,
    PullRequest,
    Refinement,
    RunReport,
    Status,
    Ticket,
    TrackerKind,
)
from rat.model.impact import ImpactReport
from rat.ports import PullRequests
from rat.projects import seen_from
from rat.readiness.criteria import criteria_of
from rat.readiness.reading import read
from rat.redaction import redact_all
from rat.sources import code
from rat.sources.request_files import is_request
from rat.sources.tickets import open_tickets
from rat.trackers.markdown_ticket import read_markdown

log = logging.getLogger("rat")

MAX_REQUESTS = 5
"""Request files of one pull request that are refined; more is a migration, not a request."""

_TICKET_FILE = re.compile(r"(^|/)(tickets?|stories|backlog|requirements)/[^/]+\.(md|markdown)$", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Named:
    """A ticket that the pull request names, read."""

    ticket: Ticket
    where: str


def review(pull: PullRequest, connections: Connections, github: PullRequests, *, refining: bool) -> ImpactReport:
    """What *pull* means for the tickets; *refining* adds the proposals for what is not ready. Writes nothing."""
    namings = named_in(pull, repository=connections.repository, with_jira=bool(connections.access.jira_url))
    named, notes = _fetch(namings, connections)
    known = {one.ticket.key for one in named}
    library = connections.library(TrackerKind.GITHUB, connections.settings.project)
    others, note = open_tickets(library, repository=connections.repository)
    touched = [named_ticket(one.ticket, one.where, pull, _impacted(one.ticket, connections)) for one in named]
    touched += overlapping(
        pull,
        (ticket for ticket in others if ticket.key not in known),
        lambda ticket: _impacted(ticket, connections),
    )
    report = ImpactReport(
        pull_request=pull,
        tickets=tuple(touched),
        notes=(*notes, *([note] if note else []), *connections.checkout.notes()),
        head=pull.head_sha,
    )
    if refining:
        report = replace(report, proposals=tuple(_proposals(pull, named, connections, github)))
    return redact_all(_with_criteria(report, named, connections))


def _with_criteria(report: ImpactReport, named: list[Named], connections: Connections) -> ImpactReport:
    """*report* with the criteria that the change seems to meet; without a model as it is."""
    open_asker = connections.asker()
    if open_asker is None:
        return report
    from rat.agents.reviewer import with_met_criteria

    criteria = {one.ticket.key: criteria_of(read(one.ticket)) for one in named}
    for proposal in report.proposals:
        work = proposal.refinement
        if work.proposal and not criteria.get(work.ticket.key):
            criteria[work.ticket.key] = tuple(one.text for one in work.proposal.acceptance_criteria)
    tickets = with_met_criteria(report.tickets, criteria, report.pull_request, open_asker(report.pull_request.key))
    return replace(report, tickets=tickets, mode="model", model=connections.settings.model.name or "")


def _fetch(namings: tuple[Naming, ...], connections: Connections) -> tuple[list[Named], tuple[str, ...]]:
    """The named tickets that exist, and notes on those that could not be read.

    A number that is none, or is a pull request, is dropped without noise.
    """
    found, notes = [], []
    for naming in namings:
        try:
            found.append(Named(ticket=connections.fetch(naming.ref), where=naming.where))
        except (TicketNotFound, NotATicket):
            log.info("%s is named in the %s, but is no ticket.", naming.ref.key, naming.where)
        except TrackerError as error:
            notes.append(f"{naming.ref.key} could not be read: {error}")
    return found, tuple(notes)


def _impacted(ticket: Ticket, connections: Connections) -> tuple[ImpactedFile, ...]:
    library = connections.library(ticket.ref.tracker, connections.project_of(ticket))
    return code.gather(Refinement(ticket=ticket), library).impacted_files


def _proposals(
    pull: PullRequest, named: list[Named], connections: Connections, github: PullRequests
) -> Iterator[RunReport]:
    tickets = [one.ticket for one in named if one.ticket.state == "open"]
    open_asker = connections.asker()
    for ticket in [*tickets, *_requests(pull, connections, github)]:
        report = pipeline.refine(
            ticket,
            library=connections.library(ticket.ref.tracker, connections.project_of(ticket)),
            asker=open_asker(ticket.key) if open_asker else None,
            settings=seen_from(connections.settings, connections.project_of(ticket)),
        )
        if report.status is not Status.READY or ticket.ref.tracker is TrackerKind.FILE:
            yield report


def _requests(pull: PullRequest, connections: Connections, github: PullRequests) -> Iterator[Ticket]:
    """The RFE and ticket files that *pull* adds or changes, as tickets, read at its head."""
    count = 0
    for file in pull.files:
        if count == MAX_REQUESTS or file.status == "removed" or not _may_be_request(file):
            continue
        content = github.file_at(file.path, repository=connections.repository, commit=pull.head_sha)
        if content is None or not (
            _TICKET_FILE.search(file.path) or is_request(file.path, content, connections.settings.sources.rfes)
        ):
            continue
        count += 1
        yield read_markdown(content.decode("utf-8", "replace"), key=file.path, fallback_title=file.path)


def _may_be_request(file: ChangedFile) -> bool:
    return file.path.lower().endswith((".md", ".markdown"))
