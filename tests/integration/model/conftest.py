"""A ticket with evidence, replies of every agent that hold, and an asker over the real SDK."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from rat.asking import Asker, open_session
from rat.llm.openai_chat import OpenAIChat, connect
from rat.model import Evidence, EvidenceKind, Refinement, Ticket, TicketRef, TrackerKind
from rat.model.settings import ModelSettings, Settings
from rat.templates import Templates
from tests.stand_ins.scripted_model import ScriptedModel

TICKET_QUOTE = [{"source": "ticket", "quote": "on an empty file"}]
CODE_QUOTE = [{"source": "code:rat/cli.py#L1-L3", "quote": "def main():"}]


@pytest.fixture
def refinement() -> Refinement:
    """A bug with one passage of code and one decision."""
    ticket = Ticket(
        ref=TicketRef(tracker=TrackerKind.FILE, key="crash.md"),
        title="Crash on an empty file",
        body="Running `rat refine` on an empty file ends in a traceback. It should say that the file is empty.",
    )
    code = Evidence(
        id="code:rat/cli.py#L1-L3",
        kind=EvidenceKind.CODE,
        title="rat/cli.py",
        path="rat/cli.py",
        lines=(1, 3),
        text="def main():\n    read_file(path)\n",
    )
    decision = Evidence(
        id="ADR-0003",
        kind=EvidenceKind.ADR,
        title="Errors name the remedy",
        path="docs/adr/0003-errors.md",
        status="accepted",
        text="Every error says what to do next.",
    )
    return Refinement(ticket=ticket, evidence=(code, decision))


@pytest.fixture
def replies() -> dict[str, Any]:
    """A reply of each agent in which everything resolves."""
    return {
        "analyst": {
            "type": "bug",
            "title": "Say that the file is empty instead of crashing",
            "intent": "Users want to know what is wrong with an empty file.",
            "problem": "An empty file ends in a traceback; a message is wanted.",
            "questions": [{"text": "Which exit code?", "why": "Scripts read it.", "assumption": "2, bad input."}],
            "out_of_scope": ["Other formats"],
        },
        "architect": {
            "approach": [{"text": "Check for emptiness in `main`.", "citations": CODE_QUOTE}],
            "impacted_files": [{"path": "rat/cli.py", "reason": "reads the file", "citations": CODE_QUOTE}],
            "risks": [],
            "conflicts": [],
        },
        "planner": {
            "tasks": [
                {"title": "Refuse an empty file", "depends_on": [], "citations": TICKET_QUOTE},
                {"title": "Describe it in the manual", "depends_on": ["Refuse an empty file"], "citations": []},
            ],
            "size": "half a day",
        },
        "tester": {
            "acceptance_criteria": [
                {"text": "Refining an empty file prints that it is empty and exits with 2.", "citations": TICKET_QUOTE}
            ],
            "test_plan": [{"text": "A test that runs `main` on an empty file.", "citations": CODE_QUOTE}],
        },
        "critic": {"objections": []},
    }


MakeAsker = Callable[..., Asker]


@pytest.fixture
def make_asker() -> Iterator[MakeAsker]:
    """An asker at an endpoint through the real SDK; keywords replace settings."""
    opened: dict[tuple[str, float], OpenAIChat] = {}

    def make(endpoint: ScriptedModel, *, cache: Path | None = None, timeout: float = 20.0, **settings: Any) -> Asker:
        if (endpoint.url, timeout) not in opened:
            connected = connect(base_url=endpoint.url, api_key=None, timeout=timeout, sleep=lambda seconds: None)
            opened[endpoint.url, timeout] = connected
        llm = opened[endpoint.url, timeout]
        named = {"model": ModelSettings(name="scripted"), **settings}
        return Asker(open_session(llm=llm, settings=Settings(**named), templates=Templates(), cache=cache))

    yield make
    for llm in opened.values():
        llm.close()
