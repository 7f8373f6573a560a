# ruff: noqa: E501
"""What kind of work a ticket asks for: what it is declared as, else its labels, its title, its headings, its words."""

import re

from rat.model.ticket import Ticket, TicketType, TrackerKind
from rat.readiness.language import OBSERVED, phrases
from rat.readiness.reading import Reading, read
from rat.readiness.vocabulary import parts_of

_DECLARED: dict[str, TicketType] = {
    **dict.fromkeys(("bug", "defect", "regression", "crash", "incident", "fehler", "anomalie", "error", "erro", "ошибка"), TicketType.BUG),
    **dict.fromkeys(("story", "user story", "feature", "improvement", "enhancement", "new feature", "feat", "anforderung", "historia", "récit"), TicketType.STORY),
    **dict.fromkeys(("task", "sub task", "subtask", "chore", "maintenance", "refactor", "refactoring", "tech debt", "technical debt", "documentation", "docs", "dependencies", "aufgabe", "tâche", "tarea", "tarefa", "задача"), TicketType.TASK),
    **dict.fromkeys(("epic", "initiative", "theme", "épica"), TicketType.EPIC),
    **dict.fromkeys(("rfe", "feature request", "enhancement request", "request for enhancement", "proposal", "rfc", "kep"), TicketType.RFE),
    **dict.fromkeys(("spike", "research", "investigation", "discovery", "poc"), TicketType.SPIKE),
    **dict.fromkeys(("question", "support", "help", "help wanted?", "q&a", "usage", "frage"), TicketType.QUESTION),
}  # fmt: skip
_LABEL_PREFIX = re.compile(r"^(?:type|kind|issue[ -]?type|category|t|k)\s*[:/=-]\s*", re.IGNORECASE)
_TITLE_PREFIX = re.compile(r"^\s*(?:\[\s*([^\]\n]{2,30}?)\s*\]|([A-Za-z][\w -]{1,20}?)(?:\([^)\n]{1,40}\))?\s*:(?!:))")
_STORY = phrases(
    "as (?:an?|the|our|any|every|each) [^\\n,]{2,60},? i (?:want|need|would|can)",
    "als [^\\n,]{2,60} (?:möchte|will) ich",
    "en tant que?",
    "como [^\\n,]{2,60},? (?:quiero|quero)",
    "in qualità di",
    "как [^\\n,]{2,60},? я хочу",
)
_QUESTION = phrases(
    "how (?:do|can|should|to) ",
    "is (?:it|there) ",
    "what is the (?:best|right)",
    "can i ",
    "why (?:do|does|is) ",
    "wie kann",
    "comment faire",
    "¿?cómo",
)
_SPIKE = phrases(
    "investigate",
    "evaluate",
    "research",
    "explore",
    "find out",
    "compare",
    "analy[sz]e",
    "prototype",
    "feasibility",
    "proof of concept",
    "untersuchen",
    "evaluieren",
    "étudier",
    "investigar",
)
_TASK = phrases(
    "refactor\\w*", "rename", "remove", "delete", "upgrade", "update", "bump", "migrate", "document", "clean ?up", "drop", "deprecate", "extract", "move", "replace", "convert", "configure", "set up", "write", "release", "rewrite",
)  # fmt: skip
_WISH = phrases(
    "feature request", "would be (?:nice|good|great|useful|helpful)", "please add", "offer", "support (?:for|of)", "allow\\w*", "enable", "add(?:ing)?", "introduce", "provide", "implement", "make it possible", "ability to", "option to", "it would",
)  # fmt: skip
_REQUEST = phrases(
    "feature request", "would be (?:nice|good|great|useful|helpful|handy)", "please add", "(?:should|could) (?:support|allow|provide|offer|have|be possible|be able)", "would like to (?:see|have|be able)", "i propose", "ability to", "it would help", "wäre (?:schön|gut)", "serait (?:bien|utile)", "sería (?:útil|bueno)",
)  # fmt: skip
_FAULT = phrases(
    "bug", "error", "exception", "crash\\w*", "fail\\w*", "broken?", "wrong(?:ly)?", "incorrect\\w*", "regress\\w*", "does(?:n't| not)", "is(?:n't| not)", "can(?:not|'t)", "not working", "unexpected\\w*", "traceback", "hang\\w*", "leak\\w*", "invalid", "incomplete(?:ly)?", "inaccurate", "misleading", "unable to", "\\w+(?:Error|Exception)",
    "fehler\\w*", "funktioniert nicht", "stürzt", "erreur", "ne fonctionne", "falla", "no funciona", "não funciona", "errore", "ошибк\\w*", "не работает", "错误", "报错", "无法", "エラー", "動かない", "오류",
)  # fmt: skip
_BUG_PARTS = (
    "steps to reproduce",
    "reproduce",
    "expected behavio",
    "expected result",
    "expected outcome",
    "actual",
    "traceback",
    "bug summary",
    "bug description",
)
_RFE_PARTS = (
    "motivation",
    "non-goals",
    "proposal",
    "drawbacks",
    "alternatives",
    "design details",
    "guide-level",
    "user stories",
    "unresolved questions",
    "graduation criteria",
)
_RFE_HEADINGS = 3
_RFE_FILE = re.compile(
    r"(?:^|[/\\])(?:rfes?|rfcs?|keps?|proposals|enhancements)[/\\]|^rf[ce][-_ ]?\d+|[/\\]rf[ce][-_ ]?\d+", re.IGNORECASE
)


