"""What a file defines: functions, classes, types, constants, configuration keys, by the shape of their lines."""

import functools
import re
from dataclasses import dataclass

from rat.search.kinds import language_of

MOST = 3000
"""Definitions of one file that are looked at."""

_MODIFIERS = (
    rb"(?:(?:public|private|protected|static|final|abstract|synchronized|override|virtual|async|internal|default|native|"
    rb"open)[ \t]+)"
)
_JS_MODIFIERS = rb"(?:(?:async|static|get|set|private|public|protected|readonly|override)[ \t]+)*"
_RUBY_MACROS = rb"(?:attr_\w+|config_param|alias_method|scope|define_method|has_many|belongs_to|get|post)"
_TYPES = rb"(?:class|interface|enum|record|object|struct|trait|fun|func|protocol|extension|typedef)"
_CURLY = (
    rb"\b" + _TYPES + rb"[ \t]+(?:[\w<>]+\.)?(\w+)",
    rb"^[ \t]*" + _MODIFIERS + rb"{0,6}[\w<>\[\],.?]+[ \t]+(\w+)[ \t]*\([^;\n]{0,300}$",
    rb"^[ \t]*(?:(?:public|private|protected|static|final|const)[ \t]+){2,5}[\w<>\[\],.?]+[ \t]+(\w+)[ \t]*=",
)

SHAPES: dict[str, tuple[bytes, ...]] = {
    "python": (
        rb"^[ \t]*(?:async[ \t]+)?(?:def|class|cdef class|cpdef [\w*]+|cdef [\w*]+)[ \t]+(\w+)",
        rb"^([A-Za-z_]\w{2,})[ \t]*(?::[^=\n]{1,80})?=(?!=)",
    ),
    "javascript": (
        rb"\b(?:function\*?|class|interface|enum|namespace|type)[ \t]+(\w[\w$]*)",
        rb"^[ \t]*(?:export[ \t]+)?(?:default[ \t]+)?(?:declare[ \t]+)?(?:const|let|var)[ \t]+(\w[\w$]*)[ \t]*[:=]",
        rb"^[ \t]+" + _JS_MODIFIERS + rb"\*?(\w[\w$]*)[ \t]*\([^()\n]{0,200}\)[ \t]*(?::[^{\n]{1,80})?\{",
        rb"^[ \t]*(?:[\w$]+\.)+(\w[\w$]*)[ \t]*=[ \t]*(?:async[ \t]*)?(?:function|\()",
    ),
    "go": (
        rb"^func[ \t]+(?:\([^)\n]{0,100}\)[ \t]*)?(\w+)",
        rb"^type[ \t]+(\w+)",
        rb"^(?:var|const)[ \t]+(\w+)",
        rb"^\t(\w+)[ \t]+[\w.*\[\]]+[ \t]+`",
    ),
    "rust": (rb"\b(?:fn|struct|enum|trait|type|mod|const|static|union|macro_rules!)[ \t]+(\w+)",),
    "java": _CURLY,
    "kotlin": _CURLY,
    "scala": _CURLY,
    "csharp": _CURLY,
    "swift": _CURLY,
    "c": (
        rb"^(?:[A-Za-z_]\w*[ \t*]+){1,6}\**(\w+)[ \t]*\([^;\n]{0,300}$",
        rb"^[ \t]*#[ \t]*define[ \t]+(\w+)",
        rb"\b(?:struct|enum|union|class|namespace)[ \t]+(\w+)[^;\n]{0,80}\{",
        rb"^\}[ \t]*(\w+);",
        rb"^(\w+)[ \t]*:[ \t]*$",
        rb"^[\w:<>*& \t]{1,80}::(\w+)[ \t]*\(",
    ),
    "ruby": (
        rb"^[ \t]*(?:def|class|module)[ \t]+(?:self\.)?(?:\w+::)*(\w+[?!]?)",
        rb"^[ \t]*([A-Z][A-Z0-9_]+)[ \t]*=",
        rb"^[ \t]*" + _RUBY_MACROS + rb"[ \t(]+:?['\"]?(\w+)",
    ),
    "php": (
        rb"\b(?:function|class|interface|trait|enum|const|define\(['\"])[ \t]*&?(\w+)",
        rb"^[ \t]*(?:public|protected|private)[ \t]+(?:static[ \t]+)?(?:\??[\w|\\]+[ \t]+)?\$(\w+)",
    ),
    "shell": (rb"^[ \t]*(?:function[ \t]+)?([\w-]+)[ \t]*\(\)", rb"^(\w+)="),
    "": (rb"^[ \t]*[\"']?([A-Za-z_][\w.-]{2,60})[\"']?[ \t]*[:=]",),
}
"""Language family → the shapes of its definitions, the name in a group; no language means configuration: its keys."""

OTHERS = (
    rb"\b(?:def|defp|defmodule|func|function|fn|class|struct|interface|module|type|message|service|enum|table|view|"
    rb"resource|sub|let)[ \t]+[\"']?(\w+)"
)
"""What most other languages look like."""

_KEYWORDS = b"""
    if for while switch catch return else elif with function new sizeof defined super constructor await typeof do try
"""
_NOT_NAMES = frozenset(_KEYWORDS.split())


@dataclass(frozen=True, slots=True)
class Definition:
    """A name that a file defines, and where its line begins in the file's bytes."""

    name: str
    offset: int


def definitions(path: str, data: bytes) -> tuple[Definition, ...]:
    """The definitions in *data*, in order; the first of each name."""
    found: dict[bytes, int] = {}
    for match in _pattern(language_of(path)).finditer(data):
        name = match[match.lastindex or 0]
        if name not in _NOT_NAMES and name not in found:
            found[name] = match.start(match.lastindex or 0)
            if len(found) == MOST:
                break
    return tuple(Definition(name.decode("utf-8", "replace"), offset) for name, offset in found.items())


@functools.cache
def _pattern(family: str) -> re.Pattern[bytes]:
    """The pattern for a family, made when its first file is met: making all of them takes as long as a search."""
    if family not in SHAPES:
        return re.compile(OTHERS, re.MULTILINE | re.IGNORECASE)
    return re.compile(b"|".join(SHAPES[family]), re.MULTILINE)


def line_of(data: bytes, offset: int) -> int:
    """The 1-based line that *offset* is on."""
    return data.count(b"\n", 0, offset) + 1
