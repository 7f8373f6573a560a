"""What history says."""

from typing import NamedTuple


class Commit(NamedTuple):
    """A commit: *sha* in full, *date* ISO 8601, *files* the paths that it changed, with '/' separators.

    A named tuple, as thousands of them are made for each search, in a third of the time that a dataclass takes.
    """

    sha: str
    author: str
    email: str
    date: str
    subject: str
    body: str = ""
    files: tuple[str, ...] = ()
