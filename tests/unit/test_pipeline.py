from dataclasses import replace

from rat.model import Evidence, EvidenceKind, Refinement, Ticket, TicketRef, TrackerKind
from rat.model.settings import Labels, ModelSettings, Project, Settings
from rat.pipeline import input_hash, without_private
from rat.ports import Dialect
from rat.publishing.region import described


def ticket(tracker: TrackerKind = TrackerKind.GITHUB) -> Ticket:
    return Ticket(ref=TicketRef(tracker=tracker, key="alice/demo#1"), title="A title", body="A body")


def piece(name: str, path: str = "") -> Evidence:
    return Evidence(id=name, kind=EvidenceKind.RFE, title=name, path=path)


def test_a_public_ticket_is_not_told_what_a_jira_holds() -> None:
    evidence = (piece("RFE-gift-cards", "docs/rfe/a.md"), piece("PAY-17"), piece("RFE-PAY-18"), piece("alice/demo#2"))
    left = without_private(Refinement(ticket=ticket(), evidence=evidence))
    assert [one.id for one in left.evidence] == ["RFE-gift-cards", "alice/demo#2"]


def test_a_jira_item_keeps_what_its_own_jira_holds() -> None:
    work = Refinement(ticket=ticket(TrackerKind.JIRA), evidence=(piece("PAY-17"),))
    assert without_private(work) == work


def test_the_input_hash_follows_words_and_settings_but_not_comments_or_times() -> None:
    settings = Settings()
    same = input_hash(ticket(), settings)
    assert input_hash(replace(ticket(), updated_at="2026-11-22T00:00:00Z", url="x"), settings) == same
    assert input_hash(replace(ticket(), body="Another"), settings) != same
    assert input_hash(replace(ticket(), labels=("bug",)), settings) != same
    assert input_hash(ticket(), replace(settings, model=ModelSettings(name="m"))) != same


def test_the_input_hash_leaves_out_what_rat_wrote_into_the_ticket_itself() -> None:
    settings = Settings(projects=(Project(labels=Labels()),))
    before = replace(ticket(), labels=("bug",))
    part = described(before.body, Dialect.MARKDOWN, ticket="T-1", key="").with_part("- one\n", ticket="T-1").write()
    after = replace(before, body=part, labels=("bug", "rat:ready"))
    assert input_hash(after, settings) == input_hash(before, settings)
    assert input_hash(after, Settings()) != input_hash(before, Settings())
    assert input_hash(replace(after, body=part.replace("one", "two")), settings) != input_hash(before, settings)
