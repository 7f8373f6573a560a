"""A scripted model that says only what its prompt shows: it quotes the ticket and the first passages."""

import re
from typing import Any

from tests.stand_ins.scripted_model import Answer, Request, agent_of, says

_PASSAGE = re.compile(r"^id: (?P<id>.+)\n(?:.*\n)*?---\n(?P<text>(?:.*\n)*?)[0-9a-f]{32}>>$", re.MULTILINE)
_TITLE = re.compile(r"^title: (.+)$", re.MULTILINE)


def honest(request: Request, *, seconds: float = 0.0) -> Answer:
    """A reply of the agent that is asked, built from the material of its prompt alone."""
    said: str = request["messages"][1]["content"]
    title = found[1] if (found := _TITLE.search(said)) else ""
    return says(_REPLIES[agent_of(request)](title, said), seconds=seconds, usage=None)


def _analyst(title: str, _said: str) -> dict[str, Any]:
    return {
        "type": "bug" if re.search(r"crash|error|traceback|fails", title, re.IGNORECASE) else "task",
        "title": title,
        "intent": f"Someone wants this: {title}",
        "problem": title,
        "questions": [{"text": "Who is affected?", "why": "It decides the order of work.", "assumption": "Everyone."}],
        "out_of_scope": [],
    }


def _architect(_title: str, said: str) -> dict[str, Any]:
    passages = {match["id"]: match["text"] for match in _PASSAGE.finditer(said)}
    code = [(source, text) for source, text in passages.items() if source.startswith("code:")][:3]
    cited = [(source, _first_line(text)) for source, text in code]
    return {
        "approach": [_stated("Begin where this is written.", source, quote) for source, quote in cited[:2]],
        "impacted_files": [
            {
                "path": source[5:].partition("#")[0],
                "reason": "It reads like the ticket.",
                "citations": [_cite(source, quote)],
            }
            for source, quote in cited
        ],
        "risks": [{"text": "Callers may rely on what is so today.", "citations": []}],
        "conflicts": [],
    }


def _planner(title: str, _said: str) -> dict[str, Any]:
    tasks = [{"title": "Write a test that shows it", "depends_on": [], "citations": [_cite("ticket", title)]}]
    tasks += [{"title": "Make the change", "depends_on": ["Write a test that shows it"], "citations": []}]
    return {"tasks": tasks, "size": "half a day to 2 days"}


def _tester(title: str, _said: str) -> dict[str, Any]:
    return {
        "acceptance_criteria": [
            _stated("The case of the ticket ends with exit code 2 and one message.", "ticket", title)
        ],
        "test_plan": [{"text": "Run the case of the ticket.", "citations": []}],
    }


def _critic(_title: str, _said: str) -> dict[str, Any]:
    return {"objections": []}


def _cite(source: str, quote: str) -> dict[str, str]:
    return {"source": source, "quote": quote}


def _stated(text: str, source: str, quote: str) -> dict[str, Any]:
    return {"text": text, "citations": [_cite(source, quote)]}


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "")


_REPLIES = {"analyst": _analyst, "architect": _architect, "planner": _planner, "tester": _tester, "critic": _critic}
