# ruff: noqa: E501
"""What makes a text hard to act on: too little that is named, doubt, vagueness, several things in one."""

import re
from collections.abc import Callable, Iterator

from rat.model.finding import Finding
from rat.readiness import language
from rat.readiness.gibberish import gibberish
from rat.readiness.parts import PartState, state_of
from rat.readiness.reading import Reading
from rat.readiness.rules import finding
from rat.readiness.substance import content, specifics, words

ENOUGH = 8
"""Distinct names, numbers and quotations after which more add nothing to the score."""

SLIGHT = 0.15
"""Share of a rule's points below which it is not worth a line."""

CODE_COUNTS = 2
"""Blocks of code that count as specifics, one each."""

TOLD = 2
"""Specifics that a text must have beside its picture or link; lines that may be said twice."""

LONG = 20_000
"""Characters after which a description is too long to be read before starting."""

SCREEN = 1_000
"""Characters of code and logs that are read without scrolling, about."""

DENSE = 0.15
"""Specifics for each word of prose after which a text counts as to the point."""

_LONGEST_DEMAND, _LONGEST_SENTENCE, _LONGEST_QUOTE, _BEFORE = 300, 2_000, 120, 40
_SAME_LIMIT = 3
"""Words that two limits must share to be about the same thing."""
_FIGURE = re.compile(r"(?<![\w.])\d+(?:[.,]\d+)*")
_LIMIT = re.compile(
    r"\b(?:within|at (?:most|least)|no (?:more|less|longer|later) than|up to|maximum|minimum|limit(?:ed)? (?:to|of|is))\b",
    re.IGNORECASE,
)
_LINK = re.compile(r"https?://\S{1,500}")
_POINTER = re.compile(
    r"https?://|(?:^|\s)#\d+\b|\b[A-Z][A-Z0-9]{1,9}-\d+\b|(?<![\w/.-])[\w/.-]{1,200}\.(?:py|js|ts|go|rs|java|rb|c|h|cpp|cs|php|kt|md|rst|toml|ya?ml|cfg|ini|json|sql|sh)\b|\b[0-9a-f]{8,40}\b"
)
_EITHER = re.compile(
    r"\b(?:should|could|either|whether|maybe|perhaps|would)\b[^.!?\n]{1,160}?\bor\b(?! later\b| more\b| so\b| not\b)",
    re.IGNORECASE,
)
_ALSO = re.compile(
    r"^(?:also|additionally|furthermore|moreover|besides|while (?:you are|we are|we're|you're) at it|another (?:thing|issue|problem|bug)|second(?:ly)?|on top of that|außerdem|de plus|además|também|inoltre|кроме того|另外|また)\b",
    re.IGNORECASE,
)
_TRACE = re.compile(r"Traceback \(most recent|^\s*at [\w.$<>]+\(|\b\w+(?:Error|Exception)\b", re.MULTILINE)


def few_specifics(reading: Reading) -> Iterator[Finding]:
    """Costs the more, the fewer distinct things are named; code counts with the first lines of each block."""
    named = len(specifics(reading.title + "\n" + reading.prose)) + min(len(reading.code), CODE_COUNTS)
    if 1 - named / ENOUGH > SLIGHT:
        say = f"Only {named} thing{'s' * (named != 1)}" if named else "Nothing"
        yield finding("few-specifics", f"{say} in it can be looked up.", share=1 - named / ENOUGH)


def diluted(reading: Reading) -> Iterator[Finding]:
    """Costs the more, the more words stand around each specific; code without a word costs as much as words without one."""
    count, named = len(words(reading.prose)), len(specifics(reading.prose))
    share = 1 - named / max(count, 1) / DENSE
    if not count and reading.code:
        yield finding("code-alone", "There is code, but no sentence about it.")
    elif not count:
        yield finding("diluted", "The description is empty.")
    elif share > SLIGHT:
        yield finding("diluted", f"Its {count} words name {named or 'nothing'} that can be looked up.", share=share)


def no_pointer(reading: Reading) -> Iterator[Finding]:
    """Neither link nor file, commit or ticket."""
    if not _POINTER.search(reading.title + "\n" + reading.prose):
        where = "Beside its code, no" if reading.code else "No"
        yield finding("no-pointer", f"{where} link, file, commit or other ticket is named.")


def author_unsure(reading: Reading) -> Iterator[Finding]:
    """The author says that they do not know."""
    if doubt := _first(language.UNSURE, reading.sentences):
        yield finding("author-unsure", f"This is left open: {doubt}.")


def undecided(reading: Reading) -> Iterator[Finding]:
    """Two ways are offered and none is chosen."""
    if choice := _first(_EITHER, reading.sentences):
        yield finding("undecided", f"This leaves a choice open: {choice}.")


def error_alone(reading: Reading) -> Iterator[Finding]:
    """A stack trace or an error, and no word on what should happen."""
    if any(_TRACE.search(block) for block in reading.code) and state_of("expected", reading) is not PartState.PRESENT:
        yield finding("error-alone", "There is an error, but not what should happen in its place.")


