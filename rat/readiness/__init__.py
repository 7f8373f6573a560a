"""How ready a ticket is: its type, what is missing, what is hard to act on, a score with reasons, questions."""

from rat.readiness.assess import assess, missing_parts
from rat.readiness.classify import classify
from rat.readiness.definitions import DEFINITION_OF_READY, DefinitionOfReady, parts_for
from rat.readiness.judge import is_ready, judge
from rat.readiness.questions import questions
from rat.readiness.report import as_text
from rat.readiness.rules import RULES
from rat.readiness.score import READY, score_of

__all__ = [
    "DEFINITION_OF_READY",
    "READY",
    "RULES",
    "DefinitionOfReady",
    "as_text",
    "assess",
    "classify",
    "is_ready",
    "judge",
    "missing_parts",
    "parts_for",
    "questions",
    "score_of",
]
