"""`rat select`: which tickets need work, dealt out for a matrix of jobs."""

import json
from typing import Any

import click

from rat.commands.action_sharding import LARGEST_MATRIX, matrix_of
from rat.commands.options import access_options, checkout_options, turn_option
from rat.model.wish import Wish


@click.command(name="select")
@click.argument("tickets", nargs=-1, metavar="[TICKET]...")
@click.option("--label", default="", help="The open GitHub issues with this label.")
@click.option("--jql", default="", help="The Jira items that this query finds.")
@click.option(
    "--shards",
    type=click.IntRange(1, LARGEST_MATRIX),
    help=f"How many shards at most (up to {LARGEST_MATRIX}, GitHub's limit). Default: by the number of tickets.",
)
@click.option("--max-tickets", type=click.IntRange(min=1), help="At most this many tickets.")
@click.option("--force", is_flag=True, help="Also tickets that did not change since RAT's comment.")
@turn_option
@checkout_options
@access_options
def command(*, shards: int | None, **options: Any) -> None:
    """Print which tickets need work as a matrix: {"include": [{"shard": 0, "tickets": […]}, …]}.

    With no ticket, label or query: the tickets of all projects of the configuration. Left out are closed ones, those
    with the label `rat:off`, and those that did not change since RAT's comment. Projects take turns, oldest tickets
    first.
    """
    from rat.connect import Connections
    from rat.selection import select

    access, repo, config = (options.pop(name) for name in ("access", "repo", "config"))
    wish = Wish(**options, skip_unchanged=True)
    connections = Connections(access=access, repo=repo, config=config, wish=wish)
    selection = select(wish, connections, thrifty=False)
    matrix = matrix_of([ref.key for ref in selection.refs], shards=shards)
    click.echo(json.dumps(matrix, separators=(",", ":")))
    found = f"{len(selection.refs)} of {selection.waiting} tickets selected, {len(matrix['include'])} shards"
    click.echo(f"{found}; {selection.unchanged} did not change since RAT's comment.", err=True)
    for trouble in selection.troubles:
        raise trouble
