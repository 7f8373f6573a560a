"""What counts as an answer to RAT's questions, and which questions are the same (docs/adr/0020-a-person-decides.md)."""

import re
from collections.abc import Iterable, Sequence

from rat.model.command import read_command
from rat.model.proposal import Question
from rat.model.readership import may_be_repeated
from rat.model.ticket import Comment, Ticket

TELLING = 2
"""So many telling words of a question make a comment one about it."""

ALIKE = 0.6
"""Two questions are the same when they share this part of all their telling words: a reworded question usually does."""

_NUMBERED = re.compile(r"^\s*(?:q(?:uestion)?\s*)?#?([1-9])\s*[.):]", re.IGNORECASE | re.MULTILINE)
_WORD = re.compile(r"[^\W_]+")
_COMMON = frozenset(
    _WORD.findall(
        "a about after all an and any are as at be been before but by can could did do does done for from get had has "
        "have how i if in into is it its just me my no not now of on one only or our out should so some than that the "
        "their them then there these they this those to too up was we were what when where which who why will with "
        "would you your"
    )
)
_CHATTER = frozenset(
    _WORD.findall(
        "thanks thank thx ty ok okay great nice cool awesome good hello hi hey please ping bump update updates news "
        "any on this that it soon when still you very much so for the a quick reply answer look lgtm cheers all and"
    )
)


def is_of_a_person(comment: Comment) -> bool:
    """Whether *comment* is a person's words to all who read the ticket, neither a program's nor a command."""
    from_person = not comment.is_bot and not comment.marker and may_be_repeated(comment)
    return from_person and read_command(comment.body) is None


def is_answer(comment: Comment, ticket: Ticket, questions: Sequence[str]) -> bool:
    """Whether *comment* by a person counts as an answer to one of *questions*, which were asked before it.

    The reporter's does if it says more than thanks; one by somebody with a say does if it is about a question.
    """
    if not questions or not is_of_a_person(comment):
        return False
    if comment.author == ticket.author:
        return any(word not in _CHATTER for word in _words(_spoken(comment.body).replace("+1", " ")))
    return comment.by_member and bool(_addressed(comment.body, questions))


def answered(comment: Comment, questions: Sequence[str]) -> tuple[str, ...]:
    """Which of *questions* the answer in *comment* is for: those it is about, or else all of them."""
    return _addressed(comment.body, questions) or tuple(questions)


def is_same(one: str, other: str) -> bool:
    """Whether two questions ask for the same, judged by their telling words."""
    first, second = _telling(one), _telling(other)
    if not first or not second:
        return _words(one) == _words(other)
    return len(first & second) >= ALIKE * len(first | second)


def without_repeats(questions: Iterable[Question], closed: Sequence[str]) -> tuple[Question, ...]:
    """*questions* without those that were asked before and got an answer (*closed*)."""
    return tuple(one for one in questions if not any(is_same(one.text, before) for before in closed))


def _addressed(text: str, questions: Sequence[str]) -> tuple[str, ...]:
    """The questions that *text* quotes, numbers, or shares telling words with, in their order."""
    spoken = _spoken(text)
    quoted = [line.lstrip(" >") for line in text.splitlines() if line.lstrip().startswith(">")]
    numbers = {int(number) for number in _NUMBERED.findall(spoken)}
    said = _telling(spoken)
    return tuple(
        question
        for number, question in enumerate(questions, 1)
        if number in numbers
        or any(is_same(line, question) for line in quoted)
        or len(said & _telling(question)) >= TELLING
    )


def _spoken(text: str) -> str:
    """*text* without what it quotes of others."""
    return "\n".join(line for line in text[:20_000].splitlines() if not line.lstrip().startswith(">"))


def _telling(text: str) -> frozenset[str]:
    return frozenset(word.removesuffix("s") for word in _words(text) if word not in _COMMON)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
