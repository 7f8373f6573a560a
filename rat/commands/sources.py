"""`rat sources`: the decisions and requests of a checkout, and what could not be read."""

import json
from pathlib import Path

import click

from rat.sources.decision import Decision
from rat.sources.decision_log import DecisionLog, read_decisions
from rat.sources.document import Problem
from rat.sources.lint import lint
from rat.sources.request import Request
from rat.sources.request_files import RequestList, read_requests


@click.command()
@click.option(
    "--repo", type=click.Path(exists=True, file_okay=False, path_type=Path), default=".", help="The checkout."
)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option("--lint", "with_lint", is_flag=True, help="Also what the decision log should have mended.")
@click.option("--adrs", multiple=True, help="A folder of decisions; found by themselves if not given. Repeatable.")
@click.option("--rfes", multiple=True, help="A folder of requests; found by themselves if not given. Repeatable.")
def command(*, repo: Path, as_json: bool, with_lint: bool, adrs: tuple[str, ...], rfes: tuple[str, ...]) -> None:
    """List the decisions (ADRs) and requests (RFEs) of the checkout, and what could not be read."""
    from rat.checkout import open_checkout

    checkout = open_checkout(repo)
    log = read_decisions(checkout, adrs)
    requests = read_requests(checkout, rfes, decisions=frozenset(decision.path for decision in log.decisions))
    problems = tuple(sorted({*log.problems, *requests.problems}, key=lambda problem: (problem.path, problem.message)))
    mend = lint(log, requests) if with_lint else ()
    click.echo(
        _json(log, requests, problems, mend if with_lint else None) if as_json else _text(log, requests, problems, mend)
    )


def _json(
    log: DecisionLog, requests: RequestList, problems: tuple[Problem, ...], mend: tuple[Problem, ...] | None
) -> str:
    content: dict[str, object] = {
        "adrs": [_decision(decision) for decision in log.decisions],
        "rfes": [_request(request) for request in requests.requests],
        "problems": [_problem(problem) for problem in problems],
    }
    if mend is not None:
        content["lint"] = [_problem(problem) for problem in mend]
    return json.dumps(content, indent=2, ensure_ascii=False)


def _decision(decision: Decision) -> dict[str, object]:
    return {
        "path": decision.path,
        "id": decision.id,
        "number": decision.number,
        "title": decision.title,
        "status": decision.status.value,
        "raw_status": decision.raw_status,
        "date": decision.date,
        "supersedes": list(decision.supersedes),
        "superseded_by": list(decision.superseded_by),
    }


def _request(request: Request) -> dict[str, object]:
    found = {
        "path": request.path,
        "id": request.id.removeprefix("RFE-"),
        "title": request.title,
        "status": request.status,
    }
    return {**found, **({"metadata": request.metadata} if request.metadata else {})}


def _problem(problem: Problem) -> dict[str, str]:
    return {"path": problem.path, "message": problem.message}


def _text(log: DecisionLog, requests: RequestList, problems: tuple[Problem, ...], mend: tuple[Problem, ...]) -> str:
    parts = [f"{_count(len(log.decisions), 'decision')} (ADRs), {_count(len(requests.requests), 'request')} (RFEs)"]
    parts += [_line(decision.id, decision.status.value, decision.title, decision.path) for decision in log.decisions]
    parts += [
        _line(request.id, request.status or "no status", request.title, request.path) for request in requests.requests
    ]
    for heading, found in (("Not read, or contradictory", problems), ("To mend", mend)):
        parts += ["", f"{heading}:", *(f"  {problem.path}: {problem.message}" for problem in found)] if found else []
    return "\n".join(parts)


def _line(name: str, status: str, title: str, path: str) -> str:
    return f"  {name}  [{status}]  {title}  ({path})"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
