"""`rat report`: what runs and decisions add up to."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rat.model.ledger import LedgerRecord
    from rat.reporting.report import Report

FORMATS = ("markdown", "json", "html")


@click.command(name="report")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@click.option(
    "--ledger", envvar="RAT_LEDGER", show_envvar=True, help="Read this ledger too: sqlite:///FILE, postgresql://…"
)
@click.option("--format", "form", type=click.Choice(FORMATS), default="markdown", show_default=True)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file.")
@click.option("--variant", "pair", multiple=True, metavar="NAME", help="Compare these two prompt variants or models.")
def command(*, paths: tuple[Path, ...], ledger: str | None, form: str, out: Path | None, pair: tuple[str, ...]) -> None:
    """Say what runs brought and what people decided: readiness, acceptance, grounding, time, tokens, cost.

    PATH is a ledger (`ledger.jsonl`), a folder of results, its `run.json`, or the zipped artifact of a run; folders are
    searched to the bottom. What is found twice counts once.
    """
    from rat.errors import ConfigError
    from rat.reporting.report import build

    if not paths and not ledger:
        raise ConfigError("Nothing to report on. Name a folder of `rat refine --out`, a ledger.jsonl, or --ledger URL.")
    if len(pair) not in (0, 2):
        raise ConfigError("A comparison has two sides: give --variant twice, or not at all.")
    text = _written(build(_records(paths, ledger), pair=pair), form)
    if out is None:
        click.echo(text, nl=False)
        return
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(text, encoding="utf-8", errors="replace", newline="\n")
    except OSError as error:
        raise ConfigError(f"{out} could not be written ({error.strerror}). Give another file with --out.") from error


def _records(paths: tuple[Path, ...], ledger: str | None) -> "list[LedgerRecord]":
    from rat.reporting.ledger import open_ledger
    from rat.reporting.reading import read_records

    found = [record for path in paths for record in read_records(path)]
    return found + (list(open_ledger(ledger).records()) if ledger else [])


def _written(report: "Report", form: str) -> str:
    if form == "json":
        import json

        from rat.decode import encode

        return json.dumps(encode(report), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    if form == "html":
        from rat.reporting.page import write_page

        return write_page(report)
    from rat.commands.report_summary import markdown_of

    return markdown_of(report)
