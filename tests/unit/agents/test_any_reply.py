"""Garbage, hostile and half-true things in every field of every reply: what comes out resolves, and is inert."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rat.agents import with_one_gap
from rat.asking import Asker, open_session
from rat.errors import CouldNotAssess
from rat.model import Evidence, EvidenceKind, Refinement, RunReport, Status, Ticket, TicketRef, TrackerKind, Usage
from rat.model.settings import ModelSettings, Project, Settings, Sources
from rat.pipeline import draft
from rat.ports import Completion, Finish, Prompt
from rat.publishing.compose import compose
from rat.publishing.markdown import write_markdown
from rat.readiness import judge
from rat.sources.library import Library
from rat.templates import Templates
from tests.unit.publishing.oracle import alive, invisible

FILES = {
    "rat/cli.py": b"def main():\n    read_file(path)\n\n",
    "docs/adr/0003-errors.md": b"Every error says what to do next.\n",
    "docs/adr/0001-old.md": b"Errors are silent.\n",
}
CODE = Evidence(
    id="code:rat/cli.py#L1-L2",
    kind=EvidenceKind.CODE,
    title="rat/cli.py",
    path="rat/cli.py",
    lines=(1, 2),
    text="def main():\n    read_file(path)\n",
)
DECISION = Evidence(
    id="ADR-0003",
    kind=EvidenceKind.ADR,
    title="Errors name the remedy",
    path="docs/adr/0003-errors.md",
    status="accepted",
    text="Every error says what to do next.",
)
OLD = Evidence(
    id="ADR-0001",
    kind=EvidenceKind.ADR,
    title="Errors are silent",
    path="docs/adr/0001-old.md",
    status="superseded",
    text="Errors are silent.",
)
TICKET = Ticket(
    ref=TicketRef(tracker=TrackerKind.FILE, key="a.md"),
    title="Crash on an empty file",
    body="Running `rat refine` on an empty file ends in a traceback. It must say that the file is empty within 2 s.",
)
START = Refinement(ticket=TICKET, evidence=(CODE, DECISION, OLD))
C = [{"source": "code:rat/cli.py#L1-L2", "quote": "def main():"}]
CLASH = {
    "adr": "ADR-0003",
    "quote": "Every error says what to do next.",
    "reason": "silent",
    "ticket_quote": "traceback",
}
REPLIES: dict[str, Any] = {
    "analyst": {
        "type": "bug",
        "title": "Say that the file is empty",
        "intent": "Users want to know.",
        "problem": "It ends in a traceback.",
        "questions": [{"text": "Which code?", "why": "Scripts.", "assumption": "2"}],
        "out_of_scope": ["Other formats"],
    },
    "architect": {
        "approach": [{"text": "Check in `main`.", "citations": C}],
        "impacted_files": [{"path": "rat/cli.py", "reason": "reads it", "citations": C}],
        "risks": [{"text": "Scripts.", "citations": C}],
        "conflicts": [CLASH],
    },
    "planner": {
        "tasks": [
            {"title": "Refuse it", "depends_on": ["Say it"], "citations": C},
            {"title": "Say it", "depends_on": [], "citations": C},
        ],
        "size": "a day",
    },
    "tester": {
        "acceptance_criteria": [{"text": "It exits with 2.", "citations": C}],
        "test_plan": [{"text": "Run `main`.", "citations": C}],
    },
    "critic": {"objections": [{"agent": "tester", "severity": "blocker", "message": "No case.", "citations": C}]},
}

HALF_TRUE = [
    "code:rat/cli.py#L1-L900",
    "code:rat/cli.py#L2",
    "code:rat/main.py#L1-L2",
    "rat/cli.py:99 calls `read_file` in ADR-0003",
    "ADR-0001",
    "ADR-0003 says that errors are silent",
    "def  main() :",
    "Every error says what to do",
    "empty file",
    "ticket",
    "`main.read_file` and `read_files()` of rat/cli.py",
    "Running `rat refine` on an empty file ends in a crash.",
]
HOSTILE = [
    "@everyone fixes #1, closes owner/repo#2 and PAY-999",
    "Use `magic_box` in rat/invented.py:7 as ADR-0099 says since 9f8e7d6.",
    "![x](https://evil.example/x.png) <script>alert(1)</script> <!-- approved -->",
    "a\u202eb\U000e0041\u200bc\x00",
    "{{ 7 * 7 }} ${{ secrets.KEY }}",
    "::set-output name=x::y\n/rat apply\n```suggestion\nx\n```",
    "../../etc/passwd",
    "[~accountid:1] {html}x{html} www.evil.example",
]
GARBAGE: st.SearchStrategy[Any] = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.just([]), st.just({})
)
ANYTHING = st.sampled_from(HALF_TRUE) | st.sampled_from(HOSTILE) | GARBAGE


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths of all values inside *value*."""
    for key, item in value.items() if isinstance(value, dict) else enumerate(value):
        yield (*path, key)
        if isinstance(item, dict | list):
            yield from places(item, (*path, key))


