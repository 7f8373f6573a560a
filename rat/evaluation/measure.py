"""One refinement measured against what its case expects: plain code, no model."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from rat.evaluation.dataset import Case
from rat.evaluation.matching import holds, meets
from rat.evaluation.reading import CLAIMING, WORK, Part, Said, asked, drafted
from rat.model import CitationCount, EvidenceKind, Refinement, RunReport, Score, Usage
from rat.model.strict import Strict
from rat.model.ticket import TicketType

MOST_CRITERIA = 7
MOST_QUESTIONS = 3
"""DESIGN's limits of what a reader is given (README, "Quiet")."""


class Wanted(StrEnum):
    """The kinds of things that a refinement must contain. *drafted facts* are the facts that the draft itself names."""

    FILES = "files"
    DECISIONS = "decisions"
    CONFLICTS = "conflicts"
    TICKETS = "tickets"
    FACTS = "facts"
    QUESTIONS = "questions"
    CRITERIA = "criteria"
    DRAFTED_FACTS = "drafted facts"


@dataclass(frozen=True, kw_only=True, slots=True)
class Coverage(Strict):
    """How many of the *expected* things of one kind were found, and which were not."""

    kind: Wanted
    expected: int
    found: int
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Violation(Strict):
    """Something that must not be there: the expectation's *kind* and text, and where it stands."""

    kind: str
    what: str
    where: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Measurement(Strict):
    """What was measured of one ticket.

    *error* says why there is nothing, and *exit_code* how that ends a run; then all else is empty.

    *first_hit* is the rank (from 1) of the first expected file among the impacted ones, None where none is there or
    none is expected (*expects_files* tells them apart). *words* counts the draft's. *cached* counts replies that had
    been paid for before.
    """

    id: str
    title: str
    type: TicketType
    found_type: TicketType | None = None
    score: Score | None = None
    coverage: tuple[Coverage, ...] = ()
    violations: tuple[Violation, ...] = ()
    citations: CitationCount = field(default_factory=CitationCount)
    expects_files: bool = False
    first_hit: int | None = None
    words: int = 0
    criteria: int = 0
    questions: int = 0
    drafted: bool = False
    usage: Usage = field(default_factory=Usage)
    cached: int = 0
    error: str = ""
    exit_code: int = 0


def measure(case: Case, report: RunReport) -> Measurement:
    """The measurement of *report*, which is the refinement of *case*."""
    work = report.refinement
    statements = drafted(work)
    return Measurement(
        id=case.id,
        title=case.title,
        type=case.type,
        found_type=work.type,
        score=work.score,
        coverage=tuple(_coverage(case, work)),
        violations=tuple(_violations(case, work)),
        citations=work.citations,
        expects_files=bool(case.must.files),
        first_hit=_first_hit(case, work),
        words=sum(len(one.text.split()) for one in statements),
        criteria=sum(one.part is Part.CRITERION for one in statements),
        questions=len(work.questions),
        drafted=bool(work.proposal),
        usage=report.usage,
        cached=sum(exchange.cached for exchange in report.exchanges),
    )


def failed(case: Case, error: str, exit_code: int) -> Measurement:
    """The measurement of a case that could not be refined."""
    return Measurement(id=case.id, title=case.title, type=case.type, error=error, exit_code=exit_code)


def _coverage(case: Case, work: Refinement) -> Iterator[Coverage]:
    must = case.must
    named = {path for file in work.impacted_files for path in (file.path, *file.tests)}
    evidence = {piece.id for piece in work.evidence}
    conflicts = {conflict.adr for conflict in work.conflicts}
    read = "\n".join(f"{p.id}\n{p.title}\n{p.status}\n{p.text}\n" + "\n".join(p.reasons) for p in work.evidence)
    yield from _found(Wanted.FILES, must.files, named.__contains__)
    yield from _found(Wanted.DECISIONS, must.decisions, (evidence | conflicts).__contains__)
    yield from _found(Wanted.CONFLICTS, must.conflicts, conflicts.__contains__)
    yield from _found(Wanted.TICKETS, must.tickets, evidence.__contains__)
    yield from _found(Wanted.FACTS, must.facts, lambda fact: holds(read, fact))
    questions = asked(work)
    yield from _found(Wanted.QUESTIONS, must.questions, lambda topic: _any(questions, topic))
    if work.proposal:
        statements = drafted(work)
        criteria = [one for one in statements if one.part is Part.CRITERION]
        written = "\n".join(f"{one.text} {' '.join(one.sources)}" for one in statements)
        yield from _found(Wanted.CRITERIA, must.criteria, lambda topic: _any(criteria, topic))
        yield from _found(Wanted.DRAFTED_FACTS, must.facts, lambda fact: holds(written, fact))


def _found(kind: Wanted, expected: tuple[str, ...], is_there: Callable[[str], bool]) -> Iterator[Coverage]:
    if expected:
        missing = tuple(thing for thing in expected if not is_there(thing))
        yield Coverage(kind=kind, expected=len(expected), found=len(expected) - len(missing), missing=missing)


def _any(statements: Iterable[Said], topic: str) -> bool:
    return any(meets(one.text, topic) for one in statements)


def _violations(case: Case, work: Refinement) -> Iterator[Violation]:
    must_not, statements = case.must_not, drafted(work)
    impacted = {file.path for file in work.impacted_files}
    for path in must_not.files:
        if path in impacted:
            yield Violation(kind="files", what=path, where="impacted files")
        yield from _where("files", path, (one for one in statements if holds(one.text, path)))
    claiming = [one for one in statements if one.part in CLAIMING]
    for topic in must_not.claims:
        yield from _where("claims", topic, (one for one in claiming if meets(one.text, topic)))
    working = [one for one in statements if one.part in WORK]
    for topic in must_not.scope:
        yield from _where("scope", topic, (one for one in working if meets(one.text, topic)))
    for text in must_not.texts:
        yield from _where("texts", text, (one for one in statements if holds(one.text, text, any_case=True)))
    yield from _superseded(case, work, working)


def _superseded(case: Case, work: Refinement, working: list[Said]) -> Iterator[Violation]:
    """Decisions that hold no more, taken as a reason: a conflict with one, or work that cites one and not its state."""
    status = {piece.id: piece.status for piece in work.evidence if piece.kind is EvidenceKind.ADR}
    for adr in case.must_not.superseded:
        if any(conflict.adr == adr for conflict in work.conflicts):
            yield Violation(kind="superseded", what=adr, where="conflict")
        if status.get(adr) == "accepted":
            yield Violation(kind="superseded", what=adr, where="evidence, as accepted")
        yield from _where("superseded", adr, (one for one in working if adr in one.sources))


def _where(kind: str, what: str, statements: Iterable[Said]) -> Iterator[Violation]:
    yield from (Violation(kind=kind, what=what, where=f"{one.part}: {one.text[:160]}") for one in statements)


def _first_hit(case: Case, work: Refinement) -> int | None:
    ranks = (rank for rank, file in enumerate(work.impacted_files, 1) if file.path in case.must.files)
    return next(ranks, None)
