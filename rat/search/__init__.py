"""Which files a ticket will touch, without a model: `read_tree` once, `rank` for each ticket."""

from rat.search.ranking import Ranking, rank
from rat.search.tree import Tree, read_tree

__all__ = ["Ranking", "Tree", "rank", "read_tree"]
