"""`rat action`: what the GitHub Action calls. Event and inputs choose a command of `rat`, which runs in here."""

import importlib
import json
import logging
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import click

from rat.commands.action_inputs import Limits, config_file, out_folder, read_event, read_inputs, read_limits
from rat.errors import ConfigError, RatError
from rat.runner import Runner, inert_stream
from rat.triggers import Activity, Mode, choose

SECRETS = ("GITHUB_TOKEN", "JIRA_TOKEN", "OPENAI_API_KEY", "RAT_MARKER_KEY")


@dataclass(frozen=True, kw_only=True, slots=True)
class Done:
    """What was done: where the results lie, what travels to other jobs, and what is to be said about it."""

    folders: tuple[Path, ...] = ()
    matrix: str = ""
    digest: str = ""
    said: str = ""


@click.command(name="action")
def command() -> None:
    """Do what the GitHub Action is asked for by its event and its inputs (the variables RAT_*, see action.yml)."""
    environ = dict(os.environ)
    runner = Runner.of(environ, sys.stdout)
    _silence_commands()
    for name in SECRETS:
        runner.mask(environ.get(name, ""))
    out, trouble = out_folder(environ), None
    done = Done(folders=(out,))
    try:
        done = _act(environ, out, runner)
    except RatError as error:
        trouble = error
        done = replace(done, said=str(error))
    if trouble := _tell(done, trouble, environ, out, runner):
        raise trouble


def _act(environ: Mapping[str, str], out: Path, runner: Runner) -> Done:
    """Choose and run. Raises the RatError of the command that was run."""
    event = read_event(environ)
    activity = choose(read_inputs(environ), event)
    limits = read_limits(environ)
    if activity.reason:
        runner.annotate("notice", "RAT wrote nothing" if activity.mode else "RAT did nothing", activity.reason)
    if activity.mode is None:
        return Done(said=f"Nothing was done: {activity.reason}.")
    out.mkdir(parents=True, exist_ok=True)
    config = config_file(environ, event, activity, folder=out)
    said = f"Nothing was written: {activity.reason}." if activity.reason else ""
    with runner.group(f"rat {activity.mode}"):
        return replace(_run(activity, limits, config, out), said=said)


def _run(activity: Activity, limits: Limits, config: Path | None, out: Path) -> Done:
    from rat.commands import action_sharding as sharding

    common = [f"--config={config}"] if config else []
    writing = ["--dry-run"] if limits.dry_run else []
    match activity.mode:
        case Mode.SELECT:
            keys = _keys(activity, config)
            matrix = sharding.matrix_of(keys)
            return Done(matrix=json.dumps(matrix, separators=(",", ":")))
        case Mode.PUBLISH:
            folders = sharding.verified_folders(out, limits.digests)
            only = [f"--only={key}" for key in _keys(activity, config)]
            for folder in folders:
                _call("publish", [*common, *writing, *only, str(folder)])
            return Done(folders=folders)
        case Mode.REFINE:
            which = [f"--{name}={value}" for name in ("label", "jql") if (value := getattr(activity, name))]
            publish = ["--publish", *writing] if activity.publish else []
            options = [*common, *which, *publish, *limits.options, "--format=text", f"--out={out}"]
            _call("refine", [*options, "--", *activity.tickets])
        case Mode.IMPACT:
            publish = ["--publish"] if activity.publish and not limits.dry_run else []
            _call("impact", [*common, *publish, "--refine", f"--out={out}", "--", str(activity.pull_request)])
        case _:
            raise ConfigError(f"This version of RAT has no mode `{activity.mode}` yet; action.yml lists the modes.")
    return Done(folders=(out,), digest=sharding.digest_of(out))


def _keys(activity: Activity, config: Path | None) -> list[str]:
    """The tickets of *activity* by their full names, found by this job's own query where none is named."""
    from rat.commands.options import access_from
    from rat.connect import Connections
    from rat.model.wish import Wish
    from rat.sweep import tickets_of

    connections = Connections(access=access_from(os.environ), repo=Path(), config=config)
    if activity.pull_request:
        return [f"{connections.repository}#{activity.pull_request}"]
    wish = Wish(tickets=activity.tickets, label=activity.label, jql=activity.jql)
    return [ref.key for ref in tickets_of(wish, connections)]


def _call(name: str, arguments: list[str]) -> None:
    """Run the command *name* of `rat` in this process, as the command line would. Raises RatError."""
    command: click.Command = importlib.import_module(f"rat.commands.{name}").command
    try:
        command.main(args=arguments, standalone_mode=False, prog_name=f"rat {name}")
    except click.ClickException as error:
        raise ConfigError(error.format_message()) from error


def _tell(
    done: Done, trouble: RatError | None, environ: Mapping[str, str], out: Path, runner: Runner
) -> RatError | None:
    """Write outputs and summary. Returns the trouble that is left: a token that may only read is none."""
    from rat.commands.action_outcome import outputs_of, read_outcome
    from rat.commands.action_summary import summary_of
    from rat.publishing.site import Site

    outcome = read_outcome(done.folders)
    said = done.said
    if outcome.lacks_only_the_right_to_write:
        trouble, said = None, "Nothing was written: this token may only read. Here are the results."
        runner.annotate("warning", "RAT wrote nothing", "This token may only read; the job summary has the results.")
    if trouble:
        runner.annotate("error", "RAT", str(trouble))
    runner.set_outputs(outputs_of(outcome, path=out, matrix=done.matrix, digest=done.digest))
    site = Site(
        server_url=environ.get("GITHUB_SERVER_URL", ""),
        repository=environ.get("GITHUB_REPOSITORY", ""),
        jira_url=environ.get("JIRA_URL", ""),
    )
    parts = summary_of(outcome, site=site, shard=read_limits(environ).shard, said=said)
    if left_out := runner.add_summary(parts):
        runner.add_summary([f"{left_out} more parts are in the folder of results: a summary holds 1 MiB."])
    return trouble


def _silence_commands() -> None:
    """Let no words of others reach the runner as a command, on either stream, from here to the end."""
    sys.stdout, sys.stderr = inert_stream(sys.stdout), inert_stream(sys.stderr)
    for handler in logging.getLogger().handlers:
        if isinstance(handler, logging.StreamHandler):
            handler.setStream(sys.stderr)
