"""One ticket alone: its words are known before the tree is read, and no others are kept."""

import importlib
from typing import TYPE_CHECKING

from rat.search.reading import read_ticket
from rat.search.tree import read_tree
from rat.search.vocabulary import Wanted

if TYPE_CHECKING:
    from rat.ports import Checkout
    from rat.search.ranking import Ranking


def localize(*, title: str, body: str, checkout: "Checkout", top: int) -> "Ranking":
    """What `rank` says of one ticket, with no more read of *checkout* than that takes."""
    reading = read_ticket(title, body)
    wanted = Wanted((*reading.title, *reading.prose, *reading.code), reading.exact)
    # Another process reads the tree while this one imports the rest of the search.
    tree = read_tree(checkout, only=wanted, meanwhile=lambda: importlib.import_module("rat.search.ranking"))
    from rat.search.ranking import rank_reading

    return rank_reading(reading, tree, top)
