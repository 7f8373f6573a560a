"""A text document of the checkout: its lines, front matter and headings, whatever markup it is written in."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rat.model.text import decode_text
from rat.sources.front_matter import FrontMatter, read_front_matter
from rat.sources.headings import Heading, read_headings

MAX_BYTES = 1_000_000

_TITLE_LEVEL = 2

_USUAL_SECTION = re.compile(
    r"(?i)(?:\d+[.)]?\s+)?(?:status|date|context|decision|consequences|summary|motivation|abstract|introduction"
    r"|overview|background|table of contents|contents|problem|proposal\W*$|goals|release signoff|metadata|deciders)\b"
    r"(?!.*\b(?:to|for|on|of|use)\b)"
)

SUFFIXES = (".md", ".markdown", ".mdx", ".mkd", ".rst", ".adoc", ".asciidoc")
_BARE_NUMBER = re.compile(
    r"(?i)(?:[a-z]{2,12}[- ])*(?:m?adr|dr|rfc|rfe|kep|decision|decision record)?[-_ #:]*\d{1,5}\W*$|m?adr\W*$"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """What could not be read, or is wrong, in one file; *message* says it in a sentence without the path."""

    path: str
    message: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A heading and the lines below it up to the next heading of its level; 1-based, *start* is the heading's line."""

    title: str
    level: int
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    r"""A document as decoded. *lines* are split at "\\n" alone, so that line numbers are those of git and GitHub."""

    path: str
    text: str
    lines: tuple[str, ...]
    front: FrontMatter
    headings: tuple[Heading, ...]

    def passage(self, start: int, end: int) -> str:
        """The lines *start* to *end* (1-based, inclusive), byte for byte as decoded."""
        return "\n".join(self.lines[start - 1 : end])

    def sections(self) -> Iterator[Section]:
        """Every section, in the document's order."""
        for at, heading in enumerate(self.headings):
            later = (other.line for other in self.headings[at + 1 :] if other.level <= heading.level)
            end = next(later, len(self.lines) + 1) - 1
            yield Section(title=heading.text, level=heading.level, start=heading.line, end=end)

    def section(self, title: re.Pattern[str]) -> Section | None:
        """The first section whose heading matches *title*, or None."""
        return next((section for section in self.sections() if title.match(section.title)), None)

    def below(self, section: Section) -> str:
        """The text below a section's heading."""
        first = next(heading.end for heading in self.headings if heading.line == section.start)
        return self.passage(first + 1, section.end)

    @property
    def title(self) -> Heading | None:
        """The heading that names the document: the first one, unless it is that of a usual section ("Summary").

        Where the first is a bare number ("ADR-0012"), the one right below it is the name.
        """
        opening = self._opening()
        named = [heading for heading in opening if not _BARE_NUMBER.match(heading.text)]
        return named[0] if named else opening[0] if opening else None

    def preamble(self) -> tuple[int, int]:
        """The lines around the title and before any other heading, where header fields stand; at most 80."""
        others = self.headings[len(self._opening()) :]
        first = self.front.lines + 1
        return first, min(others[0].line - 1 if others else len(self.lines), first + 80)

    def _opening(self) -> tuple[Heading, ...]:
        """The title, and before or after it a heading that is a bare number or says the same again."""
        first = self.headings[0] if self.headings else None
        if first is None or first.level > _TITLE_LEVEL or _USUAL_SECTION.match(first.text):
            return ()
        second = self.headings[1] if len(self.headings) > 1 else None
        bare = _BARE_NUMBER.match(first.text) and second and not _USUAL_SECTION.match(second.text)
        return (first, second) if second and (bare or second.text == first.text) else (first,)


def at_most(count: int, paths: Sequence[str], problems: list[Problem]) -> Sequence[str]:
    """The first *count* of *paths*; where there are more, one of *problems* says from which on they were left out."""
    if len(paths) > count:
        problems.append(
            Problem(path=paths[count], message=f"was not read, nor what follows: more than {count:,} files")
        )
    return paths[:count]


def read_document(path: str, data: bytes) -> tuple[Document | None, tuple[Problem, ...]]:
    """*data* as a document, None where it is no text; and what is wrong with it. Never raises."""
    text, problem = decode_text(data[:MAX_BYTES], cut=len(data) > MAX_BYTES)
    problems = [Problem(path=path, message=problem)] if problem else []
    if len(data) > MAX_BYTES:
        problems.append(Problem(path=path, message=f"is larger than {MAX_BYTES:,} bytes; the rest was not read"))
    if text is None:
        return None, tuple(problems)
    lines = tuple(text.split("\n"))
    front = read_front_matter(lines)
    if front.error:
        problems.append(Problem(path=path, message=f"its front matter {front.error}"))
    headings = read_headings(path, lines, skip=front.lines)
    return Document(path=path, text=text, lines=lines, front=front, headings=headings), tuple(problems)
