"""The parts of RAT's comment by name: as its headings say them, and as people write them in a command."""

import re
from collections.abc import Iterable

from rat.errors import ConfigError
from rat.publishing.document import Block, Folded, Footer, Heading, Rule, Section

DRAFTED = ("problem", "approach", "criteria", "tasks", "test plan", "risks", "scope")
"""The sections that a model drafts and a person may approve, in the order in which they are shown."""

BESIDE_TEXT = frozenset({"tasks", "labels"})
"""What is applied only when it is named, since it is no text in a field."""

GRAPH_TITLES = frozenset({"Order of the tasks", "Order of the parts"})
"""What the drawing of the tasks is called; it belongs to their section."""

_HEADINGS = {
    "approach": "approach",
    "what to try": "approach",
    "answer": "approach",
    "acceptance criteria": "criteria",
    "outcomes": "criteria",
    "questions to answer": "criteria",
    "tasks": "tasks",
    "breakdown": "tasks",
    "test plan": "test plan",
    "risks": "risks",
    "out of scope": "scope",
}
_NAMES = {
    **{name: name for name in DRAFTED},
    **_HEADINGS,
    "proposal": "problem",
    "description": "problem",
    "acceptance criterion": "criteria",
    "ac": "criteria",
    "plan": "tasks",
    "task": "tasks",
    "subtasks": "tasks",
    "tests": "test plan",
    "risk": "risks",
    "labels": "labels",
    "label": "labels",
}
KNOWN = "problem, approach, criteria, tasks, test-plan, risks, scope, labels"


def named(word: str) -> str | None:
    """The section that a person means by *word* ("Test-plan", "AC", a field's name); None where there is none."""
    return _NAMES.get(" ".join(re.split(r"[\s_-]+", word.strip().lower())))


def all_named(words: Iterable[str]) -> tuple[str, ...]:
    """The sections that *words* mean, each once. Raises ConfigError for one that is none, naming those that are."""
    found: dict[str, None] = {}
    for word in words:
        name = named(word)
        if name is None:
            shown = "".join(letter for letter in word[:40] if letter.isprintable())
            raise ConfigError(f"“{shown}” is no section that can be applied. There are: {KNOWN}.")
        found[name] = None
    return tuple(found)


def sectioned(blocks: tuple[Block, ...]) -> tuple[Section, ...]:
    """*blocks* cut at their headings, which each type of ticket may call otherwise (`rat/publishing/draft.py`).

    A folded part, a line across and the small print are sections of their own.
    """
    sections: list[Section] = []
    for block in blocks:
        name = _name(block)
        if name is None and sections:
            last = sections[-1]
            sections[-1] = Section(last.name, (*last.blocks, block))
        else:
            sections.append(Section(name or "", (block,)))
    return tuple(sections)


def _name(block: Block) -> str | None:
    """The name of the section that begins with *block*; None where none begins."""
    match block:
        case Heading(value):
            if value == "Proposal" or value.startswith("Proposal: "):
                return "problem"
            return _HEADINGS.get(value.lower(), value)
        case Folded(title):
            return None if title in GRAPH_TITLES else title
        case Rule() | Footer():
            return "footer"
        case _:
            return None
