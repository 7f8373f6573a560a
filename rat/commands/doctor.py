"""`rat doctor`: what works and what is missing, in one screen."""

import sys
import textwrap
from typing import Any

import click

from rat.commands.options import access_options, checkout_options

SIGNS = {"ok": ("✓", "green"), "unused": ("-", "yellow"), "wrong": ("✗", "red")}
WIDTH = 120


@click.command(name="doctor")
@click.option("--ask", is_flag=True, help="Ask the model one short question too; it costs a few tokens.")
@checkout_options
@access_options
def command(*, ask: bool, **places: Any) -> None:
    """Say what works and what is missing, with remedies, and the effective configuration. Prints no secret.

    Exits 2 if something that is set does not work.
    """
    from rat.connect import Connections
    from rat.diagnosis import State, diagnose, effective

    connections = Connections(**places)
    found = list(diagnose(connections, asking=ask))
    for one in found:
        sign, colour = SIGNS[one.state]
        detail = textwrap.fill(one.detail, WIDTH, subsequent_indent=" " * 26, initial_indent=" " * 26).lstrip()
        click.echo(f"{click.style(sign, fg=colour)} {one.name:24}{detail}")
    if all(one.state is not State.WRONG for one in found):
        _show_settings(list(effective(connections)))
        return
    click.echo("\nMend what is marked ✗ first.", err=True)
    sys.exit(2)


def _show_settings(settings: list[tuple[str, str, str]]) -> None:
    """What somebody set, each on a line; the defaults close together, so that all fits on a screen."""
    click.echo("\nEffective settings (flag > environment > file > default):")
    for key, value, origin in settings:
        if origin != "default":
            click.echo(f"  {key:36} {value or '-':40} {origin}")
    defaults = "; ".join(f"{key} = {value or '-'}" for key, value, origin in settings if origin == "default")
    click.echo(textwrap.fill(f"default: {defaults}", WIDTH, initial_indent="  ", subsequent_indent="  "))
