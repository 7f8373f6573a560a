"""`rat init`: set up workflows and configuration of a repository, and say what is left to do."""

import difflib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rat.errors import ConfigError

if TYPE_CHECKING:
    from rat.adoption import Choice, Found

DIFF_LINES = 40
"""Of a file that stays as it is; who wants to see more has both texts."""


@click.command(name="init")
@click.option(
    "--dir",
    "folder",
    type=click.Path(path_type=Path),
    default=Path(),
    show_default="this folder",
    help="The repository to set up.",
)
@click.option("--yes", is_flag=True, help="Ask nothing.")
@click.option("--force", is_flag=True, help="Overwrite files that differ.")
@click.option("--label", help="The label of the issues to refine.")
@click.option("--jira", "jql", help="The tickets are Jira items: the query that finds them.")
@click.option("--model", help="The model to draft with; `none` for facts only.")
def command(*, folder: Path, yes: bool, force: bool, label: str | None, jql: str | None, model: str | None) -> None:
    """Write the workflows that fit this repository and a commented `.github/rat.yml`, and say what is left to set.

    Nothing that exists is overwritten without --force: the difference is shown, and the command ends with 2.
    """
    from rat.adoption import LABEL, Choice, look, proposed, to_set
    from rat.checkout import open_checkout

    found = look(open_checkout(folder))
    _tell_found(found)
    choice = Choice(jql=jql or "", model=_named(model), label=label or found.label or LABEL)
    if not yes and sys.stdin.isatty():
        choice = _asked(choice, jql=jql, label=label, model=model)
    left = [
        path for path, text in proposed(found, choice).items() if not _written(folder / path, path, text, force=force)
    ]
    click.echo("\nLeft to do:")
    for number, step in enumerate(to_set(found, choice), start=1):
        click.echo(f"  {number}. {step}")
    if left:
        raise ConfigError(f"Left as they are: {', '.join(left)}. See the difference above; --force overwrites them.")


def _asked(choice: "Choice", *, jql: str | None, label: str | None, model: str | None) -> "Choice":
    """*choice* with what only a person knows, as far as no option said it."""
    from dataclasses import replace

    if jql is None and label is None and click.confirm("Are the tickets in Jira?", default=False):
        choice = replace(choice, jql=click.prompt("Which query finds them (JQL)?"))
    elif jql is None and label is None:
        choice = replace(choice, label=click.prompt("Which label asks for refinement?", default=choice.label))
    if model is None:
        choice = replace(choice, model=_named(click.prompt("Which model drafts? `none`: facts only", default="none")))
    impact = click.confirm("Comment on pull requests which tickets they touch?", default=True)
    return replace(choice, impact=impact)


def _named(model: str | None) -> str:
    return "" if (model or "none").lower() == "none" else model or ""


def _tell_found(found: "Found") -> None:
    seen = {
        "repository": " ".join(part for part in (found.host, found.repository, found.branch) if part) or "no remote",
        "code": ", ".join(f"{count} {name} files" for name, count in found.languages) or "none that RAT knows",
        "decisions": _counted(found.adrs),
        "requests": _counted(found.rfes),
        "workflows with RAT": ", ".join(found.workflows) or "none",
    }
    for name, value in seen.items():
        click.echo(f"{name:20}{value}")
    click.echo()


def _counted(counts: tuple[tuple[str, int], ...]) -> str:
    return ", ".join(f"{count} in {name}" for name, count in counts) or "none found"


def _written(path: Path, name: str, text: str, *, force: bool) -> bool:
    """Write *text* to *path* unless something else is there. Returns whether the file says it now; tells."""
    old = _read(path, name)
    if old == text:
        click.echo(f"unchanged  {name}")
    elif old is None or force:
        _write(path, name, text)
        click.echo(f"{'wrote' if old is None else 'overwrote':11}{name}")
    else:
        click.echo(f"differs    {name}")
        lines = list(difflib.unified_diff(old.splitlines(), text.splitlines(), name, "proposed", lineterm=""))
        for line in lines[:DIFF_LINES]:
            click.echo(f"    {line}")
        if len(lines) > DIFF_LINES:
            click.echo(f"    … and {len(lines) - DIFF_LINES} more lines")
        return False
    return True


def _read(path: Path, name: str) -> str | None:
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise ConfigError(f"{name} is no regular file, so it was not touched. Nothing more was written.")
    try:
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else None
    except OSError as error:
        raise ConfigError(f"{name} could not be read ({error.strerror}).") from error


def _write(path: Path, name: str, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise ConfigError(f"{name} could not be written ({error.strerror}).") from error
