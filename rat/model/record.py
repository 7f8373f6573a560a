"""The JSON that `rat refine` writes and others build on (DESIGN §2). Keys may be added; these stay."""

from dataclasses import dataclass, replace

from rat.model.dialogue import Dialogue, Rejection
from rat.model.evidence import Evidence, ImpactedFile
from rat.model.finding import Finding, Score
from rat.model.impact import ImpactedTicket, ImpactReport
from rat.model.proposal import Conflict, Proposal, Question
from rat.model.pull_request import PullRequest
from rat.model.refinement import CitationCount, Refinement, RunReport, Status, Usage
from rat.model.strict import Strict
from rat.model.ticket import Ticket, TicketRef, TicketType, TrackerKind


@dataclass(frozen=True, kw_only=True, slots=True)
class TicketRecord(Strict):
    """A ticket as RAT read it; *content_hash* and *updated_at* are what must not have changed when it is written to."""

    key: str
    title: str
    type: TicketType
    url: str
    tracker: TrackerKind
    state: str
    locked: bool
    labels: tuple[str, ...]
    author: str
    updated_at: str
    comment_count: int | None = None
    content_hash: str
    body: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RefinementRecord(Strict):
    """One refined ticket. *proposal* is null with no model; *head* is the commit that every citation was checked at."""

    ticket: TicketRecord
    mode: str
    status: Status
    score: Score | None
    intent: str
    evidence: tuple[Evidence, ...]
    impacted_files: tuple[ImpactedFile, ...]
    proposal: Proposal | None
    questions: tuple[Question, ...]
    conflicts: tuple[Conflict, ...]
    findings: tuple[Finding, ...]
    citations: CitationCount
    notes: tuple[str, ...]
    size: str = ""
    settled: tuple[str, ...] = ()
    rejection: Rejection | None = None
    usage: Usage
    model: str
    input_hash: str
    head: str

    @classmethod
    def of(cls, report: RunReport) -> "RefinementRecord":
        """The record of *report*; comments and exchanges stay behind."""
        work = report.refinement
        return cls(
            ticket=_ticket_record(work.ticket, work.type),
            mode=report.mode,
            status=report.status,
            score=work.score,
            intent=work.intent,
            evidence=work.evidence,
            impacted_files=work.impacted_files,
            proposal=work.proposal,
            questions=work.questions,
            conflicts=work.conflicts,
            findings=work.findings,
            citations=work.citations,
            notes=work.notes,
            size=work.size,
            settled=work.dialogue.closed,
            rejection=work.dialogue.rejection,
            usage=report.usage,
            model=report.model,
            input_hash=report.input_hash,
            head=report.head,
        )

    def report(self) -> RunReport:
        """The report that this is the record of."""
        work = Refinement(
            ticket=_ticket(self.ticket),
            type=self.ticket.type,
            intent=self.intent,
            evidence=self.evidence,
            impacted_files=self.impacted_files,
            conflicts=self.conflicts,
            questions=self.questions,
            proposal=self.proposal,
            findings=self.findings,
            citations=self.citations,
            score=self.score,
            notes=self.notes,
            size=self.size,
            dialogue=Dialogue(settled=self.settled, rejection=self.rejection),
        )
        return RunReport(
            refinement=work,
            status=self.status,
            mode=self.mode,
            head=self.head,
            usage=self.usage,
            model=self.model,
            input_hash=self.input_hash,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class ImpactRecord(Strict):
    """What a pull request touches, as `rat impact` writes it; *change* is the pull request as it was read."""

    pull_request: str
    tickets: tuple[ImpactedTicket, ...]
    proposals: tuple[RefinementRecord, ...]
    notes: tuple[str, ...]
    change: PullRequest
    head: str
    mode: str
    model: str

    @classmethod
    def of(cls, report: ImpactReport) -> "ImpactRecord":
        """The record of *report*."""
        return cls(
            pull_request=report.pull_request.key,
            tickets=report.tickets,
            proposals=tuple(RefinementRecord.of(proposal) for proposal in report.proposals),
            notes=report.notes,
            change=report.pull_request,
            head=report.head,
            mode=report.mode,
            model=report.model,
        )

    def report(self) -> ImpactReport:
        """The report that this is the record of."""
        return ImpactReport(
            pull_request=self.change,
            tickets=self.tickets,
            proposals=tuple(proposal.report() for proposal in self.proposals),
            notes=self.notes,
            head=self.head,
            mode=self.mode,
            model=self.model,
        )


def _ticket_record(ticket: Ticket, kind: TicketType) -> TicketRecord:
    return TicketRecord(
        key=ticket.key,
        title=ticket.title,
        type=kind,
        url=ticket.url,
        tracker=ticket.ref.tracker,
        state=ticket.state,
        locked=ticket.locked,
        labels=ticket.labels,
        author=ticket.author,
        updated_at=ticket.updated_at,
        comment_count=ticket.comment_count,
        content_hash=ticket.content_hash,
        body=ticket.body,
    )


def _ticket(record: TicketRecord) -> Ticket:
    ticket = Ticket(
        ref=TicketRef(tracker=record.tracker, key=record.key),
        title=record.title,
        body=record.body,
        state=record.state,
        locked=record.locked,
        labels=record.labels,
        author=record.author,
        url=record.url,
        updated_at=record.updated_at,
        comment_count=record.comment_count,
    )
    return ticket if ticket.content_hash == record.content_hash else replace(ticket, hash_as_read=record.content_hash)