def long_code(reading: Reading) -> Iterator[Finding]:
    """Code and logs of more than a screen or two; costs the more, the longer they are."""
    size = sum(map(len, reading.code)) - reading.folded
    share = (size - SCREEN) / (3 * SCREEN)
    if share > SLIGHT:
        message = f"There are {size:,} characters of code and logs in the open."
        yield finding("long-code", message, share=min(1, share))


def vague_words(reading: Reading) -> Iterator[Finding]:
    """Words in place of a name, and in the title and in demands words that everybody understands differently."""
    loose = [sentence for sentence in (reading.title, *reading.sentences) if not specifics(sentence)]
    wished = [sentence for sentence in loose if sentence == reading.title or language.SHOULD.search(sentence)]
    found = dict.fromkeys(
        match[0].casefold()
        for pattern, sentences in ((language.UNNAMED, loose), (language.VAGUE, wished))
        for sentence in sentences
        for match in pattern.finditer(sentence)
    )
    if found:
        yield finding(
            "vague-words", f"Vague: {', '.join(f'“{word}”' for word in list(found)[:4])}.", share=min(1, len(found) / 3)
        )


def several_requests(reading: Reading) -> Iterator[Finding]:
    """A second wish that starts with "also"."""
    if more := _first(_ALSO, reading.sentences):
        yield finding("several-requests", f"This looks like a second request: {more}.")


def elsewhere(reading: Reading) -> Iterator[Finding]:
    """What was said in a meeting or a chat."""
    for sentence in reading.sentences:
        if match := language.ELSEWHERE.search(sentence):
            yield finding("elsewhere", f"“{match[0]}” points to something that is not written here.")
            return


def media_alone(reading: Reading) -> Iterator[Finding]:
    """A picture or a link that has to be opened to know what is wanted."""
    plain = [_LINK.sub(" ", sentence) for sentence in reading.sentences]
    on_topic = any(len(content(sentence) & content(reading.title)) >= TOLD for sentence in plain)
    if reading.code or on_topic or len(specifics(" ".join(plain))) >= TOLD:
        return
    if reading.images:
        yield finding("picture-alone", "What matters is in a picture only.")
    elif reading.links:
        yield finding("link-alone", f"What matters is behind a link only ({reading.links[0][:80]}).")


def contradiction(reading: Reading) -> Iterator[Finding]:
    """Two demands that differ in a negation only, or set the same limit twice with different figures."""
    seen: dict[str, tuple[bool, list[str], str]] = {}
    for sentence in reading.sentences:
        limit = _LIMIT.search(sentence)
        if not (limit or language.SHOULD.search(sentence)) or len(sentence) > _LONGEST_DEMAND:
            continue
        negated, figures = bool(language.NEGATION.search(sentence)), _FIGURE.findall(sentence)
        key = " ".join(words(language.NEGATION.sub(" ", sentence)))  # words have no digits
        before = seen.setdefault(key, (negated, figures, sentence))
        opposed = before[0] != negated and before[1] == figures
        apart = limit and before[0] == negated and before[1] != figures and len(key.split()) >= _SAME_LIMIT
        if key and (opposed or apart):
            yield finding("contradiction", f"{quoted(before[2])} and {quoted(sentence)} cannot both hold.")
            return


def repeated(reading: Reading) -> Iterator[Finding]:
    """The same lines twice."""
    if reading.repeated >= TOLD:
        yield finding("repeated", f"{reading.repeated} lines say again what was said before.")


def too_long(reading: Reading) -> Iterator[Finding]:
    """More than anybody reads before starting."""
    if reading.length > LONG:
        yield finding("too-long", f"The description has {reading.length:,} characters.")


def quoted(sentence: str, at: int = 0) -> str:
    """*sentence* in quotation marks, cut at words to about a line that shows what stands *at* this place."""
    start = sentence.rfind(" ", 0, max(0, at - _BEFORE)) + 1 if at > _BEFORE else 0
    short = ("… " if start else "") + sentence[start : start + _LONGEST_QUOTE]
    if start + _LONGEST_QUOTE < len(sentence):
        short = short.rsplit(" ", 1)[0] + " …"
    return f"“{short.rstrip('.')}”"


def _first(pattern: re.Pattern[str], sentences: tuple[str, ...]) -> str:
    """The first sentence that *pattern* finds something in, quoted around it; empty if there is none."""
    for sentence in sentences:
        if match := pattern.search(sentence[:_LONGEST_SENTENCE]):
            return quoted(sentence, match.start())
    return ""


SMELLS: tuple[Callable[[Reading], Iterator[Finding]], ...] = (
    gibberish, few_specifics, diluted, author_unsure, undecided, error_alone, long_code, vague_words, several_requests, elsewhere, media_alone, contradiction, repeated, too_long,
)  # fmt: skip
"""To add a smell: a function here, its name in this tuple, its rule in `rules.py`, its line in docs/readiness.md."""

CODE_SMELLS: tuple[Callable[[Reading], Iterator[Finding]], ...] = (no_pointer,)
"""Smells of bugs and tasks, whose work starts at a place in the code; a wish may come without one."""
