"""The score: 100 less what each rule took off."""

from collections.abc import Iterable

from rat.model.finding import READY, Finding

__all__ = ["HEAVY", "READY", "score_of"]

HEAVY = 12
"""A missing part that costs as many points keeps a ticket from being ready whatever its score."""


def score_of(findings: Iterable[Finding]) -> int:
    """0 (nothing to go on) to 100 (start work): 100 less the points of the findings, never below 0."""
    return max(0, min(100, round(100 - sum(finding.points for finding in findings))))
