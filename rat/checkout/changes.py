"""What differs between two commits, as git prints it."""

from collections.abc import Iterator

from rat.model.pull_request import ChangedFile

STATUSES = {"A": "added", "M": "modified", "T": "modified", "D": "removed", "R": "renamed", "C": "added"}


def parse_changes(tokens: list[str]) -> Iterator[ChangedFile]:
    """The changes in the output of `diff -z --name-status`: a letter, a path, and for R and C the new path."""
    rest = iter(tokens)
    for letter in rest:
        if not letter:
            return
        path = next(rest)
        if letter[0] in "RC":
            path = next(rest)
        yield ChangedFile(path=path, status=STATUSES.get(letter[0], "modified"))
