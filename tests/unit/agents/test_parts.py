"""Each agent touches its own part of the refinement and nothing else."""

from dataclasses import replace

import pytest

from rat.agents import analyst, architect, critic, planner, tester
from rat.model import (
    Citation,
    Conflict,
    Finding,
    ImpactedFile,
    Proposal,
    Refinement,
    Severity,
    Statement,
    Task,
    Ticket,
    TicketRef,
    TicketType,
    TrackerKind,
)

TICKET = Ticket(ref=TicketRef(tracker=TrackerKind.FILE, key="a.md"), title="A title", body="A body.")
PROPOSAL = Proposal(title="t", problem="p", approach=(Statement(text="a"),), tasks=(Task(title="x"),), size="s")
BEFORE = Refinement(ticket=TICKET, proposal=PROPOSAL)
ANALYSIS = analyst.Reply(
    type=TicketType.BUG, title="Better", intent="why", problem="what", questions=(), out_of_scope=("that",)
)


def test_the_analyst_leaves_the_parts_of_others_alone() -> None:
    after = analyst.apply(BEFORE, ANALYSIS)
    assert after.proposal == replace(PROPOSAL, title="Better", problem="what", out_of_scope=("that",))
    assert (after.type, after.intent) == (TicketType.BUG, "why")


def test_a_type_that_the_ticket_declares_is_kept() -> None:
    declared = replace(BEFORE, ticket=replace(TICKET, declared_type="Story"), type=TicketType.STORY)
    assert analyst.apply(declared, ANALYSIS).type is TicketType.STORY


def test_an_empty_title_keeps_the_ticket_s() -> None:
    after = analyst.apply(Refinement(ticket=TICKET), replace(ANALYSIS, title=""))
    assert after.proposal is not None
    assert after.proposal.title == "A title"


def named(path: str) -> architect.NamedFile:
    return architect.NamedFile(path=path, reason="because", citations=(Citation(source="code:a"),))


def plan(*files: architect.NamedFile, conflicts: tuple[Conflict, ...] = ()) -> architect.Reply:
    return architect.Reply(approach=(Statement(text="new"),), impacted_files=files, risks=(), conflicts=conflicts)


def test_the_architect_s_files_come_first_and_found_facts_stay() -> None:
    found = (
        ImpactedFile(path="a.py", score=9, reasons=("named",), owners=("ada",)),
        ImpactedFile(path="b.py", score=5, reasons=("path",)),
    )
    after = architect.apply(replace(BEFORE, impacted_files=found), plan(named("c.py"), named("b.py")))
    assert [file.path for file in after.impacted_files] == ["c.py", "b.py", "a.py"]
    assert after.impacted_files[1].reasons == ("path", "architect: because")
    assert after.impacted_files[2] == found[0]


def test_a_second_answer_of_the_architect_replaces_its_reasons() -> None:
    once = architect.apply(BEFORE, plan(named("a.py")))
    twice = architect.apply(once, plan(named("a.py")))
    assert twice.impacted_files[0].reasons == ("architect: because",)


def test_a_conflict_that_the_sources_found_is_not_overwritten() -> None:
    found = Conflict(adr="ADR-1", quote="q", reason="rule")
    claimed = (Conflict(adr="ADR-1", quote="other", reason="r"), Conflict(adr="ADR-2", quote="q", reason="r"))
    after = architect.apply(replace(BEFORE, conflicts=(found,)), plan(conflicts=claimed))
    assert after.conflicts == (found, claimed[1])


def test_planner_and_tester_replace_their_own_parts() -> None:
    planned = planner.apply(BEFORE, planner.Reply(tasks=(Task(title="y"),), size="2 days"))
    tested = tester.apply(planned, tester.Reply(acceptance_criteria=(), test_plan=(Statement(text="run"),)))
    assert tested.proposal == replace(
        PROPOSAL, tasks=(Task(title="y"),), size="2 days", test_plan=(Statement(text="run"),)
    )


def objection(severity: critic.Weight) -> critic.Objection:
    return critic.Objection(agent=critic.Author.TESTER, severity=severity, message="m", citations=())


@pytest.mark.parametrize("weight", critic.Weight)
def test_an_objection_becomes_a_finding_without_points(weight: critic.Weight) -> None:
    after = critic.apply(BEFORE, critic.Reply(objections=(objection(weight),)))
    assert after.findings == (
        Finding(check="critic", severity=Severity(weight.value), message="m", agent="tester", points=0.0),
    )


def test_a_second_look_replaces_the_first_and_no_other_finding() -> None:
    other = Finding(check="grounding", severity=Severity.NOTE, message="n")
    first = critic.apply(
        replace(BEFORE, findings=(other,)), critic.Reply(objections=(objection(critic.Weight.BLOCKER),))
    )
    assert critic.apply(first, critic.Reply(objections=())).findings == (other,)


def test_no_reply_can_name_a_score_or_a_status() -> None:
    names = {field for module in (analyst, architect, planner, tester, critic) for field in module.Reply.__slots__}
    assert names.isdisjoint({"score", "status", "ready", "mode", "head", "points"})
