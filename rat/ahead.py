"""What git can begin with before Python has read the rest of the program."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rat.checkout import GitCheckout

HELP = frozenset({"-h", "--help"})


def begin(arguments: Sequence[str]) -> "GitCheckout | None":
    """The checkout that `rat localize` will ask for, its history on the way; None for another command and for help.

    *arguments* are those of the command line. A folder that cannot be opened is left to the command, which says so.
    """
    if tuple(arguments[:1]) != ("localize",) or not HELP.isdisjoint(arguments):
        return None
    from rat.checkout import COMMITS, open_checkout
    from rat.errors import ConfigError

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
