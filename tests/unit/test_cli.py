import subprocess
import sys

import pytest
from click.testing import CliRunner

from rat.cli import COMMANDS, rat

HEAVY = ("openai", "github", "jira", "git", "pydantic")


def loaded_by(code: str) -> set[str]:
    script = f"import sys\n{code}\nprint(' '.join(m for m in {HEAVY!r} if m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    return set(done.stdout.split())


def test_help_names_every_command() -> None:
    result = CliRunner().invoke(rat, ["--help"])
    assert result.exit_code == 0
    assert all(name in result.output for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_shows_its_help_without_loading_a_heavy_package(name: str) -> None:
    result = CliRunner().invoke(rat, [name, "--help"])
    assert result.exit_code == 0, result.output
    assert "Usage" in result.output
    assert loaded_by(f"import rat.cli, rat.commands.{name}") == set()


def test_an_unknown_command_is_a_usage_error() -> None:
    result = CliRunner().invoke(rat, ["refien"])
    assert result.exit_code == 2
    assert "refien" in result.output
