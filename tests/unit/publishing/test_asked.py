"""RAT's comment as its own memory: which questions it asks, which were answered, what was rejected."""

from dataclasses import replace

import pytest

from rat.model import Comment, Question, RunReport
from rat.model.dialogue import Dialogue, Rejection
from rat.ports import Dialect
from rat.publishing.asked import SETTLED_LIMIT, questions_in, settled
from rat.publishing.compose import compose
from rat.publishing.dialect import write
from rat.publishing.document import Bullets, Folded
from tests.unit.publishing.sample import SITE

ASKED = (
    "Which `version` of @foo is it, a_b?",
    "Is it 5 * 3 <b> or [x](http://evil.example)?",
    "Zeilen\u00fcmbruch, fixes #1: ja?",
)
BEFORE = ("How many orders?", "1. Which | of these?")


def stored(report: RunReport, dialect: Dialect) -> Comment:
    text = write(compose(report, SITE), dialect)
    raw = f"<!-- rat:1 -->\n{text}" if dialect is Dialect.MARKDOWN else text
    return Comment(id="1", author="rat", body="", raw=raw)


def plain(questions: tuple[str, ...]) -> tuple[str, ...]:
    """Without the code spans in which writers put what would come to life."""
    return tuple(question.replace("`", "") for question in questions)


def asking(report: RunReport, dialogue: Dialogue) -> RunReport:
    questions = tuple(Question(text=text, why="w", assumption="a") for text in ASKED)
    return replace(report, refinement=replace(report.refinement, questions=questions, dialogue=dialogue))


@pytest.mark.parametrize("dialect", list(Dialect))
def test_questions_are_read_back_as_they_were_asked(report: RunReport, dialect: Dialect) -> None:
    comment = stored(asking(report, Dialogue(settled=BEFORE)), dialect)
    assert tuple(map(plain, questions_in(comment, dialect))) == (plain(ASKED), plain(BEFORE))


@pytest.mark.parametrize("dialect", list(Dialect))
def test_a_comment_that_a_person_edited_is_no_longer_rats_word(report: RunReport, dialect: Dialect) -> None:
    comment = stored(asking(report, Dialogue()), dialect)
    edited = replace(
        comment, raw=comment.raw.replace("How many", "So many").replace("a_b", "<c>") + "\n*bold* <i>x</i>"
    )
    assert questions_in(edited, dialect) == ((), ())


def test_one_question_and_none() -> None:
    assert questions_in(Comment(id="1", author="rat", body="", raw="<!-- x -->\nwords"), Dialect.MARKDOWN) == ((), ())
    assert settled(()) == ()


def test_the_list_of_answered_questions_keeps_the_newest() -> None:
    (folded,) = settled(tuple(f"Question {number}?" for number in range(30)))
    assert isinstance(folded, Folded)
    (bullets,) = folded.blocks
    assert isinstance(bullets, Bullets)
    assert len(bullets.items) == SETTLED_LIMIT
    assert folded.title == "20 questions answered"


def test_a_new_proposal_says_that_the_one_before_was_rejected(report: RunReport) -> None:
    rejection = Rejection(by="alice", why="misses the @export, fixes #3", stands=True)
    text = write(compose(asking(report, Dialogue(rejection=rejection)), SITE), Dialect.MARKDOWN)
    assert "rejected by alice: misses the `@export`" in text
    assert "fixes #3" not in text.replace("`", "")[: text.index("rejected")]
    assert "#3" not in text.replace("`#3`", "").replace("`fixes #3`", "")
