"""Whether code search is sure where a ticket lands."""

import math
from collections.abc import Sequence

from rat.model.evidence import ImpactedFile

LIKELY = 0.3
"""The first file's share of the chances from which on the place counts as known (benchmarks/readiness.md)."""
_DRAFTED = "architect: "


def is_known(files: Sequence[ImpactedFile]) -> bool:
    """Whether one of *files* stands out: scores of the search are log-odds, up to a constant of the ticket.

    Files that only the architect named have no score of their own and are left aside.
    """
    scores = [
        file.score for file in files if any(not why.startswith(_DRAFTED) for why in file.reasons) or not file.reasons
    ]
    if not scores:
        return False
    top = max(scores)
    return 1 / sum(math.exp(score - top) for score in scores) >= LIKELY
