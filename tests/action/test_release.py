"""The release workflow's own scripts, run as they stand: what is refused, and which tags move."""

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
RELEASE: dict[Any, Any] = yaml.safe_load((ROOT / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8"))
JOBS = RELEASE["jobs"]
PIN = "rat-refine/rat@"


def script(job: str, holding: str) -> str:
    (found,) = [step["run"] for step in JOBS[job]["steps"] if holding in step.get("run", "")]
    return str(found)


def run(text: str, folder: Path, **environ: str) -> int:
    """The exit code of a script of a step: GitHub runs it with these options."""
    words = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", text]
    env = {"PATH": f"{folder}/bin{os.pathsep}{os.environ['PATH']}", "HOME": str(folder), **environ}
    return subprocess.run(words, cwd=folder, env=env, check=False, capture_output=True, timeout=30).returncode


def git(folder: Path, *words: str) -> str:
    identity = ("-c", "user.name=Alice", "-c", "user.email=alice@example.org")
    done = subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q", "-b", "main")
    for name in ("rat/a.py", "action/start.py", "prompts/critic.md.j2", "requirements/run.txt", "action.yml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("1\n")
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "1.2.3"\n')
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "code")
    workflows = tmp_path / ".github" / "workflows"
    workflows.mkdir(parents=True)
    (workflows / "rat-refine.yml").write_text(f"uses: {PIN}{git(tmp_path, 'rev-parse', 'HEAD')} # v1.2.3\n")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "pin")
    return tmp_path


def test_only_the_version_of_the_project_is_released_and_only_once(repository: Path) -> None:
    check = script("build", "pyproject.toml")
    assert run(check, repository, VERSION="1.2.3") == 0
    assert run(check, repository, VERSION="1.2.4") != 0
    assert run(check, repository, VERSION="1.2.3$(touch pwned)") != 0
    assert not (repository / "pwned").exists()
    git(repository, "tag", "v1.2.3")
    assert run(check, repository, VERSION="1.2.3") != 0


@pytest.mark.parametrize("changed", ["rat/a.py", "action.yml", "prompts/critic.md.j2", "requirements/run.txt"])
def test_code_that_differs_from_what_the_workflows_use_is_not_released(repository: Path, changed: str) -> None:
    check = script("build", "merge-base")
    assert run(check, repository) == 0
    (repository / changed).write_text("2\n")
    git(repository, "commit", "-qam", "later")
    assert run(check, repository) != 0


def fake_gh(folder: Path, *, has_major: bool) -> None:
    """A `gh` that writes down how it is called, and knows the major tag or not."""
    (folder / "bin").mkdir()
    gh = folder / "bin" / "gh"
    refusal = "" if has_major else 'case "$*" in *PATCH*) exit 1;; esac\n'
    gh.write_text(f'#!/bin/sh\necho "$*" >> "$HOME/calls"\n{refusal}case "$*" in *commits*) echo abc123;; esac\n')
    gh.chmod(0o755)


@pytest.mark.parametrize("has_major", [True, False])
def test_a_published_release_moves_the_major_tag_to_its_commit(tmp_path: Path, has_major: bool) -> None:
    fake_gh(tmp_path, has_major=has_major)
    assert run(script("move", "git/refs"), tmp_path, TAG="v1.2.3", GH_REPO="rat-refine/rat") == 0
    calls = (tmp_path / "calls").read_text()
    assert "api repos/rat-refine/rat/commits/v1.2.3" in calls
    assert "--method PATCH repos/rat-refine/rat/git/refs/tags/v1 -f sha=abc123" in calls
    assert ("ref=refs/tags/v1" in calls) is not has_major


@pytest.mark.parametrize("tag", ["v1.2.3-rc.1", "1.2.3", "v1", "v1.2.3 x", "v1.2.3/../v2"])
def test_a_tag_of_another_form_moves_nothing(tmp_path: Path, tag: str) -> None:
    fake_gh(tmp_path, has_major=True)
    assert run(script("move", "git/refs"), tmp_path, TAG=tag, GH_REPO="rat-refine/rat") != 0
    assert not (tmp_path / "calls").exists()


def test_what_is_drafted_was_tested_and_attested() -> None:
    assert JOBS["draft"]["needs"] == "build"
    assert [step["run"] for step in JOBS["build"]["steps"] if "run" in step].count(".ci/run") == 1
    uses = [step["uses"].partition("@")[0] for step in JOBS["draft"]["steps"] if "uses" in step]
    assert uses == ["actions/download-artifact", "actions/attest-build-provenance"]
    assert JOBS["build"]["permissions"] == {"contents": "read"}
    assert "refs/heads/main" in JOBS["build"]["if"]


def test_dependabot_looks_after_actions_and_both_kinds_of_packages() -> None:
    updates = yaml.safe_load((ROOT / ".github" / "dependabot.yml").read_text(encoding="utf-8"))["updates"]
    assert {one["package-ecosystem"] for one in updates} == {"github-actions", "pip", "npm"}
    assert all(one["schedule"]["interval"] == "weekly" and one["cooldown"]["default-days"] >= 7 for one in updates)


def test_rat_runs_on_its_own_issues_as_a_consumer_runs_it() -> None:
    own: dict[Any, Any] = yaml.safe_load((ROOT / ".github" / "workflows" / "self-test.yml").read_text(encoding="utf-8"))
    assert {"schedule", "issues"} <= set(own[True])
    assert own["jobs"]["rat"]["uses"].startswith("rat-refine/rat/.github/workflows/rat-refine.yml@")
    assert own["jobs"]["rat"]["with"]["model"] == "none"
