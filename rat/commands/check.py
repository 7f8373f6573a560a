"""`rat check`: how ready tickets are, by rules alone; no model, and no network for tickets from files."""

import json
from typing import Any

import click

from rat.commands.options import access_options, checkout_options


@click.command(name="check")
@click.argument("tickets", nargs=-1, required=True, metavar="TICKET...")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
@click.option("--fail-under", type=click.IntRange(0, 100), help="Exit 6 if a ticket scores less than this.")
@checkout_options
@access_options
def command(tickets: tuple[str, ...], form: str, fail_under: int | None, **options: Any) -> None:
    """Score each TICKET from 0 to 100 and say what is missing and what is hard to act on. No model is asked.

    TICKET is a Markdown, JSON or .jsonl file, `-` for standard input, or a ticket of a tracker as in `rat refine`.
    """
    from rat.connect import Connections
    from rat.readiness import as_text

    judged, failures = _judge_all(tickets, Connections(**options))
    if form == "json":
        click.echo(json.dumps([_as_json(one) for one in judged], ensure_ascii=False, indent=2))
    elif judged:
        click.echo("\n\n".join(as_text(one) for one in judged))
    if failures:
        raise type(failures[0])("\n".join(map(str, failures)))
    _gate(judged, fail_under)


def _judge_all(names: tuple[str, ...], connections: Any) -> tuple[list[Any], list[Any]]:
    """Every ticket that could be read, judged, and the errors of the others: one bad ticket does not stop the rest."""
    from rat.errors import RatError
    from rat.model import Refinement
    from rat.readiness import judge

    judged, failures = [], []
    for name in names:
        try:
            tickets = [connections.fetch(ref) for ref in connections.refs((name,))]
        except RatError as error:
            failures.append(error)
        else:
            for ticket in tickets:
                ready = connections.project_of(ticket).definition_of_ready
                judged.append(judge(Refinement(ticket=ticket), ready, grounds=connections.checkout))
    return judged, failures


def _as_json(judged: Any) -> dict[str, Any]:
    """The contract of DESIGN §2, and beside it each finding's points, the questions and whether it is ready."""
    from rat.decode import encode
    from rat.readiness import is_ready

    ticket = judged.ticket
    return {
        "ticket": {"key": ticket.key, "title": ticket.title, "type": judged.type.value},
        "score": judged.score.before,
        "ready": is_ready(judged),
        "findings": [
            {"check": one.check, "severity": one.severity.value, "message": one.message, "points": one.points}
            for one in judged.findings
        ],
        "questions": [encode(one) for one in judged.questions],
    }


def _gate(judged: list[Any], fail_under: int | None) -> None:
    from rat.errors import GateError

    below = [f"{one.ticket.key} ({one.score.before})" for one in judged if one.score.before < (fail_under or 0)]
    if below:
        raise GateError(f"Readiness is under {fail_under}: {', '.join(below)}. The findings say what to add.")
