"""A hijacked model's words through every write that a person approves: part, field, child; nothing of it is alive."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rat.model import RunReport, Ticket, TicketRef, TrackerKind
from rat.model.settings import Project, WritePolicy
from rat.ports import Dialect
from rat.publishing.apply import apply
from rat.publishing.compose import compose, compose_answer
from rat.publishing.decision import publish_rejection
from rat.publishing.inert import one_line
from rat.publishing.journal import Journal
from rat.publishing.markdown import write_markdown
from rat.publishing.offer import Desk, Policy
from rat.publishing.outcome import Action
from rat.publishing.publish import publish
from rat.publishing.region import described
from tests.unit.publishing.memory import REF, MemoryTracker
from tests.unit.publishing.oracle import alive, alive_in_adf, alive_in_wiki, invisible
from tests.unit.publishing.payloads import DISGUISES, PAYLOADS
from tests.unit.publishing.sample import SITE
from tests.unit.publishing.test_apply import start
from tests.unit.publishing.test_compose import own_links, spoiled

REGION = Project(write=WritePolicy.REGION)
FIELD = Project(write={"jira-field": {"Acceptance Criteria": "approved"}})
ORIGIN = {f"https://{host}/acme/shop/issues/12" for host in ("github.com", "redirect.github.com")}
JIRA = TicketRef(tracker=TrackerKind.JIRA, key="PAY-17")
STEP = 8
"""Every eighth text, each in another disguise; `make corpora` and `every_case` try the writers with all of them."""


def led_by(hostile: str) -> Callable[[str], str]:
    """The words that were there, behind hostile ones: tasks keep names of their own."""
    return lambda text: f"{hostile} {text}"


def found_in(text: str, dialect: Dialect, links: frozenset[str]) -> list[str]:
    """Everything alive in what was written in *dialect*."""
    match dialect:
        case Dialect.MARKDOWN:
            return alive(text, links=links)
        case Dialect.ADF:
            return alive_in_adf(json.loads(text), links=links) if text else []
        case Dialect.WIKI:
            return alive_in_wiki(text, links=links)


def fresh(report: RunReport, dialect: Dialect, folder: Path, desk: Desk) -> tuple[MemoryTracker, Desk]:
    """A ticket on which RAT's comment with that report stands, and its desk."""
    ref = REF if dialect is Dialect.MARKDOWN else JIRA
    ticket = Ticket(ref=ref, title="Export hangs", body="It hangs.", updated_at="2026-11-01T10:00:00Z")
    tracker = MemoryTracker(ticket, kind=ref.tracker)
    start(tracker, dialect)
    tracker.fields["Acceptance Criteria"] = ""
    journal = Journal(folder / "journal.jsonl")
    journal.path.unlink(missing_ok=True)
    policy = Policy(repositories=frozenset({"acme/shop"}), jira_projects=frozenset({"PAY"}))
    own = replace(desk, tracker_for=lambda _: tracker, journal=journal, policy=policy)
    work = replace(report.refinement, ticket=tracker.fetch(ref, comments=False))
    assert publish([replace(report, refinement=work)], own)[0].action is Action.CREATED
    return tracker, own


def written(tracker: MemoryTracker, desk: Desk) -> Iterator[str]:
    """What each write left behind: RAT's part of the description, a field, each child's text."""
    ref = tracker.ticket.ref
    apply(ref, desk, sections=("problem", "approach", "risks", "test-plan"), project=REGION, by="jo")
    if ref is JIRA:
        (outcome,) = apply(ref, desk, sections=("criteria",), project=FIELD, by="jo")
        assert (outcome.purpose, outcome.action) == ("field", Action.UPDATED), outcome
    apply(ref, desk, sections=("tasks",), project=REGION, by="jo")
    part = described(tracker.fields["description"], tracker.dialect, ticket=ref.key, key="").inside
    children = [child.body.removeprefix(f"{child.marker}\n") for child in tracker.below]
    yield from (text for text in (part, tracker.fields["Acceptance Criteria"], *children) if text)


@pytest.mark.parametrize("dialect", Dialect)
def test_nothing_that_a_hijacked_model_says_comes_to_life_in_what_a_person_approved(
    dialect: Dialect, report: RunReport, tmp_path: Path, desk: Desk
) -> None:
    names, cases = list(DISGUISES), 0
    links = own_links(write_markdown(compose(report, SITE))) | ORIGIN | {f"{SITE.jira_url}/browse/{JIRA.key}"}
    for number, payload in enumerate(PAYLOADS[::STEP]):
        said = spoiled(report.refinement.proposal, led_by(DISGUISES[names[number % len(names)]](payload)))
        evil = replace(report, refinement=replace(report.refinement, proposal=said))
        tracker, own = fresh(evil, dialect, tmp_path, desk)
        for text in written(tracker, own):
            cases += 1
            assert not found_in(text, dialect, links), (payload, text)
        for child in tracker.below:
            cases += 1
            assert child.title == one_line(child.title)
            assert not invisible(child.title), payload
    assert cases >= 170


@pytest.mark.parametrize("dialect", Dialect)
def test_nothing_that_a_person_gives_as_a_reason_comes_to_life_in_rats_record(
    dialect: Dialect, report: RunReport, tmp_path: Path, desk: Desk
) -> None:
    for payload in PAYLOADS[::STEP]:
        tracker, own = fresh(report, dialect, tmp_path, desk)
        publish_rejection(tracker.ticket.ref, payload, own, by=payload, command_id="7")
        text = tracker.stored[-1].raw.partition("\n")[2] if dialect is Dialect.MARKDOWN else tracker.stored[-1].raw
        assert not found_in(text, dialect, own_links(write_markdown(compose_answer("", SITE)))), payload
