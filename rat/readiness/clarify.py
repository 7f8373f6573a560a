"""Questions about what stands in a ticket and cannot be worked with: doubt, a choice, a contradiction, a dead end."""

from collections.abc import Callable

from rat.model.proposal import Question
from rat.readiness.reading import Reading
from rat.readiness.rules import RULES
from rat.readiness.subject import subject, thing

Ask = Callable[[Reading, str], Question]
"""Makes a question of the ticket and of a finding's message."""


def question_of(rule: str, text: str, assumption: str) -> Question:
    """A question that *rule* gives rise to, with its reason."""
    return Question(text=text, why=RULES[rule].why, assumption=assumption)


def quotation(message: str) -> str:
    """What a finding's *message* quotes, with its quotation marks; empty where it quotes nothing."""
    start, end = message.find("“"), message.rfind("”")
    return message[start : end + 1] if start >= 0 else ""


def ask_where(reading: Reading, _: str) -> Question:
    """Where the ticket lands: the question that is left when nothing in it can be looked up."""
    text = f"Where is {subject(reading)} seen: on which screen, in which command, file or setting, with which values?"
    return question_of("few-specifics", text, f"Wherever {thing(reading) or 'the thing in the title'} is used.")


def _place(reading: Reading, _: str) -> Question:
    text = f"Which function, file, screen or message does {subject(reading)} begin at?"
    return question_of("place-unknown", text, "The first of the files that the search found.")


def _unsure(_: Reading, message: str) -> Question:
    text = f"Who can settle this: {quotation(message)}?"
    return question_of("author-unsure", text, "It is settled by whoever does the work, and written down there.")


def _undecided(_: Reading, message: str) -> Question:
    return question_of("undecided", f"Which of the two is it: {quotation(message)}?", "The first that is named.")


def _contradiction(_: Reading, message: str) -> Question:
    return question_of("contradiction", f"Which of the two holds: {quotation(message)}?", "The first of them.")


def _elsewhere(_: Reading, message: str) -> Question:
    text = f"What was the outcome of {quotation(message)}?"
    return question_of("elsewhere", text, "Only what is written in the ticket holds.")


def _another(reading: Reading, message: str) -> Question:
    text = f"Shall this become a ticket of its own: {quotation(message)}?"
    return question_of("several-requests", text, f"Yes; here it is about {subject(reading)} alone.")


def _vague(_: Reading, message: str) -> Question:
    text = f"What can be measured or seen where the ticket says {quotation(message)}?"
    return question_of("vague-words", text, "It is no worse than today.")


def _check(_: Reading, message: str) -> Question:
    text = f"With which input, and by what that is seen, is this checked: {quotation(message)}?"
    return question_of("untestable-criterion", text, "It is not a criterion, only a wish.")


def _picture(_: Reading, __: str) -> Question:
    text = "What does the picture show, in words, and what should it show instead?"
    return question_of("picture-alone", text, "Nothing beyond what the title says.")


def _link(_: Reading, __: str) -> Question:
    text = "What is behind the link, in two sentences?"
    return question_of("link-alone", text, "Nothing beyond what the title says.")


def _unanswered(_: Reading, message: str) -> Question:
    text = f"What is the answer to {quotation(message)}?"
    return question_of("unanswered", text, "None is needed to begin.")


def _same(_: Reading, message: str) -> Question:
    text = f"Is this the same as {message.partition(' may be ')[0]}, {quotation(message)}?"
    return question_of("duplicate", text, "They are two things, and both are wanted.")


def _decision(_: Reading, message: str) -> Question:
    text = f"Shall {message.partition(' says: ')[0]} be given up for this, or the ticket be changed to keep to it?"
    return question_of("against-decision", text, "The decision stands.")


def _dead(_: Reading, message: str) -> Question:
    text = (
        f"What is meant, and in which version is it, where the ticket names {message.partition(': ')[2].rstrip('.')}?"
    )
    return question_of("dead-reference", text, "It was renamed or removed; what took its place is meant.")


CLARIFY: dict[str, Ask] = {
    "few-specifics": ask_where,
    "no-pointer": ask_where,
    "diluted": ask_where,
    "place-unknown": _place,
    "author-unsure": _unsure,
    "undecided": _undecided,
    "contradiction": _contradiction,
    "elsewhere": _elsewhere,
    "several-requests": _another,
    "vague-words": _vague,
    "untestable-criterion": _check,
    "picture-alone": _picture,
    "link-alone": _link,
    "unanswered": _unanswered,
    "duplicate": _same,
    "against-decision": _decision,
    "dead-reference": _dead,
}
"""Rule -> the question that it gives rise to."""
