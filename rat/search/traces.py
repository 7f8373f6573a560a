"""Stack traces in a ticket, in the forms of the common languages."""

import re
from collections.abc import Iterator
from typing import NamedTuple

MOST = 60
"""Frames of one trace that are read: the rest of a deep one repeats itself."""


class Frame(NamedTuple):
    """A line of a stack trace: file, line, function; *depth* 0 is where the error was raised."""

    path: str
    line: int
    function: str
    depth: int


# Every part is bounded and every line starts at `^`, so that no text takes more than time in proportion.
_LINE = r"(?P<line>\d{1,9})"
PYTHON = re.compile(rf'File "(?P<path>[^"\n]{{1,300}})", line {_LINE}(?:, in (?P<function>[\w<>.]{{1,200}}))?')
INNERMOST_FIRST = (
    # V8: `at renderChild (/app/src/diff.js:80:13)`
    re.compile(
        r"^[ \t]*at (?:async )?(?:(?P<function>[\w.$<>\[\] ]{1,200}) )?\(?(?P<path>[\w@.:+/\\-]{1,300}\.\w{1,20}):"
        rf"{_LINE}(?::\d+)?\)?$",
        re.MULTILINE,
    ),
    # JVM: `at org.acme.Parser$Inner.next(Parser.java:42)`
    re.compile(
        r"^[ \t]*at (?P<module>[\w.$]{1,300})\.(?P<function>[\w$<>]{1,100})\((?P<path>\w{1,100}\.\w{1,20})"
        rf"(?::{_LINE})?\)",
        re.MULTILINE,
    ),
    # Ruby, Go, Rust, C, Elixir: `lib/site.rb:25:in 'process'`, `src/main.rs:10:5`
    re.compile(
        rf"^[ \t]*(?:from )?(?P<path>\S{{1,300}}\.(?:rb|php|go|rs|c|cc|cpp|h|ex|exs|cs)):{_LINE}"
        r"(?::in [`'](?P<function>[^'\n]{1,200})')?",
        re.MULTILINE,
    ),
    # PHP: `#0 /srv/app/Kernel.php(12): App\Kernel->handle()`
    re.compile(rf"^#\d{{1,5}} +(?P<path>\S{{1,300}}\.php)\({_LINE}\): (?P<function>[\w\\:>-]{{1,200}})", re.MULTILINE),
    # .NET: `at Acme.Startup() in src/Startup.cs:line 9`
    re.compile(rf" in (?P<path>\S{{1,300}}\.cs):line {_LINE}"),
)


def frames_in(text: str) -> tuple[Frame, ...]:
    """The frames of every trace in *text*, each language's innermost first."""
    found = list(_numbered([*PYTHON.finditer(text)][::-1]))
    for pattern in INNERMOST_FIRST:
        found += _numbered(list(pattern.finditer(text)))
    return tuple(found)


def without_frames(text: str) -> str:
    """*text* without stack traces: a file that a trace passes through is not one that the reporter names."""
    for pattern in (PYTHON, *INNERMOST_FIRST):
        text = pattern.sub(" ", text)
    return text


def _numbered(matches: list[re.Match[str]]) -> Iterator[Frame]:
    for depth, match in enumerate(matches[:MOST]):
        said = match.groupdict(default="")
        path = said["path"].replace("\\", "/")
        if said.get("module"):
            path = "/".join([*said["module"].split(".")[:-1], path])
        yield Frame(path=path, line=int(said["line"] or 0), function=said.get("function", ""), depth=depth)
