"""Select, refine in shards, publish: the steps of the jobs one after the other, as the reusable workflow chains them.

act runs the workflow itself (tests/end_to_end), but gives a matrix of jobs the outputs of its last job alone, so more
than one shard is tried here.
"""

import json
import re
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from rat.commands.select import command as select_command
from tests.action.steps import on, step
from tests.stand_ins.github import GitHubStandIn

LABELS = ("a", "b")
CONFIG = "projects: [{name: a, tickets: {github: {label: a}}}, {name: b, tickets: {github: {label: b}}}]\n"
EVENT: dict[str, Any] = {"schedule": "17 3 * * *"}


def output(text: str, name: str) -> str:
    found = re.findall(rf"^{name}<<(\S+)\n(.*?)\n\1$", text, flags=re.MULTILINE | re.DOTALL)
    return str(found[-1][1])


def test_shards_are_published_together_oldest_first(consumer: Path, github_stand_in: GitHubStandIn) -> None:
    repository = github_stand_in.repository()
    repository.create_file(".github/rat.yml", "ci: teams", CONFIG, branch="main")
    (consumer / ".github" / "rat.yml").write_text(CONFIG)
    issues = [
        repository.create_issue(f"Login {number} fails", body="`login` in login.py fails.", labels=[LABELS[number % 2]])
        for number in range(3)
    ]
    github_stand_in.proxy.forget()
    selected = step(consumer, "schedule", EVENT, RAT_MODE="select", **on(github_stand_in))
    (shard,) = json.loads(output(selected.outputs, "matrix"))["include"]
    assert sorted(shard["tickets"]) == [f"alice/demo#{issue.number}" for issue in issues]

    results, digests = consumer.parent / "results", {}
    for number, tickets in enumerate((shard["tickets"][:2], shard["tickets"][2:])):
        given = {"RAT_TICKET": " ".join(tickets), "RAT_SHARD": str(number), "RAT_OUT": str(results / f"rat-x-{number}")}
        switches = {"RAT_MODE": "refine", "RAT_PUBLISH": "true", "RAT_DRY_RUN": "true"}
        made = step(consumer, "schedule", EVENT, **given, **switches, **on(github_stand_in))
        assert made.code == 0, made.log
        digests[f"digest-{number}"] = output(made.outputs, "digest")
    assert github_stand_in.proxy.sent("POST") == []

    given = {"RAT_MODE": "publish", "RAT_OUT": str(results), "RAT_DIGESTS": json.dumps(digests)}
    published = step(consumer, "schedule", EVENT, **given, **on(github_stand_in))
    assert published.code == 0, published.log
    written = [one.path for one in github_stand_in.proxy.sent("POST")]
    assert written == [f"/repos/alice/demo/issues/{issue.number}/comments" for issue in issues]
    assert published.summary.count("**created**") == 3

    again = step(consumer, "schedule", EVENT, RAT_MODE="select", **on(github_stand_in))
    assert output(again.outputs, "matrix") == '{"include":[]}'
    assert "3 did not change" in again.summary


def test_the_command_line_deals_out_the_same_and_says_how_many_wait(github_stand_in: GitHubStandIn) -> None:
    repository = github_stand_in.repository()
    numbers = [repository.create_issue(f"Login {number} fails", labels=["a"]).number for number in range(5)]
    words = ["--label", "a", "--shards", "2", "--max-tickets", "3"]
    environ = {**on(github_stand_in), "GITHUB_REPOSITORY": "alice/demo", "GITHUB_RUN_NUMBER": ""}
    done = CliRunner().invoke(select_command, words, env=environ)
    assert done.exit_code == 0, done.output
    shards = json.loads(done.stdout)["include"]
    assert [len(shard["tickets"]) for shard in shards] == [2, 1]
    assert f"alice/demo#{numbers[0]}" in shards[0]["tickets"]
    assert "3 of 5 tickets selected, 2 shards" in done.stderr
