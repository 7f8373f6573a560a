"""`rat impact`: which tickets does a pull request touch?"""

import json
import os
import re
from pathlib import Path
from typing import Any

import click

from rat.commands.options import access_options, checkout_options, out_option, run_url, spending_options
from rat.errors import ConfigError
from rat.model.wish import Wish


@click.command(name="impact")
@click.argument("pull_request", required=False, metavar="[PR]")
@click.option("--refine", "refining", is_flag=True, help="Also propose for named tickets and for RFE files in it.")
@click.option("--publish", "publishing", is_flag=True, help="Comment on the pull request.")
@click.option("--dry-run", is_flag=True, help="With --publish: print the call, send nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--max-cost-usd", type=click.FloatRange(min=0), help="Budget of the run.")
@click.option("--max-tokens", type=click.IntRange(min=1), help="Budget of a ticket.")
@spending_options
@out_option
@checkout_options
@access_options
def command(*, pull_request: str | None, refining: bool, **rest: Any) -> None:
    """Name the tickets that the pull request PR (`34`, `#34`, its URL) names, and open ones whose files it changes.

    Without PR: the one whose branch is checked out in Actions.
    """
    from rat.connect import Connections
    from rat.review import review

    shown = {name: rest.pop(name) for name in ("publishing", "dry_run", "as_json", "out")}
    limits = {name: rest.pop(name) for name in ("max_cost_usd", "max_tokens", "spending", "spent_today_usd")}
    wish = Wish(**limits, out=shown["out"])
    connections = Connections(**rest, run_url=run_url(), wish=wish)
    github = connections.pull_requests()
    if github is None:
        raise ConfigError("`rat impact` reads a pull request from GitHub. Set GITHUB_TOKEN.")
    pull = github.pull_request(_number(pull_request), repository=connections.repository)
    _bring(review(pull, connections, github, refining=refining), connections, **shown)


def _bring(report: Any, connections: Any, *, publishing: bool, dry_run: bool, as_json: bool, out: Path | None) -> None:
    """Keep, show and deliver *report*, as asked."""
    from rat import results
    from rat.decode import encode
    from rat.delivery import deliver_impact
    from rat.model.record import ImpactRecord
    from rat.publishing.compose_impact import compose_impact
    from rat.publishing.markdown import write_markdown

    markdown = write_markdown(compose_impact(report, connections.site))
    if out:
        results.keep_impact(report, markdown, out)
    if as_json:
        click.echo(json.dumps(encode(ImpactRecord.of(report)), ensure_ascii=False, indent=2))
    elif not (publishing and dry_run):
        click.echo(markdown)
    trouble = deliver_impact(report, connections, out=out, dry_run=dry_run, say=click.echo) if publishing else None
    if trouble:
        raise trouble


def _number(name: str | None) -> int:
    """The number that *name*, or the environment of a pull request's run, gives. Raises ConfigError."""
    text = name or os.environ.get("GITHUB_REF", "")
    found = re.fullmatch(r"(?:#|refs/pull/|https?://\S+/pull/)?([1-9]\d{0,9})(?:/\S*)?", text)
    if not found:
        raise ConfigError(f"Which pull request? {text[:80]!r} is none. Give its number: `rat impact 34`.")
    return int(found[1])
