"""Cases and refinements to measure, made in one line."""

from typing import Any

from rat.evaluation.dataset import Case, Must, MustNot, ticket_of
from rat.model import (
    AcceptanceCriterion,
    Citation,
    CitationCount,
    Conflict,
    Evidence,
    EvidenceKind,
    ImpactedFile,
    Proposal,
    Question,
    Refinement,
    RunReport,
    Score,
    Statement,
    Status,
    Task,
    TicketType,
    Usage,
)

ADR = Evidence(id="ADR-0004", kind=EvidenceKind.ADR, title="Money in cents", status="accepted", text="Use `Money`.")
OLD = Evidence(id="ADR-0002", kind=EvidenceKind.ADR, title="Documents", status="superseded")


def case(*, must: Must | None = None, must_not: MustNot | None = None, **more: Any) -> Case:
    given = {"id": "T-1", "title": "A promo code is refused", "type": TicketType.BUG, **more}
    return Case(**given, must=must or Must(), must_not=must_not or MustNot())


def report(expected: Case, *, drafted: bool = True, **work: Any) -> RunReport:
    proposal = Proposal(
        title="Let the last day count",
        problem="The code is refused on its last day.",
        approach=(Statement(text="Compare with `<` in `find_promo`.", citations=(Citation(source="ADR-0004"),)),),
        acceptance_criteria=(AcceptanceCriterion(text="On the last day the code is accepted."),),
        tasks=(Task(title="Change the comparison"),),
        risks=(Statement(text="A redis cache may hold old codes."),),
        out_of_scope=("A page for the office",),
    )
    given: dict[str, Any] = {
        "type": TicketType.BUG,
        "evidence": (ADR, OLD),
        "impacted_files": (
            ImpactedFile(path="a.py", score=2, tests=("test_a.py",)),
            ImpactedFile(path="b.py", score=1),
        ),
        "questions": (Question(text="Whose midnight counts?", why="Two zones.", assumption="The harbour's."),),
        "conflicts": (Conflict(adr="ADR-0004", quote="Use", reason="It asks for floats."),),
        "citations": CitationCount(cited=4, verified=3, dropped=1),
        "score": Score(before=40, after=70),
        "proposal": proposal if drafted else None,
        **work,
    }
    refinement = Refinement(ticket=ticket_of(expected), **given)
    usage = Usage(calls=5, prompt_tokens=900, completion_tokens=100)
    return RunReport(refinement=refinement, status=Status.READY, mode="model", head="", usage=usage)
