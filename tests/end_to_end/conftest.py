"""A consumer's repository, and a machine that runs its workflows against the stand-in for GitHub."""

from pathlib import Path

import pytest

from tests.end_to_end.runner import Actions, consumer_with, example, shipped_copy
from tests.stand_ins.github import GitHubStandIn

FILES = {
    "README.md": "# Demo\n\nPeople sign in with a password.\n",
    "src/login.py": 'def login(user, password):\n    """Sign *user* in; locks the account after three failures."""\n',
    "tests/test_login.py": "from src.login import login\n\n\ndef test_login():\n    assert login\n",
    "docs/adr/0001-lock-accounts.md": "# 1. Lock accounts after three failures\n\n## Status\n\nAccepted\n\n"
    "## Decision\n\nAn account is locked after three failed logins.\n",
    ".github/workflows/sweep.yml": example("label-sweep.yml"),
    ".github/workflows/impact.yml": example("pull-request-impact.yml"),
    ".github/workflows/single.yml": example("single-ticket.yml"),
}


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """RAT as a job gets it."""
    return shipped_copy(tmp_path_factory.mktemp("shipped"))


@pytest.fixture
def actions(tmp_path: Path, shipped: Path, github_stand_in: GitHubStandIn) -> Actions:
    """Runs the workflows of a small repository."""
    home = tmp_path / "home"
    home.mkdir()
    consumer = consumer_with(tmp_path / "consumer", FILES)
    return Actions(consumer=consumer, home=home, rat=shipped, api=github_stand_in.url)
