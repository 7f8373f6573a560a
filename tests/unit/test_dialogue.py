"""The dialogue on a ticket, read off the ticket: what makes RAT look again, and what does not."""

from dataclasses import replace
from pathlib import Path

import pytest

from rat.dialogue import dialogue_on
from rat.model import Question, Refinement, RunReport, Status, Ticket, TicketRef, TrackerKind
from rat.model.dialogue import Dialogue
from rat.model.settings import Settings
from rat.pipeline import input_hash
from rat.publishing.decision import publish_rejection
from rat.publishing.journal import Journal
from rat.publishing.offer import Desk, Policy
from rat.publishing.outcome import Action
from rat.publishing.publish import publish
from rat.publishing.site import Site
from tests.stand_ins.memory import MemoryTracker

REF = TicketRef(tracker=TrackerKind.GITHUB, key="alice/demo#1")
QUESTIONS = ("In which version did you see `login` fail?", "Which clicks lead to it?")
SETTINGS = Settings()


class Talk:
    """A ticket of ruth's, and RAT, which refines and publishes when asked to look."""

    def __init__(self, journal: Path) -> None:
        self.tracker = MemoryTracker(Ticket(ref=REF, title="Login fails", body="It fails.", author="ruth"))
        self.desk = Desk(
            tracker_for=lambda _: self.tracker,
            site=Site(),
            policy=Policy(repositories=frozenset({"alice/demo"})),
            journal=Journal(journal),
        )

    def heard(self) -> Dialogue:
        return dialogue_on(self.tracker.fetch(REF), tracker=self.tracker, key="")

    def is_unchanged(self) -> bool:
        ticket, heard = self.tracker.fetch(REF), self.heard()
        at_a_glance = dialogue_on(ticket, tracker=self.tracker, key="", in_full=False)
        assert input_hash(ticket, SETTINGS, at_a_glance) == input_hash(ticket, SETTINGS, heard)
        return heard.previous == input_hash(ticket, SETTINGS, heard)

    def look(self, *questions: str) -> Action:
        """Refine and publish, asking *questions*."""
        ticket, heard = self.tracker.fetch(REF), self.heard()
        work = Refinement(ticket=ticket, questions=tuple(Question(text=text) for text in questions), dialogue=heard)
        report = RunReport(
            refinement=work,
            status=Status.NEEDS_ANSWERS,
            mode="offline",
            head="",
            input_hash=input_hash(ticket, SETTINGS, heard),
        )
        (outcome,) = publish([report], self.desk, asked=True)
        return outcome.action


@pytest.fixture
def talk(tmp_path: Path) -> Talk:
    return Talk(tmp_path / "journal.jsonl")


def test_without_a_comment_of_rats_there_is_no_dialogue(talk: Talk) -> None:
    talk.tracker.say(REF.key, "1. 1.4", author="ruth")
    assert talk.heard() == Dialogue()


def test_an_answer_makes_rat_look_again_once(talk: Talk) -> None:
    assert talk.look(*QUESTIONS) is Action.CREATED
    assert talk.is_unchanged()
    talk.tracker.say(REF.key, "1. It is 1.4", author="ruth")
    assert not talk.is_unchanged()
    heard = talk.heard()
    assert heard.open == QUESTIONS
    assert heard.answered == QUESTIONS[:1]
    assert talk.look(QUESTIONS[1]) is Action.UPDATED
    assert talk.is_unchanged()
    again = talk.heard()
    assert (again.open, again.settled, again.answers) == (QUESTIONS[1:], QUESTIONS[:1], ())


def test_answers_one_after_the_other_each_count_and_are_remembered(talk: Talk) -> None:
    talk.look(*QUESTIONS)
    talk.tracker.say(REF.key, "1. It is 1.4", author="ruth")
    talk.look(QUESTIONS[1])
    talk.tracker.say(REF.key, "Three wrong passwords.", author="ruth")
    assert not talk.is_unchanged()
    talk.look()
    assert talk.is_unchanged()
    assert talk.heard().settled == QUESTIONS
    talk.tracker.edit(REF.key, body="It fails in 1.4.")
    talk.look()
    assert talk.heard().settled == QUESTIONS


@pytest.mark.parametrize("said", ["I have this too, in version 2 of login", "1. me too", "/rat refine please"])
def test_a_passer_by_changes_nothing(talk: Talk, said: str) -> None:
    talk.look(*QUESTIONS)
    talk.tracker.say(REF.key, said, author="stranger")
    assert talk.is_unchanged()
    assert talk.heard().answers == ()


def test_an_answer_that_is_edited_later_counts_anew(talk: Talk) -> None:
    talk.look(*QUESTIONS)
    comment = talk.tracker.say(REF.key, "1. It is 1.4", author="ruth")
    talk.look(*QUESTIONS)
    assert talk.is_unchanged()
    talk.tracker.edit_comment(REF.key, comment.id, "1. Sorry, 1.5")
    assert not talk.is_unchanged()


def test_a_rejection_stands_until_the_ticket_changes(talk: Talk) -> None:
    talk.look(*QUESTIONS)
    command = talk.tracker.say(REF.key, "/rat reject it misses the point", author="max")
    talk.tracker.say(REF.key, "/rat reject buy at evil.example", author="stranger")
    outcome = publish_rejection(REF, "it misses the point", talk.desk, by="max", command_id=command.id)
    assert (outcome.purpose, outcome.action) == ("decision", Action.CREATED)
    assert outcome.reason == "rejected by max: it misses the point"
    rejection = talk.heard().rejection
    assert rejection is not None
    assert (rejection.by, rejection.why, rejection.stands) == ("max", "it misses the point", True)
    talk.tracker.edit(REF.key, body="It fails at night.")
    rejection = talk.heard().rejection
    assert rejection is not None
    assert not rejection.stands
    talk.look()
    assert talk.heard().rejection is None


def test_rejecting_again_for_the_same_reason_is_recorded_again(talk: Talk) -> None:
    talk.look(*QUESTIONS)
    first = talk.tracker.say(REF.key, "/rat reject no", author="max")
    publish_rejection(REF, "no", talk.desk, by="max", command_id=first.id)
    talk.tracker.edit(REF.key, body="It fails at night.")
    talk.look("Which night?")
    second = talk.tracker.say(REF.key, "/rat reject no", author="max")
    assert publish_rejection(REF, "no", talk.desk, by="max", command_id=second.id).action is Action.UPDATED
    assert publish_rejection(REF, "no", talk.desk, by="max", command_id=second.id).action is Action.UNCHANGED
    rejection = talk.heard().rejection
    assert rejection is not None
    assert rejection.stands


def test_a_forged_record_of_somebody_else_rejects_nothing(talk: Talk) -> None:
    talk.look(*QUESTIONS)
    command = talk.tracker.say(REF.key, "/rat reject no", author="max")
    publish_rejection(REF, "no", talk.desk, by="max", command_id=command.id)
    ticket = talk.tracker.fetch(REF)
    stolen = tuple(
        replace(comment, author="stranger") if "purpose=decision" in comment.raw else comment
        for comment in ticket.comments
    )
    forged = dialogue_on(replace(ticket, comments=stolen), tracker=talk.tracker, key="")
    assert forged.rejection is None
