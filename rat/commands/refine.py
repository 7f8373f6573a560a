"""`rat refine`: tickets in, checked refinements out."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from rat.commands.options import access_options, checkout_options, out_option, run_url, spending_options, turn_option
from rat.model.wish import Wish

FORMATS = ("markdown", "json", "text")


@click.command(name="refine")
@click.argument("tickets", nargs=-1, metavar="[TICKET]...")
@click.option("--label", default="", help="Refine the open GitHub issues with this label.")
@click.option("--jql", default="", help="Refine the Jira items that this query finds.")
@checkout_options
@out_option
@click.option("--format", "form", type=click.Choice(FORMATS), default="markdown", show_default=True)
@click.option("--publish", "publishing", is_flag=True, help="Offer the results where they belong at once.")
@click.option("--dry-run", is_flag=True, help="With --publish: print the calls, send nothing.")
@click.option("--skip-unchanged", is_flag=True, help="Leave out what did not change since RAT's comment.")
@click.option("--force", is_flag=True, help="Refine again although nothing changed.")
@click.option("--estimate", is_flag=True, help="Say what it would cost; ask no model and write nothing.")
@click.option("--fail-under", type=click.IntRange(0, 100), help="Exit 6 if a ticket scores less afterwards.")
@click.option("--max-tickets", type=click.IntRange(min=1), help="At most this many tickets.")
@click.option("--max-cost-usd", type=click.FloatRange(min=0), help="Budget of the run.")
@click.option("--max-tokens", type=click.IntRange(min=1), help="Budget of a ticket.")
@spending_options
@turn_option
@access_options
def command(**options: Any) -> None:
    """Refine each TICKET: `#12`, `owner/repo#12`, an issue URL, a Jira key or URL, a Markdown, JSON or .jsonl file, or
    `-` for standard input. With no ticket, label or query: the tickets that the configuration's projects name.

    Prints the proposals and writes nowhere else, unless --out or --publish is given.
    """
    from rat.connect import Connections
    from rat.sweep import sweep

    access, repo, config = (options.pop(name) for name in ("access", "repo", "config"))
    form, estimate = options.pop("form"), options.pop("estimate")
    wish = Wish(**options)
    connections = Connections(access=access, repo=repo, config=config, run_url=run_url(), wish=wish)
    if estimate:
        _estimate(wish, connections, form)
        return

    def show(reports: Any) -> None:
        if not (wish.publishing and wish.dry_run):
            _show(reports, form, connections)

    sweep(wish, connections, progress=_progress, show=show, say=click.echo)


def _estimate(wish: Wish, connections: Any, form: str) -> None:
    from rat.forecast import as_data, as_text, forecast

    made = forecast(wish, connections)
    click.echo(json.dumps(as_data(made), ensure_ascii=False, indent=2) if form == "json" else as_text(made))


def _show(reports: Any, form: str, connections: Any) -> None:
    from rat.decode import encode
    from rat.model.record import RefinementRecord
    from rat.publishing.compose import compose
    from rat.publishing.document import Document, Heading, Section
    from rat.publishing.markdown import write_markdown
    from rat.publishing.terminal import write_terminal

    if form == "json":
        records = [encode(RefinementRecord.of(report)) for report in reports]
        click.echo(json.dumps(records, ensure_ascii=False, indent=2, sort_keys=True))
        return
    write = write_markdown if form == "markdown" else write_terminal
    for report in reports:
        ticket = report.refinement.ticket
        name = Section("ticket", (Heading(f"{ticket.key}: {ticket.title}", level=2),))
        click.echo(write(Document((name, *compose(report, connections.site).sections))))


@contextmanager
def _progress(futures: Any) -> Iterator[Any]:
    """A bar on a terminal; nothing for one ticket or where nobody watches."""
    if len(futures) > 1 and sys.stderr.isatty():
        with click.progressbar(futures, label="Refining", file=sys.stderr) as bar:
            yield bar
    else:
        yield futures
