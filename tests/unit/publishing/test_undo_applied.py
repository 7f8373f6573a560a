"""What an approval wrote is taken back, with a journal and without one, unless somebody has been there since."""

from dataclasses import replace

import pytest

from rat.errors import TrackerError
from rat.model import RunReport, TicketRef, TrackerKind
from rat.model.settings import Labels, Project, WritePolicy
from rat.ports import Dialect
from rat.publishing.apply import apply
from rat.publishing.offer import Desk, Policy
from rat.publishing.outcome import Action
from rat.publishing.publish import publish
from rat.publishing.undo import undo
from tests.unit.publishing.memory import REF, MemoryTracker, lost
from tests.unit.publishing.test_apply import REGION, applied, body, refined, start

LABELLED = replace(REGION, labels=Labels())
FIELDS = Project(write={"jira-field": {"description": "approved", "Acceptance Criteria": "approved"}})


def forget(desk: Desk, *, keeps_journal: bool) -> None:
    """What a fresh job knows."""
    if not keeps_journal:
        desk.journal.path.unlink(missing_ok=True)


@pytest.mark.parametrize("dialect", Dialect)
@pytest.mark.parametrize("keeps_journal", [True, False])
def test_the_description_comes_back_byte_for_byte_approval_by_approval(
    dialect: Dialect, keeps_journal: bool, report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    words = start(tracker, dialect)
    refined(report, desk, tracker)
    applied(desk, "criteria")
    first = body(tracker)
    applied(desk, "risks")
    forget(desk, keeps_journal=keeps_journal)
    assert undo(REF, desk, purpose="region").action is Action.UNDONE
    assert body(tracker) == first
    forget(desk, keeps_journal=keeps_journal)
    assert undo(REF, desk, purpose="region").action is Action.UNDONE
    assert body(tracker) == words
    forget(desk, keeps_journal=keeps_journal)
    assert undo(REF, desk, purpose="region").action is Action.SILENT
    assert undo(REF, desk).purpose == "refinement"


@pytest.mark.parametrize("keeps_journal", [True, False])
def test_what_was_kept_only_for_the_last_approval_is_not_made_up_for_the_one_before(
    keeps_journal: bool, report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    refined(report, desk, tracker)
    for name in ("criteria", "risks", "scope"):
        applied(desk, name)
    forget(desk, keeps_journal=keeps_journal)
    assert undo(REF, desk).action is Action.UNDONE
    forget(desk, keeps_journal=keeps_journal)
    again = undo(REF, desk)
    assert again.action is (Action.UNDONE if keeps_journal else Action.REFUSED)
    assert keeps_journal or "not kept any more" in again.reason


@pytest.mark.parametrize("keeps_journal", [True, False])
def test_words_added_around_rats_part_since_stay(
    keeps_journal: bool, report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    tracker.person_writes("description", "It hangs.")
    refined(report, desk, tracker)
    applied(desk)
    tracker.person_writes("description", "Really: " + body(tracker) + "\n\nOn Windows too.")
    forget(desk, keeps_journal=keeps_journal)
    assert undo(REF, desk).action is Action.UNDONE
    assert body(tracker) == "Really: It hangs.\n\nOn Windows too."


@pytest.mark.parametrize("keeps_journal", [True, False])
def test_a_part_that_a_person_edited_or_took_out_is_not_touched(
    keeps_journal: bool, report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    refined(report, desk, tracker)
    applied(desk)
    tracker.person_writes("description", body(tracker).replace("60 s", "6 s"))
    before = body(tracker)
    forget(desk, keeps_journal=keeps_journal)
    assert "edited since" in undo(REF, desk).reason
    assert body(tracker) == before
    tracker.person_writes("description", "It hangs.")
    outcome = undo(REF, desk, purpose="region")
    assert outcome.action is (Action.REFUSED if keeps_journal else Action.SILENT)


def test_a_dry_run_and_a_lost_answer(report: RunReport, desk: Desk, tracker: MemoryTracker) -> None:
    refined(report, desk, tracker)
    applied(desk)
    planned = undo(REF, replace(desk, dry_run=True))
    assert planned.call is not None
    tracker.after = lost("update_field")
    assert undo(REF, desk).action is Action.UNDONE
    assert body(tracker) == planned.call.body == "It hangs."


@pytest.mark.parametrize(
    "former",
    [
        "",
        "Fast enough.\r\n\n{noformat}\n\u200b`x` {noformat} \ue000",
        "a\n" * 3000,
        " ".join(str(number) for number in range(6000))[:32_000],
    ],
)
@pytest.mark.parametrize("keeps_journal", [True, False])
@pytest.mark.parametrize("dialect", [Dialect.ADF, Dialect.WIKI])
def test_a_field_is_replaced_whole_and_comes_back_byte_for_byte(
    dialect: Dialect, keeps_journal: bool, former: str, report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    start(tracker, dialect)
    desk, report = on_jira(report, desk, tracker)
    tracker.fields["Acceptance Criteria"] = former
    refined_there(report, desk, tracker)
    outcomes = apply(tracker.ticket.ref, desk, sections=("criteria", "risks"), project=FIELDS, by="jo")
    assert [(one.purpose, one.action) for one in outcomes] == [("field", Action.UPDATED), ("region", Action.CREATED)]
    assert "60 s" in tracker.fields["Acceptance Criteria"]
    assert "Acceptance criteria" not in tracker.fields["Acceptance Criteria"]
    assert "Risks" in body(tracker)
    assert "60 s" not in body(tracker)
    forget(desk, keeps_journal=keeps_journal)
    assert undo(tracker.ticket.ref, desk, purpose="field").action is Action.UNDONE
    assert tracker.fields["Acceptance Criteria"] == former
    forget(desk, keeps_journal=keeps_journal)
    assert undo(tracker.ticket.ref, desk, purpose="field").action is Action.SILENT
    assert undo(tracker.ticket.ref, desk).purpose == "region"


@pytest.mark.parametrize("keeps_journal", [True, False])
def test_only_rats_own_labels_are_set_and_taken_back(
    keeps_journal: bool, report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    tracker.ticket = replace(tracker.ticket, labels=("bug", "rat:ready"))
    refined(report, desk, tracker)
    assert "add `labels: {}`" in applied(desk, "labels").reason
    assert applied(desk, "labels", project=LABELLED).action is Action.UPDATED
    assert set(tracker.ticket.labels) == {"bug", "rat:needs-answers"}
    assert applied(desk, "labels", project=LABELLED).action is Action.UNCHANGED
    forget(desk, keeps_journal=keeps_journal)
    assert undo(REF, desk).action is Action.UNDONE
    assert set(tracker.ticket.labels) == {"bug", "rat:ready"}


def test_labels_that_somebody_changed_since_are_left_alone(
    report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    refined(report, desk, tracker)
    applied(desk, "labels", project=replace(LABELLED, write=WritePolicy.COMMENT))
    tracker.ticket = replace(tracker.ticket, labels=("rat:ready",))
    assert "somebody changed" in undo(REF, desk).reason
    assert tracker.ticket.labels == ("rat:ready",)


def test_a_link_to_the_run_is_put_on_a_jira_item_once_and_only_if_asked_for(
    report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    start(tracker, Dialect.WIKI)
    desk, report = on_jira(report, desk, tracker)
    refined_there(report, desk, tracker)
    ref, linked = tracker.ticket.ref, replace(REGION, link_run=True)
    assert len(apply(ref, desk, sections=("risks",), project=REGION, by="jo")) == 1
    assert tracker.linked == {}
    planned = apply(ref, replace(desk, dry_run=True), sections=("scope",), project=linked, by="jo")
    assert [one.call.operation for one in planned if one.call] == ["update_field", "add_remote_link"]
    tracker.after = lost("add_remote_link")
    outcomes = apply(ref, desk, sections=("scope",), project=linked, by="jo")
    assert [one.purpose for one in outcomes] == ["region", "link"]
    assert tracker.linked == {"rat:PAY-17": f"{desk.site.run_url}\nRefined with RAT"}
    assert len(apply(ref, desk, sections=("scope",), project=linked, by="jo")) == 1


def test_a_link_that_jira_refused_is_put_there_when_the_command_is_said_again(
    report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    start(tracker, Dialect.WIKI)
    desk, report = on_jira(report, desk, tracker)
    refined_there(report, desk, tracker)
    ref, linked = tracker.ticket.ref, replace(REGION, link_run=True)

    def again() -> list[tuple[str, Action]]:
        return [(one.purpose, one.action) for one in apply(ref, desk, sections=("scope",), project=linked, by="jo")]

    def refuse(name: str, number: int) -> None:
        if name == "add_remote_link":
            raise TrackerError(f"Jira refused call {number}.")

    tracker.before = refuse
    assert again() == [("region", Action.CREATED), ("apply", Action.FAILED)]
    assert tracker.linked == {}
    tracker.before = lambda name, number: None
    assert again() == [("region", Action.UNCHANGED), ("link", Action.CREATED)]
    assert tracker.linked == {"rat:PAY-17": f"{desk.site.run_url}\nRefined with RAT"}
    assert again() == [("region", Action.UNCHANGED)]


def on_jira(report: RunReport, desk: Desk, tracker: MemoryTracker) -> tuple[Desk, RunReport]:
    """The same ticket in Jira."""
    tracker.kind = TrackerKind.JIRA
    tracker.ticket = replace(tracker.ticket, ref=TicketRef(tracker=TrackerKind.JIRA, key="PAY-17"))
    work = replace(report.refinement, ticket=tracker.ticket)
    return replace(desk, policy=Policy(jira_projects=frozenset({"PAY"}))), replace(report, refinement=work)


def refined_there(report: RunReport, desk: Desk, tracker: MemoryTracker) -> None:
    assert publish([report], desk)[0].action is Action.CREATED
