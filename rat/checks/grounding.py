"""Grounding: every citation of the team is resolved and every name that its prose drops is looked up.

What does not hold is left out and counted. Each statement is judged as a whole: one invented name takes it out; a
citation that does not resolve only leaves the statement an assumption, except where a criterion then hangs on nothing.
"""

import dataclasses
import re
from dataclasses import dataclass
from typing import TypeVar

from rat.checks.resolving import Resolver
from rat.model import (
    AcceptanceCriterion,
    Citation,
    CitationCount,
    Conflict,
    Finding,
    ImpactedFile,
    Proposal,
    Question,
    Refinement,
    Severity,
    Statement,
    Task,
)
from rat.model.finding import COULD_NOT_ASSESS, CUT_SHORT
from rat.ports import Grounds

CHECK = "grounding"
_SENTENCE = re.compile(r"(?<=[.!?。！？])\s+|\n+")  # noqa: RUF001  the full stops of Chinese and Japanese
_ARCHITECT = "architect: "

Cited = TypeVar("Cited", Statement, AcceptanceCriterion, Task)


@dataclass(frozen=True, kw_only=True, slots=True)
class Grounded:
    """What is left of a refinement when everything unverified is out, and what was wrong with the rest."""

    refinement: Refinement
    findings: tuple[Finding, ...]


def ground(refinement: Refinement, grounds: Grounds) -> Grounded:
    """*refinement* with only what resolves in *grounds*, the ticket and the evidence; its citations are counted."""
    audit = _Audit(Resolver(refinement, grounds))
    proposal = refinement.proposal
    left = dataclasses.replace(
        refinement,
        intent=audit.prose(refinement.intent, "analyst", "The intent"),
        questions=tuple(item for item in refinement.questions if audit.question(item)),
        conflicts=audit.conflicts(refinement),
        impacted_files=audit.files(refinement.impacted_files),
        findings=tuple(item for item in refinement.findings if audit.objection(item)),
        proposal=proposal and _proposal(proposal, refinement, audit),
    )
    count = CitationCount(
        cited=audit.verified, verified=audit.verified, dropped=refinement.citations.dropped + audit.dropped
    )
    return Grounded(refinement=dataclasses.replace(left, citations=count), findings=tuple(audit.findings))


def _proposal(proposal: Proposal, refinement: Refinement, audit: "_Audit") -> Proposal:
    title = audit.prose(proposal.title, "analyst", "The title") or refinement.ticket.title
    return dataclasses.replace(
        proposal,
        title=title,
        problem=audit.prose(proposal.problem, "analyst", "The problem"),
        out_of_scope=tuple(text for text in proposal.out_of_scope if audit.names(text, "analyst", "A limit of scope")),
        approach=audit.cited(proposal.approach, "architect", "A step of the approach"),
        risks=audit.cited(proposal.risks, "architect", "A risk"),
        tasks=audit.tasks(proposal.tasks),
        size=audit.prose(proposal.size, "planner", "The size"),
        acceptance_criteria=audit.criteria(proposal.acceptance_criteria),
        test_plan=audit.cited(proposal.test_plan, "tester", "A step of the test plan"),
    )


