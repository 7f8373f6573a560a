"""The scene of the properties: a ticket on GitHub, a model that a stranger has taken over, and the program between."""

import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.integration.conftest import Run
from tests.stand_ins.github import ACTIONS, GitHubStandIn
from tests.stand_ins.scripted_model import Script, by_agent

TITLE = "Voucher counts twice"
BODY = "`add_voucher` takes the same code twice in the basket. It should refuse the second one."
FROM_TICKET = [{"source": "ticket", "quote": "takes the same code twice"}]
KEY = "sk-canary-4f9a1c77e2d05b83"


def saying(words: str, *, citations: list[dict[str, str]] | None = None) -> dict[str, dict[str, Any]]:
    """A reply for each agent that is valid in form and says *words* in every place that takes words."""
    cited = FROM_TICKET if citations is None else citations
    stated = {"text": words, "citations": cited}
    return {
        "analyst": {
            "type": "bug",
            "title": words,
            "intent": words,
            "problem": words,
            "questions": [{"text": words, "why": words, "assumption": words}],
            "out_of_scope": [words],
        },
        "architect": {
            "approach": [stated],
            "impacted_files": [{"path": "src/basket.py", "reason": words, "citations": cited}],
            "risks": [stated],
            "conflicts": [{"adr": "ADR-0001", "quote": words, "reason": words}],
        },
        "planner": {"tasks": [{"title": words, "depends_on": [], "citations": cited}], "size": words},
        "tester": {"acceptance_criteria": [stated], "test_plan": [stated]},
        "critic": {"objections": []},
    }


def hijacked(words: str) -> Script:
    """A model that says *words* everywhere."""
    return by_agent(saying(words))


@dataclass(frozen=True, kw_only=True)
class Scene:
    """One issue and the program: *refine* and *publish* run it as a user would."""

    github: GitHubStandIn
    number: int
    shop: Path
    out: Path
    run: Run

    @property
    def key(self) -> str:
        """The ticket's full name."""
        return f"alice/demo#{self.number}"

    @property
    def environment(self) -> dict[str, str]:
        """What a workflow's job has."""
        return {
            "GITHUB_TOKEN": ACTIONS,
            "GITHUB_API_URL": self.github.url,
            "GITHUB_REPOSITORY": "alice/demo",
            "OPENAI_API_KEY": KEY,
        }

    def rat(self, *arguments: object, **environment: str) -> "subprocess.CompletedProcess[str]":
        """One command in the checkout."""
        return self.run(*arguments, cwd=self.shop, **{**self.environment, **environment})

    def refine(
        self, *arguments: object, model: str = "", ticket: object = "", **environment: str
    ) -> "subprocess.CompletedProcess[str]":
        """`rat refine` of the issue (or *ticket*) into `out`; with the model at that address, or with none."""
        which = ("--model", "scripted", "--base-url", model) if model else ("--model", "none")
        return self.rat("refine", ticket or f"#{self.number}", "--out", self.out, *which, *arguments, **environment)

    def issue(self) -> Any:
        """The issue as GitHub has it."""
        return self.github.repository().get_issue(self.number)

    def comments(self) -> list[str]:
        """The texts of its comments."""
        return [comment.body for comment in self.issue().get_comments()]

    def writes(self) -> list[str]:
        """Every request so far that was no GET, as `METHOD path`."""
        return [f"{one.method} {one.path}" for one in self.github.proxy.requests if one.method != "GET"]

    def record(self) -> Any:
        """The record of the issue in `out`."""
        return json.loads((self.out / f"alice-demo-{self.number}.json").read_text(encoding="utf-8"))


@pytest.fixture
def scene(run_rat: Run, shop: Path, tmp_path: Path, github_stand_in: GitHubStandIn) -> Scene:
    """A fresh issue in a fresh GitHub."""
    issue = github_stand_in.repository().create_issue(TITLE, body=BODY)
    github_stand_in.proxy.forget()
    return Scene(github=github_stand_in, number=issue.number, shop=shop, out=tmp_path / "out", run=run_rat)


@pytest.fixture
def done() -> Callable[["subprocess.CompletedProcess[str]"], "subprocess.CompletedProcess[str]"]:
    """Asserts that a run ended with 0, and gives it back."""

    def check(finished: "subprocess.CompletedProcess[str]") -> "subprocess.CompletedProcess[str]":
        assert finished.returncode == 0, finished.stderr
        return finished

    return check
