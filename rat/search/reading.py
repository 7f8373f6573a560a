"""A ticket read for what it is made of: prose, code, logs, stack traces, paths, names, quoted text."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rat.search.kinds import CONFIGURATION, LANGUAGES
from rat.search.traces import Frame, frames_in, without_frames
from rat.search.words import spellings, words

BODY_CAP = 200_000
"""Characters of a body that are read; the rest of a longer one is log."""

SHORT = 2
"""Characters: a name as short as that is in every file."""

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_FENCE = re.compile(r"^[ \t>]*(```+|~~~+)([^\n]*)\n(.*?)(?:^[ \t>]*\1[ \t]*$|\Z)", re.DOTALL | re.MULTILINE)
_CHECKBOX = re.compile(r"^[ \t]*[-*] \[[ xX]\].*$", re.MULTILINE)
_BLOB = re.compile(r"https?://[^\s)>\]]{1,150}?/(?:blob|tree|blame|src)/[^\s/)>\]]+/([^\s#?)>\]]+)(?:#L(\d+))?")
_URL = re.compile(r"https?://[^\s)>\]]+|www\.[^\s)>\]]+")
_IMAGE = re.compile(r"!\[[^\]]{0,300}\]\([^)]{0,2000}\)|<img[^>]{0,2000}>")
_SPAN = re.compile(r"`([^`\n]{1,200})`")
_SUFFIXES = "|".join(sorted(set(LANGUAGES) | CONFIGURATION, key=lambda suffix: (-len(suffix), suffix)))
_PATH = re.compile(
    rf"(?<![\w@.+/\\-])[/\\]{{0,3}}((?:[\w@.+-]{{1,80}}[/\\]){{0,20}}[\w@+-][\w@.+-]{{0,80}}\.(?:{_SUFFIXES}))(?![\w/])"
    r"(?:\(|:| line |, line |\", line )?(\d+)?"
)
_DOTTED = re.compile(r"\b[A-Za-z_]\w*(?:(?:\.|::|\\|#)[A-Za-z_]\w*)+")
_NAME = re.compile(
    r"\b(?:"
    r"[a-z_][a-z0-9]*(?:_[a-z0-9]+)+"  # snake_case
    r"|_*[A-Z]?[a-z0-9]+(?:[A-Z][a-z0-9]*)+"  # camelCase, CamelCase
    r"|[A-Z]{2,}[a-z][A-Za-z0-9]*"  # HTTPServer
    r"|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+"  # LIKE_THIS
    r"|__\w+__"
    r"|[A-Z][a-z]+(?=\()"  # Name(
    r")"
)
_ESCAPE = re.compile(r"\\[nrt](?=[A-Z])")
"""What a line break looks like in quoted text: `Anna\\nBerg` names no nBerg."""
_KEBAB = re.compile(r"\b[a-z][a-z0-9]*(?:-[a-z0-9]+)+\b")
_ALNUM = re.compile(r"[A-Za-z0-9]+")
_CALL = re.compile(r"\b([A-Za-z_]\w{2,})\(")
_QUOTED = re.compile(r"\"([^\"\n]{6,160})\"|'([^'\n]{8,160})'|“([^”\n]{6,160})”")
_ERROR = re.compile(
    r"^[ \t]*[\w.:]{0,100}(?:Error|Exception|Warning|panicked at|fatal|error)[\w\[\]]{0,100}: ?(.{6,200})$",
    re.MULTILINE,
)
_REFERENCE = re.compile(r"(?:#|/(?:pull|issues|merge_requests)/)(\d{2,6})\b|\b([0-9a-f]{7,40})\b")
_CODE_LINE = re.compile(r"^(?: {4}|\t).*$|^[ \t]*(?:>>>|\$|In \[\d+\]:).*$", re.MULTILINE)


class Reading(NamedTuple):
    """What a ticket says, by the form it says it in. Words are stemmed and in order, with repetitions."""

    title: tuple[str, ...]
    prose: tuple[str, ...]
    code: tuple[str, ...]
    names: tuple[str, ...]
    title_names: tuple[str, ...]
    exact: tuple[str, ...]
    """The parts of names that are not plain lower-case words: `Session`, `HTTP`, `BigDecimal`."""
    dotted: tuple[str, ...]
    paths: tuple[str, ...]
    frames: tuple[Frame, ...]
    phrases: tuple[str, ...]
    spans: tuple[str, ...]
    """What stands between backticks in the title and the prose, as it stands."""
    references: tuple[str, ...]
    """Numbers of issues and pull requests, as `#12`, and what may be hashes of commits."""
    spellings: dict[str, str]
    """Stem → the word as the ticket first spells it."""


def read_ticket(title: str, body: str) -> Reading:
    """*title* and *body* (Markdown) taken apart. Never raises; time is linear in the length, which is capped."""
    body = _CHECKBOX.sub("", _COMMENT.sub("", body[:BODY_CAP]))
    title = title[:1000]
    references = [f"#{match[1]}" if match[1] else match[2] for match in _REFERENCE.finditer(f"{title}\n{body}")]
    linked = [match[1] for match in _BLOB.finditer(f"{title}\n{body}")]
    body = _URL.sub(" ", _IMAGE.sub(" ", body))
    title_text = _URL.sub(" ", title)
    blocks = [match[3] for match in _FENCE.finditer(body)]
    prose = _FENCE.sub("\n", body)
    blocks += _CODE_LINE.findall(prose)
    prose = _CODE_LINE.sub("", prose)
    spans = [match[1] for match in _SPAN.finditer(f"{title_text}\n{prose}")]
    code = "\n".join(blocks)
    everything = f"{title_text}\n{body}"
    names = _unique([*_names(everything), *(span for span in spans if span.isidentifier() and len(span) > SHORT)])
    kebab = [*_KEBAB.findall(title_text), *(name for span in spans for name in _KEBAB.findall(span))]
    names = _unique([*names, *kebab])
    dotted = _unique(_DOTTED.findall(everything))
    return Reading(
        title=tuple(words(title_text)),
        prose=tuple(words(prose)),
        code=tuple(words(code)),
        names=names,
        title_names=_unique(_names(title_text)),
        exact=_unique(part for name in (*names, *dotted) for part in _ALNUM.findall(name) if _telling(part)),
        dotted=dotted,
        paths=_unique(
            [*linked, *(match[1].replace("\\", "/") for match in _PATH.finditer(without_frames(everything)))]
        ),
        frames=frames_in(everything),
        phrases=_unique(_phrases(everything)),
        spans=_unique(span.strip() for span in spans if len(span.strip()) > SHORT),
        references=_unique(references),
        spellings=spellings(f"{title_text}\n{prose}\n{code}"),
    )


def _telling(part: str) -> bool:
    return len(part) > SHORT and not part.islower() and not part.isdigit()


def _names(text: str) -> Iterator[str]:
    yield from _NAME.findall(_ESCAPE.sub(" ", text))
    yield from _CALL.findall(text)


def _phrases(text: str) -> Iterator[str]:
    for groups in _QUOTED.findall(text):
        yield "".join(groups).strip()
    for message in _ERROR.findall(text):
        yield message.strip()


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))[:400]
