"""`rat action`: what the GitHub Action calls. Event and inputs choose a command of `rat`, which runs in here."""

import importlib
import json
import logging
import os
import signal
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rat.commands.action_inputs import (
    Limits,
    config_file,
    out_folder,
    read_event,
    read_inputs,
    read_limits,
    read_repository,
    shard_of,
    turn_of,
)
from rat.commands.action_report import report_on
from rat.commands.action_sharding import LARGEST_RUN, digest_of, matrix_of, verified_folders
from rat.errors import ConfigError, RatError
from rat.runner import Runner, inert_stream
from rat.triggers import Activity, Mode, choose

if TYPE_CHECKING:
    from rat.connect import Connections
    from rat.model.wish import Wish

SECRETS = ("GITHUB_TOKEN", "JIRA_TOKEN", "OPENAI_API_KEY", "RAT_MARKER_KEY", "RAT_LEDGER")


NOTHING_FOUND = "No open ticket was found. If there should be one: was a label renamed? `rat doctor` tells."


@dataclass(frozen=True, kw_only=True, slots=True)
class Done:
    """What was done: where its results lie, what other jobs need, what is to be said, and what went wrong."""

    folders: tuple[Path, ...] = ()
    matrix: str = ""
    digest: str = ""
    said: str = ""
    report: str = ""
    trouble: RatError | None = None


@click.command(name="action")
def command() -> None:
    """Do what the GitHub Action is asked for by its event and its inputs (the variables RAT_*, see action.yml)."""
    # A cancelled run is over at once, and SIGTERM follows 7.5 s later; Python would wait for calls that are under way.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    environ = dict(os.environ)
    runner = Runner.of(environ, sys.stdout)
    _silence_commands()
    for name in SECRETS:
        runner.mask(environ.get(name, ""))
    out = out_folder(environ)
    try:
        _serve(environ)
        with tempfile.TemporaryDirectory(prefix="rat-config-", dir=environ.get("RUNNER_TEMP") or None) as folder:
            done = _act(environ, out, runner, folder=Path(folder))
    except RatError as error:
        done = Done(trouble=error)
    if trouble := _tell(done, environ, out, runner):
        raise trouble


def _serve(environ: dict[str, str]) -> None:
    """Let the commands that are called work for the repository that the inputs name. Raises ConfigError."""
    own = environ.get("GITHUB_REPOSITORY", "")
    served = read_repository(environ)
    if served != own:
        environ |= {"GITHUB_REPOSITORY": served, "RAT_RUN_REPOSITORY": own}
        os.environ.update(environ)


def _act(environ: Mapping[str, str], out: Path, runner: Runner, *, folder: Path) -> Done:
    """Choose and run; *folder* is for files that are needed meanwhile. Raises RatError where it does not come to it."""
    event = read_event(environ)
    activity = choose(read_inputs(environ), event)
    limits = read_limits(environ)
    if activity.mode is None:
        runner.annotate("notice", "RAT did nothing", activity.reason)
        return Done(said=f"Nothing was done: {activity.reason}.")
    if activity.mode is Mode.REPORT:
        with runner.group("rat report"):
            report, trouble = report_on(out, environ=environ, call=_call)
        return Done(report=report, trouble=trouble)
    if activity.reason:
        runner.annotate("notice", "RAT wrote nothing", activity.reason)
    config = config_file(environ, event, activity, folder=folder)
    common = [f"--config={config}"] if config else []
    if activity.from_fork and not environ.get("OPENAI_API_KEY"):
        common.append("--model=none")  # GitHub gives forks no secrets: facts only, instead of an error
    with runner.group(f"rat {activity.mode}"):
        done = _run(activity, limits, common, out, runner)
    return replace(done, said=f"Nothing was written: {activity.reason}." if activity.reason else done.said)


def _run(activity: Activity, limits: Limits, common: list[str], out: Path, runner: Runner) -> Done:
    writing = (["--publish"] if activity.publish else []) + (["--dry-run"] if limits.dry_run else [])
    if activity.order:
        if activity.mode is not Mode.REFINE:
            return _command(activity, limits, common, out)
        writing = ["--force"]
    match activity.mode:
        case Mode.SELECT:
            return _select(activity, limits, common, runner)
        case Mode.PUBLISH:
            return _publish(activity, limits, common, out)
        case Mode.REFINE:
            which = [f"--{name}={value}" for name in ("label", "jql") if (value := getattr(activity, name))]
            if limits.is_shard and limits.dry_run and activity.publish:
                writing = ["--skip-unchanged"]  # another job publishes; showing its calls here would read all twice
            options = [*common, *which, *writing, *limits.options, "--format=text", f"--out={out}"]
            return _made(out, _call("refine", [*options, "--", *activity.tickets]))
        case Mode.UNDO:
            return _undo(activity, limits, common, out)
        case _:
            options = [*common, *writing, "--refine", f"--out={out}"]
            return _made(out, _call("impact", [*options, "--", str(activity.pull_request)]))


def _select(activity: Activity, limits: Limits, common: list[str], runner: Runner) -> Done:
    from rat.selection import select

    wish, connections = _wanted(activity, common, limits=limits)
    selection = select(wish, connections, thrifty=False)
    for trouble in selection.troubles:
        runner.annotate("warning", "RAT could not ask for all tickets", str(trouble))
    keys = [ref.key for ref in selection.refs[:LARGEST_RUN]]
    matrix = matrix_of(keys)
    said = f"{len(keys)} selected of {selection.waiting} that wait." if selection.waiting else NOTHING_FOUND
    if not selection.waiting:
        runner.annotate("notice", "RAT found no ticket", NOTHING_FOUND)
    said += f" {selection.unchanged} did not change since RAT's comment." if selection.unchanged else ""
    return Done(matrix=json.dumps(matrix, separators=(",", ":")), said=said)


