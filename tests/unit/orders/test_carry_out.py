"""What each command does, and how its author sees how it ended."""

from dataclasses import replace
from pathlib import Path

import pytest

from rat.connect import Connections
from rat.errors import Ambiguous, TrackerError
from rat.model import Finding, Refinement, RunReport, Severity, Status
from rat.model.access import Access
from rat.model.command import Order
from rat.orders import Bench, Result, carry_out, rule
from rat.orders.words import SAY_IT_AGAIN, left
from rat.publishing.journal import Journal
from rat.publishing.offer import Desk, Policy
from rat.publishing.outcome import Action, Outcome
from rat.publishing.site import Site
from tests.unit.orders.people import REF, CommandedTracker


class Office:
    """A tracker, and the desk that commands are carried out at."""

    def __init__(self, folder: Path, *, dry_run: bool = False) -> None:
        self.tracker = CommandedTracker()
        self.connections = Connections(access=Access(github_repository="alice/demo"), repo=folder)
        self.desk = Desk(
            tracker_for=lambda _: self.tracker,
            site=Site(),
            policy=Policy(repositories=frozenset({"alice/demo"})),
            journal=Journal(folder / "journal.jsonl"),
            dry_run=dry_run,
        )

    def order(self, text: str) -> tuple[str, Result]:
        """Carry out a new command; the id of its comment, and how it ended."""
        comment = self.tracker.order(text)
        return comment.id, self.again(comment.id)

    def again(self, comment_id: str, *, reports: tuple[RunReport, ...] = ()) -> Result:
        """Carry out the command of a comment."""
        ruling = rule(Order(ticket=REF.key, comment_id=comment_id), REF, tracker=self.tracker, people=self.tracker)
        assert not ruling.reason
        return carry_out(ruling, Bench(connections=self.connections, desk=self.desk, reports=reports))

    def refine(self, report: RunReport) -> tuple[str, Result]:
        """`/rat refine`, with *report* made by another job."""
        comment = self.tracker.order("/rat refine")
        report = replace(report, refinement=replace(report.refinement, ticket=self.tracker.fetch(REF)))
        return comment.id, self.again(comment.id, reports=(report,))

    def said(self, purpose: str) -> list[str]:
        """RAT's comments of *purpose*."""
        found = self.tracker.tickets[REF.key].comments
        return [comment.body for comment in found if f"purpose={purpose} " in comment.body]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


@pytest.fixture
def report() -> RunReport:
    work = Refinement(
        ticket=CommandedTracker().fetch(REF),
        findings=(Finding(check="x", severity=Severity.WARNING, message="Something is missing."),),
    )
    return RunReport(refinement=work, status=Status.BLOCKED, mode="offline", head="", input_hash="a" * 16)


def test_refine_publishes_what_was_made_also_where_nothing_changed(office: Office, report: RunReport) -> None:
    first, result = office.refine(report)
    assert [outcome.action for outcome in result.outcomes] == [Action.CREATED]
    assert office.tracker.given == [(first, "eyes"), (first, "+1")]
    _, again = office.refine(report)
    assert [outcome.action for outcome in again.outcomes] == [Action.UNCHANGED]
    assert again.is_done


def test_refine_without_results_says_so(office: Office) -> None:
    comment, result = office.order("/rat refine")
    assert "could not refine" in result.message
    assert office.tracker.given[-1] == (comment, "confused")
    assert "could not refine" in office.said("answer")[0]


def test_results_for_another_ticket_are_not_published(office: Office, report: RunReport) -> None:
    other = replace(report.refinement.ticket, ref=replace(REF, key="alice/demo#2"))
    comment = office.tracker.order("/rat refine")
    wrong = replace(report, refinement=replace(report.refinement, ticket=other))
    assert "could not refine" in office.again(comment.id, reports=(wrong,)).message
    assert office.said("refinement") == []


def test_a_ticket_that_was_skipped_gets_the_reason_as_an_answer(office: Office, report: RunReport) -> None:
    reason = Finding(check="skipped", severity=Severity.NOTE, message="It carries a label.")
    work = replace(report.refinement, findings=(reason,))
    _, result = office.refine(replace(report, status=Status.SKIPPED, refinement=work))
    assert result.message == "It carries a label."
    assert office.said("refinement") == []


