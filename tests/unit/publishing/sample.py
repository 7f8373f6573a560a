"""The report of a refinement in which every part is filled, and the site that its links lead to."""

from rat.model import (
    AcceptanceCriterion,
    Citation,
    CitationCount,
    Conflict,
    Evidence,
    EvidenceKind,
    Finding,
    ImpactedFile,
    Proposal,
    PullRequest,
    Question,
    Refinement,
    RunReport,
    Score,
    Severity,
    Statement,
    Status,
    Symbol,
    Task,
    Ticket,
    TicketType,
)
from rat.model.impact import ImpactedTicket, ImpactReport, MetCriterion, Relation
from rat.publishing.site import Site

HEAD = "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d"
SITE = Site(
    server_url="https://github.com",
    repository="acme/shop",
    run_url="https://github.com/acme/shop/actions/runs/7",
    jira_url="https://jira.example.org",
)

_CODE = Citation(source="code:shop/export.py#L10-L42")
_ADR = Citation(source="ADR-0003")

EVIDENCE = (
    Evidence(
        id="ADR-0003",
        kind=EvidenceKind.ADR,
        title="Exports are streamed, never buffered",
        path="docs/adr/0003-stream.md",
        status="accepted",
        reasons=("names `export_orders`",),
    ),
    Evidence(id="RFE-7", kind=EvidenceKind.RFE, title="Bigger exports", path="docs/rfe/7.md", status="proposed"),
    Evidence(id="code:shop/export.py#L10-L42", kind=EvidenceKind.CODE, title="export_orders", lines=(10, 42)),
    Evidence(id="commit:1a2b3c4", kind=EvidenceKind.COMMIT, title="close the cursor", reasons=("changed export.py",)),
    Evidence(id="acme/shop#9", kind=EvidenceKind.TICKET, title="Export slow for List<Order>", status="closed"),
)
PROPOSAL = Proposal(
    title="Stream the order export",
    problem="`export_orders` collects every `Order` before it writes.\n\nAbove 100,000 orders the request times out.",
    approach=(Statement(text="Write rows as they come.", citations=(_CODE, _ADR)), Statement(text="Keep the format.")),
    acceptance_criteria=(
        AcceptanceCriterion(text="1,000,000 orders end within 60 s.", citations=(Citation(source="ticket"),)),
        AcceptanceCriterion(text="A broken connection ends the query.", citations=(_CODE,)),
    ),
    tasks=(
        Task(title="Read orders by cursor"),
        Task(title="Write rows as they come", depends_on=("Read orders by cursor",)),
        Task(title="Time-out test", depends_on=("Write rows as they come",)),
    ),
    test_plan=(Statement(text="Export generated orders and watch the memory."),),
    risks=(Statement(text="Old clients may need the length."),),
    out_of_scope=("Other exports",),
    size="1 to 2 days",
)


def full_report(ticket: Ticket) -> RunReport:
    """A report on *ticket* with something in every field."""
    work = Refinement(
        ticket=ticket,
        type=TicketType.BUG,
        evidence=EVIDENCE,
        impacted_files=(
            ImpactedFile(
                path="shop/export.py",
                score=3,
                reasons=("named in the stack trace",),
                symbols=(Symbol(name="export_orders", line=10), Symbol(name="__init__", line=3)),
                tests=("tests/test_export.py",),
                owners=("@acme/data", "jo@acme.org"),
            ),
            ImpactedFile(path="shop/models/order.py", score=2, reasons=("defines `Order`",)),
        ),
        conflicts=(
            Conflict(
                adr="ADR-0003",
                quote="All exports are streamed.\nNone holds all rows.",
                reason="The ticket asks for a cache.",
                ticket_quote="keep all rows in memory",
            ),
        ),
        questions=(
            Question(text="How many orders?", why="It decides the design.", assumption="More than 100,000."),
            Question(text="Which browser?"),
        ),
        proposal=PROPOSAL,
        findings=(
            Finding(check="environment", severity=Severity.WARNING, message="The environment is not named."),
            Finding(check="steps", severity=Severity.BLOCKER, message="No steps to reproduce."),
        ),
        citations=CitationCount(cited=14, verified=14, dropped=2),
        score=Score(before=42, after=78),
        notes=("shallow clone: history is cut",),
    )
    return RunReport(
        refinement=work,
        status=Status.NEEDS_ANSWERS,
        mode="model",
        head=HEAD,
        model="gpt-5.5",
        input_hash="0123456789abcdef",
    )


def impact_report(proposal: RunReport) -> ImpactReport:
    """A pull request that names one ticket, shares a file with another, and brings one *proposal*."""
    pull = PullRequest(
        key="acme/shop#31",
        title="Stream exports",
        body="For #12.",
        branch="stream",
        base="main",
        head_sha=HEAD,
    )
    tickets = (
        ImpactedTicket(
            key="acme/shop#12",
            title="Export hangs",
            relation=Relation.NAMED,
            where="body",
            files=("shop/export.py",),
            criteria=(MetCriterion(text="A broken connection ends the query.", file="shop/export.py"),),
        ),
        ImpactedTicket(
            key="PAY-17", title="Orders as CSV", relation=Relation.OVERLAPS, files=("shop/export.py", "a.py")
        ),
    )
    return ImpactReport(pull_request=pull, tickets=tickets, proposals=(proposal,), notes=("a note",), head=HEAD)
