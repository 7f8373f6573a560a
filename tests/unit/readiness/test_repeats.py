"""No question is asked twice once it got an answer, whoever asks: a rule or an agent."""

from dataclasses import replace

from rat.model import Question, Refinement, Ticket, TicketRef, TrackerKind
from rat.model.dialogue import Dialogue
from rat.readiness import judge

TICKET = Ticket(ref=TicketRef(tracker=TrackerKind.GITHUB, key="a/b#1"), title="Export crashes", body="It crashes.")


def test_a_rules_question_that_was_answered_is_not_asked_again_and_the_others_are() -> None:
    asked = judge(Refinement(ticket=TICKET), {}).questions
    assert len(asked) >= 2
    settled = Dialogue(settled=(asked[0].text,))
    assert asked[0] not in judge(Refinement(ticket=TICKET, dialogue=settled), {}).questions
    answered = Dialogue(open=tuple(one.text for one in asked), answered=tuple(one.text for one in asked))
    assert judge(Refinement(ticket=TICKET, dialogue=answered), {}).questions == ()


def test_an_agents_rewording_of_an_answered_question_is_dropped() -> None:
    reworded = Question(text="Which of the export formats, CSV or JSON, crashes?")
    fresh = Question(text="How many rows does the file have?")
    work = Refinement(ticket=TICKET, questions=(reworded, fresh))
    settled = Dialogue(settled=("Which export format crashes: CSV or JSON?",))
    assert judge(replace(work, dialogue=settled), {}).questions == (fresh,)
