"""How many wrong changes to the patterns of the writers are noticed by their unit tests.

`make mutation` runs this after mutmut, which changes functions alone. A change takes one letter, or one escape, out of
a pattern that a module holds by name; what is no pattern any more is not counted. It prints a line for each pattern,
and the survivors; `benchmarks/mutation.md` has the last figures and says of each survivor why it is one. It forks, so
it runs on Linux and macOS.
"""

import importlib
import os
import re
import sys
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import ModuleType

import pytest

from benchmarks.mutation import WRITERS

_PART = re.compile(r"\\U[0-9a-f]{8}|\\u[0-9a-f]{4}|\\.|\s+\#[^\n]*|.", re.DOTALL)
_COMMENT = re.compile(r"\s+#[^\n]*")
_QUIET = ("-p", "no:xdist", "-p", "no:cacheprovider", "-p", "no:terminal", "-o", "addopts=", "--import-mode=importlib")


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """A module's pattern *name*, without the part at *place*."""

    module: ModuleType
    name: str
    place: int
    pattern: re.Pattern[str]


class OneByOne:
    """A pytest plugin that runs all tests again for each change, in a process of its own; keeps the *survivors*."""

    def __init__(self, changes: Sequence[Change]) -> None:
        self.changes = changes
        self.survivors: list[Change] = []

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Called by pytest once the tests are collected, instead of its own loop."""
        if _failed(session):
            sys.exit("The tests fail as they are, so they say nothing about changes.")
        for change in self.changes:
            if (child := os.fork()) == 0:
                setattr(change.module, change.name, change.pattern)
                os._exit(int(_failed(session)))
            if os.waitpid(child, 0)[1] == 0:
                self.survivors.append(change)
        return True


def main(modules: Sequence[str]) -> int:
    """Run, print, and end with 1 where fewer than 90 of 100 are noticed."""
    warnings.simplefilter("ignore", FutureWarning)  # of patterns that later versions of Python may read otherwise
    tried = survived = 0
    for path in modules:
        module = importlib.import_module(path.removesuffix(".py").replace("/", "."))
        run = OneByOne([change for name in _names(module) for change in _changes(module, name)])
        pytest.main([*_QUIET, *(f"tests/unit/{test}.py" for test in WRITERS[path])], plugins=[run])
        for name in _names(module):
            count = sum(change.name == name for change in run.changes)
            lost = [change for change in run.survivors if change.name == name]
            sys.stdout.write(f"{path} {name}: {count - len(lost)} of {count} noticed\n")
            sys.stdout.write("".join(f"  {_marked(change)}\n" for change in lost))
        tried, survived = tried + len(run.changes), survived + len(run.survivors)
    sys.stdout.write(f"all: {tried - survived} of {tried} ({100 * (tried - survived) / max(1, tried):.1f} %)\n")
    return int(survived * 10 > tried)


def _failed(session: pytest.Session) -> bool:
    """Whether one of the session's tests fails; the first that does ends it."""
    for place, item in enumerate(session.items):
        following = session.items[place + 1] if place + 1 < len(session.items) else None
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.testsfailed:
            return True
    return False


def _names(module: ModuleType) -> list[str]:
    return [name for name, value in vars(module).items() if isinstance(value, re.Pattern)]


def _parts(pattern: re.Pattern[str]) -> list[str]:
    return _PART.findall(pattern.pattern)


def _changes(module: ModuleType, name: str) -> Iterator[Change]:
    pattern: re.Pattern[str] = getattr(module, name)
    parts = _parts(pattern)
    for place, part in enumerate(parts):
        if pattern.flags & re.VERBOSE and (part.isspace() or _COMMENT.match(part)):
            continue
        try:
            changed = re.compile("".join((*parts[:place], *parts[place + 1 :])), pattern.flags)
        except re.error:
            continue
        yield Change(module=module, name=name, place=place, pattern=changed)


def _marked(change: Change) -> str:
    parts = _parts(getattr(change.module, change.name))
    before, after = "".join(parts[: change.place])[-30:], "".join(parts[change.place + 1 :])[:30]
    return f"{before!r} without {parts[change.place]!r} {after!r}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or tuple(WRITERS)))
