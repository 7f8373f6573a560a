"""Sentences that rule something out: "we do not use X", "no new X are created", "X instead of Y"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rat.sources.headings import plain

_STOP = (
    r"(?=[,;.:]|\s(?:because|since|so that|unless|except|but|until|if|when|which|that|who|where|while|due to|for the"
    r"|and (?:do|does|will|must|we))\b|$)"
)
_OBJECT = r"(?P<object>[^,;.:()\n]{2,120}?)" + _STOP
_DONE = (
    r"(?:used|stored|kept|allowed|permitted|accepted|supported|added|created|written|processed|run|deployed"
    r"|introduced"
    r"|put|sent|exposed|called|built|merged|committed|installed|hosted|shared|logged|saved)"
)
_ENDED = (
    r"(?:forbidden|prohibited|banned|disallowed|avoided|ruled out|removed|retired|dropped|decommissioned|shut down"
    r"|phased out|replaced|deprecated|rejected)"
)
_ENDING = r"(?:remove|retire|decommission|drop|phase out|shut down|deprecate)"
_SHUN = r"(?:avoid|stop using|refrain from(?: using)?|forbid|prohibit|ban|disallow)"
_PREFERRED = r"(?:cho(?:se|ose|sen)|prefer(?:red)?|select(?:ed)?|pick(?:ed)?|use|favou?r(?:ed)?)"
_AGAINST = r"(?:reject(?:ed)?|rule[ds]? out|decided? against|dismiss(?:ed)?|discard(?:ed)?|turned down)"
_LEAVE = r"(?:replac\w+|migrat\w+ (?:away )?from|mov\w+ (?:away )?from)"
_VERB = r"(?P<verb>(?!be\b|have\b|need\b|want\b|only\b)[a-z]+)"
_DENIED = r"(?:not|never|no longer)"
_PASSIVE = (
    rf"(?P<subject>[^,;.:()\n]{{2,100}}?)\s+(?:must|shall|should|may|can|will|are|is)\s*{_DENIED}\s+(?:to\s+)?(?:be\s+)?"
    rf"{_DONE}(?:\s+or\s+\w+ed)?\b(?P<where>[^,;.:()\n]{{0,100}}?){_STOP}"
)
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        _PASSIVE,
        rf"(?P<subject>[^,;.:()\n]{{2,60}}?)\s+(?:is|are|was|were|will be|has been|have been)\s+{_ENDED}\b(?P<where>)",
        rf"\b(?:do(?:es)?|will|shall|should|must|may|can)\s*{_DENIED}\s+{_VERB}\s+{_OBJECT}",
        rf"\b(?:don'?t|won'?t|mustn'?t|shouldn'?t|cannot|never)\s+(?!\w+(?:ed|ept|own)\b){_VERB}\s+{_OBJECT}",
        r"\bno (?:new|more|further)\s+(?P<object>[^,;.:()\n]{2,80}?)\s+(?:is|are|(?:will|may|must|shall|can) be)\b",
        rf"\b{_SHUN}\s+(?:using |the use of )?{_OBJECT}",
        rf"\b(?:instead of|rather than)\s+(?:using |with |by |in |on )?{_OBJECT}",
        rf"\b{_PREFERRED}\s+[^.;\n]{{1,60}}?\s+over\s+{_OBJECT}",
        rf"\b(?:we|it was|have|has)\s+(?:also |again )?{_AGAINST}\s+(?:using |the use of )?{_OBJECT}",
        rf"\b{_LEAVE}\s+(?P<object>[^,;.:()\n]{{2,60}}?)\s+(?:with|by|to)\s",
        rf"^\W*(?:we (?:will )?)?{_ENDING}\s+(?:support for |the )?{_OBJECT}",
    )
)
_EXAMPLES = re.compile(r"(?i)\s+(?:such as|like|e\.g\.|for example|including)\s+")
_OTHERS = re.compile(r"(?i)\s*(?:,|\bor\b|\band\b|/)\s*(?:any other\s+|other\s+)?")
_WHERE = re.compile(r"(?i)\s(?:in|for|within|inside|at|on|outside of)\s")
_PLAIN_VERBS = frozenset(
    ["use", "add", "create", "introduce", "adopt", "have", "support", "allow", "run", "build", "need", "want"]
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Clause:
    """What a sentence rules out: *subject* as written, and what must come with it: the *action* on it, a *place*."""

    subject: str
    action: str = ""
    place: str = ""


def clauses_of(sentence: str) -> Iterator[Clause]:
    """What *sentence* (Markdown) rules out; each alternative of "neither X nor Y" is one."""
    text = plain(sentence.replace("\n", " "))
    for pattern in _PATTERNS:
        for found in pattern.finditer(text):
            yield from _alternatives(found.groupdict())


def _alternatives(parts: dict[str, str | None]) -> Iterator[Clause]:
    verb = (parts.get("verb") or "").lower()
    action = "" if verb in _PLAIN_VERBS else verb
    thing, *where = _WHERE.split(parts.get("object") or "", maxsplit=1)
    places = _split(parts.get("where") or " ".join(where)) or [""]
    for subject in _split(parts.get("subject") or thing):
        yield from (Clause(subject=subject, action=action, place=place) for place in places)


def _split(phrase: str) -> list[str]:
    """The parts of *phrase*: "mappers such as GORM or Ent" are three, the kind and each example."""
    kind, *examples = _EXAMPLES.split(phrase, maxsplit=1)
    return [part.strip() for text in (kind, *examples) for part in _OTHERS.split(text) if part.strip()]
