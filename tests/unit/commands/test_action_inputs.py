"""What `rat action` takes from its inputs, and where its configuration may come from."""

import subprocess
import sys
from pathlib import Path

import pytest

from rat.commands.action_inputs import (
    config_file,
    out_folder,
    read_event,
    read_inputs,
    read_limits,
    read_repository,
    shard_of,
    turn_of,
)
from rat.errors import ConfigError
from rat.triggers import Activity, Event, Inputs, Mode

ISSUES = Event(name="issues", payload={}, repository="alice/demo")
PULL = Event(name="pull_request", payload={}, repository="alice/demo")


def test_empty_inputs_are_unset() -> None:
    empty = dict.fromkeys(("RAT_MODE", "RAT_TICKET", "RAT_LABEL", "RAT_JQL", "RAT_PUBLISH", "RAT_MAX_TICKETS"), "")
    assert read_inputs(empty) == Inputs()
    assert read_limits(empty).options == ()
    assert shard_of({"RAT_SHARD": ""}) == ""


def test_inputs_are_read() -> None:
    given = {"RAT_MODE": "select", "RAT_TICKET": " #1\nPAY-2 ", "RAT_LABEL": "needs refinement", "RAT_PUBLISH": "True"}
    expected = Inputs(mode=Mode.SELECT, tickets=("#1", "PAY-2"), label="needs refinement", publish=True)
    assert read_inputs(given) == expected


def test_numbers_become_options() -> None:
    given = {"RAT_MAX_TICKETS": "5", "RAT_MAX_COST_USD": "0.50", "RAT_FAIL_UNDER": "60", "RAT_DRY_RUN": "true"}
    limits = read_limits(given)
    assert limits.options == ("--max-tickets=5", "--fail-under=60", "--max-cost-usd=0.50")
    assert (limits.max_tickets, limits.dry_run) == (5, True)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("RAT_PUBLISH", "yes", "`publish`"),
        ("RAT_DRY_RUN", "1", "`dry-run`"),
        ("RAT_MAX_TICKETS", "many", "`max-tickets`"),
        ("RAT_MAX_COST_USD", "-1", "`max-cost-usd`"),
        ("RAT_FAIL_UNDER", "60 --publish", "`fail-under`"),
        ("RAT_MODE", "destroy", "`mode`"),
    ],
)
def test_an_input_that_cannot_be_used_is_named(name: str, value: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        (read_limits({name: value}), read_inputs({name: value}))


def test_outside_a_workflow_the_command_line_is_named() -> None:
    with pytest.raises(ConfigError, match="rat refine"):
        read_event({})


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000])
def test_an_event_that_cannot_be_read_is_one_clear_error(tmp_path: Path, text: str) -> None:
    path = tmp_path / "event.json"
    path.write_text(text)
    with pytest.raises(ConfigError, match="could not be read"):
        read_event({"GITHUB_EVENT_NAME": "issues", "GITHUB_EVENT_PATH": str(path)})


def test_an_event_that_is_no_object_is_an_empty_one(tmp_path: Path) -> None:
    path = tmp_path / "event.json"
    path.write_text("[1]")
    assert read_event({"GITHUB_EVENT_NAME": "push", "GITHUB_EVENT_PATH": str(path)}).payload == {}


def test_results_get_a_folder_of_their_own(tmp_path: Path) -> None:
    folders = {out_folder({"RUNNER_TEMP": str(tmp_path)}) for _ in range(2)}
    assert len(folders) == 2
    assert all(folder.parent == tmp_path for folder in folders)
    assert out_folder({"RAT_OUT": "results"}) == Path("results")


def test_an_event_of_the_default_branch_uses_the_checkouts_configuration(tmp_path: Path) -> None:
    refine = Activity(mode=Mode.REFINE)
    assert config_file({}, ISSUES, refine, folder=tmp_path) is None
    named = config_file({"RAT_CONFIG_PATH": ".github/pay.yml"}, ISSUES, refine, folder=tmp_path)
    assert named == Path(".github/pay.yml")


@pytest.mark.parametrize("path", ["../rat.yml", ".github/../../x"])
def test_a_configuration_outside_the_repository_is_refused(path: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no path in a repository"):
        config_file({"RAT_CONFIG_PATH": path, "GITHUB_TOKEN": "x"}, PULL, Activity(mode=Mode.IMPACT), folder=tmp_path)


OTHER = {"GITHUB_REPOSITORY": "acme/central", "RAT_REPOSITORY": "acme/shop", "GITHUB_EVENT_NAME": "schedule"}


def test_a_run_may_serve_another_repository() -> None:
    assert read_repository(OTHER) == "acme/shop"
    assert read_repository({**OTHER, "RAT_REPOSITORY": ""}) == "acme/central"


@pytest.mark.parametrize("name", ["shop", "acme/shop/x", "acme/shop#1", "-x\nacme/shop", "https://github.com/a/b"])
def test_a_repository_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(ConfigError, match="owner/repo"):
        read_repository({**OTHER, "RAT_REPOSITORY": name})


@pytest.mark.parametrize("event", ["issues", "issue_comment", "pull_request", "pull_request_target"])
def test_an_event_of_one_repository_cannot_be_served_in_another(event: str) -> None:
    with pytest.raises(ConfigError, match="another one than that of the event"):
        read_repository({**OTHER, "GITHUB_EVENT_NAME": event})


def test_the_number_of_the_run_is_whose_turn_it_is() -> None:
    assert [turn_of({"GITHUB_RUN_NUMBER": number}) for number in ("", "17", "x")] == [0, 17, 0]


def test_a_configuration_that_was_fetched_leaves_nothing_behind(tmp_path: Path) -> None:
    """Also where the runner has no temp folder of its own that it empties."""
    event = tmp_path / "event.json"
    event.write_text("{}")
    environ = {
        "GITHUB_EVENT_NAME": "push",
        "GITHUB_EVENT_PATH": str(event),
        "GITHUB_REPOSITORY": "alice/demo",
        "TMPDIR": str(tmp_path),
        "GITHUB_TOKEN": "x",
        "GITHUB_API_URL": "http://127.0.0.1:9",
    }
    command = [sys.executable, "-I", "-m", "rat", "action"]
    subprocess.run(command, check=False, env=environ, capture_output=True, text=True, timeout=60)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("rat-config-")] == []


def test_an_error_reaches_the_summary_the_outputs_and_the_exit_code(tmp_path: Path) -> None:
    event = tmp_path / "event.json"
    event.write_text("{}")
    environ = {
        "GITHUB_EVENT_NAME": "workflow_dispatch",
        "GITHUB_EVENT_PATH": str(event),
        "GITHUB_OUTPUT": str(tmp_path / "output"),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"),
        "RUNNER_TEMP": str(tmp_path),
        "RAT_MODE": "report",
        "GITHUB_TOKEN": "ghs_secret",
    }
    command = [sys.executable, "-I", "-m", "rat", "action"]
    done = subprocess.run(command, check=False, env=environ, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert "There is nothing to report on" in (tmp_path / "summary").read_text()
    assert "failed-count<<" in (tmp_path / "output").read_text()
    assert "::error title=RAT::" in done.stdout
    assert done.stdout.startswith("::add-mask::ghs_secret\n")
