"""The decision log of a checkout: all decisions with their ids and what replaces what, and what is wrong with it."""

import dataclasses
from collections import Counter, defaultdict
from dataclasses import dataclass

from rat.ports import Checkout
from rat.sources.decision import Decision, read_decision
from rat.sources.decision_files import decision_documents
from rat.sources.document import Problem
from rat.sources.relations import resolver

MAX_LISTED = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class DecisionLog:
    """The decisions, sorted by path, with what could not be read and what contradicts itself."""

    decisions: tuple[Decision, ...] = ()
    problems: tuple[Problem, ...] = ()

    def at(self, path: str) -> Decision | None:
        """The decision at *path*, or None."""
        return next((decision for decision in self.decisions if decision.path == path), None)

    def successors(self, decision: Decision) -> tuple[Decision, ...]:
        """What replaced *decision* in the end: chains are followed, circles end them."""
        seen, last, queue = {decision.path}, [], [decision]
        while queue:
            current = queue.pop(0)
            newer = [found for path in current.superseded_by if (found := self.at(path))]
            queue += [found for found in newer if found.path not in seen]
            seen |= {found.path for found in newer}
            last += [current] if not newer and current is not decision else []
        return tuple(last)


def read_decisions(checkout: Checkout, folders: tuple[str, ...] = ()) -> DecisionLog:
    """The decision log of *checkout*; see `decision_documents` for where it looks."""
    documents, problems = decision_documents(checkout, folders)
    decisions = _with_links(_with_ids([read_decision(document) for document in documents]))
    return DecisionLog(
        decisions=decisions,
        problems=(*problems, *_repeated_numbers(decisions), *_dangling(decisions), *_circles(decisions)),
    )


def _with_ids(decisions: list[Decision]) -> list[Decision]:
    """Ids `ADR-0003` by number, `ADR-<slug>` where it has none or shares it; unique by folder, then by count."""
    numbers = Counter(decision.number for decision in decisions)
    slugs = Counter(decision.slug.lower() for decision in decisions)
    taken: set[str] = set()
    found = []
    for decision in decisions:
        name = (
            f"{decision.number:04d}" if decision.number is not None and numbers[decision.number] == 1 else decision.slug
        )
        if name is decision.slug and slugs[decision.slug.lower()] > 1:
            folders = [part for part in decision.path.split("/")[:-1] if part != decision.slug]
            name = "-".join([*folders[-1:], decision.slug]).replace(" ", "-")
        unique = next(
            name + tail for tail in ("", *(f"-{n}" for n in range(2, len(decisions) + 2))) if name + tail not in taken
        )
        taken.add(unique)
        found.append(dataclasses.replace(decision, id=f"ADR-{unique}"))
    return found


def _with_links(decisions: list[Decision]) -> tuple[Decision, ...]:
    """The decisions with both ends of every replacement, whichever of the two documents states it."""
    find = resolver({decision.path: (decision.number, decision.slug, decision.title) for decision in decisions})
    newer: defaultdict[str, list[str]] = defaultdict(list)
    older: defaultdict[str, list[str]] = defaultdict(list)
    for decision in decisions:
        for relation in decision.relations:
            other = find(decision.path, relation)
            one_way = (newer, older) if relation.newer else (older, newer)
            if other and other != decision.path:
                one_way[0][decision.path].append(other)
                one_way[1][other].append(decision.path)
            elif not other and is_reference(relation.target):
                one_way[0][decision.path].append(relation.text)
    return tuple(
        dataclasses.replace(
            decision,
            supersedes=tuple(dict.fromkeys(older[decision.path])),
            superseded_by=tuple(dict.fromkeys(newer[decision.path])),
        )
        for decision in decisions
    )


def is_reference(target: str) -> bool:
    """Whether *target* names a decision (a number or a file) rather than being prose or an address elsewhere."""
    return target.isdigit() or (
        not target.startswith("http") and target.split("#", maxsplit=1)[0].endswith((".md", ".adoc", ".rst"))
    )


def _repeated_numbers(decisions: tuple[Decision, ...]) -> list[Problem]:
    by_number: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for decision in decisions:
        if decision.number is not None:
            folder, _, name = decision.path.rpartition("/")
            folder = folder.rpartition("/")[0] if name.lower().startswith(("readme", "index")) else folder
            by_number[folder, decision.number].append(decision.path)
    shared = [(number, paths) for (_, number), paths in sorted(by_number.items()) if len(paths) > 1]
    return [
        Problem(path=paths[0], message=f"number {number} is also used by {', '.join(paths[1:MAX_LISTED])}")
        for number, paths in shared
    ]


def _dangling(decisions: tuple[Decision, ...]) -> list[Problem]:
    paths = {decision.path for decision in decisions}
    return [
        Problem(path=decision.path, message=f"says that it {verb} “{other}”, which is not a decision of this log")
        for decision in decisions
        for verb, others in (("supersedes", decision.supersedes), ("is superseded by", decision.superseded_by))
        for other in others
        if other not in paths
    ]


def _circles(decisions: tuple[Decision, ...]) -> list[Problem]:
    """Each circle of decisions that replace one another, told once, at its first path."""
    after = {decision.path: decision.superseded_by for decision in decisions}
    told: set[str] = set()
    found = []
    for start in sorted(after):
        circle = [] if start in told else _way_back(start, after)
        told |= set(circle)
        if circle:
            names = " → ".join([*circle, start])
            found.append(Problem(path=start, message=f"is superseded by itself, in a circle: {names}"))
    return found


def _way_back(start: str, after: dict[str, tuple[str, ...]]) -> list[str]:
    """The shortest way from *start* over *after* to itself again, [] if there is none."""
    came: dict[str, str] = {}
    queue = [start]
    for at in queue:
        for following in after.get(at, ()):
            if following == start:
                way = [at]
                while way[0] != start:
                    way.insert(0, came[way[0]])
                return way
            if following not in came:
                came[following] = at
                queue.append(following)
    return []
