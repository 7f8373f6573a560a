"""What counts as an answer to RAT's questions, and which questions are the same."""

import pytest

from rat.model import Comment, Question, Ticket, TicketRef, TrackerKind
from rat.readiness.answers import answered, is_answer, is_same, without_repeats

VERSION = "In which version did you see `login` do this, and does the newest one still do it?"
STEPS = "Which input, command or clicks lead to the locked account?"
QUESTIONS = (VERSION, STEPS)
TICKET = Ticket(ref=TicketRef(tracker=TrackerKind.GITHUB, key="a/b#1"), title="x", body="y", author="ruth")


def comment(body: str, *, author: str = "ruth", by_member: bool = False, **more: object) -> Comment:
    return Comment(id="9", author=author, body=body, by_member=by_member, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "body", ["1.4 on Linux", "yes", "No.", "3", "1. in 1.4\n2. three wrong passwords", "🙂 in Firefox"]
)
def test_the_reporters_words_are_an_answer(body: str) -> None:
    assert is_answer(comment(body), TICKET, QUESTIONS)


@pytest.mark.parametrize(
    "body",
    [
        "Thanks!",
        "thank you very much",
        "any news on this?",
        "+1",
        "ping",
        "👍",
        "",
        "> In which version?",
        "/rat refine now",
    ],
)
def test_thanks_and_pings_of_the_reporter_are_none(body: str) -> None:
    assert not is_answer(comment(body), TICKET, QUESTIONS)


@pytest.mark.parametrize(
    "body",
    [
        "1. It is 1.4",
        "Q2: three wrong passwords",
        f"> {STEPS}\nthree wrong passwords",
        "I saw it with the login of the newest version",
    ],
)
def test_a_member_answers_by_number_quote_or_the_questions_words(body: str) -> None:
    assert is_answer(comment(body, author="max", by_member=True), TICKET, QUESTIONS)


def test_a_members_chatter_is_none() -> None:
    assert not is_answer(comment("We should paint it green.", author="max", by_member=True), TICKET, QUESTIONS)


@pytest.mark.parametrize("body", ["1. It is 1.4", f"> {VERSION}\n1.4", "me too, in the newest version of login"])
def test_a_passer_by_answers_nothing(body: str) -> None:
    assert not is_answer(comment(body, author="stranger"), TICKET, QUESTIONS)


def test_programs_answer_nothing_and_without_questions_nobody_does() -> None:
    assert not is_answer(comment("1.4", is_bot=True), TICKET, QUESTIONS)
    assert not is_answer(comment("1.4", marker="<!-- rat:1 -->"), TICKET, QUESTIONS)
    assert not is_answer(comment("1.4"), TICKET, ())


def test_an_answer_settles_what_it_is_about_or_else_everything() -> None:
    assert answered(comment("1) 1.4"), QUESTIONS) == (VERSION,)
    assert answered(comment(f"> {STEPS}\nthree times"), QUESTIONS) == (STEPS,)
    assert answered(comment("It is a Mac."), QUESTIONS) == QUESTIONS


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (VERSION, VERSION),
        (VERSION, "In which version did you see login do this? Does the newest one still do it?"),
        ("How many orders are exported?", "How many orders are there in an export that is exported?"),
        ("Why?", "why"),
    ],
)
def test_a_question_is_known_again(one: str, other: str) -> None:
    assert is_same(one, other)
    assert is_same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [(VERSION, STEPS), ("How many orders?", "Which browser?"), ("Which version of Python?", "Which version of Node?")],
)
def test_another_question_is_another(one: str, other: str) -> None:
    assert not is_same(one, other)


def test_answered_questions_are_left_out_and_others_stay() -> None:
    asked = (Question(text=VERSION.replace(", and", ";")), Question(text="Which browser?"))
    assert without_repeats(asked, (VERSION,)) == asked[1:]
    assert without_repeats(asked, ()) == asked
