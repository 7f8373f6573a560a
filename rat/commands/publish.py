"""`rat publish`: the only command that writes to trackers by itself."""

from pathlib import Path
from typing import Any

import click

from rat.commands.options import access_options, checkout_options, run_url
from rat.errors import ConfigError, RatError


@click.command(name="publish")
@click.argument("folders", type=click.Path(path_type=Path), nargs=-1, required=True, metavar="FOLDER...")
@click.option(
    "--only", multiple=True, metavar="TICKET", help="Write to these tickets alone, whatever the folder holds."
)
@click.option("--dry-run", is_flag=True, help="Print the calls as JSON lines; send nothing.")
@checkout_options
@access_options
def command(*, folders: tuple[Path, ...], only: tuple[str, ...], dry_run: bool, **places: Any) -> None:
    """Offer the refinements in FOLDER (from `rat refine --out`) as one comment on each ticket, edited in place.

    The ticket that was touched longest ago comes first. A folder of `rat impact --out` is offered as one comment on its
    pull request. A ticket that changed since it was read is left for the next run; nothing is written where nothing
    changed. The record of several folders is kept in the first.
    """
    from rat import results
    from rat.bookkeeping import continued_book
    from rat.connect import Connections
    from rat.delivery import deliver, deliver_impact

    connections = Connections(**places, run_url=run_url())
    allowed = connections.refs(only)
    named = {ref.key for ref in allowed}
    out = folders[0]
    if impact := results.read_impact(out):
        if only and impact.pull_request.key not in named:
            raise ConfigError(f"{out} is about {impact.pull_request.key}, which --only does not name.")
        trouble: RatError | None = deliver_impact(impact, connections, out=out, dry_run=dry_run, say=click.echo)
    else:
        reports = [report for folder in folders for report in results.read_reports(folder)]
        wanted = [report for report in reports if not only or report.refinement.ticket.key in named]
        wanted.sort(key=lambda report: report.refinement.ticket.updated_at)
        book = None if dry_run else continued_book(connections, folders)
        trouble = deliver(wanted, connections, allowed=allowed, out=out, dry_run=dry_run, say=click.echo, book=book)
    if trouble:
        raise trouble
