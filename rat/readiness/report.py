"""What `rat check` says to a person: the score, where the points went, and what to answer."""

import textwrap

from rat.model.finding import Finding
from rat.model.refinement import Refinement
from rat.readiness.judge import is_ready

WIDTH = 100


def as_text(refinement: Refinement) -> str:
    """A judged *refinement* in lines of at most about 100 characters, findings with their points, costliest first."""
    score = refinement.score.before if refinement.score else 0
    verdict = "ready" if is_ready(refinement) else "not ready"
    lines = [
        f"{refinement.ticket.key}: {refinement.ticket.title}",
        f"  {score} of 100: {verdict} ({refinement.type.value})",
    ]
    lines += [line for one in refinement.findings for line in _finding(one)]
    if refinement.questions:
        lines.append("  Questions to its author:")
    for number, one in enumerate(refinement.questions, start=1):
        lines += _wrapped(one.text, first=f"    {number}. ", rest="       ")
        lines += _wrapped(f"Until then: {one.assumption}", first="       ", rest="       ")
    return "\n".join(lines)


def _finding(one: Finding) -> list[str]:
    return _wrapped(one.message, first=f"  {-one.points:>6.1f}  ", rest=" " * 10) if one.points else []


def _wrapped(text: str, *, first: str, rest: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False)
