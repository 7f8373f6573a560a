"""Sending work back: blockers go to their authors, who answer anew; whoever objected looks again."""

import dataclasses
from collections.abc import Collection

from rat.agents.team import AGENTS, agent_named, ask_all, is_reviewer, run_stage, stages, took_part
from rat.asking import Asker
from rat.errors import BudgetError
from rat.model import Finding, Refinement, Severity
from rat.model.finding import SENT_BACK


def to_mend(refinement: Refinement) -> tuple[Finding, ...]:
    """The blockers that an agent can mend; those of the ticket itself wait for a person."""
    return tuple(finding for finding in refinement.blockers if finding.agent in AGENTS)


def revise(refinement: Refinement, asker: Asker) -> Refinement:
    """*refinement* with new parts by the authors of its blockers, each told what to mend.

    Does nothing where no blocker has an author. Where a budget keeps an author from mending, a reviewer's objection to
    the part stands. Raises ModelError.
    """
    blockers = to_mend(refinement)
    objections = {name: _told(blockers, name) for name in AGENTS if any(found.agent == name for found in blockers)}
    reviewers = dict.fromkeys(finding.check for finding in blockers if is_reviewer(finding.check, asker))
    refinement = _sent_back(refinement, blockers, reviewers)
    for stage in stages(tuple(objections)):
        authors = [agent_named(name) for name in stage]
        for agent, reply in zip(authors, ask_all(authors, refinement, asker, objections=objections), strict=True):
            refinement = took_part(refinement, agent, reply)
            if isinstance(reply, BudgetError):
                stand = tuple(one for one in blockers if one.agent == agent.NAME and one.check in reviewers)
                refinement = dataclasses.replace(refinement, findings=(*refinement.findings, *stand))
    return run_stage(tuple(reviewers), refinement, asker)


def _told(blockers: tuple[Finding, ...], name: str) -> str:
    return "\n".join(f"- {finding.message}" for finding in blockers if finding.agent == name)


def _sent_back(refinement: Refinement, blockers: tuple[Finding, ...], reviewers: Collection[str]) -> Refinement:
    """*refinement* without the *blockers*, and with a note for each author: checks send a part back only once."""
    left = [finding for finding in refinement.findings if finding not in blockers]
    authors = dict.fromkeys(finding.agent for finding in blockers if finding.check not in reviewers)
    notes = [
        Finding(check=SENT_BACK, severity=Severity.NOTE, message="Sent back once.", agent=name) for name in authors
    ]
    return dataclasses.replace(refinement, findings=(*left, *(note for note in notes if note not in left)))
