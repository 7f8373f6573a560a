"""`rat init` writes what fits, shows what it would change, and overwrites nothing."""

import re
import subprocess
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from rat.adoption import Choice, Found, configuration, example, proposed
from rat.commands.init import command
from rat.config import read_config
from rat.errors import ConfigError

ROOT = Path(__file__).parents[3]
CONFIG, SWEEP = ".github/rat.yml", ".github/workflows/rat-label-sweep.yml"


def repository(folder: Path, remote: str = "https://github.com/acme/shop.git", **files: str) -> Path:
    for words in (["init", "-q", "-b", "trunk"], ["remote", "add", "origin", remote]):
        subprocess.run(["git", *words], cwd=folder, check=True)
    for name, text in {"src/a.py": "x = 1\n", **files}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    subprocess.run(["git", "add", "-A"], cwd=folder, check=True)
    return folder


def run(folder: Path, *options: str) -> Result:
    return CliRunner().invoke(command, ["--dir", str(folder), "--yes", *options])


def test_a_repository_gets_callers_and_a_configuration_that_holds(tmp_path: Path) -> None:
    done = run(repository(tmp_path))
    assert done.exit_code == 0, done.output
    settings = read_config((tmp_path / CONFIG).read_bytes())
    assert settings.project.name == "shop"
    assert settings.project.tickets.github is not None
    assert settings.project.tickets.github.label == "needs-refinement"
    assert (tmp_path / SWEEP).read_text() == (ROOT / "examples" / "label-sweep.yml").read_text()
    assert "gh label create needs-refinement" in done.output
    assert "trunk" in done.output


def test_what_is_commented_out_holds_too_once_it_is_taken_in() -> None:
    found = Found(repository="acme/shop", adrs=(("docs/adr", 3),), rfes=(("docs/rfe", 1),))
    text = configuration(found, Choice())
    options = re.sub(r"^( *)# (?=[a-z_]+: [{\[])", r"\1", text, flags=re.MULTILINE)
    assert options.count("\n# ") < text.count("\n# ")
    settings = read_config(options.encode())
    assert settings.sources.adrs == ("docs/adr",)
    assert settings.project.paths == ("services/payments",)
    assert settings.writing.criteria == "gherkin"


@pytest.mark.parametrize("label", ["status: needs refinement", "yes", 'a"b', "#1", "ready?", "needs-refinement"])
def test_a_label_of_any_form_reaches_workflow_and_configuration(label: str) -> None:
    files = proposed(Found(), Choice(label=label))
    tickets = read_config(files[CONFIG].encode()).project.tickets
    assert tickets.github is not None
    assert tickets.github.label == label
    assert yaml.safe_load(files[SWEEP])["jobs"]["rat"]["with"]["label"] == label


def test_jira_items_are_found_by_the_query_of_the_configuration_alone(tmp_path: Path) -> None:
    query = 'project = "PAY" AND labels = refine'
    done = run(repository(tmp_path), "--jira", query, "--model", "gpt-5.5")
    assert done.exit_code == 0, done.output
    settings = read_config((tmp_path / CONFIG).read_bytes())
    assert settings.project.tickets.jira is not None
    assert settings.project.tickets.jira.jql == query
    assert settings.model.name == "gpt-5.5"
    workflow = yaml.safe_load((tmp_path / ".github/workflows/rat-jira.yml").read_text())
    assert "jql" not in workflow["jobs"]["rat"]["with"]
    assert not (tmp_path / SWEEP).exists()
    assert "JIRA_TOKEN" in done.output
    assert "RAT_API_KEY" in done.output


def test_nothing_that_exists_is_overwritten_and_the_difference_is_shown(tmp_path: Path) -> None:
    folder = repository(tmp_path, **{CONFIG: "budget: {usd_per_run: 1}\n"})
    done = run(folder)
    assert isinstance(done.exception, ConfigError)
    assert CONFIG in str(done.exception)
    assert (folder / CONFIG).read_text() == "budget: {usd_per_run: 1}\n"
    assert "-budget: {usd_per_run: 1}" in done.output
    assert (folder / SWEEP).exists()


def test_force_overwrites_and_a_second_run_changes_nothing(tmp_path: Path) -> None:
    folder = repository(tmp_path, **{CONFIG: "budget: {usd_per_run: 1}\n"})
    assert run(folder, "--force").exit_code == 0
    again = run(folder)
    assert again.exit_code == 0
    assert "wrote" not in again.output
    assert again.output.count("unchanged") == len(proposed(Found(), Choice()))


def test_a_server_of_ones_own_gets_the_caller_that_needs_nothing_it_lacks(tmp_path: Path) -> None:
    done = run(repository(tmp_path, "git@git.acme.example:team/shop.git"))
    assert done.exit_code == 0, done.output
    written = sorted(path.name for path in (tmp_path / ".github/workflows").iterdir())
    assert written == ["rat-enterprise-server.yml"]
    assert "Mirror rat-refine/rat" in done.output


def test_decisions_labels_and_workflows_that_are_there_are_seen(tmp_path: Path) -> None:
    form = "name: Bug\nlabels: [bug, 'kind/refine']\nbody: []\n"
    decision = "# 1. Use a queue\n\n## Status\n\nAccepted\n\n## Decision\n\nA queue.\n"
    files = {
        ".github/ISSUE_TEMPLATE/bug.yml": form,
        "docs/adr/0001-use-a-queue.md": decision,
        SWEEP: example("teams.yml"),
    }
    done = run(repository(tmp_path, **files), "--force")
    assert "kind/refine" in (tmp_path / CONFIG).read_text()
    assert "1 in docs/adr" in done.output
    assert f"workflows with RAT  {SWEEP}" in done.output


def test_a_folder_that_is_no_repository_works_and_one_that_is_not_there_does_not(tmp_path: Path) -> None:
    assert run(tmp_path).exit_code == 0
    assert isinstance(run(tmp_path / "nowhere").exception, ConfigError)


def test_a_link_in_the_place_of_a_file_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "repo").mkdir()
    folder = repository(tmp_path / "repo")
    (folder / ".github").mkdir()
    (folder / CONFIG).symlink_to(tmp_path / "outside.yml")
    assert isinstance(run(folder, "--force").exception, ConfigError)
    assert not (tmp_path / "outside.yml").exists()


@pytest.mark.parametrize(
    ("remote", "host"),
    [
        ("https://token@github.com/acme/shop", "github.com"),
        ("ssh://git@GitHub.com:22/acme/shop.git", "github.com"),
        ("git@git.acme.example:team/shop.git", "git.acme.example"),
        ("file:///srv/shop", ""),
        ("../shop", ""),
    ],
)
def test_the_host_of_a_remote_is_read_without_its_user(tmp_path: Path, remote: str, host: str) -> None:
    from rat.checkout import open_checkout

    checkout = open_checkout(repository(tmp_path, remote))
    assert checkout.remote_host() == host
    assert checkout.default_branch() == "trunk"
