"""What the whole judgement promises: scores before and after, questions, and when a ticket is ready."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rat.model import (
    AcceptanceCriterion,
    Citation,
    Conflict,
    Evidence,
    EvidenceKind,
    Finding,
    ImpactedFile,
    Proposal,
    Question,
    Refinement,
    Score,
    Severity,
    Statement,
    Task,
    Ticket,
    TicketRef,
    TicketType,
    TrackerKind,
)
from rat.readiness import READY, RULES, assess, is_ready, judge, questions
from rat.readiness.place import is_known

BUG = (
    "When I run `shop export --quarter Q1` on 2.3.1 it stops:\n\n"
    "```\nTraceback (most recent call last):\nKeyError: 'vat'\n```\n"
)
CITED = (Citation(source="ticket", quote="shop export"),)


def ticket(body: str, title: str = "`shop export` stops") -> Ticket:
    return Ticket(ref=TicketRef(tracker=TrackerKind.FILE, key="a.md"), title=title, body=body)


def score(refinement: Refinement) -> Score:
    assert refinement.score is not None
    return refinement.score


def drafted(citations: tuple[Citation, ...] = CITED) -> Proposal:
    criterion = AcceptanceCriterion(text="`shop export` writes a file", citations=citations)
    return Proposal(
        title="Export without VAT",
        problem="It stops.",
        acceptance_criteria=(criterion,),
        approach=(Statement(text="Guard the key", citations=citations),),
        tasks=(Task(title="Guard it", citations=citations),),
    )


def test_without_a_proposal_both_scores_are_the_same() -> None:
    judged = judge(Refinement(ticket=ticket(BUG)), {})
    assert score(judged).before == score(judged).after
    assert judged.type is TicketType.BUG


def test_a_grounded_draft_raises_the_score() -> None:
    judged = judge(Refinement(ticket=ticket(BUG), type=TicketType.BUG, proposal=drafted()), {})
    assert score(judged).after > score(judged).before


def test_a_draft_that_cites_nothing_gives_nothing() -> None:
    judged = judge(Refinement(ticket=ticket(BUG), type=TicketType.BUG, proposal=drafted(citations=())), {})
    assert score(judged).after == score(judged).before


def test_a_draft_cannot_supply_what_only_the_reporter_saw() -> None:
    bare = Refinement(ticket=ticket("It stops."), type=TicketType.BUG, proposal=drafted())
    left = {finding.check for finding in judge(bare, {}).findings}
    assert {"missing-steps", "missing-environment"} <= left
    assert score(judge(bare, {})).after < READY


def test_an_open_question_keeps_the_score_below_ready() -> None:
    asked = (Question(text="Which separator?"),)
    refinement = Refinement(ticket=ticket(BUG), type=TicketType.BUG, proposal=drafted(), questions=asked)
    without = score(judge(replace(refinement, questions=()), {})).after
    assert without >= READY > score(judge(refinement, {})).after
    assert judge(refinement, {}).questions == asked
    assert not is_ready(judge(refinement, {}))


def test_findings_about_the_draft_cost_but_never_the_ticket() -> None:
    flaw = Finding(check="criteria", severity=Severity.WARNING, message="bloated", agent="tester", points=90)
    refinement = Refinement(ticket=ticket(BUG), type=TicketType.BUG, proposal=drafted(), findings=(flaw,))
    judged = judge(refinement, {})
    assert score(judged).after == score(judged).before
    assert flaw in judged.findings


def test_judging_twice_changes_nothing() -> None:
    once = judge(Refinement(ticket=ticket(BUG), type=TicketType.BUG, proposal=drafted()), {})
    assert judge(once, {}) == once


@pytest.mark.parametrize(
    ("rule", "more"),
    [
        ("against-decision", {"conflicts": (Conflict(adr="ADR-0003", quote="We write JSON.", reason="CSV"),)}),
        (
            "duplicate",
            {
                "evidence": (
                    Evidence(id="PAY-1", kind=EvidenceKind.TICKET, title="same", reasons=("possible duplicate",)),
                )
            },
        ),
        ("place-unknown", {"evidence": (Evidence(id="code:a.py#L1", kind=EvidenceKind.CODE, title="a"),)}),
    ],
)
def test_what_only_rat_knows_counts(rule: str, more: dict[str, object]) -> None:
    refinement = Refinement(ticket=ticket(BUG))
    known = judge(replace(refinement, **more), {})  # type: ignore[arg-type]
    assert rule in {finding.check for finding in known.findings}
    assert score(known).before < score(judge(refinement, {})).before
    assert rule not in {f.check for f in judge(replace(known, evidence=(), conflicts=()), {}).findings}


def test_evidence_with_a_place_costs_nothing() -> None:
    code = Evidence(id="code:a.py#L1", kind=EvidenceKind.CODE, title="a")
    sure = Refinement(ticket=ticket(BUG), evidence=(code,), impacted_files=(ImpactedFile(path="a.py", score=1.0),))
    assert score(judge(sure, {})) == score(judge(Refinement(ticket=ticket(BUG)), {}))


def spread(*scores: float) -> tuple[ImpactedFile, ...]:
    return tuple(ImpactedFile(path=f"{number}.py", score=score) for number, score in enumerate(scores))


@pytest.mark.parametrize(
    ("files", "known"),
    [(spread(6.0, 2.0, 1.0), True), (spread(2.0, 1.9, 1.9, 1.8), False), (spread(3.0), True), (spread(), False)],
)
def test_the_place_is_known_where_one_file_stands_out(files: tuple[ImpactedFile, ...], known: bool) -> None:
    assert is_known(files) is known


def test_a_file_that_only_the_architect_named_makes_no_place_known() -> None:
    named = ImpactedFile(path="new.py", score=9.0, reasons=("architect: it is there",))
    assert not is_known((named, *spread(2.0, 1.9, 1.9, 1.8)))
    assert is_known((named, *spread(6.0, 2.0)))


@pytest.mark.parametrize("kind", [TicketType.EPIC, TicketType.QUESTION, TicketType.SPIKE])
def test_work_that_has_no_one_place_costs_nothing_for_it(kind: TicketType) -> None:
    code = Evidence(id="code:a.py#L1", kind=EvidenceKind.CODE, title="a")
    vague = Refinement(ticket=replace(ticket(BUG), declared_type=kind), evidence=(code,))
    assert "place-unknown" not in {finding.check for finding in judge(vague, {}).findings}


def test_a_ready_ticket_is_asked_nothing() -> None:
    body = BUG + "\nIt should write `q1.csv` with 0.00 in the column `vat`. See src/shop/export.py.\n"
    judged = judge(Refinement(ticket=ticket(body)), {})
    assert judged.questions == ()
    assert is_ready(judged)


def test_a_part_that_the_project_asks_for_keeps_a_good_ticket_from_being_ready() -> None:
    body = BUG + "\nIt should write `q1.csv` with 0.00 in the column `vat`. See src/shop/export.py.\n"
    judged = judge(Refinement(ticket=ticket(body)), {"bug": ("steps", "risk-class")})
    assert [question.text for question in judged.questions] == ["What is the risk class of “`shop export` stops”?"]
    assert not is_ready(judged)


def test_questions_are_about_this_ticket() -> None:
    one = ticket("`export()` raises `KeyError`.", title="`export()` stops at Q1")
    asked = questions(assess(one, TicketType.BUG, {}), ticket=one)
    assert len(asked) == 3
    assert all(question.why and question.assumption for question in asked)
    assert all("export" in question.text or "KeyError" in question.text for question in asked)


def test_a_question_names_no_half_of_a_line_break() -> None:
    text = r'The list has two rows for the name "Anna\nBerg".'
    asked = judge(Refinement(ticket=ticket(title="The list breaks", body=text)), {}).questions
    assert asked
    assert not any("nBerg" in question.text + question.assumption for question in asked)


@pytest.mark.parametrize("kind", list(TicketType))
def test_every_type_can_be_asked_about(kind: TicketType) -> None:
    one = ticket("", title="Things")
    asked = questions(assess(one, kind, {}), ticket=one)
    assert 1 <= len(asked) <= 3
    assert len({question.text for question in asked}) == len(asked)


def test_a_draft_without_questions_is_still_followed_by_those_that_the_rules_have() -> None:
    bare = Refinement(ticket=ticket("It stops."), type=TicketType.BUG, proposal=drafted())
    judged = judge(bare, {})
    assert not is_ready(judged)
    assert 1 <= len(judged.questions) <= 3
    assert all(question.why and question.assumption for question in judged.questions)
    assert "Which input, command or clicks" in judged.questions[0].text


def test_what_the_draft_settles_is_not_asked() -> None:
    wish = Refinement(ticket=ticket("Make `shop export` write CSV files.", title="CSV"), type=TicketType.TASK)
    alone = {question.why for question in judge(wish, {}).questions}
    with_draft = {question.why for question in judge(replace(wish, proposal=drafted()), {}).questions}
    assert RULES["missing-acceptance-criteria"].why in alone - with_draft


_WORDS = (
    "It stops",
    "fast",
    "maybe",
    "I am not sure",
    "should be",
    "or",
    "`run()`",
    "as discussed",
    "1.2",
    "\n- ",
    "?",
)


@given(
    title=st.text(max_size=30) | st.sampled_from(("It does not work", "CSV", "Crash?")),
    body=st.lists(st.sampled_from(_WORDS) | st.text(max_size=20), max_size=12).map(" ".join),
    declared=st.sampled_from(["", *TicketType]),
    proposal=st.sampled_from([None, drafted(), drafted(citations=())]),
)
def test_whatever_is_not_ready_is_asked_about(title: str, body: str, declared: str, proposal: Proposal | None) -> None:
    filed = replace(ticket(body, title), declared_type=str(declared))
    judged = judge(Refinement(ticket=filed, type=TicketType(declared or "task"), proposal=proposal), {})
    assert len(judged.questions) <= 3
    assert is_ready(judged) == (not judged.questions)
    assert all(question.text and question.why and question.assumption for question in judged.questions)
    assert judge(judged, {}) == judged
