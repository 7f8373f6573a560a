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


def _asking(rule: str, text: str, assumption: str) -> Ask:
    """What asks *text*, in which `{subject}` is what the ticket is about and `{quoted}` what the finding quotes."""

    def ask(reading: Reading, message: str) -> Question:
        words = {"subject": subject(reading), "quoted": quotation(message)}
        return question_of(rule, text.format_map(words), assumption.format_map(words))

    return ask


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


_PLAIN = (
    ("gibberish", "What happens, or what is wanted, in two or three plain sentences?", "There is nothing to do yet."),
    (
        "place-unknown",
        "Which function, file, screen or message does {subject} begin at?",
        "The first of the files that the search found.",
    ),
    (
        "author-unsure",
        "Who can settle this: {quoted}?",
        "It is settled by whoever does the work, and written down there.",
    ),
    ("undecided", "Which of the two is it: {quoted}?", "The first that is named."),
    ("contradiction", "Which of the two holds: {quoted}?", "The first of them."),
    ("elsewhere", "What was the outcome of {quoted}?", "Only what is written in the ticket holds."),
    (
        "several-requests",
        "Shall this become a ticket of its own: {quoted}?",
        "Yes; here it is about {subject} alone.",
    ),
    ("vague-words", "What can be measured or seen where the ticket says {quoted}?", "It is no worse than today."),
    (
        "untestable-criterion",
        "With which input, and by what that is seen, is this checked: {quoted}?",
        "It is not a criterion, only a wish.",
    ),
    (
        "picture-alone",
        "What does the picture show, in words, and what should it show instead?",
        "Nothing beyond what the title says.",
    ),
    ("link-alone", "What is behind the link, in two sentences?", "Nothing beyond what the title says."),
    ("unanswered", "What is the answer to {quoted}?", "None is needed to begin."),
)
"""Rule, question, and what is assumed until it is answered."""

CLARIFY: dict[str, Ask] = {
    "few-specifics": ask_where,
    "no-pointer": ask_where,
    "diluted": ask_where,
    **{rule: _asking(rule, text, assumption) for rule, text, assumption in _PLAIN},
    "duplicate": _same,
    "against-decision": _decision,
    "dead-reference": _dead,
}
"""Rule -> the question that it gives rise to."""
