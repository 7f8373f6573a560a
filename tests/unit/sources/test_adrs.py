"""The decisions that matter for a ticket, and no others."""

from rat.model import EvidenceKind
from rat.sources import adrs
from tests.unit.sources.library_of import library_of, nygard, refinement_of

LOG: dict[str, str | bytes] = {
    "docs/adr/0001-record.md": nygard(1, "Record architecture decisions"),
    "docs/adr/0002-cookies.md": nygard(
        2,
        "Session tokens in cookies",
        context="The login token lay in local storage.",
        decision="We keep the session token in a cookie.",
    ),
    "docs/adr/0003-kafka.md": nygard(
        3, "Events with Kafka", "Superseded by [4](0004-sns.md)", context="Billing must hear of paid orders."
    ),
    "docs/adr/0004-sns.md": nygard(4, "Notify subscribers with SNS", context="Brokers are work."),
}


def test_the_decision_that_bears_on_the_ticket_comes_with_its_passage() -> None:
    found = adrs.gather(
        refinement_of("Login token is lost", "The session token vanishes from the cookie."), library_of(LOG)
    ).evidence
    assert [evidence.id for evidence in found] == ["ADR-0002"]
    evidence = found[0]
    assert (evidence.kind, evidence.status, evidence.path) == (EvidenceKind.ADR, "accepted", "docs/adr/0002-cookies.md")
    assert evidence.lines is not None
    text = str(LOG[evidence.path]).split("\n")
    assert evidence.text == "\n".join(text[evidence.lines[0] - 1 : evidence.lines[1]])
    assert "token" in evidence.reasons[0]


def test_a_superseded_decision_points_at_what_replaced_it() -> None:
    found = adrs.gather(
        refinement_of("Kafka events for billing", "Billing must hear of refunds."), library_of(LOG)
    ).evidence
    old, new = found
    assert (old.id, old.status) == ("ADR-0003", "superseded")
    assert "superseded by ADR-0004: not a rule any more" in old.reasons
    assert (new.id, new.reasons) == ("ADR-0004", ("replaces ADR-0003",))


def test_a_decision_that_the_ticket_names_comes_first() -> None:
    found = adrs.gather(refinement_of("Reopen ADR 1", "The session token in the cookie."), library_of(LOG)).evidence
    assert found[0].id == "ADR-0001"
    assert found[0].reasons == ("the ticket names it",)


def test_a_ticket_about_something_else_gets_none() -> None:
    assert (
        adrs.gather(refinement_of("Typo on the imprint page", "The street is misspelt."), library_of(LOG)).evidence
        == ()
    )


def test_no_decisions_is_said() -> None:
    assert "no architecture decisions" in adrs.gather(refinement_of("x"), library_of({"a.py": "x"})).notes[0]


def test_problems_become_notes_and_are_counted_beyond_the_first() -> None:
    broken = {f"docs/adr/000{n}-x.md": "---\na: [\n---\n# X\n" for n in range(1, 9)}
    notes = adrs.gather(refinement_of("x"), library_of(dict(broken))).notes
    assert len(notes) == adrs.MAX_NOTES + 1
    assert notes[-1].startswith("3 more")


def test_a_long_document_shows_what_was_decided() -> None:
    files: dict[str, str | bytes] = {
        "docs/adr/0001-x.md": nygard(
            1, "Kafka topics", context="words about topics\n\n" * 400, decision="One topic a team."
        )
    }
    (evidence,) = adrs.gather(refinement_of("Kafka topics", "Who may add topics?"), library_of(files)).evidence
    assert evidence.text.startswith("## Decision")
    assert len(evidence.text) <= 3_000


def test_the_same_commit_and_ticket_give_the_same_evidence() -> None:
    refinement = refinement_of("Login token", "session cookie token billing orders")
    assert adrs.gather(refinement, library_of(LOG)) == adrs.gather(refinement, library_of(LOG))
