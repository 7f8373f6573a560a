"""Who owns a file by the rules of CODEOWNERS, GitHub's and GitLab's.

GitHub: https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
GitLab sections: https://docs.gitlab.com/user/project/codeowners/reference/
"""

import fnmatch
import re
from collections.abc import Sequence
from dataclasses import dataclass

PLACES = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")
"""In the order in which GitHub looks; the first that exists is used. GitLab's own folder comes last."""
MAX_BYTES = 3 << 20
"""GitHub loads no CODEOWNERS file over 3 MB."""
MAX_RULES = 20_000

_SECTION = re.compile(r"^(?P<optional>\^)?\[(?P<name>[^\]]{1,200})\](?:\[\d{1,3}\])?\s*(?P<owners>.*)$")
_OWNER = re.compile(r"^(?:@@?[\w.-]+(?:/[\w./-]+)*|[^@\s]+@[^@\s]+\.[^@\s]+)$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """A line of CODEOWNERS: *owners* may be empty, which takes ownership away. *section* is "" on GitHub."""

    line: int
    text: str
    pattern: tuple[re.Pattern[str] | None, ...]
    owners: tuple[str, ...]
    section: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class CodeOwners:
    """The rules of one CODEOWNERS file, in its order."""

    path: str
    rules: tuple[Rule, ...] = ()

    def owners_of(self, path: str) -> tuple[tuple[str, Rule], ...]:
        """Each owner of *path* with the rule that says so: in every section, the last rule that matches decides."""
        last: dict[str, Rule] = {rule.section: rule for rule in self.rules if _matches(rule.pattern, path)}
        found = {owner: rule for rule in reversed(list(last.values())) for owner in rule.owners}
        return tuple((owner, rule) for rule in last.values() for owner in rule.owners if found[owner] is rule)


def read_codeowners(path: str, text: str) -> tuple[CodeOwners, tuple[str, ...]]:
    """The rules in *text*, and a note for each line that is none. Lines with a mistake are skipped, as GitHub does."""
    rules: list[Rule] = []
    notes: list[str] = []
    section = ""
    inherited: tuple[str, ...] = ()
    gitlab = any(_SECTION.match(line) and not _has_owner(line) for line in text.split("\n"))
    for number, raw in enumerate(text.split("\n")[:MAX_RULES], 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if (heading := _SECTION.match(line)) and (gitlab or heading["optional"]):
            section, inherited = heading["name"].lower(), tuple(_owners(heading["owners"].split()))
            continue
        pattern, *owners = _split(line) or [line]
        wrong = _mistake(pattern, owners, gitlab=gitlab)
        if wrong:
            notes.append(f"{path} line {number} is not used: {wrong}")
            continue
        compiled = _compiled(pattern)
        rules.append(
            Rule(
                line=number, text=raw.rstrip("\r"), pattern=compiled, owners=tuple(owners) or inherited, section=section
            )
        )
    return CodeOwners(path=path, rules=tuple(rules)), tuple(notes)


def _has_owner(line: str) -> bool:
    """Whether a bracket line is a pattern of characters ("[ab].py @team") and not a section's heading."""
    heading = _SECTION.match(line)
    return bool(heading and line[heading.end("name") + 1 : heading.end("name") + 2] not in ("", " ", "[", "\t", "\r"))


def _split(line: str) -> list[str]:
    """The pattern and the owners: parted by spaces that no backslash escapes; a `#` after a space opens a comment."""
    parts = re.findall(r"(?:\\.|[^\s\\])+", line)
    comment = next((at for at, part in enumerate(parts) if at and part.startswith("#")), len(parts))
    return parts[:comment]


def _owners(words: Sequence[str]) -> list[str]:
    return [word for word in words if _OWNER.match(word)]


def _mistake(pattern: str, owners: Sequence[str], *, gitlab: bool) -> str:
    """What is wrong with a line: GitHub knows neither negation, nor character ranges, nor an escaped `#`."""
    if pattern.startswith("!"):
        return "`!` does not negate in CODEOWNERS"
    if not gitlab and "[" in pattern and "]" in pattern:
        return "`[ ]` is no range of characters in CODEOWNERS"
    if pattern.startswith("\\#"):
        return "a pattern cannot begin with an escaped `#`"
    unknown = [owner for owner in owners if not _OWNER.match(owner)]
    return f"“{unknown[0]}” is no owner" if unknown else ""


def _compiled(pattern: str) -> tuple[re.Pattern[str] | None, ...]:
    """A pattern as one regular expression for each part of a path, None for any number of parts (`**`).

    As in gitignore, a pattern without a slash before its end matches at every depth, and one that matches a folder
    matches all below it; but `docs/*` does not reach into folders below `docs`.
    """
    parts = [part for part in pattern.strip("/").split("/") if part]
    depth: list[str] = [] if "/" in pattern.rstrip("/") else ["**"]
    below = [] if (len(parts) > 1 and parts[-1] == "*") or pattern == "/*" else ["**"]
    below = ["*", "**"] if pattern.endswith("/") else below
    whole = [*depth, *parts, *below]
    kept = [part for at, part in enumerate(whole) if part != "**" or whole[at - 1 : at] != ["**"]]
    return tuple(None if part == "**" else _part(part) for part in kept)


def _part(glob: str) -> re.Pattern[str]:
    """One part of a path: `*` and `?` are wild, brackets are not, a backslash takes the next character as it is."""
    literal = re.sub(r"\\(.)", r"\1", glob).replace("[", "[[]")
    return re.compile(fnmatch.translate(literal))


def _matches(pattern: tuple[re.Pattern[str] | None, ...], path: str) -> bool:
    """Whether *pattern* matches the whole of *path*, in time that grows with the product of their lengths."""
    parts = path.split("/")
    reached = {0}
    for piece in pattern:
        if piece is None:
            reached = set(range(min(reached), len(parts) + 1)) if reached else reached
        else:
            reached = {at + 1 for at in reached if at < len(parts) and piece.match(parts[at])}
    return len(parts) in reached
