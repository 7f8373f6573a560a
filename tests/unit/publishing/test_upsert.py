"""One comment a ticket, whatever happens between reading and writing."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from rat.errors import RateLimited, TrackerError
from rat.model import Comment, RunReport
from rat.ports import Dialect
from rat.publishing.guard import Guard
from rat.publishing.journal import Journal
from rat.publishing.marker import Marker
from rat.publishing.offer import Desk
from rat.publishing.outcome import Action, Outcome
from rat.publishing.publish import publish, publish_answer
from tests.unit.publishing.memory import MemoryTracker, lost


def only(outcomes: tuple[Outcome, ...]) -> Outcome:
    assert len(outcomes) == 1
    return outcomes[0]


def changed(report: RunReport, note: str = "something else") -> RunReport:
    return replace(report, input_hash="ff00", refinement=replace(report.refinement, notes=(note,)))


def test_the_first_run_creates_one_comment_and_reads_it_back(
    report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    outcome = only(publish([report], desk))
    assert (outcome.action, outcome.url) == (Action.CREATED, "https://x/100")
    assert tracker.calls == ["comments", "fetch", "comments", "create_comment", "comments"]


def test_the_marker_is_the_first_line_and_says_what_the_comment_was_made_from(
    report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    publish([report], desk)
    first, _, rest = tracker.stored[0].raw.partition("\n")
    assert first.startswith("<!-- rat:1 ticket=acme/shop#12 purpose=refinement input=0123456789abcdef content=")
    assert rest.startswith("### ")


def test_the_same_report_again_writes_nothing_and_asks_twice(
    report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    publish([report], desk)
    tracker.calls.clear()
    assert only(publish([report], desk)).action is Action.UNCHANGED
    assert tracker.calls == ["comments", "identity"]


def test_another_commit_and_run_with_the_same_words_write_nothing(
    report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    publish([report], desk)
    later = replace(report, head="f" * 40, input_hash="another")
    site = replace(desk.site, run_url="https://github.com/acme/shop/actions/runs/8")
    assert only(publish([later], replace(desk, site=site))).action is Action.UNCHANGED


def test_a_changed_report_edits_the_comment_in_place(report: RunReport, desk: Desk, tracker: MemoryTracker) -> None:
    publish([report], desk)
    tracker.calls.clear()
    assert only(publish([changed(report)], desk)).action is Action.UPDATED
    assert tracker.calls == ["comments", "identity", "fetch", "update_comment", "comment"]
    assert len(tracker.stored) == 1


def test_a_marker_in_the_comment_of_somebody_else_is_ignored_and_noted(
    report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    publish([report], desk)
    tracker.stored[0] = replace(tracker.stored[0], author="mallory")
    outcome = only(publish([report], replace(desk, journal=Journal(desk.journal.path.with_name("other.jsonl")))))
    assert outcome.action is Action.CREATED
    assert "somebody else" in outcome.notes[0]
    assert tracker.stored[0].author == "mallory"


def test_a_marker_that_is_not_in_the_first_line_is_no_marker(
    report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    marker = Marker(ticket="acme/shop#12", purpose="refinement", input_hash=report.input_hash).write()
    tracker.by_somebody(f"quoted:\n{marker}", author=tracker.me)
    assert only(publish([report], desk)).action is Action.CREATED


@pytest.mark.parametrize("other", [{"ticket": "acme/shop#13"}, {"purpose": "impact"}])
def test_a_comment_for_another_ticket_or_purpose_is_another_comment(
    other: dict[str, str], report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    fields = {"ticket": "acme/shop#12", "purpose": "refinement"} | other
    tracker.by_somebody(Marker(**fields, input_hash=report.input_hash).write() + "\nx", author=tracker.me)
    assert only(publish([report], desk)).action is Action.CREATED


def test_an_unsigned_or_wrongly_signed_marker_does_not_count_when_there_is_a_key(
    report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    forged = Marker(ticket="acme/shop#12", purpose="refinement", input_hash=report.input_hash)
    tracker.by_somebody(forged.write(), author=tracker.me)
    tracker.by_somebody(forged.write(key="guess"), author=tracker.me)
    signing = replace(desk, marker_key="the key")
    assert only(publish([report], signing)).action is Action.CREATED
    assert only(publish([report], signing)).action is Action.UNCHANGED


def test_of_several_own_comments_the_newest_is_edited_and_none_is_deleted(
    report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    publish([report], desk)
    tracker.stored.append(replace(tracker.stored[0], id="205", created_at="2026-11-02T00:00:00Z"))
    outcome = only(publish([changed(report)], desk))
    assert (outcome.action, outcome.url) == (Action.UPDATED, "https://x/205")
    assert [comment.id for comment in tracker.stored] == ["100", "205"]
    assert "RAT has 2 comments" in outcome.notes[0]


def test_comments_that_cannot_all_be_read_mean_no_write(report: RunReport, desk: Desk, tracker: MemoryTracker) -> None:
    def fail(name: str, number: int) -> None:
        if name == "comments":
            raise TrackerError("page 2 failed")

    tracker.before = fail
    outcome = only(publish([report], desk))
    assert (outcome.action, outcome.reason, outcome.exit_code) == (Action.FAILED, "page 2 failed", 3)
    assert not tracker.writes


@pytest.mark.parametrize("field", [{"updated_at": "2026-11-02T00:00:00Z"}, {"title": "Other"}, {"body": "Other"}])
def test_a_ticket_edited_in_between_is_left_for_the_next_run(
    field: dict[str, str], report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    tracker.ticket = replace(tracker.ticket, **field)  # type: ignore[arg-type]
    outcome = only(publish([report], desk))
    assert (outcome.action, outcome.reason) == (Action.DEFERRED, "edited in between; planned again next run")
    assert not tracker.writes


@pytest.mark.parametrize(
    ("field", "action", "word"),
    [
        ({"locked": True}, Action.REFUSED, "locked"),
        ({"state": "closed"}, Action.SILENT, "closed"),
        ({"labels": ("bug", "rat:off")}, Action.SILENT, "rat:off"),
    ],
)
def test_a_locked_closed_or_opted_out_ticket_gets_nothing(
    field: dict[str, object], action: Action, word: str, report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    tracker.ticket = replace(tracker.ticket, **field)  # type: ignore[arg-type]
    outcome = only(publish([report], desk))
    assert outcome.action is action
    assert word in outcome.reason
    assert not tracker.writes


def test_a_comment_that_a_person_edited_is_never_overwritten(
    report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    publish([report], desk)
    ticked = tracker.stored[0].raw.replace("- [ ]", "- [x]", 1)
    tracker.stored[0] = replace(tracker.stored[0], raw=ticked)
    outcome = only(publish([changed(report)], desk))
    assert (outcome.action, tracker.stored[0].raw) == (Action.REFUSED, ticked)
    assert "a person edited" in outcome.reason


def test_a_comment_that_a_person_deleted_stays_away(report: RunReport, desk: Desk, tracker: MemoryTracker) -> None:
    publish([report], desk)
    tracker.stored.clear()
    outcome = only(publish([report], desk))
    assert outcome.action is Action.SILENT
    assert "deleted by a person" in outcome.reason
    assert not tracker.stored


def test_a_lost_answer_to_a_creation_that_was_stored_is_found_by_reading_back(
    report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    tracker.after = lost("create_comment")
    assert only(publish([report], desk)).action is Action.CREATED
    assert (len(tracker.stored), tracker.writes) == (1, ["create_comment"])


def test_a_lost_creation_is_sent_once_more_after_two_looks(
    report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    waits: list[float] = []
    tracker.before = lost("create_comment")
    assert only(publish([report], replace(desk, wait=waits.append))).action is Action.CREATED
    assert (len(tracker.stored), len(tracker.writes), waits) == (1, 2, [2.0, 5.0])


def test_a_creation_lost_twice_is_deferred_and_never_sent_a_third_time(
    report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    tracker.before = lost("create_comment", times=9)
    outcome = only(publish([report], desk))
    assert (outcome.action, len(tracker.writes), tracker.stored) == (Action.DEFERRED, 2, [])
    tracker.before = lost()
    assert only(publish([report], desk)).action is Action.CREATED


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_lost_edit_is_settled_by_reading_back(
    moment: str, report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    publish([report], desk)
    tracker.calls.clear()
    setattr(tracker, moment, lost("update_comment"))
    assert only(publish([changed(report)], desk)).action is Action.UPDATED
    assert len(tracker.writes) == (2 if moment == "before" else 1)
    assert "something else" in tracker.stored[0].raw


def test_a_lost_edit_over_which_a_person_wrote_is_deferred(
    report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    publish([report], desk)
    lose = lost("update_comment")

    def written_over(name: str, number: int) -> None:
        if name == "update_comment":
            tracker.stored[0] = replace(tracker.stored[0], raw="mine", body="mine")
        lose(name, number)

    tracker.after = written_over
    assert only(publish([changed(report)], desk)).action is Action.DEFERRED
    assert tracker.stored[0].raw == "mine"


def test_a_tracker_that_keeps_another_text_with_a_200_is_an_error(
    report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    tracker.keeps = lambda text: text[:100]
    outcome = only(publish([report], desk))
    assert (outcome.action, outcome.exit_code) == (Action.FAILED, 3)
    assert "does not say what was sent" in outcome.reason
    assert [entry.step for entry in desk.journal.entries()] == ["intent", "outcome"]


def test_line_ends_that_a_tracker_changes_are_no_edit(report: RunReport, desk: Desk, tracker: MemoryTracker) -> None:
    tracker.keeps = lambda text: text.replace("\n", "\r\n").rstrip()
    assert only(publish([report], desk)).action is Action.CREATED
    assert only(publish([changed(report)], desk)).action is Action.UPDATED


def test_another_run_that_was_faster_is_not_doubled(report: RunReport, desk: Desk, tracker: MemoryTracker) -> None:
    def other_run(name: str, number: int) -> None:
        if name == "fetch":
            tracker.before = lambda name, number: None
            other = replace(desk, journal=Journal(desk.journal.path.with_name("other.jsonl")))
            assert only(publish([report], other)).action is Action.CREATED

    tracker.before = other_run
    assert only(publish([report], desk)).action is Action.DEFERRED
    assert len(tracker.stored) == 1


def test_a_ready_ticket_gets_no_comment_but_a_comment_that_stands_is_kept_up_to_date(
    report: RunReport, ready: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    outcome = only(publish([ready], desk))
    assert (outcome.action, outcome.reason) == (Action.SILENT, "the ticket is ready as it is (readiness 92 of 100)")
    publish([report], desk)
    assert only(publish([ready], desk)).action is Action.UPDATED


def test_who_asks_by_name_gets_a_comment_even_on_a_ready_ticket_or_after_deleting_one(
    ready: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    assert only(publish([ready], desk, asked=True)).action is Action.CREATED
    tracker.stored.clear()
    assert only(publish([ready], desk)).action is Action.SILENT
    assert only(publish([ready], desk, asked=True)).action is Action.CREATED


def test_a_command_is_answered_once_and_the_next_answer_replaces_the_last(desk: Desk, tracker: MemoryTracker) -> None:
    ref = tracker.ticket.ref
    assert (
        publish_answer(ref, "Only people who may write can do that, @mallory.", desk, command_id="7").action
        == "created"
    )
    assert publish_answer(ref, "Only people who may write can do that.", desk, command_id="7").action == "unchanged"
    assert publish_answer(ref, "Done.", desk, command_id="8").action == "updated"
    assert len(tracker.stored) == 1
    assert "\nDone.\n" in tracker.stored[0].raw


def test_an_answer_to_a_ticket_that_cannot_be_read_is_a_failure(desk: Desk, tracker: MemoryTracker) -> None:
    ref = replace(tracker.ticket.ref, key="acme/shop#99")
    assert publish_answer(ref, "Done.", desk, command_id="8").action is Action.FAILED
    assert not tracker.writes


def test_a_dry_run_gives_the_exact_text_and_only_reads(report: RunReport, desk: Desk, tracker: MemoryTracker) -> None:
    planned = only(publish([report], replace(desk, dry_run=True)))
    assert not tracker.writes
    assert not desk.journal.entries()
    publish([report], desk)
    assert planned.call is not None
    assert planned.call.body == tracker.stored[0].raw
    assert (planned.call.tracker, planned.call.operation, planned.call.target) == (
        "github",
        "create_comment",
        "acme/shop#12",
    )
    again = only(publish([changed(report)], replace(desk, dry_run=True)))
    assert again.call is not None
    assert (again.call.operation, again.call.target) == ("update_comment", "acme/shop#12 comment 100")


def test_a_ticket_outside_the_policy_is_never_asked_about(
    report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    ticket = replace(report.refinement.ticket, ref=replace(report.refinement.ticket.ref, key="evil/repo#1"))
    stray = replace(report, refinement=replace(report.refinement, ticket=ticket))
    assert only(publish([stray], desk)).action is Action.REFUSED
    assert not tracker.calls


def test_a_ticket_is_written_to_once_a_run_and_one_bad_ticket_does_not_stop_the_rest(
    report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    ticket = report.refinement.ticket
    absent = replace(ticket, ref=replace(ticket.ref, key="acme/shop#99"))
    bad = replace(report, refinement=replace(report.refinement, ticket=absent))
    outcomes = publish([bad, report, changed(report)], desk)
    assert [outcome.action for outcome in outcomes] == [Action.FAILED, Action.CREATED, Action.REFUSED]


def test_a_tracker_that_asks_for_a_pause_gets_no_further_write(
    report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    def limit(name: str, number: int) -> None:
        if name == "create_comment":
            raise RateLimited("GitHub asks to wait for 3,000 s.")

    tracker.before = limit
    ticket = report.refinement.ticket
    other = replace(ticket, ref=replace(ticket.ref, key="acme/shop#13"))
    outcomes = publish([report, replace(report, refinement=replace(report.refinement, ticket=other))], desk)
    assert [outcome.action for outcome in outcomes] == [Action.DEFERRED, Action.DEFERRED]
    assert tracker.writes == ["create_comment"]


def test_a_secret_of_the_run_never_leaves(report: RunReport, desk: Desk, tracker: MemoryTracker) -> None:
    secret = "ghs_4fG7kLm2Qr9sTv1xYz3B"
    leaking = changed(report, f"the token is {secret}")
    assert only(publish([leaking], replace(desk, guard=Guard(secrets=(secret,))))).action is Action.CREATED
    assert "4fG7kLm2" not in tracker.stored[0].raw
    assert "secret removed" in tracker.stored[0].raw


def test_a_secret_that_is_spread_over_several_leaves_is_refused(
    report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    spread = replace(report, refinement=replace(report.refinement, notes=("4fG7kL", "m2Qr9s", "Tv1xYz")))
    outcome = only(publish([spread], replace(desk, guard=Guard(secrets=("4fG7kLm2Qr9sTv1xYz",)))))
    assert outcome.action is Action.REFUSED
    assert not tracker.writes


@pytest.mark.parametrize("dialect", [Dialect.ADF, Dialect.WIKI])
def test_in_jira_the_marker_is_kept_beside_the_text(
    dialect: Dialect, report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    tracker.dialect = dialect
    assert only(publish([report], desk)).action is Action.CREATED
    assert "rat:1" not in tracker.stored[0].raw
    assert only(publish([report], desk)).action is Action.UNCHANGED
    assert only(publish([changed(report)], desk)).action is Action.UPDATED


def test_what_jira_adds_to_a_document_is_no_edit(report: RunReport, desk: Desk, tracker: MemoryTracker) -> None:
    def with_ids(node: object) -> object:
        if isinstance(node, list):
            return [with_ids(part) for part in node]
        if not isinstance(node, dict):
            return node
        kept = {name: with_ids(part) for name, part in node.items()}
        if node.get("type") == "table":
            kept["attrs"] = {"localId": "1-2-3", "layout": "default"}
        return dict(sorted(kept.items()))

    tracker.dialect = Dialect.ADF
    tracker.keeps = lambda text: json.dumps(with_ids(json.loads(text)))
    assert only(publish([report], desk)).action is Action.CREATED
    assert only(publish([changed(report)], desk)).action is Action.UPDATED


def test_the_journal_holds_each_step_and_the_whole_replaced_text(
    report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    publish([report], desk)
    before = tracker.stored[0].raw
    publish([changed(report)], desk)
    created, done, edit, edited = desk.journal.entries()
    assert [created.step, done.step, edit.step, edited.step] == ["intent", "outcome", "intent", "outcome"]
    assert (done.action, edited.action, done.comment_id) == ("created", "updated", "100")
    assert (edit.replaced, edit.text) == (before, tracker.stored[0].raw)


def test_a_journal_that_cannot_be_written_means_no_write(
    report: RunReport, desk: Desk, tracker: MemoryTracker, tmp_path: Path
) -> None:
    (tmp_path / "full").mkdir()
    outcome = only(publish([report], replace(desk, journal=Journal(tmp_path / "full"))))
    assert (outcome.action, outcome.exit_code) == (Action.FAILED, 2)
    assert "could not be" in outcome.reason
    assert not tracker.writes


def test_a_file_is_never_written_to(report: RunReport, desk: Desk, tracker: MemoryTracker) -> None:
    from rat.model import TicketRef, TrackerKind

    ticket = replace(report.refinement.ticket, ref=TicketRef(tracker=TrackerKind.FILE, key="a.md"))
    outcome = only(publish([replace(report, refinement=replace(report.refinement, ticket=ticket))], desk))
    assert (outcome.action, tracker.calls) == (Action.SILENT, [])


def test_a_comment_without_raw_text_is_read_by_its_body() -> None:
    from rat.publishing.marker import read_marker

    marker = Marker(ticket="A-1", purpose="refinement", input_hash="00", content_hash="11", text_hash="22")
    assert read_marker(Comment(id="1", author="a", body=marker.write() + "\nx")) == marker
    assert read_marker(Comment(id="1", author="a", body="x", marker=marker.write())) == marker
    assert read_marker(Comment(id="1", author="a", body="<!-- rat:1 -->")) is None
