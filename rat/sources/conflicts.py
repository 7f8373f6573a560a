"""A ticket that asks for what a decision did not choose, ruled out or replaced, with the clause that says so."""

import dataclasses
from collections.abc import Sequence

from rat.model import Conflict, Evidence, EvidenceKind, Refinement
from rat.sources.adrs import decisions_of
from rat.sources.asks import Ask, asks_of
from rat.sources.decision import Decision
from rat.sources.library import Library
from rat.sources.relevance import window
from rat.sources.rulings import Ruled, Ruling, rulings_of
from rat.sources.status import DecisionStatus
from rat.sources.terms import terms_and_pairs

MOST = 3

TERSE = 4
"""A ticket of fewer other words ("Use GORM") does not say what it is about."""
SPECIFIC = 3
"""So many words say by themselves what a clause or a title is about."""


def gather(refinement: Refinement, library: Library) -> Refinement:
    """*refinement* with the decisions that its ticket goes against; their evidence holds the clause that is quoted."""
    log = decisions_of(library)
    rulings = library.once("rulings", lambda: tuple((decision, rulings_of(decision)) for decision in log.decisions))
    found = find_conflicts(refinement, rulings)[:MOST]
    evidence = list(refinement.evidence)
    for decision, ruled, _ in found:
        evidence = _with_quote(evidence, decision, ruled)
    conflicts = tuple(conflict for _, _, conflict in found)
    return dataclasses.replace(refinement, conflicts=(*refinement.conflicts, *conflicts), evidence=tuple(evidence))


def find_conflicts(
    refinement: Refinement, rulings: Sequence[tuple[Decision, tuple[Ruled, ...]]]
) -> list[tuple[Decision, Ruled, Conflict]]:
    """Each decision that the ticket goes against, once, with the ruling and the conflict."""
    asks = asks_of(refinement.ticket)
    about = terms_and_pairs(f"{refinement.ticket.title}\n{refinement.ticket.body[:20_000]}")
    found = []
    for decision, ruled_out in rulings:
        hit = next(((ruled, ask) for ruled in ruled_out for ask in asks if _against(ruled, ask, about)), None)
        if hit:
            ruled, ask = hit
            found.append((decision, ruled, _conflict(decision, ruled, ask)))
    return found


def _against(ruled: Ruled, ask: Ask, about: frozenset[str]) -> bool:
    """Whether *ask* wants what is ruled out (or to leave what was chosen) and the ticket is about the same matter."""
    if ruled.ruling is Ruling.CHOSEN:
        asked = ruled.terms <= ask.unwanted and not ruled.terms & ask.wanted
    else:
        asked = ruled.terms <= ask.wanted
    return asked and _same_matter(ruled, about - ruled.terms)


def _same_matter(ruled: Ruled, about: frozenset[str]) -> bool:
    """Whether a ticket with these terms is about what the decision is about."""
    if len(about) < TERSE:
        return True
    if ruled.ruling is Ruling.FORBIDDEN:
        around = ruled.matter | ruled.near
        return len(ruled.terms) >= SPECIFIC or not around or bool(around & about)
    enough = 1 if len(ruled.matter) < SPECIFIC else 2
    return not ruled.matter or bool(ruled.near & about) or len(ruled.matter & about) >= enough


def _conflict(decision: Decision, ruled: Ruled, ask: Ask) -> Conflict:
    told = "" if decision.status is not DecisionStatus.UNKNOWN else " (its status is not stated)"
    reasons = {
        Ruling.NOT_CHOSEN: f"asks for “{ruled.name}”, which {decision.id} considered and did not choose",
        Ruling.FORBIDDEN: f"asks for “{ruled.name}”, which {decision.id} rules out",
        Ruling.REJECTED: f"asks for what {decision.id} proposed and was rejected",
        Ruling.CHOSEN: f"wants to leave “{ruled.name}”, which {decision.id} decided on",
    }
    return Conflict(adr=decision.id, quote=ruled.quote, reason=reasons[ruled.ruling] + told, ticket_quote=ask.text)


def _with_quote(evidence: list[Evidence], decision: Decision, ruled: Ruled) -> list[Evidence]:
    """*evidence* with a passage of *decision* that holds the quote, in place of one that does not."""
    at = next((place for place, known in enumerate(evidence) if known.id == decision.id), None)
    if at is not None and ruled.quote in evidence[at].text:
        return evidence
    document = decision.document
    start, end = window(document, max(1, ruled.line - 10), len(document.lines), keep=ruled.line)
    fresh = Evidence(
        id=decision.id,
        kind=EvidenceKind.ADR,
        title=decision.title,
        text=document.passage(start, end),
        path=decision.path,
        lines=(start, end),
        status=decision.status.value,
        reasons=(*(evidence[at].reasons if at is not None else ()), "the ticket goes against it"),
    )
    return [*evidence, fresh] if at is None else [*evidence[:at], fresh, *evidence[at + 1 :]]