def classify(ticket: Ticket) -> TicketType:
    """The ticket's type, from the surest sign to the weakest."""
    for sign in (ticket.declared_type, *ticket.labels):
        if found := _named(sign):
            return found
    if (match := _TITLE_PREFIX.match(ticket.title[:200])) and (found := _named(match[1] or match[2])):
        return found
    if ticket.ref.tracker is TrackerKind.FILE and _RFE_FILE.search(ticket.ref.key):
        return TicketType.RFE
    return _by_text(ticket.title[:1000], read(ticket))


def _named(sign: str) -> TicketType | None:
    plain = re.sub(r"[\s_-]+", " ", _LABEL_PREFIX.sub("", sign[:80].strip())).casefold().strip(" :")
    return _DECLARED.get(plain)


def _by_text(title: str, reading: Reading) -> TicketType:
    headings = "\n".join(section.heading.casefold() for section in reading.sections)
    if sum(part in headings for part in _RFE_PARTS) >= _RFE_HEADINGS:
        return TicketType.RFE
    shown = {part for section in reading.sections for part in parts_of(section.heading)}
    if (
        any(part in headings for part in _BUG_PARTS)
        or {"steps", "expected"} <= shown
        or {"expected", "actual"} <= shown
    ):
        return TicketType.BUG
    if _STORY.search(title) or _STORY.search(reading.prose):
        return TicketType.STORY
    return _by_title(title) or _by_words(title, reading)


def _by_title(title: str) -> TicketType | None:
    if _SPIKE.match(title):
        return TicketType.SPIKE
    if _TASK.match(title):
        return TicketType.TASK
    if _QUESTION.match(title) or (title.rstrip().endswith("?") and not _FAULT.search(title)):
        return TicketType.QUESTION
    return None


def _by_words(title: str, reading: Reading) -> TicketType:
    if _FAULT.search(title) or any("Traceback" in block or "Error" in block for block in reading.code):
        return TicketType.BUG
    if _WISH.search(title):
        return TicketType.STORY
    if _REQUEST.search(reading.prose):
        return TicketType.STORY
    if _FAULT.search(reading.prose) or OBSERVED.search(f"{title}\n{reading.prose}"):
        return TicketType.BUG
    if _WISH.search(reading.prose):
        return TicketType.STORY
    return TicketType.BUG if reading.code else TicketType.TASK
