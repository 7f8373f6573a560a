"""Which parts of a definition of ready a ticket has: under a heading, or said without one, and with something in it."""

import re
from collections.abc import Callable
from enum import StrEnum

from rat.readiness import language
from rat.readiness.lines import ITEM, Section
from rat.readiness.reading import Reading
from rat.readiness.substance import content, specifics, words
from rat.readiness.vocabulary import introduces


class PartState(StrEnum):
    """*thin*: there is a heading or a sentence for it, but not enough in it to act on."""

    MISSING = "missing"
    THIN = "thin"
    PRESENT = "present"


FEW = 2
"""Steps, criteria, words in common: one may be chance, two are meant."""

_ORDERED = re.compile(r"^\s*\d{1,3}[.)]\s+\S", re.MULTILINE)
_CHECKBOX = re.compile(r"^\s*[-*+]\s+\[[ xX]\]\s+(\S.*)", re.MULTILINE)
_GHERKIN = re.compile(
    r"^\W*(?:given|when|then|gegeben|wenn|dann|étant donné|quand|alors|dado|cuando|entonces)\b", re.IGNORECASE
)
_INPUT = re.compile(r"^\s*(?:>>>|In ?\[|Out ?\[|\$ |[#%] \w)", re.MULTILINE)
_CHILD = re.compile(r"(?:^|\s)#\d+\b|\b[A-Z][A-Z0-9]{1,9}-\d+\b")
_TRACE = re.compile(
    r"Traceback \(most recent|^\s*File \"|^\s*at [\w.$<>]+\(|\b\w*(?:Error|Exception|Warning|panic)\b", re.MULTILINE
)


def state_of(part: str, reading: Reading) -> PartState:
    """How well *reading* fills *part*: the best of what stands under its headings and what is said elsewhere."""
    under = [section for section in reading.sections if section.heading and introduces(section.heading, part)]
    states = [_section_state(part, section, reading) for section in under]
    if spoken := _SPOKEN.get(part):
        states.append(spoken(reading))
    order = (PartState.PRESENT, PartState.THIN)
    return next((state for state in order if state in states), PartState.MISSING)


def _section_state(part: str, section: Section, reading: Reading) -> PartState:
    """Presence alone is not enough: a section must name something, or speak of what the ticket speaks of."""
    if section.empty:
        return PartState.MISSING
    if needed := _NEEDS.get(part):
        return PartState.PRESENT if needed(section, reading) else PartState.THIN
    return PartState.PRESENT if _tied(section, reading) else PartState.THIN


def _tied(section: Section, reading: Reading) -> bool:
    if section.code or specifics(section.text):
        return True
    here = content(section.text)
    elsewhere = content(reading.title).union(
        *(content(other.text) for other in reading.sections if other is not section)
    )
    return len(here) >= FEW and bool(here & elsewhere) and not vague(section.text)


def _steps_section(section: Section, _: Reading) -> bool:
    return bool(section.code or specifics(section.text)) or len(_ORDERED.findall(section.text)) >= FEW


def _environment_section(section: Section, _: Reading) -> bool:
    return bool(specifics(section.text) or section.code or language.SYSTEM.search(section.text))


def _criteria_section(section: Section, reading: Reading) -> bool:
    lines = [ITEM.sub("", line) for line in section.text.split("\n") if line.strip()]
    checkable = [line for line in lines if not untestable(line)]
    return bool(section.code or specifics(section.text)) or (len(checkable) >= FEW and _tied(section, reading))


def _alternatives_section(section: Section, reading: Reading) -> bool:
    return bool(language.CHOICE.search(section.text)) or _tied(section, reading)


def untestable(text: str) -> bool:
    """Whether a criterion names nothing to look at: only vague words, or fewer than two words of its own."""
    return not specifics(text) and (vague(text) or len(content(text)) < FEW)


def vague(text: str) -> bool:
    """Whether *text* leans on words that everybody understands differently."""
    return bool(language.VAGUE.search(text) or language.UNNAMED.search(text))


_NEEDS: dict[str, Callable[[Section, Reading], bool]] = {
    "steps": _steps_section,
    "environment": _environment_section,
    "acceptance-criteria": _criteria_section,
    "alternatives": _alternatives_section,
    "time-box": lambda section, _: bool(language.TIME.search(section.text) or specifics(section.text)),
    "success-measure": lambda section, _: bool(language.MEASURE.search(section.text)),
}


