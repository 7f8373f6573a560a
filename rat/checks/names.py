"""The names that a text drops: files, symbols, decisions, requests, tickets, commits, links. Pure pattern matching."""

import builtins
import re
from dataclasses import dataclass
from enum import StrEnum


class NameKind(StrEnum):
    """What a name claims to be."""

    PATH = "path"
    SYMBOL = "symbol"
    DOCUMENT = "document"
    TICKET = "ticket"
    COMMIT = "commit"
    LINK = "link"


@dataclass(frozen=True, kw_only=True, slots=True)
class Name:
    """A name as it stands in a text. *line* is the last line that a path is named with, 0 for none."""

    kind: NameKind
    text: str
    line: int = 0


_EXTENSIONS = (
    "py|pyi|pyx|ipynb|js|jsx|mjs|cjs|ts|tsx|vue|svelte|java|kt|kts|scala|groovy|gradle|go|rs|rb|php|c|h|cc|cpp|cxx|hpp"
    "|hh|cs|fs|swift|mm|sh|bash|zsh|ps1|bat|pl|pm|lua|jl|dart|ex|exs|erl|hs|ml|clj|sql|proto|graphql|tf|hcl|toml"
    "|yaml|yml|json|jsonl|xml|ini|cfg|conf|env|properties|lock|md|rst|adoc|txt|html|htm|css|scss|less|j2|jinja|tmpl|tpl"
    "|csv|dockerfile|mk"
)
_PATH = re.compile(
    r"(?<![\w/.@-])"
    r"(?P<path>(?:\.{0,2}/)?(?:[\w.@+-]{1,100}/){0,20}[\w@+-][\w.@+-]{0,100}"
    rf"\.(?:{_EXTENSIONS}))(?![\w/])"
    r"(?:(?::|\#L)(?P<first>\d{1,7})(?:(?:-L?|:)(?P<last>\d{1,7}))?)?",
    re.IGNORECASE,
)
_FOLDER = re.compile(r"(?<![\w/.@:-])(?:\./)?((?:[\w.@+-]{1,100}/){1,20}[\w.@+-]{0,100})")
_LINK = re.compile(r"\b(?:https?://|www\.(?=\w))[^\s<>\"'`)\]]{1,2000}")
_TICKED = re.compile(r"`([^`\n]{1,200})`")
_IDENTIFIER = re.compile(r"[A-Za-z_$][\w$]{0,80}(?:(?:\.|::|->)[A-Za-z_$][\w$]{0,80}){0,8}(?:\(\))?")
_BARE_SYMBOL = re.compile(
    r"(?<![\w`./@#-])"
    r"(?:[A-Za-z_][\w.]{0,80}\(\)|[a-z]{1,40}(?:_[a-z0-9]{1,40}){1,8}|[A-Z]{2,40}(?:_[A-Z0-9]{1,40}){1,8})"
    r"(?![\w/.-]*[\w/])"
)
_DOCUMENT = re.compile(r"\b((?:ADR|RFE|KEP|RFC)(?:[- ]|\s?#))(\d{1,6}|[A-Za-z][\w.-]{0,80})", re.ASCII)
_GITHUB = re.compile(r"(?<![\w&/#])(?:[\w.-]{1,50}/[\w.-]{1,100})?#\d{1,7}\b")
_JIRA = re.compile(r"\b[A-Z][A-Z0-9_]{1,9}-\d{1,6}\b", re.ASCII)
_COMMIT = re.compile(r"\b(?=[0-9a-f]{0,39}\d)(?=[0-9a-f]{0,39}[a-f])[0-9a-f]{7,40}\b")

# What looks like a Jira key and names a standard, an algorithm or a format.
_STANDARDS = frozenset(
    {"UTF", "UCS", "ISO", "IEEE", "RFC", "PEP", "WCAG", "SHA", "SHA2", "SHA3", "MD", "AES", "RSA", "EC", "HMAC", "HTTP"}
    | {"TLS", "SSL", "CP", "GPT", "X", "P", "H", "ADR", "RFE", "KEP"}
)
_BUILTIN = frozenset(dir(builtins))
_FRAMEWORK = re.compile(r"[A-Z]\w{0,20}\.js")  # Node.js, Vue.js: names, not files


def names_in(text: str, *, folders: frozenset[str]) -> tuple[Name, ...]:
    """Every name in *text*. *folders* are the checkout's top folders, by which `docs/adr` is told from `and/or`."""
    found = [Name(kind=NameKind.LINK, text=link) for link in _LINK.findall(text)]
    text = _LINK.sub(" ", text)
    found += [_path(match) for match in _PATH.finditer(text) if not _FRAMEWORK.fullmatch(match["path"])]
    text = _PATH.sub(lambda match: match[0] if _FRAMEWORK.fullmatch(match[0]) else " ", text)
    found += [_folder(path) for path in _FOLDER.findall(text) if path.split("/")[0] in folders]
    found += [_document(match) for match in _DOCUMENT.finditer(text) if _is_id(match)]
    found += [Name(kind=NameKind.TICKET, text=key) for key in _GITHUB.findall(text)]
    found += [Name(kind=NameKind.TICKET, text=key) for key in _JIRA.findall(text) if _is_key(key)]
    found += [Name(kind=NameKind.COMMIT, text=sha) for sha in _COMMIT.findall(text)]
    found += [Name(kind=NameKind.SYMBOL, text=symbol) for symbol in _symbols(text)]
    return tuple(dict.fromkeys(found))


def _path(match: re.Match[str]) -> Name:
    return Name(kind=NameKind.PATH, text=match["path"], line=int(match["last"] or match["first"] or 0))


def _folder(path: str) -> Name:
    return Name(kind=NameKind.PATH, text=path.rstrip("."))


def _document(match: re.Match[str]) -> Name:
    return Name(kind=NameKind.DOCUMENT, text=match[0].rstrip("."))


def _is_id(match: re.Match[str]) -> bool:
    """`ADR-0003` and `RFE-export` are ids, "RFC process" is not; RFCs by number are the IETF's, not a repository's."""
    by_number = match[2][0].isdigit()
    if match[1].startswith("RFC"):
        return False
    return by_number or match[1].endswith("-")


def _is_key(key: str) -> bool:
    return key.rpartition("-")[0] not in _STANDARDS


def _symbols(text: str) -> list[str]:
    ticked = [piece for piece in _TICKED.findall(text) if _IDENTIFIER.fullmatch(piece) and _is_coined(piece)]
    bare = [piece for piece in _BARE_SYMBOL.findall(_TICKED.sub(" ", text)) if not piece.startswith("_")]
    inside = [word for piece in _TICKED.findall(text) for word in _BARE_SYMBOL.findall(piece)]
    return [symbol for symbol in ticked + bare + inside if symbol.rstrip("()") not in _BUILTIN]


def _is_coined(name: str) -> bool:
    """Whether *name* is one that only code would use: `parse_config`, `parseConfig`, `Ledger.add`, `run()`."""
    return bool(re.search(r"[_.$(]|::|->|[a-z0-9][A-Z]", name))
