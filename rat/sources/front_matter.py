"""The YAML before a document's text, read as flat text values so that no value can be a bomb or a surprise."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

import yaml

Values = Mapping[str, tuple[str, ...]]

MAX_CHARACTERS = 64_000
MAX_EVENTS = 5_000
MAX_DEPTH = 30
MAX_LINES = 400

_KEYS, _VALUES = 1, 2
"""Depths in a document: of the keys, and of what a key's list or mapping holds."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BY_LINE = "; read line by line instead"
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_KEY = re.compile(r"^([A-Za-z][\w. -]{0,60}?)\s*[:=](?:\s+(.*)|\s*)$")
_ITEM = re.compile(r"^\s*-\s+(.*)$")


@dataclass(frozen=True, kw_only=True, slots=True)
class FrontMatter:
    """The keys (lower case, '-' for ' ' and '_') with their values as written, the lines taken, and what was wrong."""

    values: Values = field(default_factory=dict)
    lines: int = 0
    error: str = ""


NONE = FrontMatter()


def read_front_matter(lines: tuple[str, ...]) -> FrontMatter:
    """The front matter that opens *lines*, between two lines of `---` (or `+++`); NONE where there is none.

    Where the YAML is broken, the keys that stand at the start of a line are still read, and *error* says what is wrong.
    """
    start = next((at for at, line in enumerate(lines[:5]) if line.strip()), 0)
    fence = lines[start].rstrip() if start < len(lines) else ""
    if fence not in ("---", "+++"):
        return NONE
    closing = {"---": ("---", "..."), "+++": ("+++",)}[fence]
    rest = enumerate(lines[start + 1 : start + 1 + MAX_LINES], start + 1)
    end = next((at for at, line in rest if line.rstrip() in closing), 0)
    inside = lines[start + 1 : end]
    if not end or not any(line.strip() and not line.lstrip().startswith("#") for line in inside):
        return NONE
    text = "\n".join(line.rstrip("\r") for line in inside)
    values, error = read_values(text)
    return FrontMatter(values=values, lines=end + 1, error=error)


def read_values(text: str) -> tuple[Values, str]:
    """The keys and text values of a YAML mapping, and what is wrong with it ("" when nothing is)."""
    if len(text) > MAX_CHARACTERS:
        return _values_by_line(text[:MAX_CHARACTERS]), f"is longer than {MAX_CHARACTERS:,} characters{_BY_LINE}"
    try:
        values = _values(text)
    except yaml.YAMLError as problem:
        return _values_by_line(text), f"is not valid YAML ({_short(problem)}){_BY_LINE}"
    except _Refused as problem:
        return _values_by_line(text), f"{problem}{_BY_LINE}"
    return values, _impossible_date(values)


def _impossible_date(values: Values) -> str:
    """What to say of a value that YAML takes for a date (https://yaml.org/type/timestamp.html) that there is not."""
    for key, found in values.items():
        for value in found:
            try:
                _ = date.fromisoformat(value) if _DATE.fullmatch(value) else None
            except ValueError:
                return f"gives {value} as `{key}`, which is no date"
    return ""


class _Refused(Exception):
    """YAML that is valid but that no one needs here."""


def _values(text: str) -> Values:
    """The mapping's values from the parser's events: no object is ever built from the document."""
    reading = _Reading(text)
    for event in _events(text):
        if isinstance(event, yaml.AliasEvent):
            raise _Refused("uses YAML aliases, which are not followed")
        if isinstance(event, yaml.CollectionStartEvent):
            reading.open(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            reading.close(event)
        elif isinstance(event, yaml.ScalarEvent):
            reading.scalar(event.value)
    return {name: tuple(value for value in found if value) for name, found in reading.values.items()}


class _Reading:
    """The keys of the outermost mapping, filled event by event: text, items of a list, or left as written."""

    def __init__(self, text: str) -> None:
        self.values: dict[str, list[str]] = {}
        self._text = text
        self._depth = 0
        self._key = ""
        self._opened = 0
        self._in_list = False

    def open(self, event: yaml.CollectionStartEvent) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise _Refused(f"is nested deeper than {MAX_DEPTH} levels")
        if self._depth == _KEYS and not isinstance(event, yaml.MappingStartEvent):
            raise _Refused("is a list, not keys with values")
        if self._depth == _VALUES:
            self._opened = event.start_mark.index if event.start_mark else 0
            self._in_list = isinstance(event, yaml.SequenceStartEvent)

    def close(self, event: yaml.CollectionEndEvent) -> None:
        self._depth -= 1
        if self._depth != _KEYS:
            return
        found = self.values.setdefault(self._key, [])
        if not found and not self._in_list and event.end_mark:
            found.append(self._text[self._opened : event.end_mark.index].strip())  # `{ accepted }` stays as written
        self._key = ""

    def scalar(self, value: str) -> None:
        if self._depth < _KEYS:
            raise _Refused("is plain text, not keys with values")
        if self._depth == _KEYS and not self._key:
            self._key = _name(value)
            self.values.setdefault(self._key, [])
        elif self._depth == _KEYS:
            self.values[self._key].append(value.strip())
            self._key = ""
        elif self._depth == _VALUES and self._in_list:
            self.values.setdefault(self._key, []).append(value.strip())


def _events(text: str) -> list[yaml.Event]:
    events = list(islice(yaml.parse(text, Loader=_LOADER), MAX_EVENTS + 1))
    if len(events) > MAX_EVENTS:
        raise _Refused(f"has more than {MAX_EVENTS:,} parts")
    return events


def _values_by_line(text: str) -> Values:
    """The keys at the start of a line with what follows them, and the items of lists below them."""
    values: dict[str, list[str]] = {}
    key = ""
    for line in text.split("\n"):
        if found := _KEY.match(line):
            key = _name(found[1])
            value = (found[2] or "").strip().strip("\"'")
            values.setdefault(key, []).extend([value] if value else [])
        elif key and (item := _ITEM.match(line)):
            values[key].append(item[1].strip().strip("\"'"))
    return {name: tuple(found) for name, found in values.items()}


def _name(key: str) -> str:
    return re.sub(r"[\s_]+", "-", key.strip().lower())


def _short(problem: yaml.YAMLError) -> str:
    mark = getattr(problem, "problem_mark", None)
    what = getattr(problem, "problem", None) or str(problem).split("\n", 1)[0]
    return f"{what}, line {mark.line + 2}" if mark else str(what)
