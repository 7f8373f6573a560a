"""`rat undo`: take back what RAT wrote last on a ticket."""

import json
from pathlib import Path
from typing import Any

import click

from rat.commands.options import access_options, checkout_options, out_option, run_url


@click.command(name="undo")
@click.argument("ticket")
@out_option
@click.option("--dry-run", is_flag=True, help="Print the call; send nothing.")
@checkout_options
@access_options
def command(*, ticket: str, out: Path | None, dry_run: bool, **places: Any) -> None:
    """Put back, byte for byte, what RAT's last write on TICKET replaced; a new comment becomes one line that says so.

    What was replaced is read from the journal: in the folder given with --out, or else the one of this user. A comment
    that a person edited since is left alone, and why is said.
    """
    from rat.connect import Connections
    from rat.decode import encode
    from rat.delivery import take_back
    from rat.errors import TicketsFailed

    connections = Connections(**places, run_url=run_url())
    for ref in connections.refs((ticket,)):
        outcome = take_back(ref, connections, out=out, dry_run=dry_run)
        if outcome.exit_code:
            raise TicketsFailed(f"{ref.key}: {outcome.reason}", exit_code=outcome.exit_code)
        if outcome.call:
            click.echo(json.dumps(encode(outcome.call), ensure_ascii=False, sort_keys=True))
        click.echo(f"{ref.key}: {outcome.action}" + (f" ({outcome.reason})" if outcome.reason else ""), err=True)
