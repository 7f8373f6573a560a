"""Every command of the documentation, as it is written: run where it can be offline, else held to the parser."""

import importlib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from docs.images import picture
from docs.reference.records import SHAPES
from rat.cli import COMMANDS
from rat.config import read_config
from rat.model.settings import Settings

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", *sorted((ROOT / "docs").glob("*.md"))]
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
OUTSIDE = re.compile(
    r"#\d|--label|--jql|--base-url|--github-|postgresql:|model:|own-|^rat (impact|select|command|init|doctor|action)"
)
"""What needs a tracker, a model, a database server, answers of a person, or a ledger of many weeks."""


def blocks(*kinds: str) -> Iterator[tuple[str, str]]:
    """The fenced blocks of these kinds, each with the name of its page."""
    for page in PAGES:
        for kind, text in FENCE.findall(page.read_text(encoding="utf-8")):
            if kind in kinds:
                yield page.name, text


def written_commands() -> list[str]:
    """Each command that a page shows on a line of its own, once, without its comment."""
    shown = "\n".join(text for _, text in blocks("", "sh", "console")).replace("\\\n", " ")
    indented = [line for page in PAGES for line in page.read_text(encoding="utf-8").splitlines() if line[:4] == "    "]
    lines = [line.strip().removeprefix("$ ") for line in [*shown.splitlines(), *indented]]
    found = [" ".join(shlex.quote(w) for w in shlex.split(line, comments=True)) for line in lines if is_command(line)]
    return list(dict.fromkeys(found))


def is_command(line: str) -> bool:
    return line.startswith(("rat ", "make "))


def spoken_commands() -> list[str]:
    """Each command in a sentence or a table, the ones with words in capitals too."""
    text = "\n".join(FENCE.sub("", page.read_text(encoding="utf-8")) for page in PAGES)
    return sorted(set(re.findall(r"`(rat [a-z][^`]*)`", text)))


COMMAND_LINES = written_commands()
RAT_LINES = [line for line in COMMAND_LINES if line.startswith("rat ")]
WHOLE = re.compile(r"ticket\.md|rat-out|^rat schema \w|^rat sources$")
"""What is spoken of with all that it needs."""
OFFLINE = [
    line for line in dict.fromkeys([*RAT_LINES, *filter(WHOLE.search, spoken_commands())]) if not OUTSIDE.search(line)
]


def command_called(name: str) -> click.Command:
    found: click.Command = importlib.import_module(f"rat.commands.{name}").command
    return found


@pytest.mark.parametrize("line", RAT_LINES)
def test_a_command_of_the_documentation_is_understood(line: str) -> None:
    _, name, *words = shlex.split(line)
    command_called(name).make_context(name, words)


@pytest.mark.parametrize("line", spoken_commands())
def test_a_command_that_is_spoken_of_has_its_options(line: str) -> None:
    _, name, *words = line.split()
    assert name.rstrip(",") in COMMANDS
    known = {option for one in command_called(name).params for option in (*one.opts, *one.secondary_opts)}
    assert [word for word in words if word.startswith("--") and word.partition("=")[0] not in known] == []


@pytest.mark.parametrize("line", [line for line in COMMAND_LINES if line.startswith("make ")])
def test_make_knows_what_it_is_told(line: str) -> None:
    subprocess.run([*shlex.split(line), "-n", "-o", ".tools/uv/bin/uv"], cwd=ROOT, check=True, capture_output=True)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout with the files that the pages name."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "ticket.md").write_text("# Promo code is refused\n\n`find_promo` refuses a code on its last day.\n")
    (folder / "ticket.json").write_text(json.dumps({"id": "T-2", "title": "Two", "body": "`find_promo` is slow."}))
    (folder / "shop.py").write_text("def find_promo(code):\n    return code\n")
    rfe = folder / "docs/rfes/0002-passkeys.md"
    rfe.parent.mkdir(parents=True)
    rfe.write_text("# Sign in with a passkey\n\n## Summary\n\nAs a person I want to sign in with a passkey.\n")
    _evaluation(folder)
    for words in (["init", "-q"], ["add", "shop.py", "docs"], [*WHO, "commit", "-q", "-m", "feat: promo codes"]):
        subprocess.run(["git", *words], cwd=folder, check=True)
    program = folder / "bin" / "rat"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -I -m rat "$@"\n')
    program.chmod(0o755)
    assert run("rat refine ticket.md --model none --out rat-out", folder).returncode == 0
    shutil.copy(folder / "rat-out/ledger.jsonl", folder)
    shutil.make_archive(str(folder / "artifact"), "zip", folder / "rat-out")
    return folder


