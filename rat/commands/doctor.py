"""`rat doctor`: what works and what is missing, in one screen."""

import sys
from typing import Any

import click

from rat.commands.options import access_options, checkout_options

SIGNS = {"ok": ("✓", "green"), "unused": ("-", "yellow"), "wrong": ("✗", "red")}


@click.command(name="doctor")
@checkout_options
@access_options
def command(**places: Any) -> None:
    """Say what works and what is missing, with remedies, and the effective configuration. Prints no secret.

    Exits 2 if something that is set does not work.
    """
    from rat.connect import Connections
    from rat.diagnosis import State, diagnose, effective

    connections = Connections(**places)
    found = list(diagnose(connections))
    for one in found:
        sign, colour = SIGNS[one.state]
        click.echo(f"{click.style(sign, fg=colour)} {one.name:24}{one.detail}")
    if all(one.state is not State.WRONG for one in found):
        click.echo("\nEffective settings (flag > environment > file > default):")
        for key, value, origin in effective(connections):
            click.echo(f"  {key:36} {value or '-':40} {origin}")
        return
    click.echo("\nMend what is marked ✗ first.", err=True)
    sys.exit(2)
