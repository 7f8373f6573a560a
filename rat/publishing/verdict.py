"""The top of the comment: where the ticket stands, what only a person can answer, what stands against it."""

from rat.model import Conflict, Evidence, Finding, Question, RunReport, Severity, Status, TicketType
from rat.publishing.clip import clip
from rat.publishing.document import (
    Block,
    Bullets,
    Content,
    Emphasis,
    Heading,
    Inline,
    Item,
    Paragraph,
    Plain,
    Quote,
    Strong,
    Text,
)
from rat.publishing.references import evidence_link
from rat.publishing.site import Site

QUESTION_LIMIT = 3
FINDING_LIMIT = 8
READY_SIGN, WAITING_SIGN = "🟢", "🟡"
REASON_LIMIT = 300

_SEVERITY = {Severity.BLOCKER: "🔴", Severity.WARNING: "🟡", Severity.NOTE: "⚪"}


def verdict(report: RunReport) -> tuple[Block, ...]:
    """The one-line verdict, and a line that says what was checked and how it was made."""
    lines: list[Block] = [Heading(f"{_stand(report)}{_score(report)}", level=3), Paragraph((Text(_made(report)),))]
    if report.status is Status.SKIPPED:
        lines += [Paragraph((Text(clip(finding.message)),)) for finding in report.refinement.findings[:1]]
    return tuple(lines)


def rejected(report: RunReport) -> tuple[Block, ...]:
    """That the proposal before this one was rejected, by whom and why."""
    rejection = report.refinement.dialogue.rejection
    if rejection is None:
        return ()
    why = f": {clip(rejection.why, REASON_LIMIT)}" if rejection.why else "."
    return (Paragraph((Text(f"The proposal before this one was rejected by {rejection.by or 'a person'}{why}"),)),)


def questions(report: RunReport) -> tuple[Block, ...]:
    """At most three questions, each with why it matters and what will be assumed until it is answered."""
    asked = report.refinement.questions
    if not asked:
        return ()
    items = tuple(_question(question) for question in asked[:QUESTION_LIMIT])
    title = "One question for you" if len(items) == 1 else f"{len(items)} questions for you"
    return (Heading(title), Bullets(items, ordered=True, omitted=max(0, len(asked) - QUESTION_LIMIT)))


def conflicts(report: RunReport, site: Site) -> tuple[Block, ...]:
    """The decisions that the ticket goes against, the clause quoted."""
    work = report.refinement
    if not work.conflicts:
        return ()
    known = {piece.id: piece for piece in work.evidence}
    blocks = [part for conflict in work.conflicts for part in _conflict(conflict, known, site, head=report.head)]
    return (Heading("Goes against a decision"), *blocks)


def missing(report: RunReport) -> tuple[Block, ...]:
    """What the checks found wanting, the heaviest first."""
    if report.status is Status.SKIPPED:
        return ()
    order = list(_SEVERITY)
    findings = sorted(report.refinement.findings, key=lambda finding: order.index(finding.severity))
    if not findings:
        return ()
    items = tuple(_finding(finding) for finding in findings[:FINDING_LIMIT])
    return (Heading("What is missing"), Bullets(items, omitted=max(0, len(findings) - FINDING_LIMIT)))


def _stand(report: RunReport) -> str:
    count = min(len(report.refinement.questions), QUESTION_LIMIT)
    match report.status:
        case Status.READY:
            return f"{READY_SIGN} {'Answered' if report.refinement.type is TicketType.QUESTION else 'Ready to start'}"
        case Status.NEEDS_ANSWERS:
            return (
                f"{WAITING_SIGN} Needs {count} answer{'s' if count != 1 else ''}"
                if count
                else f"{WAITING_SIGN} Needs answers"
            )
        case Status.BLOCKED:
            return "🔴 Not ready"
        case Status.SKIPPED:
            return "⚪ Not refined"


def _score(report: RunReport) -> str:
    score = report.refinement.score
    if score is None:
        return ""
    if report.refinement.proposal is None or score.before == score.after:
        return f" · readiness {score.before} of 100"
    return f" · readiness {score.before} → {score.after}"


def _made(report: RunReport) -> str:
    count = report.refinement.citations
    counted = f"{count.cited} cited, {count.verified} verified, {count.dropped} dropped"
    if report.mode != "model":
        return "No model was used: facts only." + (f" {counted}." if count.cited else "")
    return f"{counted}. Drafted by a model and checked by machine: a person decides."


def _question(question: Question) -> Item:
    notes: list[Content] = []
    if question.why:
        notes.append((Emphasis("Why:"), Text(" " + clip(question.why))))
    if question.assumption:
        notes.append((Emphasis("Until answered:"), Text(" " + clip(question.assumption))))
    return Item((Strong(clip(question.text)),), tuple(notes))


def _conflict(conflict: Conflict, known: dict[str, Evidence], site: Site, *, head: str) -> tuple[Plain, ...]:
    name: tuple[Inline, ...] = evidence_link(conflict.adr, known.get(conflict.adr), site, head=head)
    decision = known.get(conflict.adr)
    if decision is not None:
        status = f" ({decision.status})" if decision.status else ""
        name = (*name, Text(f" {clip(decision.title)}{status}"))
    against = (Text(f" The ticket says “{clip(conflict.ticket_quote)}”."),) if conflict.ticket_quote else ()
    return Paragraph(name), Quote(clip(conflict.quote)), Paragraph((Text(clip(conflict.reason)), *against))


def _finding(finding: Finding) -> Item:
    about = f" ({finding.agent})" if finding.agent else ""
    return Item((Text(f"{_SEVERITY[finding.severity]} {clip(finding.message)}{about}"),))