class _Audit:
    """Goes through a refinement once, counting what resolves and noting what does not and whose it is."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self.verified = 0
        self.dropped = 0
        self.findings: list[Finding] = []

    def names(self, text: str, agent: str, what: str) -> bool:
        """Whether everything that *text* names exists; notes what does not."""
        unknown = self._resolver.unresolved(text)
        if unknown:
            self.dropped += len(unknown)
            listed = ", ".join(f"`{name[:80]}`" for name in unknown[:3])
            self._note(
                agent, f"{what} names {listed}, found neither in the checkout nor in the evidence: {_short(text)}"
            )
        return not unknown

    def prose(self, text: str, agent: str, what: str) -> str:
        """*text* without the sentences that name what does not exist."""
        if not self._resolver.unresolved(text):
            return text
        return " ".join(part for part in _SENTENCE.split(text) if part and self.names(part, agent, what))

    def citations(self, citations: tuple[Citation, ...], agent: str, text: str) -> tuple[Citation, ...]:
        """Those of *citations* that resolve, as they stand in their sources."""
        kept = []
        for citation in citations:
            found = self._resolver.citation(citation)
            if found is None:
                self.dropped += 1
                quoted = f' with "{citation.quote[:120]}"' if citation.quote else " without a quote"
                self._note(agent, f"The source {citation.source[:80]!r}{quoted} does not say so: {_short(text)}")
            elif found not in kept:
                self.verified += 1
                kept.append(found)
        return tuple(kept)

    def cited(self, items: tuple[Cited, ...], agent: str, what: str) -> tuple[Cited, ...]:
        """*items* whose names exist, each with the citations that resolve."""
        return tuple(
            dataclasses.replace(item, citations=self.citations(item.citations, agent, _text_of(item)))
            for item in items
            if self.names(_text_of(item), agent, what) or self._uncite(item)
        )

    def criteria(self, items: tuple[AcceptanceCriterion, ...]) -> tuple[AcceptanceCriterion, ...]:
        """The criteria that are tied to the ticket or to evidence by a citation that resolves."""
        kept = self.cited(items, "tester", "A criterion")
        for loose in (item for item in kept if not item.citations):
            self._note(
                "tester", f"A criterion is tied to no phrase of the ticket and to no evidence: {_short(loose.text)}"
            )
        return tuple(item for item in kept if item.citations)

    def tasks(self, items: tuple[Task, ...]) -> tuple[Task, ...]:
        """The tasks whose names exist, depending on those alone."""
        kept = self.cited(items, "planner", "A task")
        titles = {task.title for task in kept}
        return tuple(
            dataclasses.replace(task, depends_on=tuple(title for title in task.depends_on if title in titles))
            for task in kept
        )

    def question(self, question: Question) -> bool:
        """Whether everything that the question names exists."""
        return self.names(f"{question.text}\n{question.why}\n{question.assumption}", "analyst", "A question")

    def conflicts(self, refinement: Refinement) -> tuple[Conflict, ...]:
        """The conflicts whose decision is in force and says what is quoted."""
        kept = [found for found in map(self._resolver.conflict, refinement.conflicts) if found]
        self.verified += len(kept)
        self.dropped += len(refinement.conflicts) - len(kept)
        return tuple(kept)

    def files(self, files: tuple[ImpactedFile, ...]) -> tuple[ImpactedFile, ...]:
        """The impacted files that exist. Pointers alone: what is wrong is left out at once, nobody is asked again."""
        there = [file for file in files if self._resolver.is_file(file.path)]
        self.dropped += len(files) - len(there)
        return tuple(
            dataclasses.replace(
                file,
                citations=self.citations(file.citations, "", file.path),
                reasons=tuple(reason for reason in file.reasons if self._is_sound(reason)),
            )
            for file in there
        )

    def objection(self, finding: Finding) -> bool:
        """Whether everything that an objection names exists; one that invents is not passed on."""
        if not finding.agent or finding.check in (COULD_NOT_ASSESS, CUT_SHORT):
            return True
        unknown = self._resolver.unresolved(finding.message)
        self.dropped += len(unknown)
        return not unknown

    def _is_sound(self, reason: str) -> bool:
        return not reason.startswith(_ARCHITECT) or self.names(reason, "", "A reason")

    def _uncite(self, item: Cited) -> bool:
        """Count the citations of an item that goes."""
        self.dropped += len(item.citations)
        return False

    def _note(self, agent: str, message: str) -> None:
        if agent:
            self.findings.append(Finding(check=CHECK, severity=Severity.BLOCKER, message=message, agent=agent))


def _text_of(item: Statement | AcceptanceCriterion | Task) -> str:
    return item.title if isinstance(item, Task) else item.text


def _short(text: str) -> str:
    return f'"{text[:160]}"'