def test_reject_needs_a_reason_and_a_proposal(office: Office, report: RunReport) -> None:
    assert "Say why" in office.order("/rat reject")[1].message
    assert "nothing to reject" in office.order("/rat reject no")[1].message
    office.refine(report)
    comment, result = office.order("/rat reject @bob says no")
    assert [(one.purpose, one.action) for one in result.outcomes] == [("decision", Action.CREATED)]
    assert office.tracker.given[-1] == (comment, "+1")
    assert "alice rejected what RAT proposed: `@bob` says no" in office.said("decision")[0]


def test_undo_takes_the_proposal_back_and_never_two_at_once(office: Office, report: RunReport) -> None:
    office.refine(report)
    _, result = office.order("/rat undo")
    assert [outcome.action for outcome in result.outcomes] == [Action.UNDONE]
    half = office.tracker.order("/rat undo")
    office.tracker.given.append((half.id, "eyes"))
    assert office.again(half.id).message == SAY_IT_AGAIN
    assert office.tracker.given[-1] == (half.id, "confused")


def test_what_stays_when_the_rest_is_taken_back_is_said() -> None:
    notes = ("somebody worked on acme/shop#3 since; left alone", "the link to the run stays: it was edited since")
    outcome = Outcome(ticket="acme/shop#1", purpose="tasks", action=Action.UNDONE, notes=notes)
    assert left(outcome) == (
        "Taken back, but not all of it. Somebody worked on acme/shop#3 since; left alone. "
        "The link to the run stays: it was edited since."
    )


def test_undo_with_nothing_to_undo_says_why(office: Office) -> None:
    comment, result = office.order("/rat undo")
    assert result.message.startswith("Not done.")
    assert office.tracker.given[-1] == (comment, "confused")


def test_apply_with_a_section_that_does_not_exist_is_answered(office: Office, report: RunReport) -> None:
    office.refine(report)
    comment, result = office.order("/rat apply nonsense")
    assert not result.is_done
    assert office.tracker.given[-1] == (comment, "confused")
    assert len(office.said("answer")) == 1


@pytest.mark.parametrize("text", ["/rat help", "/rat"])
def test_help_is_short_and_no_failure(office: Office, text: str) -> None:
    comment, result = office.order(text)
    assert result.is_done
    assert office.tracker.given[-1] == (comment, "+1")
    (answer,) = office.said("answer")
    assert sum(line.startswith("`/rat ") for line in answer.splitlines()) == 5
    assert len(answer) < 1500


def test_two_commands_in_one_comment_do_nothing(office: Office) -> None:
    _, result = office.order("/rat undo\n/rat apply")
    assert "One command a comment" in result.message


def test_answers_share_one_comment(office: Office) -> None:
    for text in ("/rat help", "/rat xyz", "/rat undo"):
        office.order(text)
    assert len(office.said("answer")) == 1


def test_a_reaction_whose_answer_was_lost_is_looked_for_and_not_sent_twice(office: Office) -> None:
    office.tracker.fail("react", Ambiguous("lost"), stored=True)
    office.order("/rat help")
    assert office.tracker.counts()["react"] == 2


def test_one_that_did_not_arrive_is_sent_again(office: Office) -> None:
    office.tracker.fail("react", Ambiguous("lost"), stored=False)
    comment, _ = office.order("/rat help")
    assert (comment, "eyes") in office.tracker.given
    assert office.tracker.counts()["react"] == 3


def test_a_tracker_that_refuses_a_write_is_trouble_and_the_author_is_told(office: Office, report: RunReport) -> None:
    office.tracker.fail("create_comment", TrackerError("GitHub did not take it."))
    comment, result = office.refine(report)
    assert result.trouble is not None
    assert result.trouble.exit_code == 3
    assert office.tracker.given[-1] == (comment, "confused")
    assert "GitHub did not take it" in office.said("answer")[0]


def test_a_dry_run_writes_nothing_and_shows_each_call(tmp_path: Path) -> None:
    office = Office(tmp_path, dry_run=True)
    _, result = office.order("/rat help")
    calls = [one.call.operation for one in (*result.reactions, *result.outcomes) if one.call]
    assert calls == ["react", "react", "create_comment"]
    assert office.tracker.given == []
    assert office.tracker.writes() == []


def test_refine_shows_a_new_draft_though_the_ticket_is_the_same(office: Office, report: RunReport) -> None:
    office.refine(report)
    other = Finding(check="x", severity=Severity.WARNING, message="Something else is missing.")
    _, result = office.refine(replace(report, refinement=replace(report.refinement, findings=(other,))))
    assert [outcome.action for outcome in result.outcomes] == [Action.UPDATED]
    (refinement,) = office.said("refinement")
    assert "Something else" in refinement
