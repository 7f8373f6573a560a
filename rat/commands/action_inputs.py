"""What `rat action` is given: the inputs that action.yml hands on as RAT_*, the event, and where things are."""

import json
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rat.errors import ConfigError
from rat.model.settings import CONFIG_PATH
from rat.triggers import Activity, Event, Inputs, Mode

FROM_DEFAULT_BRANCH = frozenset({"issues", "issue_comment", "schedule", "repository_dispatch"})
"""Events that GitHub runs on the default branch alone: the checkout's configuration is the one to use.
https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows
"""

WITHOUT_CHECKOUT = frozenset({Mode.PUBLISH, Mode.SELECT, Mode.COMMAND, Mode.ACKNOWLEDGE})
"""The modes of jobs that have none: the configuration is fetched."""

OF_NO_REPOSITORY = frozenset({"schedule", "workflow_dispatch", "repository_dispatch"})
"""Events that are not about something in the repository that they happen in: a run may then serve another one."""

EVENT_BYTES = 32 * 1024 * 1024
"""GitHub's payloads are 25 MB at most."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """The inputs that are numbers, checked, as options of a command; whether to only show the writes, and whether
    this is one shard of a batch that another job publishes.
    """

    options: tuple[str, ...] = ()
    max_tickets: int | None = None
    dry_run: bool = False
    is_shard: bool = False
    digests: str = ""


def read_inputs(environ: Mapping[str, str]) -> Inputs:
    """The inputs that decide what is done. Raises ConfigError naming the input that cannot be used."""
    mode = environ.get("RAT_MODE") or Mode.AUTO
    if mode not in list(Mode):
        raise ConfigError(f"The input `mode` is none of {', '.join(Mode)}.")
    return Inputs(
        mode=Mode(mode),
        tickets=tuple((environ.get("RAT_TICKET") or "").split()),
        label=(environ.get("RAT_LABEL") or "").strip(),
        jql=(environ.get("RAT_JQL") or "").strip(),
        publish=_yes(environ, "publish"),
    )


def read_limits(environ: Mapping[str, str]) -> Limits:
    """The numbers among the inputs. Raises ConfigError naming the input that is none."""
    numbers = {"max-tickets": r"\d{1,6}", "max-tokens": r"\d{1,9}", "fail-under": r"\d{1,3}"}
    options = []
    for name, form in {**numbers, "max-cost-usd": r"\d{1,6}(\.\d{1,6})?"}.items():
        value = (environ.get(_variable(name)) or "").strip()
        if value and not re.fullmatch(form, value):
            raise ConfigError(f"The input `{name}` must be a number.")
        options += [f"--{name}={value}"] if value else []
    return Limits(
        options=tuple(options),
        dry_run=_yes(environ, "dry-run"),
        is_shard=bool(shard_of(environ)),
        max_tickets=int(environ.get("RAT_MAX_TICKETS") or 0) or None,
        digests=environ.get("RAT_DIGESTS") or "",
    )


def shard_of(environ: Mapping[str, str]) -> str:
    """The number of this shard, empty for none."""
    return re.sub(r"\D", "", environ.get("RAT_SHARD") or "")[:4]


def turn_of(environ: Mapping[str, str]) -> int:
    """The number of this run of the workflow: it moves whose turn it is where not all can be served."""
    return int(re.sub(r"\D", "", environ.get("GITHUB_RUN_NUMBER") or "")[:9] or 0)


def read_event(environ: Mapping[str, str], *, file: Path | None = None, repository: str = "") -> Event:
    """The event that started the run, or the one in *file*, whose name its form tells.

    Raises ConfigError where there is none: then this is not a workflow.
    """
    name, path = environ.get("GITHUB_EVENT_NAME"), file or environ.get("GITHUB_EVENT_PATH")
    if not path or not (name or file):
        raise ConfigError("`rat action` runs in a GitHub workflow. On a machine of yours, call `rat refine` instead.")
    try:
        content = Path(path).read_bytes()[:EVENT_BYTES]
        payload = json.loads(content)
    except (OSError, ValueError, RecursionError) as error:
        raise ConfigError(f"The event of this run could not be read ({type(error).__name__}). Run it again.") from error
    payload = payload if isinstance(payload, dict) else {}
    if file or not name:
        name = "repository_dispatch" if "client_payload" in payload else "issue_comment"
    return Event(name=name, payload=payload, repository=repository or environ.get("GITHUB_REPOSITORY") or "")


def read_repository(environ: Mapping[str, str]) -> str:
    """The `owner/repo` that the run serves: the input `repository`, else the one that the workflow runs in.

    Raises ConfigError where the input is none, or the event is about something in the workflow's own repository.
    """
    own, other = environ.get("GITHUB_REPOSITORY") or "", (environ.get("RAT_REPOSITORY") or "").strip()
    if not other or other.lower() == own.lower():
        return own
    if not re.fullmatch(r"[\w-]+/[\w.-]+", other, re.ASCII):
        raise ConfigError("The input `repository` must be owner/repo.")
    if environ.get("GITHUB_EVENT_NAME") not in OF_NO_REPOSITORY:
        raise ConfigError(
            f"The input `repository` is another one than that of the event. Use it with {', '.join(OF_NO_REPOSITORY)}."
        )
    return other


def out_folder(environ: Mapping[str, str]) -> Path:
    """Where the results go: the input `out`, or a new folder under the runner's temp directory."""
    if out := environ.get("RAT_OUT"):
        return Path(out)
    return Path(tempfile.mkdtemp(prefix="rat-out-", dir=environ.get("RUNNER_TEMP") or None))


def config_file(environ: Mapping[str, str], event: Event, activity: Activity, *, folder: Path) -> Path | None:
    """The configuration of the default branch as a file in *folder*; None where the checkout's own is that already.

    A pull request, or a branch that is dispatched, must not bring its own rules (DESIGN §4), and the jobs that
    select and publish have no checkout: then the file is fetched. Raises TrackerError, ConfigError.
    """
    name = environ.get("RAT_CONFIG_PATH") or CONFIG_PATH
    if Path(name).is_absolute():
        return Path(name)
    if event.name in FROM_DEFAULT_BRANCH and activity.mode not in WITHOUT_CHECKOUT:
        return None if name == CONFIG_PATH else Path(name)
    file = folder / "rat.yml"
    file.write_bytes(_on_default_branch(environ, event.repository, name) or b"")
    return file


def _on_default_branch(environ: Mapping[str, str], repository: str, path: str) -> bytes | None:
    from rat.commands.options import access_from
    from rat.connect import Connections

    if not re.fullmatch(r"[\w.-]+/[\w.-]+", repository) or ".." in path:
        raise ConfigError(f"The input `config`, {path[:80]!r}, is no path in a repository.")
    github = Connections(access=access_from(environ), repo=Path()).pull_requests()
    if github is None:
        raise ConfigError("The configuration is read from the default branch. Set the input `github-token`.")
    return github.file_at(path, repository=repository, commit="")


def _yes(environ: Mapping[str, str], name: str) -> bool:
    value = (environ.get(_variable(name)) or "false").strip().lower()
    if value not in ("true", "false"):
        raise ConfigError(f"The input `{name}` must be true or false.")
    return value == "true"


def _variable(name: str) -> str:
    return "RAT_" + name.upper().replace("-", "_")
