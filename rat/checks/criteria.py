"""Acceptance criteria: testable by their words, few, different from one another."""

import dataclasses
import re

from rat.model import AcceptanceCriterion, Finding, Proposal, Refinement, Severity
from rat.ports import Grounds

CHECK = "criteria"
MOST = 7
"""More criteria than these are a ticket that is too big, or padding (DESIGN §1)."""

# Terms that leave the verdict to the reader: superlatives, subjective language, ambiguous adverbs, loopholes
# (ISO/IEC/IEEE 29148:2018, 5.2.7 "Requirement language criteria").
_VAGUE = re.compile(
    r"\b(?:properly|correctly|appropriate(?:ly)?|adequate(?:ly)?|reasonabl[ey]|sufficient(?:ly)?|user[- ]friendly"
    r"|intuitive(?:ly)?|easy to use|easily|seamless(?:ly)?|smooth(?:ly)?|robust(?:ly)?|flexib(?:le|ly)|efficient(?:ly)?"
    r"|optimal(?:ly)?|as expected|works? (?:well|fine)|fast|quickly|slowly|nicely|gracefully|state[- ]of[- ]the[- ]art"
    r"|if possible|as needed|where applicable|as appropriate|and so on|etc)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d")


def vague_words(text: str) -> tuple[str, ...]:
    """The words of *text* that leave the verdict to the reader; a number beside them makes them testable."""
    return () if _NUMBER.search(text) else tuple(dict.fromkeys(word.lower() for word in _VAGUE.findall(text)))


def check(refinement: Refinement, _grounds: Grounds) -> tuple[Finding, ...]:
    """Findings for criteria that nobody can test, and for more of them than help."""
    criteria = refinement.proposal.acceptance_criteria if refinement.proposal else ()
    found = [
        _finding(f'A criterion cannot be tested as worded ({", ".join(words)}): "{item.text[:160]}"', Severity.BLOCKER)
        for item in criteria
        if (words := vague_words(item.text))
    ]
    if len(criteria) > MOST:
        found.append(_finding(f"{len(criteria)} acceptance criteria are more than {MOST}.", Severity.WARNING))
    return tuple(found)


def kept(proposal: Proposal) -> Proposal:
    """*proposal* with each criterion once and no more than MOST of them, the first ones."""
    different: dict[str, AcceptanceCriterion] = {}
    for item in proposal.acceptance_criteria:
        different.setdefault(" ".join(re.findall(r"\w+", item.text.lower())), item)
    return dataclasses.replace(proposal, acceptance_criteria=tuple(different.values())[:MOST])


def _finding(message: str, severity: Severity) -> Finding:
    return Finding(check=CHECK, severity=severity, message=message, agent="tester")
