"""The click group `rat`: which commands there are, and the one handler of RatError."""

import importlib
import logging
import signal
import sys

import click

from rat import __version__
from rat.errors import RatError

COMMANDS = {
    "refine": "Refine tickets: evidence, checks, score and, with a model, a drafted proposal.",
    "check": "Readiness only: score, missing parts, smells. No model.",
    "localize": "Which files will this ticket touch?",
    "evidence": "Everything RAT can find for a ticket: code, tests, owners, history, decisions, requests.",
    "sources": "The decisions (ADRs) and requests (RFEs) of the checkout, and what could not be read.",
    "select": "Which tickets need work, dealt out for a matrix of jobs.",
    "publish": "Offer refined tickets where they belong; the only command that writes to trackers.",
    "impact": "Which tickets does a pull request touch?",
    "command": "Do what a person asks for in a comment: /rat refine, apply, reject, undo, help.",
    "report": "What runs and decisions add up to: Markdown, JSON, or one HTML page.",
    "undo": "Take back what RAT wrote last on a ticket.",
    "eval": "How good refinements are on a set of tickets; two variants side by side.",
    "init": "Set up the workflows and the configuration of a repository.",
    "doctor": "What works and what is missing: tokens, rights, config, endpoint.",
    "schema": "The JSON Schemas of what RAT reads and writes.",
    "prompt": "Show exactly what would be sent to the model.",
    "action": "What the GitHub Action calls: chooses by event and mode.",
}
"""Each command lives in `rat/commands/<name>.py` as `command` and is imported only when it is called."""


class LazyGroup(click.Group):
    """A group that imports a command's module only when that command runs, so that `rat --help` is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in the order of COMMANDS."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command called *cmd_name*, or None."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"rat.commands.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="rat")
@click.option("-v", "--verbose", is_flag=True, help="Say more on standard error.")
def rat(*, verbose: bool) -> None:
    """RAT turns a raw ticket into one that an engineer can start cold, and checks every claim."""
    logging.basicConfig(
        level=logging.DEBUG if verbose else logging.INFO, format="%(message)s", stream=sys.stderr, force=True
    )
    for name in ("urllib3", "httpx2", "openai", "markdown_it", "github", "jira", "alembic"):
        logging.getLogger(name).setLevel(logging.ERROR)


def main(begun: object = None) -> None:
    """Run `rat`; a RatError becomes one message on standard error and its exit code.

    *begun* is what `rat.ahead` began for the command, if anything.

    Ctrl-C ends the process at once: what is written is whole or not there, and the journal outlives a crash, while
    Python's own way would wait for every call to the model that is under way.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        rat(obj=begun)
    except RatError as error:
        click.echo(f"rat: {error}", err=True)
        sys.exit(error.exit_code)
