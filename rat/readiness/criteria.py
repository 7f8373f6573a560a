"""Acceptance criteria as their author wrote them: whether each can be checked, and whether they are few enough."""

from collections.abc import Iterator

from rat.model.finding import Finding
from rat.readiness.lines import ITEM, Section
from rat.readiness.parts import untestable
from rat.readiness.reading import Reading
from rat.readiness.rules import finding
from rat.readiness.vocabulary import introduces

MAX_CRITERIA = 7
"""As many as RAT itself may propose."""


def criteria_of(reading: Reading) -> tuple[str, ...]:
    """The list items under the headings of acceptance criteria, each once."""
    under = (
        section
        for section in reading.sections
        if section.heading and introduces(section.heading, "acceptance-criteria")
    )
    return tuple(dict.fromkeys(item for section in under for item in _items(section)))


def criteria_smells(reading: Reading) -> Iterator[Finding]:
    """Criteria that nobody can check, and lists that nobody will."""
    criteria = criteria_of(reading)
    loose = [text for text in criteria if untestable(text)]
    if loose:
        shown = "; ".join(f"“{text[:80]}”" for text in loose[:2])
        yield finding(
            "untestable-criterion", f"Not to be checked as it stands: {shown}.", share=len(loose) / len(criteria)
        )
    if len(criteria) > MAX_CRITERIA:
        yield finding(
            "too-many-criteria",
            f"There are {len(criteria)} acceptance criteria.",
            share=min(1, (len(criteria) - MAX_CRITERIA) / 8),
        )


def _items(section: Section) -> Iterator[str]:
    for line in section.text.split("\n"):
        if ITEM.match(line):
            yield ITEM.sub("", line).strip()
