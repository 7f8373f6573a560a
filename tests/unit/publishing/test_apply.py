"""What a person approved goes where the project says, and the words of others stay as they were."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rat.errors import ConfigError, FieldRefused
from rat.model import RunReport, TicketRef
from rat.model.settings import Project, WritePolicy
from rat.ports import Dialect
from rat.publishing.apply import apply
from rat.publishing.guard import Guard
from rat.publishing.offer import Desk
from rat.publishing.outcome import Action, Outcome
from rat.publishing.publish import publish
from rat.publishing.region import described, own_words
from tests.unit.publishing.memory import REF, MemoryTracker, lost

REGION = Project(write=WritePolicy.REGION)
ADF_BODY = (
    '{"version":1,"type":"doc","content":[{"type":"paragraph","attrs":{"localId":"7"},'
    '"content":[{"type":"text","text":"It hangs."}]}]}'
)


def refined(report: RunReport, desk: Desk, tracker: MemoryTracker) -> None:
    """RAT's comment stands on the ticket as it is now."""
    work = replace(report.refinement, ticket=tracker.fetch(REF, comments=False))
    assert publish([replace(report, refinement=work)], desk)[0].action in (Action.CREATED, Action.UPDATED)
    tracker.calls.clear()


def applied(desk: Desk, *sections: str, project: Project = REGION) -> Outcome:
    (outcome,) = apply(REF, desk, sections=sections, project=project, by="jo")
    return outcome


def body(tracker: MemoryTracker) -> str:
    return tracker.fields.get("description", "")


def start(tracker: MemoryTracker, dialect: Dialect) -> str:
    tracker.dialect = dialect
    words = ADF_BODY if dialect is Dialect.ADF else "It hangs.\r\n\r\n- every *time*\r\n"
    tracker.person_writes("description", words)
    return words


