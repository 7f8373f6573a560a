"""Which files a ticket will touch, without a model: `localize` for one; `read_tree` once and `rank` for many.

A name is imported when it is asked for: `localize` reads the tree while it imports what ranks it.
"""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rat.search.alone import localize
    from rat.search.ranking import Ranking, rank
    from rat.search.tree import Tree, read_tree
else:
    HOMES = {"localize": "alone", "Ranking": "ranking", "rank": "ranking", "Tree": "tree", "read_tree": "tree"}

    def __getattr__(name: str) -> object:
        """What is called *name*, from its module (PEP 562)."""
        if name not in HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(importlib.import_module(f"{__name__}.{HOMES[name]}"), name)


__all__ = ["Ranking", "Tree", "localize", "rank", "read_tree"]
