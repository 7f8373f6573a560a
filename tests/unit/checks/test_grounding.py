"""Grounding: what is cited and named must be there, byte for byte where it is quoted."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rat.checks import drop_unverified, verify
from rat.checks.grounding import CHECK, ground
from rat.checks.resolving import find_quote
from rat.model import AcceptanceCriterion, Citation, Conflict, Finding, ImpactedFile, Refinement, Severity, Statement
from rat.model.finding import SENT_BACK
from rat.ports import Grounds

CODE = "code:rat/cli.py#L1-L3"


def with_proposal(refinement: Refinement, **changes: Any) -> Refinement:
    assert refinement.proposal is not None
    return replace(refinement, proposal=replace(refinement.proposal, **changes))


def cited(source: str, quote: str = "") -> tuple[Statement, ...]:
    return (Statement(text="It is so.", citations=(Citation(source=source, quote=quote),)),)


def test_what_resolves_stays_as_it_is(drafted: Refinement, grounds: Grounds) -> None:
    left = drop_unverified(drafted, grounds)
    assert left.proposal == drafted.proposal
    assert left.conflicts == drafted.conflicts
    assert left.questions == drafted.questions
    assert left.findings == ()
    assert (left.citations.cited, left.citations.verified, left.citations.dropped) == (7, 7, 0)


@pytest.mark.parametrize(
    ("source", "quote"),
    [
        (CODE, "def nowhere():"),
        (CODE, "Def main():"),
        ("code:rat/none.py#L1-L3", ""),
        ("code:rat/cli.py#L1-L99", ""),
        ("ADR-0009", ""),
        ("ADR-0003", "Errors may be silent."),
        ("ticket", "ends in a stack trace"),
        ("ticket", ""),
        ("ticket", "a"),
        ("commit:ffffff1", ""),
        ("", ""),
        ("rat/cli.py", ""),
        ("../../etc/passwd", "root"),
    ],
)
def test_a_citation_that_does_not_resolve_goes_and_is_counted(
    drafted: Refinement, grounds: Grounds, source: str, quote: str
) -> None:
    bad = with_proposal(drafted, approach=cited(source, quote))
    found = verify(bad, grounds).blockers
    left = drop_unverified(bad, grounds)
    if source == "rat/cli.py":  # a path means the evidence of that path
        assert found == ()
        return
    assert [(finding.check, finding.agent) for finding in found] == [(CHECK, "architect")]
    assert left.proposal is not None
    assert left.proposal.approach == (Statement(text="It is so."),)
    assert left.citations.dropped == 1
    assert left.citations.cited == left.citations.verified == 6


@pytest.mark.parametrize(
    ("source", "quote", "as_it_stands"),
    [
        (CODE, "def main():", Citation(source=CODE, quote="def main():")),
        ("code:rat/cli.py#L2-L2", "read_file(path)", Citation(source=CODE, quote="read_file(path)")),
        ("rat/cli.py", "read_file(path)", Citation(source=CODE, quote="read_file(path)")),
        (CODE, "def main():  read_file(path)", Citation(source=CODE, quote="def main():\n    read_file(path)")),
        ("ticket", "empty file ends in", Citation(source="ticket", quote="empty file\r\nends in")),
        ("ticket", "Crash on an empty file", Citation(source="ticket", quote="Crash on an empty file")),
        ("ADR-0003", "Errors name the remedy", Citation(source="ADR-0003", quote="Errors name the remedy")),
    ],
)
def test_a_quote_that_differs_in_white_space_takes_the_bytes_of_its_source(
    drafted: Refinement, grounds: Grounds, source: str, quote: str, as_it_stands: Citation
) -> None:
    left = drop_unverified(with_proposal(drafted, approach=cited(source, quote)), grounds)
    assert left.proposal is not None
    assert left.proposal.approach[0].citations == (as_it_stands,)


@pytest.mark.parametrize(
    "text",
    [
        "Change rat/none.py.",
        "Change `rat/none/`.",
        "See rat/cli.py:99.",
        "Call `magic_box`.",
        "Call magic_box() first.",
        "Use `Ledger.remove`.",
        "As ADR-0009 says.",
        "As RFE-0001 says.",
        "Like #1.",
        "Like PAY-18.",
        "Since 9f8e7d6.",
        "See https://evil.example/x.",
        "Fixes CVE-2024-1234.",
        "Set RAT_SECRET_KEY.",
    ],
)
def test_a_statement_that_names_what_is_not_there_goes_and_is_a_blocker(
    drafted: Refinement, grounds: Grounds, text: str
) -> None:
    bad = with_proposal(drafted, approach=(Statement(text=text),))
    assert [finding.agent for finding in verify(bad, grounds).blockers] == ["architect"]
    left = drop_unverified(bad, grounds)
    assert left.proposal is not None
    assert left.proposal.approach == ()
    assert left.citations.dropped == 1


@pytest.mark.parametrize(
    "text",
    [
        "Change `rat/cli.py`, cli.py and README.md.",
        "See rat/cli.py:3 and docs/adr/.",
        "Call `read_file` in `main()`.",
        "`Ledger.add` stays.",
        "As ADR-0003 and ADR 3 say.",
        "Like PAY-17 and o/r#12.",
        "Since 1a2b3c4.",
        "It writes `out.json`.",
        "Raise `ValueError` and/or stop.",
    ],
)
def test_a_name_that_checkout_evidence_or_ticket_has_stays(drafted: Refinement, grounds: Grounds, text: str) -> None:
    kept = with_proposal(drafted, approach=(Statement(text=text),))
    assert verify(kept, grounds).blockers == ()


def test_a_criterion_that_is_tied_to_nothing_goes(drafted: Refinement, grounds: Grounds) -> None:
    loose = with_proposal(drafted, acceptance_criteria=(AcceptanceCriterion(text="It exits with 2."),))
    assert [finding.agent for finding in verify(loose, grounds).blockers] == ["tester"]
    left = drop_unverified(loose, grounds)
    assert left.proposal is not None
    assert left.proposal.acceptance_criteria == ()


@pytest.mark.parametrize(
    "conflict",
    [
        Conflict(adr="ADR-0003", quote="says what to do next", reason="r", ticket_quote=""),
        Conflict(adr="ADR-0003", quote="says what to do next", reason="r", ticket_quote="is silent"),
        Conflict(adr="ADR-0009", quote="says what to do next", reason="r", ticket_quote="ends in a traceback"),
        Conflict(adr="ADR-0003", quote="says nothing", reason="r", ticket_quote="ends in a traceback"),
        Conflict(adr="ADR-0003", quote="", reason="r", ticket_quote="ends in a traceback"),
        Conflict(adr=CODE, quote="def main():", reason="r", ticket_quote="ends in a traceback"),
        Conflict(
            adr="ADR-0003",
            quote="says what to do next",
            reason="It names `magic_box`.",
            ticket_quote="ends in a traceback",
        ),
    ],
)
def test_a_conflict_without_the_decision_s_own_words_goes(
    drafted: Refinement, grounds: Grounds, conflict: Conflict
) -> None:
    assert drop_unverified(replace(drafted, conflicts=(conflict,)), grounds).conflicts == ()


def test_a_superseded_decision_is_no_rule(drafted: Refinement, grounds: Grounds) -> None:
    code, decision = drafted.evidence
    old = replace(drafted, evidence=(code, replace(decision, status="superseded")))
    assert drop_unverified(old, grounds).conflicts == ()


def test_a_file_that_does_not_exist_is_not_impacted(drafted: Refinement, grounds: Grounds) -> None:
    bad = replace(drafted, impacted_files=(*drafted.impacted_files, ImpactedFile(path="rat/none.py", score=9)))
    left = drop_unverified(bad, grounds)
    assert [file.path for file in left.impacted_files] == ["rat/cli.py"]
    assert left.citations.dropped == 1


def test_prose_loses_only_the_sentence_that_invents(drafted: Refinement, grounds: Grounds) -> None:
    bad = with_proposal(
        drafted, problem="It crashes. The cause is `magic_box`. Nobody likes it.", title="Fix magic_box()"
    )
    left = drop_unverified(bad, grounds)
    assert left.proposal is not None
    assert left.proposal.problem == "It crashes. Nobody likes it."
    assert left.proposal.title == "Crash on an empty file"


def test_evidence_whose_file_is_gone_at_the_head_supports_nothing(drafted: Refinement, grounds: Any) -> None:
    del grounds.contents["docs/adr/0003-errors.md"]
    bad = with_proposal(drafted, approach=cited("ADR-0003", "says what to do next"))
    assert drop_unverified(bad, grounds).citations.dropped == 2  # the statement's and the conflict's


def test_an_objection_that_invents_is_not_passed_on(drafted: Refinement, grounds: Grounds) -> None:
    real = Finding(check="critic", severity=Severity.WARNING, message="No case for `main()`.", agent="tester")
    made_up = Finding(check="critic", severity=Severity.BLOCKER, message="`magic_box` exists.", agent="tester")
    left = drop_unverified(replace(drafted, findings=(real, made_up)), grounds)
    assert [finding for finding in left.findings if finding.check == "critic"] == [real]


def test_a_part_is_sent_back_only_once(drafted: Refinement, grounds: Grounds) -> None:
    bad = with_proposal(drafted, approach=cited("ADR-0009"))
    note = Finding(check=SENT_BACK, severity=Severity.NOTE, message="Sent back once.", agent="architect")
    again = verify(replace(bad, findings=(note,)), grounds)
    assert again.blockers == ()
    assert any(finding.check == CHECK for finding in again.findings)


def test_checking_twice_finds_the_same(drafted: Refinement, grounds: Grounds) -> None:
    bad = with_proposal(drafted, approach=cited("ADR-0009"))
    once = verify(bad, grounds)
    assert verify(once, grounds) == once


def test_what_was_left_out_is_said_once_with_its_number(drafted: Refinement, grounds: Grounds) -> None:
    bad = with_proposal(drafted, approach=(*cited("ADR-0009"), Statement(text="Use `magic_box`.")))
    notes = [finding for finding in drop_unverified(verify(bad, grounds), grounds).findings if finding.check == CHECK]
    assert [(note.severity, note.agent) for note in notes] == [(Severity.NOTE, "")]
    assert "2 citations or names" in notes[0].message
    assert "magic_box" not in notes[0].message


def test_with_no_proposal_nothing_is_added(drafted: Refinement, grounds: Grounds) -> None:
    bare = Refinement(ticket=drafted.ticket, evidence=drafted.evidence)
    assert drop_unverified(bare, grounds) == bare


@given(st.text(min_size=1, max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_a_quote_that_stands_there_is_found_and_one_that_is_found_stands_there(
    quote: str, before: str, after: str
) -> None:
    text = before + quote + after
    found = find_quote(quote, text)
    assert found == (quote if quote.strip() else None)
    other = find_quote(quote, after)
    assert other is None or other in after


def test_a_quote_is_found_over_characters_that_were_not_shown() -> None:
    assert find_quote("empty file", "an em\u200bpty\u200b \u200bfile") == "em\u200bpty\u200b \u200bfile"


def test_ground_removes_exactly_what_ground_would_still_complain_about(drafted: Refinement, grounds: Grounds) -> None:
    bad = with_proposal(drafted, approach=(*cited("ADR-0009"), Statement(text="Use `magic_box`.")), size="see PAY-99")
    once = ground(bad, grounds).refinement
    again = ground(once, grounds)
    assert again.findings == ()
    assert again.refinement == once
