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

    connections = Connections(**options)
    ready = connections.settings.project.definition_of_ready
    reports = [_report(connections.fetch(ref), ready) for ref in connections.refs(tickets)]
    if form == "json":
        click.echo(json.dumps([_as_json(report) for report in reports], ensure_ascii=False, indent=2))
    else:
        from rat.readiness.report import as_text

        click.echo("\n\n".join(as_text(report) for report in reports))
    _gate(reports, fail_under)


def _report(ticket: Any, definition_of_ready: Any) -> Any:
    from rat.model import Refinement
    from rat.readiness import judge

    return judge(Refinement(ticket=ticket), definition_of_ready)


def _as_json(report: Any) -> dict[str, Any]:
    """The contract of DESIGN §2, with each finding's points and the questions beside it."""
    from rat.decode import encode

    ticket = report.ticket
    findings = [
        {name: encode(one)[name] for name in ("check", "severity", "message", "points")} for one in report.findings
    ]
    return {
        "ticket": {"key": ticket.key, "title": ticket.title, "type": report.type.value},
        "score": report.score.before,
        "findings": findings,
        "questions": [encode(one) for one in report.questions],
    }


def _gate(reports: list[Any], fail_under: int | None) -> None:
    from rat.errors import GateError

    below = [f"{one.ticket.key} ({one.score.before})" for one in reports if one.score.before < (fail_under or 0)]
    if below:
        raise GateError(f"Readiness under {fail_under}: {', '.join(below)}. See the findings above for what to add.")
