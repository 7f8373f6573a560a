"""What the tests of whole commands share: the program as a user runs it, and a small repository to run it on."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]

ADR = """# 1. Prices are whole cents

## Status

Accepted

## Context

Rounding errors cost us money.

## Decision

Prices are integers in cents everywhere. Floating point prices are not allowed.
"""


@pytest.fixture
def run_rat(tmp_path: Path) -> Run:
    """`rat` in a process of its own, with nothing of this machine's environment; gives output and exit code."""

    def run(
        *arguments: object, cwd: Path, given: str | None = None, **environment: str
    ) -> "subprocess.CompletedProcess[str]":
        variables = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "GITHUB_TOKEN": ""} | environment
        command = [sys.executable, "-I", "-m", "rat", *map(str, arguments)]
        return subprocess.run(
            command, cwd=cwd, env=variables, input=given, capture_output=True, text=True, check=False, timeout=60
        )

    return run


def git(folder: Path, *arguments: str) -> str:
    """Run git in *folder* as nobody in particular."""
    who = {"NAME": "Ann", "EMAIL": "ann@example.org"}
    names = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in who.items()}
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments],
        env={"PATH": os.environ["PATH"], "HOME": str(folder), **names},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A repository of a few files with one decision and two commits."""
    root = tmp_path / "shop"
    (root / "docs/adr").mkdir(parents=True)
    (root / "src").mkdir()
    (root / "tests").mkdir()
    (root / "docs/adr/0001-whole-cents.md").write_text(ADR)
    (root / "src/basket.py").write_text("def add_voucher(basket, code):\n    basket.codes.append(code)\n")
    (root / "src/prices.py").write_text("def total_price(lines):\n    return sum(line.cents for line in lines)\n")
    (root / "tests/test_basket.py").write_text("from src.basket import add_voucher\n")
    git(root, "init", "--quiet", "--initial-branch", "main")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message", "feat: sell things in whole cents")
    (root / "src/basket.py").write_text("def add_voucher(basket, code):\n    basket.codes.add(code)\n")
    git(root, "commit", "--quiet", "--all", "--message", "fix: take a voucher only once in the basket")
    (tmp_path / "ticket.md").write_text(
        "# Voucher counts twice\n\n`add_voucher` takes the same code twice in the basket.\n"
    )
    return root
