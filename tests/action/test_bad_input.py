"""What goes wrong around the Action: a clear message, and nothing written that should not be."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from rat.commands.action_sharding import digest_of
from rat.commands.select import command as select_command
from rat.triggers import Event, Inputs, choose
from tests.action.steps import on, step
from tests.stand_ins.github import GitHubStandIn
from tests.stand_ins.proxy import Fault

EVENTS = Path(__file__).parent / "events"
LABEL = "needs-refinement"
READ_ONLY = Fault(status=403, body=b'{"message": "Resource not accessible by integration"}')


def payload(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((EVENTS / f"{name}.json").read_text(encoding="utf-8"))
    return loaded


def sent(github: GitHubStandIn) -> list[tuple[str, str]]:
    return [(one.method, one.path) for one in github.proxy.requests if one.method != "GET"]


def test_a_missing_secret_is_named(consumer: Path) -> None:
    ended = step(
        consumer, "push", {}, RAT_MODE="refine", RAT_TICKET="ticket.md", RAT_MODEL="m", RAT_CONFIG_PATH=os.devnull
    )
    assert ended.code == 2
    assert "OPENAI_API_KEY" in ended.summary
    assert "::error title=RAT::" in ended.log


def test_a_missing_secret_of_jira_is_named(consumer: Path) -> None:
    ended = step(consumer, "push", {}, RAT_MODE="refine", RAT_JQL="project = PAY", RAT_CONFIG_PATH=os.devnull)
    assert ended.code == 2
    assert "JIRA_URL and JIRA_TOKEN" in ended.summary


def test_a_right_to_read_that_is_missing_is_an_error_that_names_it(
    consumer: Path, github_stand_in: GitHubStandIn
) -> None:
    github_stand_in.proxy.spoil("GET", r"/issues\?", READ_ONLY, times=100)
    ended = step(consumer, "schedule", payload("schedule"), RAT_MODE="select", RAT_LABEL=LABEL, **on(github_stand_in))
    assert ended.code == 3
    assert "Resource not accessible by integration" in ended.summary
    assert sent(github_stand_in) == []


def test_one_projects_missing_right_is_a_warning_and_the_others_are_served(
    consumer: Path, github_stand_in: GitHubStandIn
) -> None:
    repository = github_stand_in.repository()
    issue = repository.create_issue("Login fails", labels=["b"])
    config = "projects: [{name: a, tickets: {github: {label: a}}}, {name: b, tickets: {github: {label: b}}}]\n"
    repository.create_file(".github/rat.yml", "ci: teams", config, branch="main")
    github_stand_in.proxy.forget()
    github_stand_in.proxy.spoil("GET", "labels=a", READ_ONLY, times=100)
    ended = step(consumer, "schedule", payload("schedule"), RAT_MODE="select", **on(github_stand_in))
    assert ended.code == 0, ended.log
    assert "::warning title=RAT could not ask for all tickets::" in ended.log
    assert f'{{"shard":0,"tickets":["alice/demo#{issue.number}"]}}' in ended.outputs


def test_a_renamed_label_finds_nothing_and_says_so(consumer: Path, github_stand_in: GitHubStandIn) -> None:
    github_stand_in.repository().create_issue("Login fails", labels=["ready-to-refine"])
    ended = step(consumer, "schedule", payload("schedule"), RAT_MODE="select", RAT_LABEL=LABEL, **on(github_stand_in))
    assert ended.code == 0, ended.log
    assert "was a label renamed?" in ended.summary
    assert '{"include":[]}' in ended.outputs


def test_a_pull_request_cannot_bring_its_own_rules(consumer: Path, github_stand_in: GitHubStandIn) -> None:
    """Its branch has a configuration that would send the tickets of another repository to a stranger's model."""
    rules = "projects: [{name: x, tickets: {github: {label: x, repository: alice/other}}}]\n"
    (consumer / ".github" / "rat.yml").write_text(rules + "model: {name: evil, base_url: 'http://127.0.0.1:9/v1'}\n")
    secret = github_stand_in.client().get_repo("alice/other").create_issue("Secret", labels=["x"])
    own = {"label": LABEL}
    config = f"projects: [{{name: demo, tickets: {{github: {json.dumps(own)}}}}}]\n"
    github_stand_in.repository().create_file(".github/rat.yml", "ci: rules", config, branch="main")
    github_stand_in.proxy.forget()
    for mode in ("select", "refine"):
        given = {"RAT_MODE": mode, "RAT_OUT": str(consumer.parent / mode), **on(github_stand_in)}
        ended = step(consumer, "pull_request", payload("pull_request_opened"), **given)
        assert ended.code == 0, ended.log
        assert secret.title not in ended.summary + ended.log
    assert [one.path for one in github_stand_in.proxy.requests if "alice/other" in one.path] == []


def test_a_branch_that_was_deleted_with_its_fork_counts_as_a_strangers() -> None:
    event = payload("pull_request_opened")
    event["pull_request"]["head"]["repo"] = None
    activity = choose(Inputs(publish=True), Event(name="pull_request", payload=event, repository="alice/demo"))
    assert activity.from_fork
    assert not activity.publish


@pytest.mark.parametrize(("change", "said"), [("tampered", "not those that this run made"), ("expired", "no results")])
def test_results_that_were_changed_or_have_expired_are_not_published(
    consumer: Path, github_stand_in: GitHubStandIn, change: str, said: str
) -> None:
    issue = github_stand_in.repository().create_issue("Login fails", body="`login` fails.", labels=[LABEL])
    results = consumer.parent / "results"
    target = {"RAT_TICKET": f"#{issue.number}", **on(github_stand_in)}
    made = step(consumer, "push", {}, RAT_MODE="refine", RAT_OUT=str(results), **target)
    assert made.code == 0, made.log
    digest = digest_of(results)
    for path in list(results.iterdir()):
        path.unlink() if change == "expired" else path.write_text(path.read_text().replace("Login", "Logout"))
    github_stand_in.proxy.forget()
    ended = step(consumer, "push", {}, RAT_MODE="publish", RAT_OUT=str(results), RAT_DIGESTS=digest, **target)
    assert ended.code == 2
    assert said in ended.summary
    assert sent(github_stand_in) == []


def test_two_sweeps_at_once_leave_one_comment(consumer: Path, github_stand_in: GitHubStandIn) -> None:
    """Both read the ticket before either writes; the second finds it changed and leaves it for its next run."""
    issue = github_stand_in.repository().create_issue("Login fails", body="`login` fails.", labels=[LABEL])
    target = {"RAT_TICKET": f"#{issue.number}", **on(github_stand_in)}
    folders = [consumer.parent / name for name in ("one", "two")]
    for folder in folders:
        assert step(consumer, "push", {}, RAT_MODE="refine", RAT_OUT=str(folder), **target).code == 0
    for folder in folders:
        assert step(consumer, "push", {}, RAT_MODE="publish", RAT_OUT=str(folder), **target).code == 0
    assert issue.get_comments().totalCount == 1


@pytest.mark.parametrize("number", ["300", "257", "0", "-1", "many"])
def test_more_shards_than_github_takes_are_refused(number: str) -> None:
    done = CliRunner().invoke(select_command, ["--shards", number])
    assert done.exit_code == 2
    assert "--shards" in done.output
