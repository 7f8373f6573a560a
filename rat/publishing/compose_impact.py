"""Puts the impact of a pull request into a document: the tickets it touches, then the proposals that go with it."""

import hashlib
import json

from rat.decode import encode
from rat.model import RunReport
from rat.model.impact import ImpactedTicket, ImpactReport, Relation
from rat.publishing.clip import clip
from rat.publishing.compose import compose
from rat.publishing.document import (
    Block,
    Bullets,
    Code,
    Content,
    Document,
    Folded,
    Footer,
    Heading,
    Inline,
    Item,
    Paragraph,
    Rule,
    Section,
    Strong,
    Table,
    Text,
)
from rat.publishing.fit import plain
from rat.publishing.site import Site
from rat.publishing.small_print import origin

TICKET_LIMIT = 20
PROPOSAL_LIMIT = 10
FILE_LIMIT = 3


def compose_impact(report: ImpactReport, site: Site | None = None) -> Document:
    """What a reviewer reads: which tickets the change touches and how, which criteria it seems to meet, proposals."""
    site = site or Site()
    notes = tuple(Item((Text(clip(note, 400)),)) for note in report.notes)
    sections = (
        Section("verdict", _verdict(report), weight=100),
        Section("tickets", _tickets(report.tickets, site, report.head), weight=80),
        Section("criteria", _criteria(report.tickets, site, report.head), weight=60),
        *(
            Section(f"proposal for {_name(proposal)}", (_proposal(proposal, site),), weight=50 - place)
            for place, proposal in enumerate(report.proposals[:PROPOSAL_LIMIT])
        ),
        Section("notes", (Folded("What could not be read", (Bullets(notes),)),) if notes else (), weight=10),
        Section("footer", (Rule(), Footer(origin(site, head=report.head, model=report.model))), weight=100),
    )
    return Document(tuple(section for section in sections if section.blocks))


def impact_hash(report: ImpactReport) -> str:
    """SHA-256 (hex, 16 digits) over what the report says, without the commit and the cost: a rebase changes nothing."""
    proposals = [(_name(proposal), proposal.input_hash) for proposal in report.proposals]
    matter = [encode(ticket) for ticket in report.tickets], proposals, report.notes, report.mode, report.model
    return hashlib.sha256(json.dumps(matter, sort_keys=True).encode()).hexdigest()[:16]


def _verdict(report: ImpactReport) -> tuple[Block, ...]:
    named = sum(ticket.relation is Relation.NAMED for ticket in report.tickets)
    overlap = len(report.tickets) - named
    parts = [f"names {_count(named, 'ticket')}" if named else "", f"touches files of {overlap} more" if overlap else ""]
    said = " and ".join(part for part in parts if part) or "touches no open ticket"
    made = "No model was used: facts only." if report.mode != "model" else "Drafted by a model and checked by machine."
    return Heading(f"This change {said}", level=3), Paragraph((Text(made),))


def _tickets(tickets: tuple[ImpactedTicket, ...], site: Site, head: str) -> tuple[Block, ...]:
    if not tickets:
        return ()
    rows = tuple(_row(ticket, site, head) for ticket in tickets[:TICKET_LIMIT])
    return (Table(("Ticket", "Why", "Shared files"), rows, omitted=max(0, len(tickets) - TICKET_LIMIT)),)


def _row(ticket: ImpactedTicket, site: Site, head: str) -> tuple[Content, ...]:
    state = "" if ticket.state == "open" else f" ({clip(ticket.state, 40)})"
    named = f"named in the {clip(ticket.where, 80)}" if ticket.where else "named"
    why = named if ticket.relation is Relation.NAMED else "works on the same files"
    files: list[Inline] = []
    for path in ticket.files[:FILE_LIMIT]:
        files += [Text(", "), site.file(path, head=head)]
    more = len(ticket.files) - FILE_LIMIT
    files += [Text(f" and {more} more")] if more > 0 else []
    return (site.ticket(ticket.key), Text(f" {clip(ticket.title, 160)}{state}")), (Text(why),), tuple(files[1:])


def _criteria(tickets: tuple[ImpactedTicket, ...], site: Site, head: str) -> tuple[Block, ...]:
    items = tuple(
        Item((site.ticket(ticket.key), Text(f" {clip(met.text)} "), site.file(met.file, head=head)))
        for ticket in tickets
        for met in ticket.criteria
    )
    return (Heading("Criteria that the change seems to meet"), Bullets(items)) if items else ()


def _proposal(report: RunReport, site: Site) -> Folded:
    """A refinement folded into the comment, its own folded parts and small print left out."""
    work = report.refinement
    draft = compose(report, site)
    lead = Paragraph((Strong(clip(work.ticket.title, 160)), Text(" "), Code(_name(report))))
    blocks = tuple(block for block in plain(draft.blocks) if not isinstance(block, Footer | Rule))
    return Folded(f"Proposal for {_name(report)}", (lead, *blocks))


def _name(report: RunReport) -> str:
    return clip(report.refinement.ticket.key, 160)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
