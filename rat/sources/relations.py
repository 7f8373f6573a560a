"""Which decisions replace which: what documents say of it, and whom they mean."""

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rat.sources.document import Document
from rat.sources.fields import Fields
from rat.sources.headings import plain


@dataclass(frozen=True, kw_only=True, slots=True)
class Relation:
    """A reference to another decision: *newer* is true where that one replaces this one. *text* is as written."""

    newer: bool
    text: str
    target: str = ""


_SAYS = re.compile(
    r"(?i)\b(?:(?P<by>(?:super[sc]ee?ded|superseeded|replaced|obsoleted|overridden)\s+(?:by|with|in)\b)"
    r"|(?P<of>(?:super[sc]ee?des|superseeds|replaces|obsoletes)\b))\s*:?\s*"
)
_SUPERSEDED = re.compile(r"(?i)\bsuper[sc]ee?ded\b[^\w\[]*(?:see\b)?")
_PARTLY = re.compile(
    r"(?i)\b(?:part(?:ly|ially)?|in part|will be|may be|might be|should be|could be|can be|if)\b[^.]{0,30}$"
)
_PLACES = re.compile(r"(?i)(?:links?|related|relat|more information|see also|references|super[sc]ed|notes?$)")
_NEWER_KEYS = ("superseded-by", "superceded-by", "replaced-by", "obsoleted-by", "supersededby")
_OLDER_KEYS = ("supersedes", "supercedes", "replaces", "obsoletes")
_NOTHING = re.compile(r"(?i)\W*(?:n/?a|none|no|nothing|tbd|-+|\.+|null|not applicable)?\W*$")
_MARKDOWN_LINK = re.compile(r"\[([^\]\[]{0,200})\]\(<?([^()\s>]{1,400})>?[^()]{0,100}\)")
_WIKI_LINK = re.compile(r"\[\[([^\]|\[]{1,200})(?:\|[^\]\[]{0,200})?\]\]")
_NUMBER = re.compile(
    r"(?i)(?:\b(?:[a-z]{1,12}-)*adr[-_ #]*(?:[a-z]{1,20}-)?|#|^\W*|\b(?:and|,)\s+)0*(\d{1,5})\b(?![-/.]\d)"
)


def read_relations(document: Document, fields: Fields, status: re.Pattern[str]) -> tuple[Relation, ...]:
    """What the header fields, the *status* section and the sections with links say about replacement."""
    found: list[Relation] = []
    for keys, newer in ((_NEWER_KEYS, True), (_OLDER_KEYS, False)):
        values = [value for key in keys for value in fields.get(key, ())]
        found += [relation for value in values for relation in _targets(value, newer=newer)]
    lines = [*fields.get("status", ()), *_lines(document, status)]
    for at, line in enumerate(lines):
        found += _said(line, lines[at + 1] if at + 1 < len(lines) else "") or _without_by(line)
    return tuple(dict.fromkeys(found))


def _lines(document: Document, status: re.Pattern[str]) -> Iterator[str]:
    first, last = document.preamble()
    yield from (line for line in document.lines[first - 1 : last] if _opens(line))
    for section in document.sections():
        if status.match(section.title):
            yield from document.below(section).split("\n")[:30]
        elif _PLACES.match(section.title):
            yield section.title if _SAYS.match(section.title) else ""
            yield from (
                line for line in document.below(section).split("\n")[:60] if _opens(line) or _SAYS.match(section.title)
            )


def _opens(line: str) -> bool:
    """Whether a line is about replacing from its first word on, and not prose that mentions it."""
    return bool(_SAYS.match(re.sub(r"^[\s>*_+-]+", "", line[:200])))


def _without_by(line: str) -> list[Relation]:
    """What a status such as "Superseded [0019](0019-x.md)" or "Superseded, see ADR-0019" points at."""
    says = _SUPERSEDED.search(line[:500])
    found = _targets(line[says.end() : 500], newer=True) if says else ()
    return [relation for relation in found if relation.text != relation.target]


