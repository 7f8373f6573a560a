"""The shape of the Action and its workflows: who holds which right, what is pinned, what the Marketplace asks for."""

import importlib.util
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from rat.commands.action_sharding import SHARDS

ROOT = Path(__file__).parents[2]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
REUSABLE = ("rat-refine.yml", "rat-impact.yml", "rat-command.yml")
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
EXAMPLES = sorted((ROOT / "examples").glob("*.yml"))
Job = dict[str, Any]


def load(path: Path) -> dict[Any, Any]:
    loaded: dict[Any, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


def jobs_of(name: str) -> Iterator[tuple[str, Job]]:
    yield from load(ROOT / ".github" / "workflows" / name)["jobs"].items()


def writes(job: Job) -> bool:
    return "write" in job["permissions"].values()


def text_of(job: Job) -> str:
    return yaml.safe_dump(job)


@pytest.mark.parametrize("path", [*WORKFLOWS, *EXAMPLES], ids=lambda path: path.name)
def test_nothing_is_allowed_but_by_job(path: Path) -> None:
    workflow = load(path)
    assert workflow["permissions"] == {}
    assert all("permissions" in job for job in workflow["jobs"].values())


@pytest.mark.parametrize("name", REUSABLE)
def test_no_job_has_both_the_models_key_and_a_right_to_write(name: str) -> None:
    holders = [job for _, job in jobs_of(name) if "secrets.api-key" in text_of(job)]
    assert holders
    assert not [job for job in holders if writes(job)]


@pytest.mark.parametrize("name", REUSABLE)
def test_the_job_that_writes_has_no_checkout_and_checks_what_it_is_given(name: str) -> None:
    writers = [job for _, job in jobs_of(name) if writes(job)]
    takers = [job for job in writers if "actions/download-artifact" in text_of(job)]
    assert len(takers) == 1
    assert takers[0]["steps"][-1]["with"]["digests"]
    for writer in writers:
        assert "actions/checkout" not in text_of(writer)
        assert set(writer["permissions"]) <= {"contents", "issues", "pull-requests"}
        assert writer["permissions"]["contents"] == "read"


def test_a_command_is_decided_where_nothing_may_be_written_and_nothing_else_runs_before() -> None:
    jobs = dict(jobs_of("rat-command.yml"))
    assert not writes(jobs["decide"])
    assert "api-key" not in text_of(jobs["decide"])
    assert all("decide" in job["needs"] and "needs.decide.outputs.command" in job["if"] for job in _after(jobs))
    assert [name for name, job in jobs.items() if "secrets.api-key" in text_of(job)] == ["refine"]


def test_commands_on_one_ticket_wait_for_each_other_and_none_is_dropped() -> None:
    jobs = dict(jobs_of("rat-command.yml"))
    for job in _after(jobs):
        assert "github.event.issue.number" in job["concurrency"]["group"]
        assert job["concurrency"]["cancel-in-progress"] is False
        assert job["concurrency"]["queue"] == "max"
    assert jobs["act"]["concurrency"] == jobs["publish"]["concurrency"]
    publisher = dict(jobs_of("rat-refine.yml"))["publish"]["concurrency"]
    assert publisher["queue"] == "max"
    # without another repository the two groups of an issue have one name
    beginning = publisher["group"].replace("${{ inputs.repository }}", "").partition(" ||")[0]
    assert jobs["act"]["concurrency"]["group"].startswith(beginning)


def _after(jobs: dict[str, Job]) -> list[Job]:
    return [job for name, job in jobs.items() if name != "decide"]


def test_only_new_comments_start_commands() -> None:
    assert load(ROOT / "examples" / "commands.yml")[True]["issue_comment"] == {"types": ["created"]}
    others = [path for path in [*WORKFLOWS, *EXAMPLES] if path.name not in ("commands.yml", "rat-command.yml")]
    assert [path.name for path in others if "issue_comment" in path.read_text(encoding="utf-8")] == []


def test_each_shard_has_an_output_of_its_own_for_its_digest() -> None:
    """Jobs of a matrix share one set of outputs: a name that two of them set would vouch for one alone."""
    refine = dict(jobs_of("rat-refine.yml"))["refine"]
    expected = {
        f"digest-{shard}": f"${{{{ matrix.shard == {shard} && steps.rat.outputs.digest || '' }}}}"
        for shard in range(SHARDS)
    }
    assert refine["outputs"] == expected


def test_artifacts_of_two_calls_in_one_run_have_different_names() -> None:
    jobs = dict(jobs_of("rat-refine.yml"))
    (kept,) = [step["with"]["name"] for step in jobs["refine"]["steps"] if "upload-artifact" in step.get("uses", "")]
    (taken,) = [step["with"] for step in jobs["publish"]["steps"] if "download-artifact" in step.get("uses", "")]
    assert kept == "rat-${{ needs.select.outputs.batch }}-${{ matrix.shard }}"
    assert taken["pattern"] == "rat-${{ needs.select.outputs.batch }}-*"
    (named,) = [step for step in jobs["select"]["steps"] if step.get("id") == "batch"]
    given = {"repository", "ticket", "label", "jql"}
    assert {name for name in given if f"inputs.{name} " in named["env"]["WHAT"]} == given


def test_two_calls_in_one_run_do_not_take_one_anothers_place() -> None:
    """A group keeps one job waiting and cancels the others, so it is one for what is asked for and each issue."""
    group = dict(jobs_of("rat-refine.yml"))["refine"]["concurrency"]["group"]
    assert "${{ github.event.issue.number }}-${{ needs.select.outputs.batch }}-${{ matrix.shard }}" in group


LACKS = ("cache-mode", "artifact", "/.github/workflows/", "uses: $/", "queue:", "ubuntu-")
"""What Enterprise Server has not: newer keys of workflows, artifacts, workflows of GitHub.com, hosted runners."""


@pytest.mark.parametrize("name", ["enterprise-server.yml", "air-gapped.yml", "self-hosted.yml"])
def test_a_caller_for_ones_own_runner_uses_nothing_that_is_missing_there(name: str) -> None:
    lines = (ROOT / "examples" / name).read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.startswith("#"))
    assert [word for word in LACKS if word in text] == []
    uses = {match[1] for match in re.finditer(r"uses: (\S+)@", text)}
    assert uses == {"actions/checkout", "rat-refine/rat"}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_every_caller_says_how_to_use_it_and_is_in_the_list(path: Path) -> None:
    comments = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    assert "Copy to .github/workflows/" in " ".join(comments)
    assert f"(../examples/{path.name})" in (ROOT / "docs" / "action.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_every_job_ends_by_itself(path: Path) -> None:
    assert [job for job in load(path)["jobs"].values() if "uses" not in job and not job.get("timeout-minutes")] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_checkout_keeps_no_credentials(path: Path) -> None:
    steps = [step for job in load(path)["jobs"].values() for step in job.get("steps", ())]
    checkouts = [step for step in steps if step.get("uses", "").startswith("actions/checkout@")]
    assert [step for step in checkouts if step["with"]["persist-credentials"] is not False] == []


@pytest.mark.parametrize("path", [*WORKFLOWS, *EXAMPLES, ROOT / "action.yml"], ids=lambda path: path.name)
def test_every_action_is_pinned_by_commit_and_says_its_version(path: Path) -> None:
    for line in path.read_text(encoding="utf-8").splitlines():
        if match := re.match(r"\s*(?:- )?uses: (\S+)(.*)", line):
            pinned = re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", match[1]) and re.match(r" # v\d+\.\d+\.\d+$", match[2])
            assert pinned or match[1] == "./", line


def test_rat_is_pinned_to_one_commit_everywhere() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in [*WORKFLOWS, *EXAMPLES])
    assert len(set(re.findall(r"uses: (rat-refine/rat)(?:/\S+)?@(\w+) # (\S+)", text))) == 1


