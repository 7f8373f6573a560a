"""What a reporter's text demands: the sentences that set a condition or a limit, their figures, the names in them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MAX_READ = 50_000
"""Characters of a ticket that are read for this; demands stand at the beginning."""

_BLOCK = re.compile(r"^([ \t]*)(```|~~~).*?(?:^\1?[ \t]*\2[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)
_HIDDEN = re.compile(r"<!--.*?(?:-->|\Z)|<details\b.*?(?:</details>|\Z)", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,300}>|!\[[^\]\n]{0,300}\]\([^)\n]{0,500}\)")
_QUOTED_LINE = re.compile(r"^[ \t]*>.*$", re.MULTILINE)
_HEADING = re.compile(r"^[ \t]*(?:#{1,6}[ \t]+.*|\*\*[^*\n]{1,80}\*\*:?[ \t]*|[^\n]{1,60}:[ \t]*)$", re.MULTILINE)
_SETTING = re.compile(r"^[ \t]*(?:[-*+][ \t]+)?[^\s:][^:\n]{0,40}:[ \t]+\S[^\n]{0,60}$", re.MULTILINE)
"""`Python version: 3.11.4`: the environment, which a draft need not say again."""
_ITEM = re.compile(r"^[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?", re.MULTILINE)
_END = re.compile(r"(?<=[.!?])\s+|\n[ \t]*\n|\n(?=\x00)")
_BINDING = re.compile(
    r"\b(?:(?:must(?:n't)?|shall|mandatory|no (?:more|less|later|longer) than|not (?:be )?allowed|should not|shouldn't"
    r"|maximum|minimum|limited to|höchstens|mindestens|muss|müssen|darf|dürfen|doit|doivent|au (?:plus|moins)|deben?"
    r"|como m[aá]ximo)\b|(?:at most|at least|up to|within) \d)",
    re.IGNORECASE,
)
_NARROWS = re.compile(
    r"\b(?:never|always|only|exactly|without|except|unless|under \d|nie(?:mals)?|nur|jamais|nunca)\b", re.I
)
_WISHES = re.compile(
    r"\b(?:should|wants?|needs? to|ha(?:s|ve) to|please|soll(?:te)?n?|devrait|debería)\b", re.IGNORECASE
)
_NUMBER = re.compile(r"(?<![\w.#/:-])\d{1,9}(?:[.,]\d{1,6})*(?!\w{2,}\d|[./:]\d)")
_TICKED = re.compile(r"`([^`\n]{2,80})`")
_COINED = re.compile(
    r"(?<![\w./`-])(?:--?[a-z][\w-]{2,40}|[A-Za-z_]\w{1,40}(?:_\w{1,40})+|[a-z]{2,20}[A-Z]\w{2,40})(?![\w/`-])"
)
_SAID = re.compile(r"[\"“]([^\"“”\n]{4,120})[\"”]")
_LINK = re.compile(r"https?://[^\s<>)\]\"']{4,300}")
_SAYS_NOTHING = frozenset(
    {"must", "shall", "shoul", "withi", "least", "most", "only", "never", "alway", "witho", "pleas", "have", "that"}
    | {
        "this",
        "with",
        "from",
        "they",
        "been",
        "than",
        "when",
        "then",
        "into",
        "will",
        "would",
        "could",
        "also",
        "there",
    }
)
_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Demand:
    """A sentence that binds: what it says, the figures in it, and the names that can be looked for letter by letter."""

    text: str
    figures: tuple[str, ...]
    names: tuple[str, ...]


def demands(body: str) -> Iterator[Demand]:
    """The sentences of *body* that set a condition or a limit, in their order, each once."""
    for sentence in dict.fromkeys(_sentences(body)):
        binds = _BINDING.search(sentence) or (_NARROWS.search(sentence) and _WISHES.search(sentence))
        if binds and not sentence.endswith("?") and len(_WORD.findall(sentence)) > 1:
            yield Demand(text=sentence, figures=_figures(sentence), names=names(sentence))


def names(text: str) -> tuple[str, ...]:
    """What can be looked for letter by letter in *text*: names from code, options, quotations, addresses."""
    bare = _LINK.sub(" ", text)
    coined = _COINED.findall(_TICKED.sub(" ", bare))
    return tuple(dict.fromkeys((*_TICKED.findall(bare), *coined, *_SAID.findall(bare), *_LINK.findall(text))))


def _figures(text: str) -> tuple[str, ...]:
    plain = _TICKED.sub(" ", _SAID.sub(" ", _LINK.sub(" ", text)))
    return tuple(dict.fromkeys(_NUMBER.findall(plain)))


def prose(body: str) -> str:
    """*body* without code blocks, hidden and folded parts, quoted lines, headings and settings of the environment."""
    text = _HIDDEN.sub("\n", _BLOCK.sub("\n", body[:MAX_READ].replace("\r\n", "\n")))
    for left_out in (_TAG, _QUOTED_LINE, _HEADING, _SETTING):
        text = left_out.sub("", text)
    return text


def words(text: str) -> frozenset[str]:
    """The longer words of *text* that say something, cut to five letters, so that `refuses` and `refused` are one."""
    return frozenset(word[:5] for word in _WORD.findall(text.casefold())) - _SAYS_NOTHING


def _sentences(body: str) -> Iterator[str]:
    marked = _ITEM.sub("\x00", prose(body))
    for part in _END.split(marked):
        sentence = " ".join(part.replace("\x00", " ").split())
        if sentence:
            yield sentence
