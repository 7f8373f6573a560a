"""`rat command`: do what a person asks for in a comment (`/rat refine`, `apply`, `reject`, `undo`, `help`)."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rat.commands.action_inputs import read_event
from rat.commands.options import access_options, checkout_options, out_option, run_url
from rat.model.wish import Wish
from rat.triggers import Inputs, Mode, choose

if TYPE_CHECKING:
    from rat.connect import Connections
    from rat.errors import RatError
    from rat.model import RunReport
    from rat.model.command import Order
    from rat.orders import Ruling

STAGES = ("all", "decide", "acknowledge", "finish")
"""All of it; only what would be done; only the reaction that it was seen; all but the refining (see --results)."""


@click.command(name="command")
@click.option(
    "--event", "event_file", type=click.Path(path_type=Path), help="The event as a file (default: GITHUB_EVENT_PATH)."
)
@click.option("--stage", type=click.Choice(STAGES), default=STAGES[0], show_default=True, help="How far to go.")
@click.option(
    "--results", multiple=True, type=click.Path(path_type=Path), help="Refinements made before (`rat refine --out`)."
)
@click.option("--dry-run", is_flag=True, help="Print the calls as JSON lines; send nothing.")
@click.option("--max-cost-usd", type=click.FloatRange(min=0), help="Budget of the run, for `/rat refine`.")
@click.option("--max-tokens", type=click.IntRange(min=1), help="Budget of the ticket, likewise.")
@out_option
@checkout_options
@access_options
def command(*, event_file: Path | None, **options: Any) -> None:
    """Carry out the command in the comment that an event names: an `issue_comment` of GitHub, or a
    `repository_dispatch` of the type `rat-command` for Jira. See docs/commands.md.

    The comment, its author's permission and the ticket are read live. Only new comments of people who may write count;
    everything else is left without an answer, and why is said here.
    """
    from rat.connect import Connections

    how = _How(**{name: options.pop(name) for name in ("stage", "results", "dry_run", "out")})
    wish = Wish(**{name: options.pop(name) for name in ("max_cost_usd", "max_tokens")})
    connections = Connections(**options, run_url=run_url(), wish=wish)
    event = read_event(os.environ, file=event_file, repository=connections.repository)
    activity = choose(Inputs(mode=Mode.COMMAND, publish=True), event)
    record = {"name": "", "ticket": "", "by": "", "reason": activity.reason, "done": False, "message": ""}
    try:
        if activity.order:
            ruling = _ruled(activity.order, connections, record)
            if not ruling.reason and how.stage != "decide":
                _obey(ruling, connections, record, how)
    finally:
        _keep(record, how.out)


@dataclass(frozen=True, kw_only=True, slots=True)
class _How:
    """How far to go, and where results are."""

    stage: str
    results: tuple[Path, ...]
    dry_run: bool
    out: Path | None


def _ruled(order: "Order", connections: "Connections", record: dict[str, Any]) -> "Ruling":
    """The ruling on *order*, also put into *record*."""
    from rat.errors import ConfigError
    from rat.orders import rule
    from rat.ports import Commanded

    ref = connections.refs((order.ticket,))[0]
    tracker = connections.tracker(ref.tracker)
    if not isinstance(tracker, Commanded):
        raise ConfigError(f"{ref.key} takes no commands.")
    ruling = rule(order, ref, tracker=tracker, people=tracker)
    verb = ruling.command.verb if ruling.command else None
    record |= {"ticket": ref.key, "by": ruling.by, "reason": ruling.reason}
    record["name"] = str(verb or ("unknown" if ruling.command else ""))
    return ruling


def _obey(ruling: "Ruling", connections: "Connections", record: dict[str, Any], how: _How) -> None:
    """Go as far as *how* says and put into *record* what came of it. Raises what was in the way."""
    from rat.delivery import account, desk_for
    from rat.orders import Bench, acknowledge, carry_out

    desk = desk_for(connections, [ruling.ref], how.out, dry_run=how.dry_run)
    if how.stage == "acknowledge":
        account([acknowledge(ruling, desk)], out=None, dry_run=how.dry_run, say=click.echo)
        return
    reports = _reports(how.results) if how.stage == "finish" else None
    result = carry_out(ruling, Bench(connections=connections, desk=desk, out=how.out, reports=reports))
    record |= {"done": result.is_done, "message": result.message}
    account(result.reactions, out=None, dry_run=how.dry_run, say=click.echo)
    account(result.outcomes, out=how.out, dry_run=how.dry_run, say=click.echo)
    unrecorded = _remember(ruling, connections, how.out) if result.is_done and not how.dry_run else None
    if trouble := result.trouble or unrecorded:
        raise trouble


def _remember(ruling: "Ruling", connections: "Connections", out: Path | None) -> "RatError | None":
    """Put what a person decided into the ledger. Returns what was in the way."""
    from rat.bookkeeping import record_decision
    from rat.model.command import Verb
    from rat.model.ledger import Verdict
    from rat.orders.sections import sections_in

    verdicts = {Verb.APPLY: Verdict.APPLIED, Verb.REJECT: Verdict.REJECTED, Verb.UNDO: Verdict.UNDONE}
    command = ruling.command
    if command is None or command.verb not in verdicts:
        return None
    return record_decision(
        ruling.ref,
        verdicts[command.verb],
        connections=connections,
        out=out,
        login=ruling.by,
        team=connections.project_of(ruling.ticket).name if ruling.ticket else "",
        sections=sections_in(command) if command.verb is Verb.APPLY else (),
        reason=command.words if command.verb is Verb.REJECT else "",
        changed=0.0 if command.verb is Verb.APPLY else None,  # what is applied is RAT's comment, word for word
    )


def _reports(folders: tuple[Path, ...]) -> "tuple[RunReport, ...]":
    from rat import results

    return tuple(report for folder in folders for report in results.read_reports(folder))


def _keep(record: dict[str, Any], out: Path | None) -> None:
    """Say what came of it, as JSON; with --out in a file too, where other jobs look for it."""
    from rat import results

    click.echo(json.dumps(record, ensure_ascii=False, sort_keys=True))
    if out:
        results.keep_json(record, out / results.COMMAND)
