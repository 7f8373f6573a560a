"""What git can begin with before Python has read the rest of the program."""

from collections.abc import Sequence
from pathlib import Path

from rat.checkout import COMMITS, GitCheckout, open_checkout
from rat.errors import ConfigError

HELP = frozenset({"-h", "--help"})


def begin(arguments: Sequence[str]) -> GitCheckout | None:
    """The checkout that `rat localize` will ask for, its history on the way; None for another command and for help.

    *arguments* are those of the command line. A folder that cannot be opened is left to the command, which says so.
    """
    if tuple(arguments[:1]) != ("localize",) or not HELP.isdisjoint(arguments):
        return None
    try:
        checkout = open_checkout(_folder(arguments))
    except ConfigError:
        return None
    checkout.expect(commits=COMMITS)
    return checkout


def _folder(arguments: Sequence[str]) -> Path:
    """What `--repo` is given, in either of its forms; the last one counts, as in click."""
    folder = ""
    for option, following in zip(arguments, (*arguments[1:], ""), strict=True):
        name, equals, value = option.partition("=")
        if name == "--repo":
            folder = value if equals else following
    return Path(folder)
