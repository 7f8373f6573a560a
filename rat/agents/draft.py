"""The proposal as it grows: begun from the ticket, and shown to the next agent."""

from collections.abc import Iterator

from rat.model import Citation, Proposal, Refinement


def proposal_of(refinement: Refinement) -> Proposal:
    """The proposal so far; at first the ticket's own title and nothing else."""
    return refinement.proposal or Proposal(title=refinement.ticket.title, problem="")


def draft_text(refinement: Refinement) -> str:
    """The draft in short lines, without what is empty: what later agents read and what the critic attacks.

    Citations are cut to their sources: the reader has the passages, and code checks the quotes.
    """
    return "\n".join(_lines(refinement)) if refinement.proposal else ""


def _lines(refinement: Refinement) -> Iterator[str]:
    proposal = proposal_of(refinement)
    yield from _one("title", proposal.title)
    yield from _one("intent", refinement.intent)
    yield from _one("problem", proposal.problem)
    yield from _many("out of scope", proposal.out_of_scope)
    yield from _many("questions", (f"{item.text} Until then: {item.assumption}" for item in refinement.questions))
    yield from _many("approach", (item.text + _sources(item.citations) for item in proposal.approach))
    yield from _many("impacted files", (file.path for file in refinement.impacted_files[:8]))
    yield from _many("risks", (item.text + _sources(item.citations) for item in proposal.risks))
    yield from _many("conflicts", (f"{item.adr}: {item.reason}" for item in refinement.conflicts))
    yield from _many("tasks", (task.title + _after(task.depends_on) for task in proposal.tasks))
    yield from _one("size", proposal.size)
    yield from _many("criteria", (item.text + _sources(item.citations) for item in proposal.acceptance_criteria))
    yield from _many("test plan", (item.text + _sources(item.citations) for item in proposal.test_plan))


def _one(name: str, text: str) -> Iterator[str]:
    if text:
        yield f"{name}: {text}"


def _many(name: str, items: Iterator[str] | tuple[str, ...]) -> Iterator[str]:
    lines = [f"- {item}" for item in items]
    if lines:
        yield f"{name}:"
        yield from lines


def _sources(citations: tuple[Citation, ...]) -> str:
    return f" [{', '.join(dict.fromkeys(citation.source for citation in citations))}]" if citations else ""


def _after(titles: tuple[str, ...]) -> str:
    return f" (after: {'; '.join(titles)})" if titles else ""
