"""The lines of a ticket's body under their headings, code told apart from talk, each line and each block once."""

import re
from dataclasses import dataclass, field

from rat.readiness.boilerplate import is_untouched
from rat.readiness.headings import heading_of

ITEM = re.compile(r"^\s*(?:[-*+]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?(?=\S)")
"""What opens a list item: a bullet or a number, with or without a check box."""

_FENCE = re.compile(r"^\s{0,3}(?:>\s?){0,3}(?:[-*+]\s+|\d{1,3}[.)]\s+)?(`{3,}|~{3,})")
_PROMPT = re.compile(
    r"^(?: {4,}|\t)\S|^\s*(?:>>> ?|\.\.\. |In ?\[\d{1,5}\]: ?|Out ?\[\d{1,5}\]: ?|\$ )|^Traceback \(most recent"
)
_STATEMENT = re.compile(
    r"^\s*(?:from [\w.]{1,80} import |import [\w.]{1,80}\s*(?:;|$|as )|(?:def|class|public|func|function|const|let) \w"
    r"|[A-Za-z_][\w.\[\]]{0,60} ?(?:=|\+=|:=) ?[^=\s]|#include|//|@\w|return\b|\}|assert |print\()"
)
_TALK = re.compile(r"\b[a-z]{2,20}\b")
_TALK_WORDS = 6
_LONGEST_LINE = 400
_SHORT = 12
"""Letters and digits up to which a line may come again: "3.11", "yes", "No response"."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """What stands below one heading; *heading* is empty for what comes before the first."""

    heading: str
    text: str = ""
    code: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nobody filled it in."""
        return not self.code and is_untouched(self.text)


@dataclass(frozen=True, kw_only=True, slots=True)
class Cut:
    """The *sections* of a body; *repeated* lines and blocks were left out, *folded* characters are in details."""

    sections: tuple[Section, ...]
    repeated: int
    folded: int


def cut(text: str, *, title: str) -> Cut:
    """*text* cut at its headings; what it, or the title, said before is left out."""
    cutter = _Cutter(seen={_key(title)})
    lines = text.split("\n")
    for line, following in zip(lines, (*lines[1:], ""), strict=True):
        cutter.take(line, following)
    cutter.close_section("")
    return Cut(sections=tuple(cutter.done), repeated=cutter.repeated, folded=cutter.folded)


@dataclass(slots=True)
class _Cutter:
    """Reads lines one by one; what it has so far of the open section and the open block."""

    seen: set[str]
    repeated: int = 0
    folded: int = 0
    depth: int = 0
    done: list[Section] = field(default_factory=list)
    heading: str = ""
    fence: str = ""
    talk: list[str] = field(default_factory=list)
    block: list[str] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)

    def take(self, line: str, following: str) -> None:
        """Put *line* where it belongs; *following* may underline it."""
        mark = _FENCE.match(line)
        if self.fence:
            if mark and mark[1].startswith(self.fence) and not line.strip(" >`~"):
                self.close_block()
            else:
                self.block.append(line)
        elif mark:
            self.close_block()
            self.fence = mark[1]
        elif self._is_code(line):
            self.block.append(line)
        elif label := heading_of(line, following):
            self.close_section(label.name)
            self._say(label.rest)
        else:
            self.close_block()
            self.depth = max(0, self.depth + line.count("<details") - line.count("</details"))
            self._say(line)

    def close_block(self) -> None:
        """End the block of code that is open, if one is."""
        text = "\n".join(self.block).strip("\n")
        self.block, self.fence = [], ""
        if text.strip() and self._is_new(text):
            self.blocks.append(text)
            self.folded += len(text) if self.depth else 0

    def close_section(self, heading: str) -> None:
        """End the section that is open; the next stands under *heading*."""
        self.close_block()
        text = "\n".join(self.talk).strip()
        self.done.append(Section(heading=self.heading, text=text, code=tuple(self.blocks)))
        self.heading, self.talk, self.blocks = heading, [], []

    def _is_code(self, line: str) -> bool:
        """A prompt or an indented line, and what a program answers right below it."""
        if (_PROMPT.match(line) or _STATEMENT.match(line)) and not ITEM.match(line):
            return True
        return bool(self.block and line.strip()) and len(_TALK.findall(line[:_LONGEST_LINE])) < _TALK_WORDS

    def _say(self, line: str) -> None:
        if not line.strip() or self._is_new(line):
            self.talk.append(line)

    def _is_new(self, text: str) -> bool:
        key = _key(text)
        if len(key) < _SHORT or key not in self.seen:
            self.seen.add(key)
            return True
        self.repeated += 1
        return False


def _key(text: str) -> str:
    """*text* without what does not change its meaning: case, spacing, list marks, punctuation."""
    return "".join(filter(str.isalnum, ITEM.sub("", text).casefold()))