def test_the_pinned_commit_knows_every_input_that_it_is_given() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in [*WORKFLOWS, *EXAMPLES])
    commit = re.findall(r"uses: rat-refine/rat@(\w+)", text)[0]
    shown = subprocess.run(
        ["git", "show", f"{commit}:action.yml"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if shown.returncode:
        pytest.skip("the pinned commit is not in this clone; a full one has it")
    pinned = yaml.safe_load(shown.stdout)
    steps = [
        step for path in [*WORKFLOWS, *EXAMPLES] for job in load(path)["jobs"].values() for step in job.get("steps", ())
    ]
    given = {name for step in steps if "rat-refine/rat@" in step.get("uses", "") for name in step["with"]}
    assert given <= set(pinned["inputs"])
    assert pinned["outputs"] == ACTION["outputs"]


def test_a_pin_changes_the_commit_and_the_version_and_nothing_else() -> None:
    old = (
        "uses: rat-refine/rat/.github/workflows/rat-refine.yml@"
        + "a" * 40
        + " # v0.1.0\nuses: actions/checkout@"
        + "b" * 40
    )
    new = pin_module().pin(old, "c" * 40, "1.2.3")
    assert new == old.replace("a" * 40 + " # v0.1.0", "c" * 40 + " # v1.2.3")
    with pytest.raises(ValueError, match="in full"):
        pin_module().pin(old, "main", "1.2.3")


def pin_module() -> ModuleType:
    spec = importlib.util.spec_from_file_location("pin", ROOT / "action" / "pin.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("path", [*WORKFLOWS, *EXAMPLES, ROOT / "action.yml"], ids=lambda path: path.name)
def test_nothing_is_pasted_into_a_script(path: Path) -> None:
    jobs = load(path).get("jobs", {"": load(path).get("runs", {})})
    scripts = [step["run"] for job in jobs.values() for step in job.get("steps", ()) if "run" in step]
    assert [script for script in scripts if "${{" in script] == []


def test_the_action_uses_no_cache_and_no_other_action() -> None:
    assert [step for step in ACTION["runs"]["steps"] if "uses" in step] == []


def test_every_input_reaches_rat() -> None:
    mapped = " ".join(ACTION["runs"]["steps"][0]["env"].values())
    assert [name for name in ACTION["inputs"] if f"inputs.{name} " not in mapped] == []


INPUTS = [
    "mode",
    "ticket",
    "label",
    "jql",
    "repository",
    "config",
    "model",
    "base-url",
    "api-key",
    "github-token",
    "jira-url",
    "jira-email",
    "jira-token",
    "publish",
    "dry-run",
    "shard",
    "max-tickets",
    "max-cost-usd",
    "max-tokens",
    "fail-under",
    "out",
    "digests",
]
OUTPUTS = [
    "result",
    "ready",
    "score-before",
    "score-after",
    "refined-count",
    "skipped-count",
    "failed-count",
    "cited-count",
    "verified-count",
    "comment-url",
    "matrix",
    "cost-usd",
    "path",
    "digest",
]


def test_inputs_and_outputs_keep_their_names() -> None:
    assert list(ACTION["inputs"]) == INPUTS
    assert list(ACTION["outputs"]) == OUTPUTS


def test_the_page_on_the_action_names_every_input_and_output() -> None:
    page = (ROOT / "docs" / "reference" / "action.md").read_text(encoding="utf-8")
    assert [name for name in [*INPUTS, *OUTPUTS] if f"| `{name}` |" not in page] == []


def test_the_inputs_of_the_reusable_workflows_are_those_of_the_action() -> None:
    for name in REUSABLE:
        call = load(ROOT / ".github" / "workflows" / name)[True]["workflow_call"]
        assert set(call["inputs"]) - {"runs-on"} <= set(INPUTS)


COLORS = {"white", "black", "yellow", "blue", "green", "orange", "red", "purple", "gray-dark"}
"""https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax#branding"""


def test_the_marketplace_gets_what_it_asks_for() -> None:
    """https://docs.github.com/en/actions/how-tos/create-and-publish-actions/publish-in-github-marketplace"""
    assert re.fullmatch(r"[A-Za-z][A-Za-z ]{4,60}", ACTION["name"])
    assert 40 <= len(ACTION["description"]) <= 160
    assert ACTION["branding"]["color"] in COLORS
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", ACTION["branding"]["icon"])
    assert all(entry.get("description") for entry in [*ACTION["inputs"].values(), *ACTION["outputs"].values()])
    assert [path.name for path in ROOT.glob("action.y*ml")] == ["action.yml"]
