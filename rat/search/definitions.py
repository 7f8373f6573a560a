"""What a file defines: functions, classes, types, constants, configuration keys, by the shape of their lines."""

import functools
import re
from typing import NamedTuple

from rat.search.kinds import language_of

MOST = 3000
"""Definitions of one file that are looked at."""

_MODIFIERS = (
    rb"[ \t]*+(?:(?:public|private|protected|static|final|abstract|synchronized|override|virtual|async|internal|"
    rb"default|native|open|sealed|data|inner|inline|suspend|readonly|partial|case|implicit|lazy|export|declare|"
    rb"indirect)[ \t]++){0,6}+"
)
_NO_STATEMENT = rb"(?!(?:return|new|throw|else|case|await|yield|assert|delete|goto|typedef)\b)"
_GENERIC = rb"(?:<[^>\n]{0,80}>[ \t]*)?"
_AGGREGATES = (
    rb"[ \t]*+(?:(?:typedef|static|const|inline|template[^\n]{0,60}>)[ \t]+){0,3}(?:struct|enum|union|class|namespace)"
)
_VISIBILITY = rb"[ \t]*+(?:pub(?:\([^)\n]{1,40}\))?[ \t]+)?"
_QUALIFIERS = rb"(?:(?:default|const|async|unsafe|extern(?:[ \t]+\"[^\"\n]{1,20}\")?)[ \t]+){0,4}"
_RUBY_MACROS = rb"(?:attr_\w+|config_param|alias_method|scope|define_method|has_many|belongs_to|get|post)"
_TYPES = rb"(?:class|interface|enum|record|object|struct|trait|fun|func|protocol|extension|typedef|namespace)"
_CURLY = (
    _MODIFIERS + _TYPES + rb"[ \t]+" + _GENERIC + rb"(?:[\w<>]+\.)?(\w+)",
    _MODIFIERS + _NO_STATEMENT + _GENERIC + rb"[\w<>\[\],.?]+[ \t]+(\w+)[ \t]*\([^;\n]{0,300}$",
    rb"[ \t]*+(?:(?:public|private|protected|static|final|const)[ \t]+){2,5}[\w<>\[\],.?]+[ \t]+(\w+)[ \t]*=",
)

SHAPES: dict[str, tuple[bytes, ...]] = {
    "python": (
        rb"[ \t]*+(?:async[ \t]+)?(?:def|class|cdef class|cpdef [\w*]+|cdef [\w*]+)[ \t]+(\w+)",
        rb"([A-Za-z_]\w{2,})[ \t]*(?::[^=\n]{1,80})?=(?!=)",
    ),
    "javascript": (
        _MODIFIERS + rb"(?:function\*?|class|interface|enum|namespace|type)[ \t]+([\w$]+)",
        _MODIFIERS + rb"(?:const|let|var)[ \t]+([\w$]+)[ \t]*[:=]",
        _MODIFIERS
        + rb"(?:get[ \t]+|set[ \t]+)?\*?([\w$]+)"
        + _GENERIC
        + rb"\([^()\n]{0,200}\)[ \t]*(?::[^{\n]{1,80})?\{",
        rb"[ \t]*+(?:[\w$]+\.)*([\w$]+)[ \t]*[:=][ \t]*(?:async[ \t]*)?(?:function\b|\()",
    ),
    "go": (
        rb"func[ \t]+(?:\([^)\n]{0,100}\)[ \t]*)?(\w+)",
        rb"type[ \t]+(\w+)",
        rb"(?:var|const)[ \t]+(\w+)",
        rb"\t(\w+)[ \t]+[\w.*\[\]]+[ \t]+`",
        rb"\t([A-Z]\w*)(?:[ \t]+[\w.*\[\]{}]+)?[ \t]*(?:=[ \t]|$)",
    ),
    "rust": (
        _VISIBILITY
        + _QUALIFIERS
        + rb"(?:fn|struct|enum|trait|type|mod|const|static(?:[ \t]+mut)?|union|macro_rules!)[ \t]+(\w+)",
    ),
    "java": _CURLY,
    "kotlin": _CURLY,
    "scala": _CURLY,
    "csharp": _CURLY,
    "swift": _CURLY,
    "c": (
        _NO_STATEMENT + rb"(?:[A-Za-z_]\w*[ \t*]+){1,6}\**(\w+)[ \t]*\([^;\n]{0,300}$",
        rb"[ \t]*+#[ \t]*define[ \t]+(\w+)",
        _AGGREGATES + rb"[ \t]+(\w+)[^;\n]{0,80}\{",
        rb"\}[ \t]*(\w+);",
        rb"(\w+)[ \t]*:[ \t]*$",
        rb"[\w:<>*& \t]{1,80}::(\w+)[ \t]*\(",
    ),
    "ruby": (
        rb"[ \t]*+(?:def|class|module)[ \t]+(?:self\.)?(?:\w+::)*(\w+[?!]?)",
        rb"[ \t]*+([A-Z][A-Z0-9_]+)[ \t]*=",
        rb"[ \t]*+" + _RUBY_MACROS + rb"[ \t(]+:?['\"]?(\w+)",
    ),
    "php": (
        _MODIFIERS + rb"(?:function|class|interface|trait|enum|const|define\(['\"])[ \t]*&?(\w+)",
        rb"[ \t]*+(?:public|protected|private)[ \t]+(?:static[ \t]+)?(?:\??[\w|\\]+[ \t]+)?\$(\w+)",
    ),
    "shell": (rb"[ \t]*+(?:function[ \t]+)?([\w-]+)[ \t]*\(\)", rb"(\w+)="),
    "": (rb"[ \t]*+[\"']?([A-Za-z_][\w.-]{2,60})[\"']?[ \t]*[:=]",),
}
"""Language family → the shapes of its definitions from the beginning of a line, the name in a group.

No language means configuration: its keys.
"""

OTHERS = (
    rb"[ \t]*+(?:(?:local|pub|export|public|private)[ \t]+)?(?:def|defp|defmodule|func|function|fn|class|struct|"
    rb"interface|module|type|message|service|enum|table|view|resource|sub|let)[ \t]+[\"']?(\w+)"
)
"""What most other languages look like."""

_KEYWORDS = b"""
    if for while switch catch return else elif with function new sizeof defined super constructor await typeof do try
"""
_NOT_NAMES = frozenset(_KEYWORDS.split())


class Definition(NamedTuple):
    """A name that a file defines, and where its line begins in the file's bytes."""

    name: str
    offset: int


def definitions(path: str, data: bytes) -> tuple[Definition, ...]:
    """The definitions in *data*, in order; the first of each name."""
    found: dict[bytes, int] = {}
    for match in _pattern(language_of(path)).finditer(b"\n" + data):
        name = match[match.lastindex or 0]
        if name not in _NOT_NAMES and name not in found:
            found[name] = match.start(match.lastindex or 0) - 1
            if len(found) == MOST:
                break
    return tuple(Definition(name.decode("utf-8", "replace"), offset) for name, offset in found.items())


@functools.cache
def _pattern(family: str) -> re.Pattern[bytes]:
    """The pattern for a family, made when its first file is met: making all of them takes as long as a search.

    It begins with the end of the line before, which `re` looks for several times faster than for the anchor `^`.
    """
    shapes = SHAPES.get(family, (rb"(?i:" + OTHERS + rb")",))
    return re.compile(rb"\n(?:" + b"|".join(shapes) + rb")", re.MULTILINE)


def line_of(data: bytes, offset: int) -> int:
    """The 1-based line that *offset* is on."""
    return data.count(b"\n", 0, offset) + 1
