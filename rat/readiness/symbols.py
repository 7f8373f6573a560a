"""Names from code that a ticket drops, and which of them stand in no file of the checkout."""

import builtins
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rat.ports import Grounds

MOST = 50
"""Names of one ticket that are looked up; where one is not there, every file is looked into once."""
SHORTEST = 3
"""Letters of an outermost name; shorter ones (`df.read_all`) are a reporter's variables or short names of modules."""
MOST_FILES = 20_000
"""Files that are looked into; a larger checkout is not asked about names."""

_NOUN = r"(?:function|method|class|module|constant|attribute|helper|fixture|hook|type|struct|trait|interface|enum)"
_TICKED = re.compile(rf"(?P<before>\b{_NOUN} )?`(?P<name>[^`\n]{{3,120}})`(?P<after> {_NOUN}\b)?", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z_]\w*(?:(?:\.|::|#)[A-Za-z_]\w*){0,6}(?:\(\))?")
_COINED = re.compile(r"[a-z0-9]_[a-z0-9]|[a-z][A-Z]\w*[a-z]|\(\)$")
_MADE_UP = re.compile(r"(?:my|your|foo|bar|baz|some|example|test|user|custom|dummy|sample)", re.IGNORECASE)
_KNOWN = frozenset(dir(builtins))


@dataclass(frozen=True, kw_only=True, slots=True)
class Mention:
    """A name from code: *text* as written, *parts* from the outermost to the innermost."""

    text: str
    parts: tuple[str, ...]


def mentions(sentence: str) -> Iterator[Mention]:
    """The names in *sentence* marked as code and spoken of as defined: `Pen.draw_all`, `read()`, class `PenBox`.

    A name by itself (`john_doe`) may be a value. Names that sound made up for the report (`my_app`) are left out.
    """
    for found in _TICKED.finditer(sentence):
        ticked = found["name"]
        parts = tuple(re.findall(r"\w+", ticked))
        is_defined = ticked.endswith("()") or found["before"] or found["after"] or len(parts) > 1
        if not _NAME.fullmatch(ticked) or not _COINED.search(ticked) or not is_defined or len(parts[0]) < SHORTEST:
            continue
        if not any(_MADE_UP.match(part) for part in parts) and parts[-1] not in _KNOWN:
            yield Mention(text=ticked, parts=parts)


def missing_names(named: Iterable[Mention], files: frozenset[str], grounds: Grounds) -> list[str]:
    """The names whose last part stands in no file, in their order.

    Of a dotted name the outermost part has to be there: else it is another project's (`numpy.array_equal`).
    """
    looked_up = list(dict.fromkeys(named))[:MOST]
    if not looked_up or len(files) > MOST_FILES:
        return []
    there = _standing({part for mention in looked_up for part in (mention.parts[0], mention.parts[-1])}, files, grounds)
    return [
        mention.text
        for mention in looked_up
        if mention.parts[-1] not in there and (len(mention.parts) == 1 or mention.parts[0] in there)
    ]


def _standing(names: set[str], files: frozenset[str], grounds: Grounds) -> set[str]:
    """Those of *names* that stand in a path or in a file; ends as soon as all are found."""
    paths = "\n".join(files)
    wanted = {name.encode(): name for name in names if name not in paths}
    for path in sorted(files):
        if not wanted:
            break
        content = grounds.read(path) or b""
        for spelled in [name for name in wanted if name in content]:
            del wanted[spelled]
    return names - set(wanted.values())
