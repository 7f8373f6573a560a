"""Options that several commands share: where things are, and the secrets. Flag > environment; empty means unset."""

import functools
import os
from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import click

from rat.model.access import Access

_ACCESS = (
    ("github_token", "GITHUB_TOKEN", "Token for GitHub."),
    ("github_api_url", "GITHUB_API_URL", "GitHub's API, for GitHub Enterprise Server."),
    ("github_server_url", "GITHUB_SERVER_URL", "GitHub's web address."),
    ("github_repository", "GITHUB_REPOSITORY", "owner/repo that `#12` means (default: the checkout's origin)."),
    ("jira_url", "JIRA_URL", "Address of Jira."),
    ("jira_email", "JIRA_EMAIL", "E-mail of the Jira Cloud account; leave it out for Data Center."),
    ("jira_token", "JIRA_TOKEN", "Token for Jira."),
    ("api_key", "OPENAI_API_KEY", "Key for the model's endpoint."),
    ("base_url", "OPENAI_BASE_URL", "An OpenAI-compatible endpoint."),
    ("model", "RAT_MODEL", "The model; `none` for facts only."),
    ("ledger", "RAT_LEDGER", "Where runs are recorded too: sqlite:///FILE, postgresql://…, or a .jsonl file."),
)

Function = Callable[..., Any]


def access_options(function: Function) -> Function:
    """Add the options of addresses and secrets; *function* gets them as one `access`."""

    @functools.wraps(function)
    def collect(*args: Any, **values: Any) -> Any:
        given = {field.name: values.pop(field.name) for field in fields(Access)}
        access = Access(**{name: value for name, value in given.items() if value})
        return function(*args, access=access, **values)

    for name, variable, text in reversed(_ACCESS):
        option = click.option(f"--{name.replace('_', '-')}", envvar=variable, show_envvar=True, help=text)
        collect = option(collect)
    return collect


def access_from(environ: Mapping[str, str]) -> Access:
    """What *environ* alone says about addresses and secrets."""
    return Access(**{name: value for name, variable, _ in _ACCESS if (value := environ.get(variable))})


def checkout_options(function: Function) -> Function:
    """Add `--repo DIR`, the checkout, and `--config FILE`."""
    function = click.option(
        "--config",
        type=click.Path(path_type=Path),
        envvar="RAT_CONFIG",
        help="The configuration (default: .github/rat.yml of the checkout).",
    )(function)
    return click.option(
        "--repo",
        type=click.Path(path_type=Path),
        default=Path(),
        show_default="this folder",
        help="The checkout to read.",
    )(function)


def out_option(function: Function) -> Function:
    """Add `--out DIR`, where results are kept."""
    return click.option("--out", type=click.Path(path_type=Path), help="Keep the results in this folder.")(function)


def turn_option(function: Function) -> Function:
    """Add `--turn N`, the number of the sweep, by which no ticket waits for ever."""
    return click.option(
        "--turn",
        type=click.IntRange(min=0),
        envvar="GITHUB_RUN_NUMBER",
        default=0,
        help="Number of this sweep; where not all tickets can be taken, it moves whose turn it is.",
    )(function)


def spending_options(function: Function) -> Function:
    """Add what counts to the budget of a day: `--spending FILE` and `--spent-today-usd N`."""
    function = click.option(
        "--spent-today-usd",
        type=click.FloatRange(min=0),
        envvar="RAT_SPENT_TODAY_USD",
        show_envvar=True,
        default=0.0,
        help="What was spent today by runs that --spending does not know.",
    )(function)
    return click.option(
        "--spending",
        type=click.Path(path_type=Path, dir_okay=False),
        envvar="RAT_SPENDING",
        show_envvar=True,
        help="Where the spending of the day is written down (default: spending.jsonl under --out).",
    )(function)


def run_url() -> str:
    """The address of the Actions run that this is, or nothing."""
    server, repository, run = (os.environ.get(f"GITHUB_{name}") for name in ("SERVER_URL", "REPOSITORY", "RUN_ID"))
    repository = os.environ.get("RAT_RUN_REPOSITORY") or repository  # where the run serves another one
    return f"{server}/{repository}/actions/runs/{run}" if server and repository and run else ""