@pytest.mark.parametrize("dialect", Dialect)
def test_everything_drafted_but_the_tasks_goes_behind_the_reporters_words(
    dialect: Dialect, report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    words = start(tracker, dialect)
    refined(report, desk, tracker)
    outcome = applied(desk)
    assert (outcome.action, outcome.purpose) == (Action.CREATED, "region")
    assert tracker.writes == ["update_field"]
    text = body(tracker)
    assert "Acceptance criteria" in text
    assert "Read orders by cursor" not in text
    if dialect is Dialect.ADF:
        assert json.loads(text)["content"][0] == json.loads(words)["content"][0]
    else:
        assert text.startswith(words)
    entry = desk.journal.entries()[-1]
    assert (entry.purpose, entry.target, entry.by, entry.replaced) == ("region", "description", "jo", words)


@pytest.mark.parametrize("dialect", Dialect)
def test_sections_by_name_join_those_that_are_there_and_nothing_is_written_twice(
    dialect: Dialect, report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    start(tracker, dialect)
    refined(report, desk, tracker)
    assert applied(desk, "AC").action is Action.CREATED
    assert "Risks" not in body(tracker)
    assert applied(desk, "risks", "Acceptance-Criteria").action is Action.UPDATED
    assert body(tracker).index("Acceptance criteria") < body(tracker).index("Risks")
    before = body(tracker)
    assert applied(desk, "criteria").action is Action.UNCHANGED
    assert body(tracker) == before
    assert len(tracker.stored) == 2
    assert "Kept by RAT" in tracker.stored[1].raw


def test_a_name_that_is_no_section_is_refused_before_anything_is_read(desk: Desk, tracker: MemoryTracker) -> None:
    with pytest.raises(ConfigError, match=r"“everything” is no section.*criteria, tasks, test-plan"):
        applied(desk, "everything")
    assert not tracker.calls


def test_a_section_that_the_comment_lacks_is_refused(report: RunReport, desk: Desk, tracker: MemoryTracker) -> None:
    assert report.refinement.proposal is not None
    work = replace(report.refinement, proposal=replace(report.refinement.proposal, risks=()))
    refined(replace(report, refinement=work), desk, tracker)
    outcome = applied(desk, "risks")
    assert outcome.action is Action.REFUSED
    assert "has no section risks. It has: problem, approach, criteria" in outcome.reason
    bare = replace(report, refinement=replace(report.refinement, proposal=None), input_hash="b0")
    refined(bare, desk, tracker)
    assert "nothing drafted" in applied(desk).reason
    assert tracker.fields == {}


def test_where_only_comments_are_allowed_the_answer_says_what_to_set(
    report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    refined(report, desk, tracker)
    outcome = applied(desk, project=Project())
    assert outcome.action is Action.REFUSED
    assert "write: region" in outcome.reason
    assert tracker.writes == []


def test_what_somebody_changed_since_is_not_applied(report: RunReport, desk: Desk, tracker: MemoryTracker) -> None:
    assert "has no proposal" in applied(desk).reason
    refined(report, desk, tracker)
    stored = tracker.stored[0]
    tracker.stored[0] = replace(stored, raw=stored.raw.replace("within 60 s", "within 1 s"))
    assert "was edited" in applied(desk).reason
    tracker.stored[0] = replace(stored, author="mallory")
    assert "has no proposal" in applied(desk).reason
    tracker.stored[0] = stored
    tracker.person_writes("description", "It hangs, and then some.")
    assert "changed since RAT read it" in applied(desk).reason
    assert tracker.writes == []


def test_a_closed_or_foreign_ticket_and_one_that_opted_out_are_left_alone(
    report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    refined(report, desk, tracker)
    for change in ({"state": "closed"}, {"labels": ("rat:off",)}, {"locked": True}):
        before, tracker.ticket = tracker.ticket, replace(tracker.ticket, **change)
        assert applied(desk).action in (Action.SILENT, Action.REFUSED)
        tracker.ticket = before
    stray = TicketRef(tracker=REF.tracker, key="other/repo#1")
    assert apply(stray, desk, sections=(), project=REGION, by="jo")[0].action is Action.REFUSED
    assert tracker.writes == []


def test_an_edit_at_the_last_moment_puts_the_write_off(report: RunReport, desk: Desk, tracker: MemoryTracker) -> None:
    refined(report, desk, tracker)

    def edit(name: str, number: int) -> None:
        if name == "field" and tracker.calls.count("field") == 2:
            tracker.person_writes("description", "It hangs. Edited.")

    tracker.before = edit
    assert applied(desk).action is Action.DEFERRED
    assert body(tracker) == "It hangs. Edited."


def test_a_part_that_a_person_edited_is_left_alone(report: RunReport, desk: Desk, tracker: MemoryTracker) -> None:
    refined(report, desk, tracker)
    applied(desk, "criteria")
    tracker.person_writes("description", body(tracker).replace("- [ ]", "- [x]", 1))
    before = body(tracker)
    outcome = applied(desk, "risks")
    assert outcome.action is Action.REFUSED
    assert "edited by a person" in outcome.reason
    assert body(tracker) == before


@pytest.mark.parametrize("times", [1, 2])
def test_a_lost_answer_is_settled_by_reading(times: int, report: RunReport, desk: Desk, tracker: MemoryTracker) -> None:
    refined(report, desk, tracker)
    tracker.after = lost("update_field", times=times)
    assert applied(desk).action is Action.CREATED
    assert tracker.writes == ["update_field"]


def test_a_write_that_did_not_arrive_is_sent_once_more_and_one_that_came_out_otherwise_fails(
    report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    refined(report, desk, tracker)
    tracker.before = lost("update_field")
    assert applied(desk, "risks").action is Action.CREATED
    tracker.keeps = lambda text: text[:-10]
    outcome = applied(desk, "criteria")
    assert (outcome.action, outcome.exit_code) == (Action.FAILED, 3)
    assert "does not say what was sent" in outcome.reason


def test_a_dry_run_shows_the_call_and_sends_nothing(report: RunReport, desk: Desk, tracker: MemoryTracker) -> None:
    refined(report, desk, tracker)
    outcome = applied(replace(desk, dry_run=True))
    assert outcome.call is not None
    assert (outcome.call.operation, outcome.call.target) == ("update_field", f"{REF.key} description")
    assert tracker.writes == []
    applied(desk)
    assert body(tracker) == outcome.call.body


def test_a_secret_of_this_run_does_not_get_into_the_description(
    report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    assert report.refinement.proposal is not None
    secret = "k9Qw7Zr4Lm2Xv8Tn"
    work = replace(report.refinement, proposal=replace(report.refinement.proposal, problem=f"Use {secret}."))
    refined(replace(report, refinement=work), desk, tracker)
    applied(replace(desk, guard=Guard(secrets=(secret,))))
    assert secret not in body(tracker)


MARKS = "<!-- rat:region -->\n\n#### Risks\n\n<!-- rat:end ticket=acme/shop#12 text=0123456789abcdef former=none -->"


@pytest.mark.parametrize(
    "hostile",
    [
        MARKS,
        MARKS + "\n" + MARKS,
        "<!-- rat:region -->",
        "<!-- rat:end ticket=acme/shop#12 text=0123456789abcdef former=none -->\n<!-- rat:region -->",
        MARKS.replace("shop#12", "shop#13"),
        "<!-- rat:region -->\n" + MARKS,
        "```\nan open fence",
        "<!-- an open comment",
    ],
)
def test_hostile_doubled_and_half_marks_are_refused(
    hostile: str, report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    tracker.person_writes("description", f"It hangs.\n{hostile}")
    refined(report, desk, tracker)
    before = body(tracker)
    assert applied(desk).action is Action.REFUSED
    assert (body(tracker), tracker.writes) == (before, [])


@pytest.mark.parametrize(
    "quoted", [f"```\n{MARKS}\n```", f"- ~~~~\n  {MARKS}\n  ~~~\n{MARKS}\n  ~~~~", f"> ```\n{MARKS}\n> ```"]
)
def test_marks_that_are_quoted_as_code_are_not_marks(
    quoted: str, report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    tracker.person_writes("description", f"{quoted}\n\nIt hangs.")
    refined(report, desk, tracker)
    assert applied(desk, "risks").action is Action.CREATED
    assert body(tracker).startswith(f"{quoted}\n\nIt hangs.\n\n<!-- rat:region -->")
    assert applied(desk, "criteria").action is Action.UPDATED


AROUND = st.lists(
    st.one_of(
        st.sampled_from(["\n", "\r\n", "\n\n", "```", "~~~", "> ", "- ", "    ", "<!--", "-->", "<details>", "{code}"]),
        st.sampled_from([MARKS, "<!-- rat:region -->", "h3. Refined with RAT", "rat:end ticket=a", "\x0c", "\u2028"]),
        st.text(max_size=4),
    ),
    max_size=12,
).map("".join)


@settings(max_examples=300, deadline=None)
@given(AROUND, AROUND, st.sampled_from([Dialect.MARKDOWN, Dialect.WIKI]))
def test_whatever_stands_around_rats_part_stays_byte_for_byte(words: str, added: str, dialect: Dialect) -> None:
    try:
        whole = described(words, dialect, ticket="T-1", key="").with_part("#### Risks\n\n- one\n", ticket="T-1")
        text = whole.write()
        found = described(text, dialect, ticket="T-1", key="")
    except FieldRefused:
        return
    assert text.startswith(words)
    assert found.is_untouched
    assert found.without_part().write() == words
    try:
        again = described(text + "\n" + added, dialect, ticket="T-1", key="")
    except FieldRefused:
        return
    second = again.with_part("#### Risks\n\n- two\n", ticket="T-1").write()
    assert second.startswith(words)
    assert second.endswith("\n" + added)


def test_with_a_key_only_a_part_that_is_signed_is_rats(report: RunReport, desk: Desk, tracker: MemoryTracker) -> None:
    desk = replace(desk, marker_key="key")
    refined(report, desk, tracker)
    assert applied(desk, "risks").action is Action.CREATED
    assert applied(desk, "criteria").action is Action.UPDATED
    with pytest.raises(FieldRefused, match="did not write there"):
        described(body(tracker), Dialect.MARKDOWN, ticket=REF.key, key="another")


@pytest.mark.parametrize("dialect", Dialect)
def test_what_rat_wrote_does_not_count_as_the_tickets_own_words_until_a_person_edits_it(
    dialect: Dialect, report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    start(tracker, dialect)
    before = own_words(tracker.ticket.body)
    refined(report, desk, tracker)
    applied(desk)
    assert "Acceptance criteria" in tracker.ticket.body
    assert own_words(tracker.ticket.body) == before
    tracker.ticket = replace(tracker.ticket, body=tracker.ticket.body + "\nMore.")
    assert own_words(tracker.ticket.body).endswith("More.")
    edited = tracker.ticket.body.replace("60 s", "6 s")
    assert ("6 s" in own_words(edited)) == (dialect is Dialect.MARKDOWN)