def _graded(pattern: re.Pattern[str]) -> Callable[[Reading], PartState]:
    """Present where a sentence that says it also pins something down, thin where it only says it."""

    def state(reading: Reading) -> PartState:
        said = [sentence for sentence in reading.sentences if pattern.search(sentence)]
        topic = content(reading.title)
        if any(specifics(one) or (len(content(one) & topic) >= FEW and not vague(one)) for one in said):
            return PartState.PRESENT
        return PartState.THIN if said else PartState.MISSING

    return state


def _steps(reading: Reading) -> PartState:
    if any(not _TRACE.match(block.lstrip()) or _INPUT.search(block) for block in reading.code):
        return PartState.PRESENT
    if any(len(_ORDERED.findall(section.text)) >= FEW for section in reading.sections):
        return PartState.PRESENT
    said = [sentence for sentence in reading.sentences if language.TRIGGER.search(sentence)]
    exact = any(specifics(sentence) for sentence in said)
    return PartState.PRESENT if exact else PartState.THIN if said else PartState.MISSING


def _expected(reading: Reading) -> PartState:
    if language.SHOULD.search(reading.title) and len(content(reading.title)) > FEW:
        return PartState.PRESENT
    topic = content(reading.title)
    results = [content(one) for one in reading.sentences if language.RESULT.search(one) and not vague(one)]
    if any(len(said) > FEW and said & topic for said in results):
        return PartState.PRESENT
    return _graded(language.SHOULD)(reading)


def _actual(reading: Reading) -> PartState:
    if any(_TRACE.search(block) or _INPUT.search(block) for block in reading.code):
        return PartState.PRESENT
    if language.OBSERVED.search(reading.title) and specifics(reading.title):
        return PartState.PRESENT
    return _graded(language.OBSERVED)(reading)


def _environment(reading: Reading) -> PartState:
    text = "\n".join((reading.title, reading.prose, *(block[:4000] for block in reading.code)))
    return PartState.PRESENT if language.VERSION.search(text) or language.SYSTEM.search(text) else PartState.MISSING


def _criteria(reading: Reading) -> PartState:
    steps = sum(bool(_GHERKIN.match(sentence)) for sentence in reading.sentences)
    boxes = [box for section in reading.sections for box in _CHECKBOX.findall(section.text)]
    if steps >= FEW or sum(not untestable(box) for box in boxes) >= FEW:
        return PartState.PRESENT
    topic = content(reading.title)
    done = [sentence for sentence in reading.sentences if language.DONE.search(sentence)]
    if any(specifics(one) or (content(one) & topic and not untestable(one)) for one in done):
        return PartState.PRESENT
    musts = [sentence for sentence in reading.sentences if language.SHOULD.search(sentence)]
    firm = [sentence for sentence in musts if specifics(sentence)]
    return PartState.PRESENT if len(firm) >= FEW else PartState.THIN if musts or boxes else PartState.MISSING


def _goal(reading: Reading) -> PartState:
    if any(specifics(sentence) and len(words(sentence)) > FEW for sentence in reading.sentences):
        return PartState.PRESENT
    return PartState.THIN if reading.sentences or len(content(reading.title)) > FEW else PartState.MISSING


def _breakdown(reading: Reading) -> PartState:
    named = {child for section in reading.sections for child in _CHILD.findall(section.text)}
    return PartState.PRESENT if len(named) >= FEW else PartState.THIN if len(reading.items) > FEW else PartState.MISSING


def _question(reading: Reading) -> PartState:
    asked = [sentence for sentence in (reading.title, *reading.sentences) if sentence.endswith(("?", "\uff1f"))]
    if any(specifics(sentence) or len(content(sentence)) > FEW for sentence in asked):
        return PartState.PRESENT
    return PartState.THIN if asked else PartState.MISSING


def _tried(reading: Reading) -> PartState:
    return PartState.PRESENT if reading.code else PartState.THIN if specifics(reading.prose) else PartState.MISSING


def _timed(reading: Reading) -> PartState:
    return (
        PartState.PRESENT
        if any(language.TIME.search(sentence) for sentence in reading.sentences)
        else PartState.MISSING
    )


def _measured(reading: Reading) -> PartState:
    return PartState.PRESENT if language.MEASURE.search(reading.prose) else PartState.MISSING


_SPOKEN: dict[str, Callable[[Reading], PartState]] = {
    "steps": _steps,
    "expected": _expected,
    "actual": _actual,
    "environment": _environment,
    "value": _graded(language.VALUE),
    "acceptance-criteria": _criteria,
    "scope": _graded(language.LIMIT),
    "goal": _goal,
    "breakdown": _breakdown,
    "success-measure": _measured,
    "problem": _graded(language.VALUE),
    "proposal": _graded(language.SHOULD),
    "alternatives": _graded(language.CHOICE),
    "question": _question,
    "time-box": _timed,
    "tried": _tried,
}
