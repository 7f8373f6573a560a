"""A refinement as its reader meets it: single statements, each with the part that it stands in."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from rat.model import Citation, Refinement


class Part(StrEnum):
    """The part of a refinement that a statement stands in."""

    TITLE = "title"
    INTENT = "intent"
    PROBLEM = "problem"
    APPROACH = "approach"
    CRITERION = "criterion"
    TASK = "task"
    TEST_PLAN = "test plan"
    RISK = "risk"
    OUT_OF_SCOPE = "out of scope"
    QUESTION = "question"
    CONFLICT = "conflict"


CLAIMING = frozenset({Part.PROBLEM, Part.APPROACH, Part.CRITERION, Part.TASK, Part.TEST_PLAN})
"""Where a refinement says what is so and what is to be done; risks, questions and exclusions may name anything."""
WORK = frozenset({Part.APPROACH, Part.CRITERION, Part.TASK})
"""Where it says what is to be built."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """One statement; *sources* are the evidence ids that it cites."""

    part: Part
    text: str
    sources: tuple[str, ...] = ()


def drafted(work: Refinement) -> tuple[Said, ...]:
    """What the team wrote, questions and conflicts included; with no model there is no draft, and nothing is given."""
    return tuple(_drafted(work)) if work.proposal else ()


def asked(work: Refinement) -> tuple[Said, ...]:
    """The questions, whoever made them: the team, or rules where there is no model."""
    return tuple(Said(part=Part.QUESTION, text=f"{item.text} {item.why} {item.assumption}") for item in work.questions)


def _drafted(work: Refinement) -> Iterator[Said]:
    proposal = work.proposal
    if proposal is None:
        return
    if proposal.title != work.ticket.title:
        yield Said(part=Part.TITLE, text=proposal.title)
    yield from (Said(part=part, text=text) for part, text in _prose(work.intent, proposal.problem) if text)
    for part, statements in ((Part.APPROACH, proposal.approach), (Part.RISK, proposal.risks)):
        yield from (Said(part=part, text=item.text, sources=_sources(item.citations)) for item in statements)
    for criterion in proposal.acceptance_criteria:
        yield Said(part=Part.CRITERION, text=criterion.text, sources=_sources(criterion.citations))
    for task in proposal.tasks:
        yield Said(part=Part.TASK, text=task.title, sources=_sources(task.citations))
    for step in proposal.test_plan:
        yield Said(part=Part.TEST_PLAN, text=step.text, sources=_sources(step.citations))
    yield from (Said(part=Part.OUT_OF_SCOPE, text=text) for text in proposal.out_of_scope)
    yield from asked(work)
    for conflict in work.conflicts:
        yield Said(part=Part.CONFLICT, text=conflict.reason, sources=(conflict.adr,))


def _prose(intent: str, problem: str) -> tuple[tuple[Part, str], ...]:
    return ((Part.INTENT, intent), (Part.PROBLEM, problem))


def _sources(citations: tuple[Citation, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(citation.source for citation in citations))


def shown(work: Refinement, *, files: int = 8) -> str:
    """*work* as plain text for a judge, the first *files* impacted files with it: no name of a model or a variant."""
    statements = drafted(work) or (*asked(work), *_conflicts(work))
    lines = [f"{part}:\n" + "\n".join(_line(one) for one in statements if one.part is part) for part in Part]
    held = {one.part for one in statements}
    parts = [line for part, line in zip(Part, lines, strict=True) if part in held]
    paths = [f"- {file.path}" for file in work.impacted_files[:files]]
    return "\n\n".join([*parts, *(["impacted files:\n" + "\n".join(paths)] if paths else [])])


def _conflicts(work: Refinement) -> tuple[Said, ...]:
    return tuple(Said(part=Part.CONFLICT, text=item.reason, sources=(item.adr,)) for item in work.conflicts)


def _line(one: Said) -> str:
    return f"- {one.text.strip()}" + (f" [{', '.join(one.sources)}]" if one.sources else "")
