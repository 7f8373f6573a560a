import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from rat.ahead import begin


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "tree"
    root.mkdir()
    (root / "parser.py").write_text("def parse_url(text):\n    return text\n")
    for command in (("init", "-q"), ("add", "."), ("commit", "-q", "-m", "Parse URLs")):
        subprocess.run(
            ["git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org", *command], cwd=root, check=True
        )
    return root


@pytest.mark.parametrize("form", [["--repo", "{}"], ["--repo={}"], ["--repo", "nowhere", "--ticket", "t", "--repo={}"]])
def test_the_checkout_that_localize_will_ask_for_is_begun(form: list[str], repository: Path) -> None:
    begun = begin(["localize", *(part.format(repository) for part in form)])
    assert begun is not None
    assert begun.root == repository.resolve()
    assert begun.files() == ("parser.py",)
    assert [commit.subject for commit in begun.commits(limit=2000)] == ["Parse URLs"]


@pytest.mark.parametrize(
    "arguments", [[], ["refine"], ["localize", "--help"], ["localize", "-h"], ["localize", "--repo", "no/such/folder"]]
)
def test_nothing_is_begun_for_another_command_nor_for_help_nor_without_a_folder(arguments: list[str]) -> None:
    assert begin(arguments) is None


def test_the_program_says_the_same_with_and_without_a_beginning(repository: Path, tmp_path: Path) -> None:
    ticket = tmp_path / "ticket.md"
    ticket.write_text("# parse_url fails\n\nparse_url returns nonsense.\n")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    # Behind another option nothing is begun.
    said = [
        subprocess.run(
            [
                sys.executable,
                "-m",
                "rat",
                *before,
                "localize",
                "--repo",
                str(repository),
                "--ticket",
                str(ticket),
                "--json",
            ],
            capture_output=True,
            check=True,
            cwd=tmp_path,
            env=environment,
        ).stdout
        for before in ((), ("-v",))
    ]
    assert said[0] == said[1]
    assert json.loads(said[0])["files"][0]["path"] == "parser.py"
