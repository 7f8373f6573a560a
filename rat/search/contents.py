"""What is known of a file's text whatever the ticket."""

from dataclasses import dataclass

from rat.search.definitions import Definition


@dataclass(frozen=True, kw_only=True, slots=True)
class Contents:
    """The definitions of a file, and the files of the tree that it imports."""

    defined: tuple[Definition, ...]
    imported: tuple[str, ...]
