"""`rat evidence`: everything that RAT can find for a ticket, with no model and no judgement."""

import json
from typing import Any

import click

from rat.commands.options import access_options, checkout_options


@click.command(name="evidence")
@click.argument("ticket")
@checkout_options
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@access_options
def command(*, ticket: str, as_json: bool, **places: Any) -> None:
    """Print the whole evidence for TICKET: code, tests, owners, history, decisions, requests, similar tickets."""
    from rat.connect import Connections
    from rat.decode import encode
    from rat.model import Refinement
    from rat.readiness import classify
    from rat.sources import gather

    connections = Connections(**places)
    for ref in connections.refs((ticket,)):
        read = connections.fetch(ref)
        library = connections.library(ref.tracker, connections.project_of(read))
        found = gather(Refinement(ticket=read, type=classify(read)), library)
        if as_json:
            keys = ("evidence", "impacted_files", "conflicts", "notes")
            click.echo(json.dumps({key: encode(found)[key] for key in keys}, ensure_ascii=False, indent=2))
        else:
            _print(found)


def _print(found: Any) -> None:
    click.secho(f"{found.ticket.key}: {found.ticket.title}", bold=True)
    for impacted in found.impacted_files:
        click.echo(f"\n{impacted.path}")
        for label, values in (("why", impacted.reasons), ("tests", impacted.tests), ("owners", impacted.owners)):
            if values:
                click.echo(f"  {label}: {'; '.join(values)}")
    for piece in found.evidence:
        lines = f" lines {piece.lines[0]}-{piece.lines[1]}" if piece.lines else ""
        status = f" ({piece.status})" if piece.status else ""
        click.echo(f"\n[{piece.id}] {piece.title}{status}")
        place, why = f"{piece.path or piece.url}{lines}", "; ".join(piece.reasons)
        click.echo(f"  {': '.join(filter(None, (place, why)))}")
    for conflict in found.conflicts:
        click.echo(f"\nGoes against {conflict.adr}: {conflict.reason}\n  > {conflict.quote}")
    for note in found.notes:
        click.echo(f"\nnote: {note}")
