"""A consumer's checkout."""

from pathlib import Path

import pytest


@pytest.fixture
def consumer(tmp_path: Path) -> Path:
    """A small work tree that is no git repository."""
    folder = tmp_path / "consumer"
    (folder / ".github").mkdir(parents=True)
    (folder / "login.py").write_text("def login(): ...\n")
    (folder / "ticket.md").write_text("# Login fails\n\n`login` in login.py fails.\n")
    return folder
