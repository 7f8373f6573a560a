"""Writes a graph of tasks as Mermaid, its labels reduced to what cannot be syntax."""

import re

from rat.publishing.document import Graph
from rat.publishing.inert import one_line

LABEL_LIMIT = 60


def write_mermaid(graph: Graph) -> str:
    """*graph* as a Mermaid flow chart, top to bottom, which fits a phone."""
    nodes = [f'  t{number}["{number}. {_label(node)}"]' for number, node in enumerate(graph.nodes, 1)]
    edges = [f"  t{before + 1} --> t{after + 1}" for before, after in graph.edges]
    return "\n".join(["flowchart TD", *nodes, *edges])


def _label(text: str) -> str:
    """Letters, digits and plain punctuation of *text*; everything else could close the label or be markup in it."""
    kept = " ".join(re.sub(r"[^\w ,.()/…-]+", " ", one_line(text).replace("_", " ")).split())
    return kept if len(kept) <= LABEL_LIMIT else kept[: LABEL_LIMIT - 1].rsplit(" ", 1)[0] + "…"
