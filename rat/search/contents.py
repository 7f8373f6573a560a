"""What is known of a file's text whatever the ticket."""

from typing import NamedTuple

from rat.search.definitions import Definition


class Contents(NamedTuple):
    """The definitions of a file, and the files of the tree that it imports."""

    defined: tuple[Definition, ...]
    imported: tuple[str, ...]
