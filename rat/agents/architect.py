"""The architect says where the work lands, how to go about it, what can break, and which decision it goes against."""

import dataclasses
from dataclasses import dataclass

from rat.agents.draft import proposal_of
from rat.model import Citation, Conflict, ImpactedFile, Refinement, Statement
from rat.model.strict import Strict
from rat.model.ticket import TicketType

NAME = "architect"
NEEDS: tuple[str, ...] = ()
SERVES = frozenset(TicketType)


@dataclass(frozen=True, kw_only=True, slots=True)
class NamedFile(Strict):
    """An existing file that will change, and why."""

    path: str
    reason: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply(Strict):
    """What the architect replies; prompts/architect.md.j2 says what each part is."""

    approach: tuple[Statement, ...]
    impacted_files: tuple[NamedFile, ...]
    risks: tuple[Statement, ...]
    conflicts: tuple[Conflict, ...]


def apply(refinement: Refinement, reply: Reply) -> Refinement:
    """The architect's part. Conflicts that the sources found stay; files that they found follow those named here.

    A question changes nothing, so it has an answer and no risks.
    """
    known = {conflict.adr for conflict in refinement.conflicts}
    risks = () if refinement.type is TicketType.QUESTION else reply.risks
    return dataclasses.replace(
        refinement,
        proposal=dataclasses.replace(proposal_of(refinement), approach=reply.approach, risks=risks),
        impacted_files=_merged(refinement.impacted_files, reply.impacted_files),
        conflicts=refinement.conflicts + tuple(new for new in reply.conflicts if new.adr not in known),
    )


def _merged(found: tuple[ImpactedFile, ...], named: tuple[NamedFile, ...]) -> tuple[ImpactedFile, ...]:
    """The files in the architect's order, then the rest as found. Facts that code search gave are never changed."""
    by_path = {file.path: file for file in found}
    top = max((file.score for file in found), default=1.0)
    first = {file.path: _with_reason(by_path.get(file.path), file, top) for file in named}
    return (*first.values(), *(file for file in found if file.path not in first))


def _with_reason(found: ImpactedFile | None, named: NamedFile, top: float) -> ImpactedFile:
    file = found or ImpactedFile(path=named.path, score=top)
    reason = f"architect: {named.reason}"
    kept = tuple(old for old in file.reasons if not old.startswith("architect: "))
    return dataclasses.replace(file, reasons=(*kept, reason), citations=named.citations)
