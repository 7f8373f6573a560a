"""Tasks that can be drawn as a graph: each once, depending on others that exist, without circles."""

import dataclasses

from rat.model import Proposal, Task


def in_order(proposal: Proposal) -> Proposal:
    """*proposal* with tasks of different titles whose dependencies exist and run in no circle.

    A dependency that closes a circle is left out: the task that is named first comes first.
    """
    tasks = {task.title: task for task in reversed(proposal.tasks) if task.title}
    order = [title for title in dict.fromkeys(task.title for task in proposal.tasks) if title]
    kept: dict[str, set[str]] = {title: set() for title in order}
    for title in order:
        for wanted in tasks[title].depends_on:
            if wanted in kept and not _leads_to(kept, wanted, title):
                kept[title].add(wanted)
    return dataclasses.replace(proposal, tasks=tuple(_with(tasks[title], kept[title]) for title in order))


def _leads_to(kept: dict[str, set[str]], start: str, goal: str) -> bool:
    """Whether *goal* is *start* or something that *start* waits for."""
    seen, waiting = set(), [start]
    while waiting:
        title = waiting.pop()
        if title == goal:
            return True
        if title not in seen:
            seen.add(title)
            waiting += kept[title]
    return False


def _with(task: Task, wanted: set[str]) -> Task:
    return dataclasses.replace(
        task, depends_on=tuple(title for title in dict.fromkeys(task.depends_on) if title in wanted)
    )
