"""The questions that rules can ask: at most three, each about this ticket, with a reason and a default assumption."""

from collections.abc import Iterable

from rat.model.finding import Finding
from rat.model.proposal import Question
from rat.model.ticket import Ticket
from rat.readiness.clarify import CLARIFY, Ask, ask_where, quotation
from rat.readiness.clarify import question_of as _ask
from rat.readiness.reading import Reading, read
from rat.readiness.subject import error, subject, thing

MAX_QUESTIONS = 3


def questions(findings: Iterable[Finding], *, ticket: Ticket) -> tuple[Question, ...]:
    """What only the author can answer: missing parts first, the costliest first; never none for a ticket with findings.

    Rules about the form alone (too long, said twice) ask nothing by themselves. What nobody can read raises one.
    """
    reading = read(ticket)
    ordered = sorted(findings, key=lambda found: not found.check.startswith("missing-"))
    ordered = [found for found in ordered if found.check == "gibberish"] or ordered
    asked = [ask(reading, found.message) for found in ordered if (ask := _ASK.get(found.check))]
    if ordered and not asked:
        asked = [ask_where(reading, "")]
    return tuple({question.text: question for question in asked}.values())[:MAX_QUESTIONS]


def _steps(reading: Reading, _: str) -> Question:
    seen = error(reading) or subject(reading)
    return _ask(
        "missing-steps",
        f"Which input, command or clicks lead to {seen}?",
        f"It happens with the simplest use of {thing(reading) or 'the feature'}, with default settings.",
    )


def _expected(reading: Reading, _: str) -> Question:
    if found := error(reading):
        text = f"What should happen in place of the {found}: a result (which?), or a clearer error?"
        return _ask("missing-expected", text, f"The same input works and gives a result; no {found}.")
    what = thing(reading) or "it"
    where = "for the example in the ticket" if reading.code else f"in the case of {subject(reading)}"
    assumption = "What the documentation says; where it is silent, what the last release did."
    return _ask("missing-expected", f"What exactly should {what} give {where}?", assumption)


def _actual(reading: Reading, _: str) -> Question:
    return _ask(
        "missing-actual",
        f"What is seen when {subject(reading)} happens: which message, output or value?",
        "It ends without a message, and the result is wrong.",
    )


def _environment(reading: Reading, _: str) -> Question:
    what = thing(reading)
    return _ask(
        "missing-environment",
        f"In which version did you see {what + ' do this' if what else 'this'}, and does the newest one still do it?",
        "The head of the default branch, on any platform.",
    )


def _value(reading: Reading, _: str) -> Question:
    return _ask(
        "missing-value",
        f"Who is held up today without {subject(reading)}, and what do they do instead?",
        "Every user of this part of the product, and there is a way around it.",
    )


def _criteria(reading: Reading, _: str) -> Question:
    what = thing(reading)
    text = f"By which two or three results{' of ' + what if what else ''} will you accept {subject(reading)} as done?"
    assumption = "The case in the title works, nothing that worked before changes, and a test shows both."
    return _ask("missing-acceptance-criteria", text, assumption)


def _scope(reading: Reading, _: str) -> Question:
    return _ask(
        "missing-scope",
        f"What close to {subject(reading)} is not to be changed with it?",
        f"Everything but {thing(reading) or 'what the title names'} stays as it is.",
    )


def _goal(reading: Reading, _: str) -> Question:
    return _ask(
        "missing-goal",
        f"After {subject(reading)} is done, what is different, and where is it seen?",
        "Only what the title names changes.",
    )


def _problem(reading: Reading, _: str) -> Question:
    return _ask(
        "missing-problem",
        f"What goes wrong today without {subject(reading)}, and how often?",
        "It costs time, but blocks nobody.",
    )


def _proposal(reading: Reading, _: str) -> Question:
    return _ask(
        "missing-proposal",
        f"Which command, setting, screen or call does {subject(reading)} add or change, and how does it look?",
        "The smallest addition that serves the case in the ticket.",
    )


def _question(reading: Reading, _: str) -> Question:
    if reading.title.endswith("?"):
        text = f"What do you want to get done when you ask {subject(reading)}, and where are you stuck?"
        return _ask("missing-question", text, "The first steps are wanted, as the documentation gives them.")
    return _ask(
        "missing-question",
        f"Which question should {subject(reading)} answer?",
        "Whether it can be done, and at what cost.",
    )


def _time_box(reading: Reading, _: str) -> Question:
    return _ask(
        "missing-time-box",
        f"After how many days do you want an answer on {subject(reading)}, whatever it is?",
        "Two working days.",
    )


def _outcome(reading: Reading, _: str) -> Question:
    return _ask(
        "missing-outcome",
        f"What should {subject(reading)} leave behind: a decision record, a prototype, an estimate?",
        "A page with the findings and a recommendation.",
    )


def _breakdown(reading: Reading, _: str) -> Question:
    return _ask(
        "missing-breakdown",
        f"Which pieces of {subject(reading)} could be delivered one by one, and which first?",
        "The smallest piece that a user can see comes first.",
    )


def _own_part(reading: Reading, message: str) -> Question:
    part = quotation(message).strip("“”")
    text = f"What is the {part} of {subject(reading)}?"
    return _ask("missing-own-part", text, "None is needed, which whoever takes the ticket confirms first.")


def _alternatives(reading: Reading, _: str) -> Question:
    text = f"Which other way to get what {subject(reading)} wants was considered, and why not that one?"
    return _ask("missing-alternatives", text, "None was; the one in the ticket is taken.")


def _measure(reading: Reading, _: str) -> Question:
    text = f"Which figure will show that {subject(reading)} paid off, and what is it today?"
    return _ask("missing-success-measure", text, "It is not measured.")


def _tried(reading: Reading, _: str) -> Question:
    text = f"What did you try for {subject(reading)}, and what came of it?"
    return _ask("missing-tried", text, "Nothing beyond what the documentation shows.")


_ASK: dict[str, Ask] = {
    **CLARIFY,
    "missing-own-part": _own_part,
    "missing-steps": _steps,
    "missing-expected": _expected,
    "missing-actual": _actual,
    "missing-environment": _environment,
    "missing-value": _value,
    "missing-acceptance-criteria": _criteria,
    "missing-scope": _scope,
    "missing-goal": _goal,
    "missing-problem": _problem,
    "missing-proposal": _proposal,
    "missing-question": _question,
    "missing-time-box": _time_box,
    "missing-outcome": _outcome,
    "missing-breakdown": _breakdown,
    "missing-alternatives": _alternatives,
    "missing-success-measure": _measure,
    "missing-tried": _tried,
    "code-alone": _expected,
    "error-alone": _expected,
}
