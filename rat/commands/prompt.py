"""`rat prompt`: exactly what would be sent to the model."""

from typing import Any

import click

from rat.commands.options import access_options, checkout_options


@click.command(name="prompt")
@click.argument("agent")
@click.argument("ticket")
@checkout_options
@access_options
def command(*, agent: str, ticket: str, **places: Any) -> None:
    """Show what AGENT (analyst, architect, planner, tester, critic) would be sent about TICKET. Nothing is sent."""
    from rat.agents import AGENTS, prompt_for
    from rat.connect import Connections
    from rat.errors import ConfigError
    from rat.model import Refinement
    from rat.readiness import classify
    from rat.sources import gather

    connections = Connections(**places)
    if agent not in {*AGENTS, *connections.settings.team}:
        raise ConfigError(f"There is no agent {agent!r}. The team: {', '.join(connections.settings.team)}.")
    for ref in connections.refs((ticket,)):
        read = connections.fetch(ref)
        library = connections.library(ref.tracker, connections.project_of(read))
        found = gather(Refinement(ticket=read, type=classify(read)), library)
        prompt = prompt_for(agent, found, connections.dry_asker(read.key))
        click.echo(f"--- system ---\n{prompt.system}\n--- user ---\n{prompt.user}")
