"""The proposal as a person reads it, in the words of the ticket's type."""

from rat.model import Evidence, Proposal, RunReport, Statement, Task, TicketType
from rat.publishing.clip import clip, paragraphs
from rat.publishing.document import (
    Block,
    Bullets,
    Emphasis,
    Folded,
    Graph,
    Heading,
    Item,
    Paragraph,
    Section,
    Strong,
    Tasks,
    Text,
)
from rat.publishing.references import cited
from rat.publishing.site import Site

CRITERIA_LIMIT = 7
LIST_LIMIT = 12
GRAPH_LIMIT = 20

_PROBLEM = {
    TicketType.BUG: "What goes wrong",
    TicketType.SPIKE: "What is to be found out",
    TicketType.QUESTION: "What is asked",
    TicketType.STORY: "What is wanted, and why",
    TicketType.RFE: "What is wanted, and why",
}

_NAMES = {
    TicketType.EPIC: {
        "Tasks": "Breakdown",
        "Order of the tasks": "Order of the parts",
        "Acceptance criteria": "Outcomes",
    },
    TicketType.RFE: {
        "Tasks": "Breakdown",
        "Order of the tasks": "Order of the parts",
        "Acceptance criteria": "Outcomes",
    },
    TicketType.SPIKE: {"Approach": "What to try", "Acceptance criteria": "Questions to answer", "Size": "Time box"},
    TicketType.QUESTION: {"Approach": "Answer"},
}
"""What parts are called where the type has a better word."""


def proposal_sections(report: RunReport, site: Site) -> tuple[Section, ...]:
    """The sections of the proposal; none when no model drafted one."""
    work = report.refinement
    if work.proposal is None:
        return ()
    pen = _Pen({piece.id: piece for piece in work.evidence}, site, report.head)
    draft = work.proposal
    names = _NAMES.get(work.type, {})
    approach = pen.statements(names.get("Approach", "Approach"), draft.approach)
    criteria = pen.criteria(names.get("Acceptance criteria", "Acceptance criteria"), draft)
    tasks = pen.tasks(names.get("Tasks", "Tasks"), draft.tasks)
    return (
        Section("problem", _problem(draft, work.type), weight=80),
        Section("approach", approach, weight=70),
        Section("criteria", criteria, weight=80),
        Section(
            "tasks", (*tasks, *_graph(names.get("Order of the tasks", "Order of the tasks"), draft.tasks)), weight=70
        ),
        Section("test plan", pen.statements("Test plan", draft.test_plan, are_claims=False), weight=65),
        Section("risks", pen.statements("Risks", draft.risks), weight=65),
        Section("scope", _scope(draft), weight=65),
    )


class _Pen:
    """Writes sentences together with what stands behind them."""

    def __init__(self, known: dict[str, Evidence], site: Site, head: str) -> None:
        self._known, self._site, self._head = known, site, head

    def statements(
        self, title: str, statements: tuple[Statement, ...], *, are_claims: bool = True
    ) -> tuple[Block, ...]:
        """A list of drafted sentences; claims with nothing behind them are marked as assumptions."""
        items = tuple(self._statement(statement, is_claim=are_claims) for statement in statements[:LIST_LIMIT])
        return (Heading(title), Bullets(items, omitted=max(0, len(statements) - LIST_LIMIT))) if items else ()

    def criteria(self, title: str, draft: Proposal) -> tuple[Block, ...]:
        every = draft.acceptance_criteria
        items = tuple(
            Item((Text(clip(criterion.text)), *cited(criterion.citations, self._known, self._site, head=self._head)))
            for criterion in every[:CRITERIA_LIMIT]
        )
        return (Heading(title), Tasks(items, max(0, len(every) - CRITERIA_LIMIT))) if items else ()

    def tasks(self, title: str, tasks: tuple[Task, ...]) -> tuple[Block, ...]:
        number = _numbers(tasks)
        items = tuple(self._task(task, number) for task in tasks[:LIST_LIMIT])
        omitted = max(0, len(tasks) - LIST_LIMIT)
        return (Heading(title), Bullets(items, ordered=True, omitted=omitted)) if items else ()

    def _statement(self, statement: Statement, *, is_claim: bool) -> Item:
        behind = cited(statement.citations, self._known, self._site, head=self._head)
        assumed = (Text(" ("), Emphasis("assumption"), Text(")")) if is_claim and not statement.citations else ()
        return Item((Text(clip(statement.text)), *behind, *assumed))

    def _task(self, task: Task, number: dict[str, int]) -> Item:
        after = [str(number[title] + 1) for title in task.depends_on if title in number]
        waits = (Text(f"; after {', '.join(after)}"),) if after else ()
        behind = cited(task.citations, self._known, self._site, head=self._head)
        return Item((Text(clip(task.title)), *waits, *behind))


def _problem(draft: Proposal, kind: TicketType) -> tuple[Block, ...]:
    words = [Paragraph((Text(part),)) for part in paragraphs(draft.problem)]
    called = _NAMES.get(kind, {}).get("Size", "Size")
    size = [Paragraph((Strong(f"{called}:"), Text(" " + clip(draft.size, 200))))] if draft.size else []
    if not (draft.title or words or size):
        return ()
    title = [Heading(f"Proposal: {clip(draft.title, 200)}")] if draft.title else [Heading("Proposal")]
    lead = [Paragraph((Strong(_PROBLEM.get(kind, "What is to be done, and why")),))] if words else []
    return (*title, *lead, *words, *size)


def _graph(title: str, tasks: tuple[Task, ...]) -> tuple[Block, ...]:
    shown = tasks[:GRAPH_LIMIT]
    number = _numbers(shown)
    edges = tuple(
        (number[before], after)
        for after, task in enumerate(shown)
        for before in dict.fromkeys(task.depends_on)
        if before in number and number[before] != after
    )
    return (Folded(title, (Graph(tuple(task.title for task in shown), edges),)),) if edges else ()


def _numbers(tasks: tuple[Task, ...]) -> dict[str, int]:
    return {task.title: position for position, task in reversed(list(enumerate(tasks)))}


def _scope(draft: Proposal) -> tuple[Block, ...]:
    items = tuple(Item((Text(clip(line)),)) for line in draft.out_of_scope[:LIST_LIMIT])
    omitted = max(0, len(draft.out_of_scope) - LIST_LIMIT)
    return (Heading("Out of scope"), Bullets(items, omitted=omitted)) if items else ()
