"""Commits that a ticket names: by their hash, or by the issue or pull request that their message names too."""

from collections.abc import Sequence

from rat.search.history import History, tells


def named_commits(references: Sequence[str], history: History) -> tuple[int, ...]:
    """The numbers of the commits that *references* (`#12`, hashes cut short) name, newest first; no wide ones."""
    numbers = [reference for reference in references if reference.startswith("#")]
    hashes = tuple(reference for reference in references if not reference.startswith("#"))
    found = {at for number in numbers for at in history.by_reference.get(number, ())}
    if hashes:
        found |= {at for at, commit in enumerate(history.commits) if commit.sha.startswith(hashes) and tells(commit)}
    return tuple(sorted(found))


def named_by_commit(named: Sequence[int], history: History) -> dict[str, float]:
    """Path → how surely one of the *named* commits speaks of it: the fewer files it changed, the surer."""
    found: dict[str, float] = {}
    for at in named:
        files = history.commits[at].files
        for path in files:
            found[path] = max(found.get(path, 0.0), len(files) ** -0.5)
    return found
