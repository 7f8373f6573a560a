"""What a file defines: functions, classes, types, constants, configuration keys, by the shape of their lines."""

import re
from dataclasses import dataclass

from rat.search.kinds import language_of

MOST = 3000
"""Definitions of one file that are looked at."""

_PYTHON = rb"^[ \t]*(?:async[ \t]+)?(?:def|class|cdef class|cpdef [\w*]+|cdef [\w*]+)[ \t]+(\w+)|^([A-Za-z_]\w{2,})[ \t]*(?::[^=\n]{1,80})?=(?!=)"
_SCRIPT = (
    rb"\b(?:function\*?|class|interface|enum|namespace|type)[ \t]+(\w[\w$]*)|"
    rb"^[ \t]*(?:export[ \t]+)?(?:default[ \t]+)?(?:declare[ \t]+)?(?:const|let|var)[ \t]+(\w[\w$]*)[ \t]*[:=]|"
    rb"^[ \t]+(?:(?:async|static|get|set|private|public|protected|readonly|override)[ \t]+)*\*?(\w[\w$]*)[ \t]*\([^()\n]{0,200}\)[ \t]*(?::[^{\n]{1,80})?\{|"
    rb"^[ \t]*(?:[\w$]+\.)+(\w[\w$]*)[ \t]*=[ \t]*(?:async[ \t]*)?(?:function|\()"
)
_GO = rb"^func[ \t]+(?:\([^)\n]{0,100}\)[ \t]*)?(\w+)|^type[ \t]+(\w+)|^(?:var|const)[ \t]+(\w+)|^\t(\w+)[ \t]+[\w.*\[\]]+[ \t]+`"
_RUST = rb"\b(?:fn|struct|enum|trait|type|mod|const|static|union|macro_rules!)[ \t]+(\w+)"
_CURLY = (
    rb"\b(?:class|interface|enum|record|object|struct|trait|fun|func|protocol|extension|typedef)[ \t]+(?:[\w<>]+\.)?(\w+)|"
    rb"^[ \t]*(?:(?:public|private|protected|static|final|abstract|synchronized|override|virtual|async|internal|default|native|open)[ \t]+){0,6}"
    rb"[\w<>\[\],.?]+[ \t]+(\w+)[ \t]*\([^;\n]{0,300}$|"
    rb"^[ \t]*(?:(?:public|private|protected|static|final|const)[ \t]+){2,5}[\w<>\[\],.?]+[ \t]+(\w+)[ \t]*="
)
_C = (
    rb"^(?:[A-Za-z_][\w]*[ \t*]+){1,6}\**(\w+)[ \t]*\([^;\n]{0,300}$|^[ \t]*#[ \t]*define[ \t]+(\w+)|"
    rb"\b(?:struct|enum|union|class|namespace)[ \t]+(\w+)[^;\n]{0,80}\{|^\}[ \t]*(\w+);|^(\w+)[ \t]*:[ \t]*$|^[\w:<>*& \t]{1,80}::(\w+)[ \t]*\("
)
_RUBY = rb"^[ \t]*(?:def|class|module)[ \t]+(?:self\.)?(?:\w+::)*(\w+[?!]?)|^[ \t]*([A-Z][A-Z0-9_]+)[ \t]*=|^[ \t]*(?:attr_\w+|config_param|alias_method|scope|desc|define_method|has_many|belongs_to|get|post)[ \t(]+:?['\"]?(\w+)"
_PHP = rb"\b(?:function|class|interface|trait|enum|const|define\(['\"])[ \t]*&?(\w+)|^[ \t]*(?:public|protected|private)[ \t]+(?:static[ \t]+)?(?:\??[\w|\\]+[ \t]+)?\$(\w+)"
_SHELL = rb"^[ \t]*(?:function[ \t]+)?([\w-]+)[ \t]*\(\)|^(\w+)="
_KEYS = rb"^[ \t]*[\"']?([A-Za-z_][\w.-]{2,60})[\"']?[ \t]*[:=]"
_OTHER = rb"\b(?:def|defp|defmodule|func|function|fn|class|struct|interface|module|type|message|service|enum|table|view|resource|sub|let)[ \t]+[\"']?(\w+)"

PATTERNS = {
    family: re.compile(pattern, re.MULTILINE)
    for family, pattern in {
        "python": _PYTHON, "javascript": _SCRIPT, "go": _GO, "rust": _RUST, "java": _CURLY, "kotlin": _CURLY, "scala": _CURLY,
        "csharp": _CURLY, "swift": _CURLY, "c": _C, "ruby": _RUBY, "php": _PHP, "shell": _SHELL, "": _KEYS,
    }.items()
}  # fmt: skip
_ANY = re.compile(_OTHER, re.MULTILINE | re.IGNORECASE)
_NOT_NAMES = frozenset({b"if", b"for", b"while", b"switch", b"catch", b"return", b"else", b"elif", b"with", b"function", b"new",
                        b"sizeof", b"defined", b"super", b"constructor", b"await", b"typeof", b"do", b"try"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Definition:
    """A name that a file defines, and where its line begins in the file's bytes."""

    name: str
    offset: int


def definitions(path: str, data: bytes) -> tuple[Definition, ...]:
    """The definitions in *data*, in order; the first of each name."""
    found: dict[bytes, int] = {}
    for match in PATTERNS.get(language_of(path), _ANY).finditer(data):
        name = match[match.lastindex or 0]
        if name not in _NOT_NAMES and name not in found:
            found[name] = match.start(match.lastindex or 0)
            if len(found) == MOST:
                break
    return tuple(Definition(name.decode("utf-8", "replace"), offset) for name, offset in found.items())


def line_of(data: bytes, offset: int) -> int:
    """The 1-based line that *offset* is on."""
    return data.count(b"\n", 0, offset) + 1