def _publish(activity: Activity, limits: Limits, common: list[str], out: Path) -> Done:
    folders = verified_folders(out, limits.digests)
    only = [f"--only={key}" for key in _targets(activity, common)]
    if not only:
        return Done(said="Nothing was published: no ticket asks for it any more.")
    dry_run = ["--dry-run"] if limits.dry_run else []
    trouble = _call("publish", [*common, *dry_run, *only, "--", *map(str, folders)])
    return Done(folders=folders, trouble=trouble)


def _command(activity: Activity, limits: Limits, common: list[str], out: Path) -> Done:
    """One step of carrying out a `/rat` command."""
    from rat.commands.action_command import step, told
    from rat.commands.action_outcome import read_outcome

    folder, trouble = step(activity, limits, common, out, environ=os.environ, call=_call)
    record = read_outcome((folder,)).command or {}
    return Done(folders=(folder,), said=told(record), trouble=trouble)


def _undo(activity: Activity, limits: Limits, common: list[str], out: Path) -> Done:
    """Take RAT's last write on each ticket back; without the input `publish` only show it."""
    if not activity.tickets:
        raise ConfigError("The mode `undo` needs the input `ticket`.")
    shown = ["--dry-run"] if limits.dry_run or not activity.publish else []
    troubles = [_call("undo", [*common, *shown, f"--out={out}", "--", ticket]) for ticket in activity.tickets]
    return Done(folders=(out,), trouble=next((trouble for trouble in troubles if trouble), None))


def _made(out: Path, trouble: RatError | None) -> Done:
    """The results of *out*, also where some of it failed; under a digest if there is anything to publish."""
    from rat.commands.action_outcome import read_outcome

    outcome = read_outcome((out,))
    digest = digest_of(out) if outcome.refined or outcome.impact else ""
    return Done(folders=(out,), digest=digest, trouble=trouble)


def _targets(activity: Activity, common: list[str]) -> list[str]:
    """What this job itself may write to, by full names: the tickets of its own event or its own query."""
    from rat.selection import asked_for

    wish, connections = _wanted(activity, common)
    if activity.pull_request:
        return [f"{connections.repository}#{activity.pull_request}"]
    return [ref.key for ref in asked_for(wish, connections)]


def _wanted(activity: Activity, common: list[str], *, limits: Limits | None = None) -> "tuple[Wish, Connections]":
    from rat.commands.options import access_from
    from rat.connect import Connections
    from rat.model.wish import Wish

    config = next((Path(option.partition("=")[2]) for option in common if option.startswith("--config=")), None)
    wish = Wish(
        tickets=activity.tickets,
        label=activity.label,
        jql=activity.jql,
        max_tickets=limits.max_tickets if limits else None,
        skip_unchanged=True,
        turn=turn_of(os.environ),
    )
    return wish, Connections(access=access_from(os.environ), repo=Path(), config=config, wish=wish)


def _call(name: str, arguments: list[str]) -> RatError | None:
    """Run the command *name* of `rat` in this process, as the command line would. Returns what it raised."""
    command: click.Command = importlib.import_module(f"rat.commands.{name}").command
    try:
        command.main(args=arguments, standalone_mode=False, prog_name=f"rat {name}")
    except click.ClickException as error:
        return ConfigError(error.format_message())
    except RatError as error:
        return error
    return None


def _tell(done: Done, environ: Mapping[str, str], out: Path, runner: Runner) -> RatError | None:
    """Write outputs and summary. Returns the trouble that is left: a token that may only read is none."""
    from rat.commands.action_outcome import outputs_of, read_outcome
    from rat.commands.action_summary import summary_of
    from rat.publishing.site import Site

    outcome, trouble = read_outcome(done.folders), done.trouble
    said = str(trouble) if trouble else done.said
    if outcome.lacks_only_the_right_to_write:
        trouble, said = None, "Nothing was written: this token may only read. Here are the results."
        runner.annotate("warning", "RAT wrote nothing", "This token may only read; the job summary has the results.")
    if trouble:
        runner.annotate("error", "RAT", str(trouble))
        for key, reason in outcome.troubles:
            runner.annotate("error", f"RAT: {key}", reason)
    runner.set_outputs(outputs_of(outcome, path=out, matrix=done.matrix, digest=done.digest))
    names = {"server_url": "GITHUB_SERVER_URL", "repository": "GITHUB_REPOSITORY", "jira_url": "JIRA_URL"}
    site = Site(**{name: environ.get(variable, "") for name, variable in names.items()})
    summary = [done.report] if done.report else summary_of(outcome, site=site, shard=shard_of(environ), said=said)
    if left_out := runner.add_summary(summary):
        runner.add_summary([f"{left_out} more parts are in the folder of results: a summary holds 1 MiB."])
    return trouble


def _silence_commands() -> None:
    """Let no words of others reach the runner as a command, on either stream, from here to the end."""
    sys.stdout, sys.stderr = inert_stream(sys.stdout), inert_stream(sys.stderr)
    for handler in logging.getLogger().handlers:
        if isinstance(handler, logging.StreamHandler):
            handler.setStream(sys.stderr)
