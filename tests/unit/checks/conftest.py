"""A checkout of three files in memory, and a drafted refinement in which everything resolves."""

import pytest

from rat.model import (
    AcceptanceCriterion,
    Citation,
    Conflict,
    Evidence,
    EvidenceKind,
    ImpactedFile,
    Proposal,
    Question,
    Refinement,
    Statement,
    Task,
    Ticket,
    TicketRef,
    TrackerKind,
)

CODE = "code:rat/cli.py#L1-L3"
SAYS = (Citation(source="ticket", quote="ends in a traceback"),)
SHOWS = (Citation(source=CODE, quote="def main():"),)


class Grounds:
    """What a checkout offers to checks."""

    def __init__(self) -> None:
        self.contents = {
            "rat/cli.py": b"def main():\n    read_file(path)\n\nclass Ledger:\n    def add(self): ...\n",
            "docs/adr/0003-errors.md": b"Every error says what to do next.\n",
            "README.md": b"# RAT\n",
        }

    def files(self) -> tuple[str, ...]:
        return tuple(self.contents)

    def read(self, path: str) -> bytes | None:
        return self.contents.get(path)

    def has_commit(self, sha: str) -> bool:
        return "1a2b3c4d5e6f7a8b9c0d".startswith(sha)


@pytest.fixture
def grounds() -> Grounds:
    return Grounds()


@pytest.fixture
def drafted() -> Refinement:
    """Seven citations, all of which resolve."""
    ticket = Ticket(
        ref=TicketRef(tracker=TrackerKind.GITHUB, key="o/r#12"),
        title="Crash on an empty file",
        body="Running `rat refine` on an empty file\r\nends in a traceback. See PAY-17. It should write `out.json`.",
    )
    code = Evidence(
        id=CODE,
        kind=EvidenceKind.CODE,
        title="rat/cli.py",
        path="rat/cli.py",
        lines=(1, 3),
        text="def main():\n    read_file(path)\n",
    )
    decision = Evidence(
        id="ADR-0003",
        kind=EvidenceKind.ADR,
        title="Errors name the remedy",
        path="docs/adr/0003-errors.md",
        status="accepted",
        text="Every error says what to do next.",
    )
    return Refinement(
        ticket=ticket,
        intent="Know what is wrong.",
        evidence=(code, decision),
        impacted_files=(ImpactedFile(path="rat/cli.py", score=1, citations=SHOWS),),
        conflicts=(
            Conflict(
                adr="ADR-0003",
                quote="says what to do next",
                reason="The ticket wants silence.",
                ticket_quote="ends in a traceback",
            ),
        ),
        questions=(Question(text="Which exit code?", why="Scripts read it.", assumption="2"),),
        proposal=Proposal(
            title="Say that the file is empty",
            problem="An empty file ends in a traceback.",
            approach=(Statement(text="Check in `main()` of `rat/cli.py`.", citations=SHOWS),),
            acceptance_criteria=(AcceptanceCriterion(text="It exits with 2 on an empty file.", citations=SAYS),),
            tasks=(Task(title="Refuse it", citations=SAYS), Task(title="Describe it", depends_on=("Refuse it",))),
            test_plan=(Statement(text="Run `main` on an empty file.", citations=SHOWS),),
            risks=(Statement(text="Scripts may rely on the traceback.", citations=SAYS),),
            out_of_scope=("Other formats",),
            size="half a day",
        ),
    )
