"""What a decision rules out: options it did not choose, things it forbids or replaces, and what it chose instead."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from rat.sources.clauses import Clause, clauses_of
from rat.sources.decision import CONSEQUENCES, DECISION, Decision
from rat.sources.options import Options, read_options
from rat.sources.status import DecisionStatus
from rat.sources.terms import names_in, terms

MAX_TERMS = 6
"""A subject of more words is a description, which no ticket will repeat."""
MIN_SENTENCE, MAX_SENTENCE = 10, 600


class Ruling(StrEnum):
    """Why a ticket that asks for the subject goes against the decision."""

    NOT_CHOSEN = "considered and not chosen"
    FORBIDDEN = "ruled out"
    REJECTED = "proposed and rejected"
    CHOSEN = "decided on"


@dataclass(frozen=True, kw_only=True, slots=True)
class Ruled:
    """A subject that a decision speaks on, *name* as written.

    *terms* are what a ticket must ask for; *matter* is what the decision is about by its title, and *near* what stands
    by the subject (the chosen option, the rest of the clause): a ticket must be about some of it too. *quote* is the
    passage that says so, byte for byte, and *line* where it begins.
    """

    ruling: Ruling
    name: str
    terms: frozenset[str]
    matter: frozenset[str]
    near: frozenset[str]
    quote: str
    line: int


_GENERIC = frozenset(
    terms(
        """add adopt create introduce run build choose select pick provide implement implementation write store
        move switch replace migrate integrate enable process service system team project code data approach
        solution option status quo nothing custom current existing own everything all several component
        application tool configuration documentation performance security cost server client database test
        manual automatic internal external static dynamic default simple other idea syntax example version
        library framework platform support manage hosted managed"""
    )
)
_WEAK = frozenset(
    terms(
        """long one end old last include remove stay full part whole keep way first next week month year day new
        never avoid themselves touch time always thing case two three"""
    )
)
_SENTENCE = re.compile(
    r"(?<!e\.g)(?<!i\.e)(?<=[^\W_][.!?;])\s+|(?<=[)\"”`*][.!?;])\s+|\n\s*(?:[-*+]|\d+[.)])\s+|\n\s*\n"
)
_VAGUE = re.compile(
    r"(?i)\b(?:it|this|that|these|those|they|them|anything|everything|nothing|something|there|what|any)\b"
)
_LED = re.compile(
    r"(?i)(?:use|adopt|choose|select|we (?:will )?use|replace .{1,40} (?:with|by)|migrate (?:from .{1,40} )?to"
    r"|move to"
    r"|switch to|run on)\s+"
)
_HEAD = re.compile(r"(?i)\s(?:for|in|as|to|when|between|on|of|over|with)\s")


def rulings_of(decision: Decision) -> tuple[Ruled, ...]:
    """What *decision* rules out, from its options, its decision and its consequences; nothing if it is no rule."""
    if decision.status is DecisionStatus.REJECTED:
        return tuple(_of_rejected(decision))
    unstated = decision.status is DecisionStatus.UNKNOWN and not decision.raw_status and not decision.superseded_by
    if not (decision.in_force or unstated):
        return ()
    options = read_options(decision)
    return (*_of_options(decision, options), *_of_clauses(decision), *_of_choice(decision, options))


def named_terms(text: str) -> frozenset[str]:
    """The terms of the names in *text* if these are half of it or more; else all its terms."""
    every, names = frozenset(terms(text)), frozenset(terms(" ".join(names_in(text))))
    return names if 2 * len(names) >= len(every) else every


def _is_subject(found: frozenset[str]) -> bool:
    """Whether these terms tell one thing from another: not all of them words that fit anything, none a bare number."""
    return bool(found) and not found <= _GENERIC | _WEAK and not any(term.isdigit() for term in found)


def _matter(decision: Decision, but: frozenset[str]) -> frozenset[str]:
    """The words of the title that say what the decision is about, without names and without *but*."""
    first, *rest = decision.title.split() or [""]
    headline = all(word[:1].isupper() for word in rest if len(word) > 3)  # noqa: PLR2004 - "Use a Private Endpoint"
    about = rest if headline else [word for word in rest if not word[:1].isupper()]
    return frozenset(terms(" ".join([first, *about]))) - but - _GENERIC - _WEAK


def _of_options(decision: Decision, options: Options) -> Iterator[Ruled]:
    chosen = frozenset(terms(options.chosen))
    stated = _stated(decision, chosen)
    for option in options.others:
        found = named_terms(option.name) - chosen
        if not _is_subject(found) or len(terms(option.name)) > MAX_TERMS:
            continue
        quote, line = (option.quote, option.line) if option.against or not stated else stated
        yield Ruled(
            ruling=Ruling.NOT_CHOSEN,
            name=option.name,
            terms=found,
            matter=_matter(decision, found | chosen),
            near=(chosen or frozenset(terms(option.quote)) - found - _WEAK) - _GENERIC,
            quote=quote,
            line=line,
        )


def _of_clauses(decision: Decision) -> Iterator[Ruled]:
    for text, line in _sentences(decision):
        for clause in clauses_of(text):
            found = _clause_terms(clause)
            if found and _is_subject(found) and len(found) <= MAX_TERMS:
                yield Ruled(
                    ruling=Ruling.FORBIDDEN,
                    name=clause.subject,
                    terms=found,
                    matter=_matter(decision, found),
                    near=frozenset(terms(text)) - found - _GENERIC - _WEAK,
                    quote=text,
                    line=line,
                )


def _clause_terms(clause: Clause) -> frozenset[str]:
    """The terms of a clause: a name alone; else the subject with its place and the action on it, two words at least."""
    if _VAGUE.search(clause.subject):
        return frozenset()
    subject = named_terms(clause.subject)
    if names_in(clause.subject):
        return subject
    whole = subject | named_terms(clause.place) | frozenset(terms(clause.action))
    is_proper = len(clause.subject.split()) == 1 and clause.subject[:1].isupper()
    return whole if len(whole) > 1 or is_proper else frozenset()


def _of_rejected(decision: Decision) -> Iterator[Ruled]:
    """What a rejected decision proposed, by its title."""
    found = named_terms(decision.title)
    quote, line = next(_sentences(decision), (decision.document.lines[0], 1))
    if _is_subject(found):
        matter = frozenset(terms(decision.title)) - found - _GENERIC - _WEAK
        yield Ruled(
            ruling=Ruling.REJECTED,
            name=decision.title,
            terms=found,
            matter=matter,
            near=frozenset(),
            quote=quote,
            line=line,
        )


def _of_choice(decision: Decision, options: Options) -> Iterator[Ruled]:
    """What was chosen: a ticket that wants to be rid of it goes against the decision."""
    led = _LED.match(decision.title)
    headed = _HEAD.split(decision.title[led.end() :])[0] if led else " ".join(names_in(decision.title))
    name = options.chosen or headed
    found = named_terms(name)
    stated = _stated(decision, found)
    if stated and _is_subject(found):
        yield Ruled(
            ruling=Ruling.CHOSEN,
            name=name,
            terms=found,
            matter=_matter(decision, found),
            near=frozenset(),
            quote=stated[0],
            line=stated[1],
        )


def _stated(decision: Decision, found: frozenset[str]) -> tuple[str, int] | None:
    """The first sentence of the decision that has all of these terms, with its line."""
    return next(((text, line) for text, line in _sentences(decision) if found and found <= set(terms(text))), None)


def _sentences(decision: Decision) -> Iterator[tuple[str, int]]:
    """The sentences of the decision and its consequences, byte for byte, with the line that each begins on."""
    document = decision.document
    own = document.title.line if document.title else 0
    for section in document.sections():
        if section.start == own or not (DECISION.match(section.title) or CONSEQUENCES.match(section.title)):
            continue
        text = document.below(section)
        first = section.end - text.count("\n")
        at = 0
        for gap in [*_SENTENCE.finditer(text), None]:
            piece = text[at : gap.start() if gap else len(text)]
            sentence = piece.strip(" \t\r\n").lstrip("-*+> \t")
            if MIN_SENTENCE <= len(sentence) <= MAX_SENTENCE and not sentence.startswith(("#", "|", "```")):
                yield sentence, first + text[: at + piece.index(sentence)].count("\n")
            at = gap.end() if gap else len(text)
