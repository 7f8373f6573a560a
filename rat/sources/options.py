"""The options that a decision weighed: which was chosen, and what spoke against the others."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rat.sources.decision import DECISION, OPTIONS, Decision
from rat.sources.headings import plain
from rat.sources.terms import terms

MAX_NAME = 80

_ITEM = re.compile(r"^ {0,1}(?:[-*+]|\d{1,2}[.)])\s+(.+)$")
_CHOSEN = re.compile(
    r"(?i)\b(?:chosen|selected|preferred) (?:option|alternative|solution)s?\W{0,6}(?:is\s+"
    r"|was\s+)?[\"“”'*_`\[]{0,3}(?P<name>[^\"“”\n]{2,120}?)"
    r"[\"“”*_`\]]{0,3}(?:\([^)]{0,200}\))?(?:,?\s+(?:because|since|as\b|due)|[,.;]|\s+[-\u2013\u2014]\s|$)"
)
_REFUSED = re.compile(
    r"(?i)(?:[:(\u2013\u2014-]|\*\*)\s*\**(?:was |were |is )?"
    r"(?:rejected|not chosen|not taken|discarded|declined|dismissed)\b"
)
_NOT_TAKEN = re.compile(r"(?i)(?:\d+[.)]\s+)?(?:alternatives?|rejected|other|considered alternatives)\b")
_PREFIX = re.compile(r"(?i)^(?:option|alternative|approach)\s*(?:\d{1,2}|[a-z])?\s*[:.)\u2013\u2014-]*\s*")
_TAIL = re.compile(r"\s+[-\u2013\u2014]\s.*$|:\s.*$|:$|\s*\(.*$|\.\s.*$|,\s.*$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    """An option by *name*; *quote* is what speaks against it (then *against* is true) or its own line, at *line*."""

    name: str
    quote: str
    line: int
    against: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Options:
    """The name of the chosen option ("" if that is not clear) and the other ones."""

    chosen: str = ""
    others: tuple[Option, ...] = ()


def read_options(decision: Decision) -> Options:
    """The options of *decision*: listed, or with a heading each; with no chosen one those that are called rejected."""
    found = {
        _key(option.name): option
        for option in reversed([*_with_heading(decision), *_listed(decision)])
        if _key(option.name)
    }
    chosen = _chosen(decision, list(found.values()))
    if not chosen and not _all_rejected(decision):
        return Options(others=tuple(option for option in found.values() if _REFUSED.search(option.quote)))
    mine = set(terms(chosen or decision.title))
    named = [(option, set(terms(option.name))) for option in found.values()]
    others = [option for option, its in named if not its <= mine and not (chosen and mine <= its)]
    return Options(chosen=chosen, others=tuple(sorted(others, key=lambda option: option.line)))


def _all_rejected(decision: Decision) -> bool:
    """Whether the options stand under a heading for what was not taken, such as "Alternatives considered"."""
    section = decision.section(OPTIONS)
    return section is not None and _NOT_TAKEN.match(section.title) is not None


def _listed(decision: Decision) -> Iterator[Option]:
    """The items of the list under "Considered options"; what speaks against one stands under its own heading."""
    section = decision.section(OPTIONS)
    if section is None:
        return
    document = decision.document
    for line in range(section.start + 1, section.end + 1):
        text = document.lines[line - 1].rstrip()
        if re.match(r"#{1,6}\s", text):
            return
        if item := _ITEM.match(text):
            yield Option(name=_name(item[1]), quote=item[1].strip(), line=line)


def _with_heading(decision: Decision) -> Iterator[Option]:
    """The options that have a heading below "Pros and cons" or "Options", with the first point against each."""
    document = decision.document
    weighed = [section for section in document.sections() if OPTIONS.match(section.title)]
    for section in document.sections():
        inside = any(outer.start < section.start <= outer.end and section.level == outer.level + 1 for outer in weighed)
        if not inside or OPTIONS.match(section.title) or len(section.title) > MAX_NAME:
            continue
        lines = [(number, document.lines[number - 1].strip()) for number in range(section.start + 1, section.end + 1)]
        against = [
            (number, re.sub(r"^[-*+]\s+", "", text))
            for number, text in lines
            if re.match(r"[-*+]\s+\W*(?:Bad|Con\b|Negative|Disadvantage)", text, re.I)
        ]
        number, quote = (
            against[0] if against else (section.start, re.sub(r"^#+\s*", "", document.lines[section.start - 1].strip()))
        )
        yield Option(name=_name(section.title), quote=quote, line=number, against=bool(against))


def _chosen(decision: Decision, options: list[Option]) -> str:
    """The option that the document calls chosen, else the only one that its title or first sentence names."""
    section = decision.section(DECISION)
    text = decision.document.below(section) if section else ""
    if stated := _CHOSEN.search(plain(text[:1_500].replace("\n", " "))) or _CHOSEN.search(text[:1_500]):
        name = plain(stated["name"])
        same = [option.name for option in options if _key(option.name) in _key(name) or _key(name) in _key(option.name)]
        return same[0] if same else name
    for said in (decision.title, plain(text[:300].replace("\n", " ")).split(". ")[0]):
        if re.search(r"(?i)\b(?:not|never|instead of|rather than|over)\b", said):
            continue
        spoken = set(terms(said))
        named = [option.name for option in options if set(terms(option.name)) and set(terms(option.name)) <= spoken]
        if len(named) == 1:
            return named[0]
    return ""


def _name(text: str) -> str:
    return _TAIL.sub("", _PREFIX.sub("", plain(text))).strip(" .\"“”'*")


def _key(name: str) -> str:
    return " ".join(terms(name))
