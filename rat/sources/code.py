"""The code that a ticket will touch, and the tests that belong to it, as evidence."""

from dataclasses import replace

from rat.model import Citation, Evidence, EvidenceKind, ImpactedFile, Refinement
from rat.search import Tree, rank, read_tree
from rat.sources.library import Library

FILES = 10
"""How many impacted files a refinement names."""
PASSAGE = 60
"""Lines of a passage at most."""
BEFORE = 2
"""Lines shown above a definition."""


def gather(refinement: Refinement, library: Library) -> Refinement:
    """*refinement* with its impacted files and a passage of each; a team's folders come first."""
    tree: Tree = library.once("tree", lambda: read_tree(library.checkout))
    ticket = refinement.ticket
    ranking = rank(title=ticket.title, body=ticket.body, tree=tree, top=3 * FILES)
    files = _team_first(ranking.files, library.project.paths)[:FILES]
    passages = {file.path: _passage(file, tree) for file in files}
    cited = tuple(replace(file, citations=_cite(passages[file.path])) for file in files)
    evidence = tuple(passage for passage in passages.values() if passage is not None)
    notes = tuple(dict.fromkeys((*refinement.notes, *tree.notes)))
    return replace(refinement, impacted_files=cited, evidence=(*refinement.evidence, *evidence), notes=notes)


def _team_first(files: tuple[ImpactedFile, ...], folders: tuple[str, ...]) -> tuple[ImpactedFile, ...]:
    """The files below *folders* before all others: a team's ticket may still touch code of its neighbours."""
    roots = tuple(folder.strip("/") + "/" for folder in folders if folder.strip("/"))
    if not roots:
        return files
    return tuple(sorted(files, key=lambda file: not f"{file.path}/".startswith(roots)))


def _cite(passage: Evidence | None) -> tuple[Citation, ...]:
    return (Citation(source=passage.id),) if passage is not None else ()


def _passage(file: ImpactedFile, tree: Tree) -> Evidence | None:
    """Up to PASSAGE lines of *file*, from its first named symbol on, else from its start."""
    text = tree.read(file.path).decode("utf-8", "replace")
    lines = text.splitlines(keepends=True)
    if not lines:
        return None
    first = max(1, min((symbol.line for symbol in file.symbols), default=1) - BEFORE)
    last = min(len(lines), first + PASSAGE - 1)
    return Evidence(
        id=f"code:{file.path}#L{first}-L{last}",
        kind=EvidenceKind.CODE,
        title=file.path,
        text="".join(lines[first - 1 : last]),
        path=file.path,
        lines=(first, last),
        reasons=file.reasons,
    )