WHO = ["-c", "user.name=Alice", "-c", "user.email=alice@example.org"]


def _evaluation(folder: Path) -> None:
    """The first tickets of the set, which stand for all, and a variant of the prompts."""
    (folder / "evaluation").mkdir()
    (folder / "evaluation/ferry").symlink_to(ROOT / "evaluation/ferry")
    lines = (ROOT / "evaluation/tickets.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "evaluation/tickets.jsonl").write_text("".join(lines[:2]), encoding="utf-8")
    shutil.copytree(ROOT / "prompts", folder / "my-prompts")
    (folder / "shorter.yml").write_text("name: shorter\nprompts: my-prompts\n")


def run(line: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    environ = {"PATH": f"{folder / 'bin'}:{os.environ['PATH']}", "HOME": str(folder), "LANG": "C.UTF-8"}
    return subprocess.run(
        ["bash", "-c", line], cwd=folder, env=environ, check=False, capture_output=True, text=True, timeout=60
    )


@pytest.mark.parametrize("line", OFFLINE)
def test_a_command_that_needs_nothing_from_outside_runs_as_it_is_written(line: str, desk: Path) -> None:
    done = run(line, desk)
    assert done.returncode == (6 if "--fail-under" in line else 0), done.stderr
    assert done.stdout or "--out" in line or "publish" in line


def test_most_commands_are_run() -> None:
    assert {"refine", "check", "localize", "publish", "report", "eval", "prompt", "schema", "sources"} <= {
        x.split()[1] for x in OFFLINE
    }


def test_the_demo_is_what_make_calls(desk: Path) -> None:
    (recipe,) = re.findall(r"^demo:.*\n\t@\$\(PY\) -I -m (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    shutil.copytree(ROOT / "samples", desk / "samples", dirs_exist_ok=True)
    done = run(recipe.replace("rat-out", "demo-out"), desk)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("SAMPLE-") >= 3


@pytest.mark.parametrize(("page", "text"), list(blocks("yaml")))
def test_yaml_of_the_documentation_is_what_it_says(page: str, text: str) -> None:
    data: Any = yaml.safe_load(text)
    assert data, page
    if set(data) <= set(Settings.__dataclass_fields__):
        read_config(text.encode(), name=page)


SAID = dict(SHAPES)


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("rat check ticket.md --format json", "rat check --format json"),
        ("rat localize --ticket ticket.md --json", "rat localize --json"),
        ("rat sources --json", "rat sources --json"),
    ],
)
def test_json_that_has_no_schema_has_the_keys_that_are_said(line: str, command: str, desk: Path) -> None:
    printed = json.loads(run(line, desk).stdout)
    found, said = set(keys_of(printed)), set(re.findall(r'"(\w+)"', SAID[command]))
    assert found
    assert found <= said


def keys_of(data: object) -> Iterator[str]:
    if isinstance(data, dict):
        yield from data
    if isinstance(data, dict | list):
        for value in data.values() if isinstance(data, dict) else data:
            yield from keys_of(value)


def test_programs_that_are_named_are_there() -> None:
    pages = [*PAGES, *(ROOT / "benchmarks").glob("*.md")]
    text = "\n".join(page.read_text(encoding="utf-8") for page in pages)
    modules = re.findall(r"python -m ((?:docs|tests|benchmarks|rat)[\w.]*)", text)
    files = [name.replace(".", "/") + ".py" for name in modules]
    files += re.findall(r"python ((?:action|benchmarks|requirements)/[\w/]+\.py)", text)
    assert len(files) > 5
    assert [name for name in files if not (ROOT / name).is_file() and not (ROOT / name[:-3]).is_dir()] == []


def test_the_picture_of_the_readme_is_what_its_caption_says() -> None:
    html = picture.page()
    assert "No model was used: facts only." in html
    assert "<code>3323d3a</code> &quot;fix(payments): handle each webhook event once" in html
    commits = html[html.index("Commits that matter") :]
    assert "3323d3a" in commits[: commits.index("</li>")]


def test_python_of_the_documentation_runs(desk: Path) -> None:
    """The example of python-api.md is run in test_python_api.py."""
    (text,) = [text for page, text in blocks("python") if page != "python-api.md"]
    run_text = f"from pathlib import Path\npath = Path({str(desk)!r})\n{text}"
    subprocess.run([sys.executable, "-I", "-W", "error", "-c", run_text], check=True, timeout=60)