def _said(line: str, following: str) -> list[Relation]:
    """What a line says of replacing and being replaced; the object may stand on the line that follows."""
    found: list[Relation] = []
    for says in _SAYS.finditer(line[:500]):
        if _PARTLY.search(line[: says.start()]) and not says["by"]:
            continue
        rest = re.split(_SAYS, line[says.end() : 500])[0] or following
        found += _targets(rest, newer=bool(says["by"]))
    return found


def _targets(text: str, *, newer: bool) -> Iterator[Relation]:
    """Each decision that *text* refers to: by link, wiki link or number, else the text itself."""
    if _NOTHING.match(text):
        return
    links = _MARKDOWN_LINK.findall(text)
    wiki = _WIKI_LINK.findall(text)
    if links or wiki:
        yield from (Relation(newer=newer, text=plain(shown) or href, target=href) for shown, href in links)
        yield from (Relation(newer=newer, text=shown, target=shown) for shown in wiki)
    elif (numbers := _NUMBER.findall(text)) and not re.match(r"\S+\.(?:md|adoc|rst)\b", text.strip("\"'`<> ")):
        yield from (Relation(newer=newer, text=plain(text)[:120], target=number) for number in numbers)
    else:
        yield Relation(newer=newer, text=plain(text)[:120], target=text.strip(" \"'`<>.*_"))


def resolver(paths: dict[str, tuple[int | None, str, str]]) -> Callable[[str, Relation], str | None]:
    """A function that finds the path that a relation of the decision at a path means, or None.

    *paths* maps each decision's path to its number, slug and title.
    """
    by_number: dict[int, list[str]] = {}
    by_name: dict[str, list[str]] = {}
    for path, (number, slug, title) in paths.items():
        if number is not None:
            by_number.setdefault(number, []).append(path)
        for name in {slug.lower(), title.lower(), posixpath.basename(path).lower()}:
            by_name.setdefault(name, []).append(path)

    def find(origin: str, relation: Relation) -> str | None:
        target = relation.target.split("#")[0].split("?")[0]
        if target.isdigit():
            return _nearest(origin, by_number.get(int(target), []))
        return _linked(origin, target, paths, by_name) or _by_name(origin, relation, by_number, by_name)

    return find


def _linked(
    origin: str, target: str, paths: dict[str, tuple[int | None, str, str]], by_name: dict[str, list[str]]
) -> str | None:
    rooted = target.lstrip("/") if target.startswith("/") else posixpath.join(posixpath.dirname(origin), target)
    path = posixpath.normpath(rooted)
    for candidate in (path, f"{path}.md", f"{path}/README.md", posixpath.normpath(target)):
        if candidate in paths:
            return candidate
    whole = [known for known in paths if target.endswith("/" + known)]
    name = posixpath.basename(target.rstrip("/")).lower()
    name = posixpath.basename(posixpath.dirname(target)).lower() if name.startswith(("readme.", "index.")) else name
    return whole[0] if whole else _nearest(origin, by_name.get(name, by_name.get(name.rsplit(".", 1)[0], [])))


def _by_name(
    origin: str, relation: Relation, by_number: dict[int, list[str]], by_name: dict[str, list[str]]
) -> str | None:
    for text in (relation.target, relation.text):
        if named := by_name.get(text.strip().lower()):
            return _nearest(origin, named)
    numbered = _NUMBER.search(relation.text) if not relation.target.startswith("http") else None
    leading = (
        re.match(r"(?:\./)?0*(\d{1,5})-", posixpath.basename(relation.target)) if ".md" in relation.target else None
    )
    number = numbered or leading
    return _nearest(origin, by_number.get(int(number[1]), [])) if number else None


def _nearest(origin: str, candidates: list[str]) -> str | None:
    """The candidate in the origin's own folder, else the only one."""
    others = [path for path in candidates if path != origin]
    here = [path for path in others if posixpath.dirname(path) == posixpath.dirname(origin)]
    return here[0] if len(here) == 1 else others[0] if len(others) == 1 else None
