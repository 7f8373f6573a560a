"""Checks of what the team drafted: plain code, pure. The team is told what fails once; what fails again is left out."""

import dataclasses
from collections.abc import Callable

from rat.checks import criteria, grounding, reporter, secrets, tasks
from rat.checks.grounding import ground
from rat.model import Finding, Refinement, Severity
from rat.model.finding import SENT_BACK
from rat.ports import Grounds

Check = Callable[[Refinement, Grounds], tuple[Finding, ...]]

CHECKS: dict[str, Check] = {
    grounding.CHECK: lambda refinement, grounds: ground(refinement, grounds).findings,
    criteria.CHECK: criteria.check,
    reporter.CHECK: reporter.check,
    secrets.CHECK: secrets.check,
}

MOST_QUESTIONS = 3
"""Nobody answers a longer list (DESIGN §1)."""


def verify(refinement: Refinement, grounds: Grounds) -> Refinement:
    """*refinement* with the findings of every check in place of those of an earlier round.

    A blocker names its author. Once a part was sent back, what still fails in it is a warning: it will be left out.
    """
    earlier = {finding.agent for finding in refinement.findings if finding.check == SENT_BACK}
    others = tuple(finding for finding in refinement.findings if finding.check not in CHECKS)
    found = tuple(finding for check in CHECKS.values() for finding in check(refinement, grounds))
    counted = ground(refinement, grounds).refinement.citations
    return dataclasses.replace(
        refinement,
        findings=others + tuple(_softened(finding) if finding.agent in earlier else finding for finding in found),
        citations=dataclasses.replace(counted, dropped=refinement.citations.dropped),
    )


def with_lost(refinement: Refinement, grounds: Grounds) -> Refinement:
    """*refinement* with what the draft lost of the reporter's words so far, for the critic to weigh."""
    others = tuple(finding for finding in refinement.findings if finding.check != reporter.CHECK)
    return dataclasses.replace(refinement, findings=(*others, *reporter.check(refinement, grounds)))


def drop_unverified(refinement: Refinement, grounds: Grounds) -> Refinement:
    """*refinement* as it may be published: what does not resolve is out and counted, lists are bounded, no secrets.

    Findings about the drafting itself give way to one note that says how much was left out.
    """
    spoken = tuple(finding for finding in refinement.findings if finding.check not in (*CHECKS, SENT_BACK))
    left = secrets.without_secrets(dataclasses.replace(refinement, findings=spoken))
    left = ground(left, grounds).refinement
    if left.proposal is not None:
        left = dataclasses.replace(left, proposal=tasks.in_order(criteria.kept(left.proposal)))
    left = dataclasses.replace(left, questions=left.questions[:MOST_QUESTIONS])
    still = (*criteria.check(left, grounds), *reporter.check(left, grounds), *secrets.check(refinement, grounds))
    notes = _dropped_note(left.citations.dropped)
    return dataclasses.replace(left, findings=(*left.findings, *map(_softened, still), *notes))


def _softened(finding: Finding) -> Finding:
    return dataclasses.replace(finding, severity=Severity.WARNING)


def _dropped_note(dropped: int) -> tuple[Finding, ...]:
    if not dropped:
        return ()
    message = f"Left out of the draft: {dropped} citations or names that do not resolve at this commit."
    return (Finding(check=grounding.CHECK, severity=Severity.NOTE, message=message),)
