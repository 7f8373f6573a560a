"""`rat localize`, which files a ticket will touch."""

import json
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rat.checkout import GitCheckout
    from rat.model.evidence import ImpactedFile

_log = logging.getLogger("rat")


@click.command("localize")
@click.option(
    "--ticket", required=True, type=click.Path(path_type=Path), help="Markdown or JSON; - for standard input."
)
@click.option(
    "--repo", default=Path(), type=click.Path(path_type=Path), show_default="this folder", help="The checkout."
)
@click.option("--top", default=20, type=click.IntRange(1, 1000), show_default=True, help="How many files at most.")
@click.option("--json", "as_json", is_flag=True, help="JSON instead of a list for people.")
@click.pass_obj
def command(begun: "GitCheckout | None", /, *, ticket: Path, repo: Path, top: int, as_json: bool) -> None:
    """Which files will this ticket touch? Best first, with the reasons; no model, no network."""
    from rat.checkout import COMMITS, open_checkout

    checkout = begun if begun is not None and begun.root == repo.resolve() else open_checkout(repo)
    checkout.expect(commits=COMMITS)

    # Python reads the rest of the program while git reads the history.
    from rat.search import localize
    from rat.search.collector import collector_paused
    from rat.trackers.files import read_ticket_file

    wanted = read_ticket_file(ticket)
    with collector_paused():
        ranking = localize(title=wanted.title, body=wanted.body, checkout=checkout, top=top)
    for note in (*checkout.notes(), *ranking.notes):
        _log.info("note: %s", note)
    click.echo(_as_json(ranking.files) if as_json else _as_list(ranking.files))


def _as_json(files: "Sequence[ImpactedFile]") -> str:
    """The contract of `rat localize --json` (docs/code-search.md)."""
    found = [
        {
            "path": file.path,
            "score": file.score,
            "reasons": file.reasons,
            "symbols": [{"name": symbol.name, "line": symbol.line} for symbol in file.symbols],
            "tests": file.tests,
        }
        for file in files
    ]
    return json.dumps({"files": found})


def _as_list(files: "Sequence[ImpactedFile]") -> str:
    """One file a paragraph: its path with the lines to look at, the reasons, its tests."""
    if not files:
        return "No file of this checkout has anything to do with the ticket."
    return "\n".join(_paragraph(place, file) for place, file in enumerate(files, 1))


def _plain(text: str) -> str:
    """*text* on one line and without anything that a terminal obeys: names and subjects are the repository's."""
    return "".join(character if character.isprintable() else "?" for character in text)


def _paragraph(place: int, file: "ImpactedFile") -> str:
    symbols = ", ".join(f"{symbol.name}:{symbol.line}" for symbol in file.symbols)
    lines = [f"{place:3}. {file.path}" + (f"  ({symbols})" if symbols else "")]
    lines += [f"       {'; '.join(file.reasons)}"] if file.reasons else []
    lines += [f"       tests: {', '.join(file.tests)}"] if file.tests else []
    return "\n".join(_plain(line) for line in lines)