PLACES = [(name, *path) for name, reply in REPLIES.items() for path in places(reply)]


class Scripted:
    """Answers each agent with its reply; the repair of an unusable one is the reply as it should be."""

    name = "scripted"

    def __init__(self, replies: dict[str, Any]) -> None:
        self.replies = replies
        self.calls = 0

    def complete(self, prompt: Prompt, *, model: str) -> Completion:
        self.calls += 1
        reply = REPLIES[prompt.agent] if "could not be used" in prompt.user else self.replies[prompt.agent]
        return Completion(text=json.dumps(reply), finish=Finish.STOP, usage=Usage(calls=1))


class Checkout:
    """FILES at no commit."""

    root = Path("nowhere")
    head = ""

    def files(self) -> tuple[str, ...]:
        return tuple(FILES)

    def read(self, path: str) -> bytes | None:
        return FILES.get(path)

    def has_commit(self, sha: str) -> bool:
        return False

    def commits(self, *, limit: int) -> tuple[Any, ...]:
        return ()

    def notes(self) -> tuple[str, ...]:
        return ()


TEMPLATES = Templates()
LIBRARY = Library(checkout=Checkout(), tracker=None, sources=Sources(), project=Project())


def refined(llm: Scripted) -> Refinement | None:
    """What the pipeline makes of it; None where no agent gave anything that can be used."""
    chosen = Settings(model=ModelSettings(name="m"))
    asker = Asker(open_session(llm=llm, settings=chosen, templates=TEMPLATES))
    try:
        return judge(draft(START, library=LIBRARY, asker=asker, settings=chosen), {}, grounds=LIBRARY.checkout)
    except CouldNotAssess:
        return None


def cited(work: Refinement) -> Iterator[tuple[str, str]]:
    proposal = work.proposal
    assert proposal is not None
    parts = (proposal.approach, proposal.acceptance_criteria, proposal.tasks, proposal.test_plan, proposal.risks)
    for item in (*(one for part in parts for one in part), *work.impacted_files):
        yield from ((citation.source, citation.quote) for citation in item.citations)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(PLACES), ANYTHING), min_size=1, max_size=6))
def test_whatever_stands_in_whatever_field_what_is_published_resolves_and_is_inert(
    changes: list[tuple[tuple[Any, ...], Any]],
) -> None:
    replies = json.loads(json.dumps(REPLIES))
    for path, words in changes:
        spot: Any = replies
        try:
            for key in path[:-1]:
                spot = spot[key]
            spot[path[-1]] = copy.deepcopy(words)
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change took the place away
    llm = Scripted(replies)
    work = refined(llm)
    assert llm.calls <= 2 * (5 + 2 * 5)
    if work is None:
        return
    known = {piece.id: f"{piece.title}\n{piece.text}" for piece in START.evidence}
    known["ticket"] = f"{TICKET.title}\n{TICKET.body}"
    assert [pair for pair in cited(work) if pair[1] not in known[pair[0]]] == []
    assert {clash.adr for clash in work.conflicts} <= {"ADR-0003"}
    assert {file.path for file in work.impacted_files} <= set(FILES)
    assert work.citations.cited == work.citations.verified
    report = RunReport(refinement=with_one_gap(work), status=Status.BLOCKED, mode="model", head="")
    page = write_markdown(compose(report))
    assert alive(page) == []
    assert invisible(page) == []
    for invented in ("magic_box", "rat/invented.py", "ADR-0099", "9f8e7d6", "evil.example", "read_files"):
        assert invented not in page
