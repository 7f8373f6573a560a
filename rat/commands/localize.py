"""`rat localize`: which files will this ticket touch?"""

import json
from pathlib import Path

import click


@click.command("localize")
@click.option(
    "--ticket", required=True, type=click.Path(path_type=Path), help="Markdown or JSON; - for standard input."
)
@click.option(
    "--repo", default=Path(), type=click.Path(path_type=Path), show_default="this folder", help="The checkout."
)
@click.option("--top", default=20, type=click.IntRange(1, 1000), show_default=True, help="How many files at most.")
@click.option("--json", "as_json", is_flag=True, help="JSON instead of a list for people.")
def command(*, ticket: Path, repo: Path, top: int, as_json: bool) -> None:
    """Which files will this ticket touch? Best first, with the reasons; no model, no network."""
    from rat.checkout import open_checkout
    from rat.search import rank, read_tree
    from rat.trackers.files import read_ticket_file

    wanted = read_ticket_file(ticket)
    tree = read_tree(open_checkout(repo))
    ranking = rank(title=wanted.title, body=wanted.body, tree=tree, top=top)
    if as_json:
        files = [
            {
                "path": file.path,
                "score": file.score,
                "reasons": file.reasons,
                "symbols": [{"name": symbol.name, "line": symbol.line} for symbol in file.symbols],
                "tests": file.tests,
            }
            for file in ranking.files
        ]
        click.echo(json.dumps({"files": files}))
        return
    for file in ranking.files:
        click.echo(file.path)
