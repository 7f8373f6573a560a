# ruff: noqa: E501
"""Every rule that can cost a ticket points: how grave, why, who found it to matter, and what its author can do."""

from dataclasses import dataclass

from rat.model.finding import Finding, Severity
from rat.readiness.weights import POINTS


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """Why a rule is there. What it costs stands in `weights.py`."""

    severity: Severity
    why: str
    source: str
    remedy: str


_BETTENBURG = "Bettenburg et al. 2008"
_ISO = "ISO/IEC/IEEE 29148"
_QUS = "QUS (Lucassen et al. 2016)"
_INVEST = "INVEST"
_LABELS = "fitted on developers' judgements of 220 issues"

W, N = Severity.WARNING, Severity.NOTE

RULES: dict[str, Rule] = {
    "missing-steps": Rule(severity=W, source=_BETTENBURG, why="A bug that nobody can see happen cannot be fixed with confidence.", remedy="Write the shortest input or clicks that show it."),
    "missing-expected": Rule(severity=W, source=_BETTENBURG, why="Without it two engineers will fix it in two ways.", remedy="Write one sentence with “should”."),
    "missing-actual": Rule(severity=W, source=_BETTENBURG, why="The symptom is what leads to the code.", remedy="Paste the message or output, as text."),
    "missing-environment": Rule(severity=W, source=_BETTENBURG, why="It may be fixed already, or happen on one platform only.", remedy="Name the version or commit, and the platform."),
    "missing-value": Rule(severity=W, source=_INVEST, why="Who needs it decides what is good enough.", remedy="Say who cannot do what today."),
    "missing-acceptance-criteria": Rule(severity=W, source=_ISO, why="Nobody can tell when it is done.", remedy="List two to seven results that can be observed."),
    "missing-scope": Rule(severity=W, source=_INVEST, why="Work without a border grows.", remedy="Name one thing that is not part of it."),
    "missing-goal": Rule(severity=W, source=_ISO, why="It is not said what will be different afterwards.", remedy="Name the thing and the change."),
    "missing-breakdown": Rule(severity=W, source=_INVEST, why="An epic is planned by its parts.", remedy="List the tickets that it consists of."),
    "missing-success-measure": Rule(severity=W, source=_ISO, why="It cannot be told whether it paid off.", remedy="Name a figure and its target."),
    "missing-problem": Rule(severity=W, source=_ISO, why="A solution can only be judged against its problem.", remedy="Say what goes wrong today, and for whom."),
    "missing-proposal": Rule(severity=W, source=_ISO, why="There is nothing to agree to.", remedy="Say what should be there afterwards."),
    "missing-alternatives": Rule(severity=W, source="KEP and Rust RFC templates", why="Others will bring them up later.", remedy="Name one other way and why not."),
    "missing-question": Rule(severity=W, source=_ISO, why="Research without a question does not end.", remedy="Write it as one sentence that ends in “?”."),
    "missing-time-box": Rule(severity=W, source=_INVEST, why="A spike is bought with time.", remedy="Say after how many days you want an answer."),
    "missing-outcome": Rule(severity=W, source=_INVEST, why="It is not said what will be handed over.", remedy="Name it: a decision, a prototype, a page."),
    "missing-tried": Rule(severity=W, source=_BETTENBURG, why="People will suggest what was tried already.", remedy="Show the code or the setting, and what it did."),
    "missing-own-part": Rule(severity=W, source="the project's definition of ready", why="The team asks for it.", remedy="Add it under a heading of that name."),
    "gibberish": Rule(severity=W, source=f"{_ISO} (unambiguous); measured on 650 real tickets", why="Nobody can work on what nobody can read.", remedy="Write in sentences what happens or what is wanted."),
    "few-specifics": Rule(severity=W, source=_LABELS, why="What is named can be found in the code; what is described has to be guessed.", remedy="Name functions, files, screens, values, versions."),
    "diluted": Rule(severity=N, source=f"{_LABELS}; {_ISO} (unambiguous)", why="Many words around few facts hide the facts.", remedy="Say it with names and values; cut the rest."),
    "code-alone": Rule(severity=W, source=_LABELS, why="The reader has to guess what is wrong with it.", remedy="Say what it shows, and what you want instead."),
    "no-pointer": Rule(severity=N, source=_LABELS, why="A link to code, a change or a discussion saves the reader the search.", remedy="Link the line, commit, page or ticket that this is about."),
    "author-unsure": Rule(severity=W, source=f"{_LABELS}; {_ISO} (complete)", why="What its author does not know, the engineer does not either.", remedy="Settle it, or ask somebody by name."),
    "undecided": Rule(severity=W, source=f"{_ISO} (unambiguous)", why="Somebody has to choose before work starts.", remedy="Choose one, or say who chooses."),
    "error-alone": Rule(severity=N, source=_LABELS, why="An error says what broke, not what should happen instead.", remedy="Say what you did and what you expected."),
    "long-code": Rule(severity=N, source=f"{_LABELS}; {_BETTENBURG}", why="The lines that matter have to be looked for.", remedy="Cut it to the shortest that still shows it; fold the rest away."),
    "vague-words": Rule(severity=N, source=f"{_ISO} (unambiguous); {_QUS}", why="Everybody understands them differently.", remedy="Replace each with something that can be seen or measured."),
    "several-requests": Rule(severity=W, source=f"{_QUS} (atomic)", why="Half of it can be done, and then it is neither open nor closed.", remedy="Make one ticket of each."),
    "untestable-criterion": Rule(severity=W, source=f"{_ISO} (verifiable); {_INVEST} (testable)", why="Nobody can say whether it holds.", remedy="Name the input and what is seen."),
    "too-many-criteria": Rule(severity=W, source=f"{_INVEST} (small)", why="More than seven criteria are more than one ticket, or too fine.", remedy="Keep those that would stop the release."),
    "elsewhere": Rule(severity=W, source=f"{_ISO} (complete)", why="Whoever was not there cannot know.", remedy="Write the outcome here."),
    "picture-alone": Rule(severity=W, source=_BETTENBURG, why="Pictures cannot be searched, copied or read aloud.", remedy="Write the text of the picture into the ticket."),
    "link-alone": Rule(severity=W, source=f"{_ISO} (complete)", why="Links change, and not everybody may open them.", remedy="Write what is behind it in two sentences."),
    "contradiction": Rule(severity=W, source=f"{_ISO} (consistent)", why="Both cannot be built.", remedy="Take one out."),
    "repeated": Rule(severity=N, source=f"{_ISO} (set: concise)", why="The reader compares the two to find the difference.", remedy="Say it once."),
    "too-long": Rule(severity=N, source=f"{_INVEST} (small)", why="What matters is not found.", remedy="Fold logs away; keep the excerpt that shows the fault."),
    "title-too-short": Rule(severity=N, source=_QUS, why="A backlog is read by its titles.", remedy="Name the thing and what is wrong or wanted."),
    "title-too-long": Rule(severity=N, source=f"{_QUS} (minimal)", why="A backlog is read by its titles.", remedy="Put the detail into the description."),
    "title-vague": Rule(severity=N, source=_QUS, why="It could stand over any ticket.", remedy="Name the thing and what is wrong or wanted."),
    "unanswered": Rule(severity=W, source=f"{_ISO} (complete)", why="Somebody who read it could not go on.", remedy="Answer it in the ticket."),
    "dead-reference": Rule(severity=W, source=f"{_ISO} (correct)", why="The reader will look for it in vain.", remedy="Correct the path, or say in which version it exists."),
    "against-decision": Rule(severity=W, source="the project's ADRs", why="An accepted decision says otherwise.", remedy="Change the ticket, or propose to supersede the decision."),
    "duplicate": Rule(severity=N, source=f"{_QUS} (unique)", why="The work may be under way.", remedy="Compare the two and link them."),
    "place-unknown": Rule(severity=N, source="RAT's code search", why="No file of the checkout stands out.", remedy="Name a function, file or message that the code contains."),
}  # fmt: skip
"""The whole table; docs/readiness.md explains it and a test compares the two."""


def finding(rule: str, message: str, *, share: float = 1.0) -> Finding:
    """What *rule* saw, costing *share* (0 to 1) of its points; the remedy closes the message."""
    entry = RULES[rule]
    return Finding(
        check=rule, severity=entry.severity, message=f"{message} {entry.remedy}", points=round(POINTS[rule] * share, 1)
    )
