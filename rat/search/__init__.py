"""Which files a ticket will touch, without a model: `localize` for one; `read_tree` once and `rank` for many."""

from rat.search.ranking import Ranking, localize, rank
from rat.search.tree import Tree, read_tree

__all__ = ["Ranking", "Tree", "localize", "rank", "read_tree"]
