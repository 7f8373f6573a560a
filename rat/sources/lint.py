"""What a team should mend in its decision log and its requests."""

from collections.abc import Iterator

from rat.sources.decision import DECISION, Decision
from rat.sources.decision_log import DecisionLog
from rat.sources.document import Problem
from rat.sources.request import Request
from rat.sources.request_files import RequestList
from rat.sources.status import DecisionStatus


def lint(log: DecisionLog, requests: RequestList) -> tuple[Problem, ...]:
    """Everything to mend, sorted by path: what the log contradicts itself in, and what its entries leave out."""
    found = [*log.problems, *requests.problems]
    for decision in log.decisions:
        found += [Problem(path=decision.path, message=message) for message in _of_decision(decision, log)]
    for request in requests.requests:
        found += [Problem(path=request.metadata or request.path, message=message) for message in _of_request(request)]
    return tuple(sorted(set(found), key=lambda problem: (problem.path, problem.message)))


def _of_decision(decision: Decision, log: DecisionLog) -> Iterator[str]:
    if not decision.raw_status:
        yield "has no status: say whether it is proposed, accepted, rejected, deprecated or superseded"
    elif decision.status is DecisionStatus.UNKNOWN:
        yield f"has the status “{decision.raw_status}”, which is none of the usual ones"
    if decision.status is DecisionStatus.SUPERSEDED and not decision.superseded_by:
        yield "is superseded, but does not say by what"
    if decision.superseded_by and decision.status in (DecisionStatus.ACCEPTED, DecisionStatus.PROPOSED):
        yield f"still says “{decision.raw_status}”, though {', '.join(decision.superseded_by)} supersedes it"
    for path in decision.supersedes:
        older = log.at(path)
        if older and not any(relation.newer for relation in older.relations):
            yield f"supersedes {path}, which does not say so itself"
    if not decision.date:
        yield "has no date"
    if not decision.section(DECISION):
        yield "has no section that says what was decided"


def _of_request(request: Request) -> Iterator[str]:
    if not request.status:
        yield "has no status"
    elif "|" in request.status:
        yield f"has the template's status, not one of its own: “{request.status}”"
