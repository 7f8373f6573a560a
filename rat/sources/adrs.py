"""The decisions that matter for a ticket, with the passage that says why; replaced ones only as pointers."""

import dataclasses
import re

from rat.model import Evidence, EvidenceKind, Refinement
from rat.search.words import words
from rat.sources.decision import CONTEXT, DECISION, Decision
from rat.sources.decision_log import DecisionLog, read_decisions
from rat.sources.document import Problem
from rat.sources.library import Library
from rat.sources.ranking import Index, bag
from rat.sources.relevance import MAX_PASSAGE, bears_on, best_section, few, original_words, query_of, window

MAX_NOTES = 5


def gather(refinement: Refinement, library: Library) -> Refinement:
    """*refinement* with the few decisions that matter for its ticket, best first."""
    log = decisions_of(library)
    notes = (
        noted(log.problems)
        if log.decisions or log.problems
        else ("no architecture decisions (ADRs) were found in this checkout",)
    )
    index = library.once("index of decisions", lambda: Index(_words(decision) for decision in log.decisions))
    found = [*_named(refinement, log), *_relevant(refinement, log, index)]
    found += [
        _evidence(newer, (f"replaces {decision.id}",), index, {})
        for decision in _replaced(found, log)
        for newer in log.successors(decision)
    ]
    unique = {evidence.id: evidence for evidence in reversed(found)}
    kept = tuple(unique[name] for name in dict.fromkeys(evidence.id for evidence in found))
    return dataclasses.replace(refinement, evidence=(*refinement.evidence, *kept), notes=(*refinement.notes, *notes))


def decisions_of(library: Library) -> DecisionLog:
    """The decision log of the library's checkout, read once."""
    return library.once("decisions", lambda: read_decisions(library.checkout, library.sources.adrs))


def noted(problems: tuple[Problem, ...]) -> tuple[str, ...]:
    """*problems* as notes: the first few, and how many more there are."""
    notes = tuple(f"{problem.path} {problem.message}" for problem in problems[:MAX_NOTES])
    more = len(problems) - MAX_NOTES
    return (*notes, f"{more} more such findings: see `rat sources`") if more > 0 else notes


def _words(decision: Decision) -> dict[str, float]:
    return bag((words(decision.title), 4.0), (words(decision.slug), 1.0), (words(decision.document.text[:30_000]), 1.0))


def _named(refinement: Refinement, log: DecisionLog) -> list[Evidence]:
    """The decisions that the ticket names: by id, by number ("ADR 12") or by file."""
    text = f"{refinement.ticket.title}\n{refinement.ticket.body}"
    numbers = {int(number) for number in re.findall(r"(?i)\badr[-_ #]*0*(\d{1,5})\b", text)}
    named = [
        decision
        for decision in log.decisions
        if decision.number in numbers or decision.path in text or decision.id in text
    ]
    return [
        _evidence(decision, ("the ticket names it", *_pointer(decision, log)), Index([]), {}) for decision in named[:5]
    ]


def _relevant(refinement: Refinement, log: DecisionLog, index: Index) -> list[Evidence]:
    query = query_of(refinement.ticket)
    text = f"{refinement.ticket.title}\n{refinement.ticket.body}"
    found = []
    for hit in few(index.rank(query)):
        decision = log.decisions[hit.at]
        if not bears_on(hit, decision.title):
            continue
        shared = original_words(hit.shared, text)
        found.append(_evidence(decision, (f"shares: {shared}", *_pointer(decision, log)), index, query))
    return found


def _replaced(found: list[Evidence], log: DecisionLog) -> list[Decision]:
    shown = {evidence.path for evidence in found}
    return [decision for decision in log.decisions if decision.path in shown and decision.superseded_by]


def _pointer(decision: Decision, log: DecisionLog) -> tuple[str, ...]:
    """What to say of a decision that is no rule: what replaced it, or its status."""
    if newer := log.successors(decision):
        return (f"superseded by {', '.join(other.id for other in newer)}: not a rule any more",)
    if decision.superseded_by or not decision.in_force:
        by = f" by {', '.join(decision.superseded_by)}" if decision.superseded_by else ""
        return (
            (f"status {decision.status.value}{by}: not a rule",)
            if decision.status != "unknown"
            else ("its status is not known",)
        )
    return ()


def _evidence(decision: Decision, reasons: tuple[str, ...], index: Index, query: dict[str, float]) -> Evidence:
    start, end = passage_of(decision, index, query)
    return Evidence(
        id=decision.id,
        kind=EvidenceKind.ADR,
        title=decision.title,
        text=decision.document.passage(start, end),
        path=decision.path,
        lines=(start, end),
        status="superseded" if decision.superseded_by else decision.status.value,
        reasons=reasons,
    )


def passage_of(decision: Decision, index: Index, query: dict[str, float]) -> tuple[int, int]:
    """The lines to show: a short document whole, else what was decided, else what is nearest to *query*."""
    document = decision.document
    first = document.front.lines + 1
    if len(document.text) <= MAX_PASSAGE:
        return window(document, first, len(document.lines))
    section = decision.section(DECISION) or best_section(document, index, query) or decision.section(CONTEXT)
    return window(document, section.start, section.end) if section else window(document, first, len(document.lines))
