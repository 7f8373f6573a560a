"""The code that a ticket will touch, and the tests that belong to it, as evidence."""

from collections.abc import Sequence
from dataclasses import replace

from rat.model import Citation, Evidence, EvidenceKind, ImpactedFile, Refinement, Symbol
from rat.search import Ranking, Tree, rank, read_tree
from rat.search.passage import best_lines
from rat.sources.library import Library

FILES = 10
"""How many impacted files a refinement names."""
TESTS = 5
"""How many tests of theirs are quoted."""
PASSAGE = 60
TEST_PASSAGE = 30
"""Lines of a passage at most."""
WIDER = 10
"""How many times FILES are ranked where a team's folders come first."""


def tree_of(library: Library) -> Tree:
    """The tree of the checkout, read once for all tickets."""
    tree: Tree = library.once("tree", lambda: read_tree(library.checkout))
    return tree


def gather(refinement: Refinement, library: Library) -> Refinement:
    """*refinement* with its impacted files, a passage of each, and passages of the tests that belong to them.

    Files in the team's folders (`paths` of the project) come before all others: a ticket of a team may still touch its
    neighbours' code. The same commit and ticket give the same evidence.
    """
    tree = tree_of(library)
    ticket = refinement.ticket
    folders = library.project.paths
    ranking = rank(title=ticket.title, body=ticket.body, tree=tree, top=FILES * WIDER if folders else FILES)
    files = _team_first(ranking.files, folders)[:FILES]
    passages = [_passage(file.path, file.symbols, ranking, tree, EvidenceKind.CODE) for file in files]
    tests = list(dict.fromkeys(test for file in files for test in file.tests))[:TESTS]
    quoted = [_passage(test, (), ranking, tree, EvidenceKind.TEST) for test in tests]
    told = [replace(found, reasons=file.reasons) for file, found in zip(files, passages, strict=True) if found]
    told += [replace(found, reasons=_subjects(found.path, files)) for found in quoted if found]
    return replace(
        refinement,
        impacted_files=tuple(_cited(file, found) for file, found in zip(files, passages, strict=True)),
        evidence=(*refinement.evidence, *told),
        notes=tuple(dict.fromkeys((*refinement.notes, *tree.notes))),
    )


def _team_first(files: Sequence[ImpactedFile], folders: Sequence[str]) -> tuple[ImpactedFile, ...]:
    """The files below *folders* before all others, each part in its order."""
    roots = tuple(f"{folder.strip('/')}/" for folder in folders if folder.strip("/."))
    return tuple(sorted(files, key=lambda file: not file.path.startswith(roots))) if roots else tuple(files)


def _cited(file: ImpactedFile, passage: Evidence | None) -> ImpactedFile:
    return replace(file, citations=(Citation(source=passage.id),)) if passage else file


def _subjects(test: str, files: Sequence[ImpactedFile]) -> tuple[str, ...]:
    return tuple(f"tests `{file.path}`" for file in files if test in file.tests)


def _passage(path: str, symbols: Sequence[Symbol], ranking: Ranking, tree: Tree, kind: EvidenceKind) -> Evidence | None:
    """The lines of *path* that show best what the ticket is about; None for an empty or unreadable file."""
    text = tree.read(path).decode("utf-8", "replace")
    if not text.strip():
        return None
    lines = text.split("\n")
    if not lines[-1]:
        lines.pop()
    limit = TEST_PASSAGE if kind is EvidenceKind.TEST else PASSAGE
    first, last = best_lines(lines, telling=ranking.telling, symbols=symbols, limit=limit)
    return Evidence(
        id=f"code:{path}#L{first}-L{last}",
        kind=kind,
        title=path,
        text="\n".join(lines[first - 1 : last]),
        path=path,
        lines=(first, last),
    )
