"""`rat eval`: how good refinements are on a set of tickets, and which of two variants is better."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from rat.commands.options import access_options, checkout_options, out_option

FORMATS = ("text", "json", "html")


@click.command(name="eval")
@click.argument("dataset", type=click.Path(path_type=Path))
@click.option(
    "--variant", "variants", multiple=True, help="A YAML file, or `name=key:value,…`. Give it twice to compare."
)
@click.option("--judge", default="", help="A model that compares the variants blind; take one that writes for neither.")
@click.option(
    "--samples", type=click.IntRange(1, 20), default=3, show_default=True, help="How often it looks at a pair."
)
@checkout_options
@out_option
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("--max-cost-usd", type=click.FloatRange(min=0), help="Budget of each variant, and of the judge.")
@access_options
def command(form: str, **options: Any) -> None:
    """Refine every ticket of DATASET, a JSON Lines file (docs/evaluation.md), and measure the outcome by code.

    With no model: facts only, no network. With `--variant A --variant B`: both, side by side. With --judge: a model
    compares them blind, each pair in both orders. With --out the refinements and the replies are kept: a run that was
    cut off pays for no reply twice.
    """
    from rat.evaluation.page import as_html
    from rat.evaluation.table import as_text
    from rat.trial import Trial, evaluate, failures_of, keep

    trial = Trial(**options)
    evaluation = evaluate(trial, progress=_progress)
    text, page = as_text(evaluation), as_html(evaluation)
    if trial.out:
        keep(evaluation, text, page, trial.out)
    match form:
        case "json":
            from rat.decode import encode

            click.echo(json.dumps(encode(evaluation), ensure_ascii=False, indent=2, sort_keys=True))
        case "html":
            click.echo(page)
        case _:
            click.echo(text)
    if failed := failures_of(evaluation):
        raise failed


@contextmanager
def _progress(futures: Any) -> Iterator[Any]:
    """A bar on a terminal; nothing where nobody watches."""
    if sys.stderr.isatty():
        with click.progressbar(futures, label="Refining", file=sys.stderr) as bar:
            yield bar
    else:
        yield futures
