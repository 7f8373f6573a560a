"""The built wheel, installed in a bare environment, is the whole program: prompts inside, nothing of the checkout."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
UV = ROOT / ".tools/uv/bin/uv"


def run(*command: object, cwd: Path) -> str:
    done = subprocess.run([str(part) for part in command], cwd=cwd, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bare")
    run(UV, "build", "--quiet", "--wheel", "--out-dir", folder, ROOT, cwd=folder)
    python = folder / "venv/bin/python"
    run(UV, "venv", "--quiet", folder / "venv", cwd=folder)
    lock = ROOT / "requirements/run.txt"
    run(UV, "pip", "install", "--quiet", "--python", python, "--require-hashes", "-r", lock, cwd=folder)
    run(UV, "pip", "install", "--quiet", "--python", python, "--no-deps", *folder.glob("*.whl"), cwd=folder)
    (folder / "ticket.md").write_text("# Crash on an empty file\n\n`parse` in code.py fails on an empty file.\n")
    (folder / "code.py").write_text("def parse(text):\n    return text[0]\n")
    return folder


def test_the_installed_command_refines_a_ticket(bare: Path) -> None:
    shown = run(bare / "venv/bin/rat", "refine", "ticket.md", "--model", "none", cwd=bare)
    assert "code.py" in shown


def test_it_runs_without_what_only_makes_it_faster(bare: Path) -> None:
    shown = run(bare / "venv/bin/rat", "doctor", cwd=bare)
    assert "ahocorasick-rs is not installed" in " ".join(shown.split())


@pytest.mark.parametrize("processor", ["x86_64", "aarch64"])
@pytest.mark.parametrize("lock", ["run", "ledger", "uv"])
def test_what_it_needs_has_wheels_for_alpine(tmp_path: Path, lock: str, processor: str) -> None:
    options = ("--require-hashes", "--no-build", "--dry-run", "--target", tmp_path, "--python-version", "3.12")
    platform = ("--python-platform", f"{processor}-unknown-linux-musl")
    run(UV, "pip", "install", *options, *platform, "-r", ROOT / f"requirements/{lock}.txt", cwd=tmp_path)


def test_the_prompts_are_inside_the_wheel(bare: Path) -> None:
    shown = run(bare / "venv/bin/rat", "prompt", "analyst", "ticket.md", "--model", "any", cwd=bare)
    assert "Crash on an empty file" in shown


def test_the_callers_are_inside_the_wheel(bare: Path) -> None:
    run(bare / "venv/bin/rat", "init", "--yes", "--dir", bare, cwd=bare)
    assert "rat-refine.yml@" in (bare / ".github/workflows/rat-label-sweep.yml").read_text()
