"""Which files of the tree a ticket names outright: paths, stack traces, dotted names."""

from collections import defaultdict
from collections.abc import Sequence

from rat.search.imports import Modules
from rat.search.traces import Frame

Values = dict[str, float]
"""Path → how strongly a signal speaks for it, 0 to 1."""
VAGUE = 8
"""A name that fits more files than this points at none."""


class Places:
    """The files of a tree by their last name."""

    def __init__(self, paths: Sequence[str]) -> None:
        self._by_name: defaultdict[str, list[str]] = defaultdict(list)
        for path in paths:
            self._by_name[path.rpartition("/")[2].lower()].append(path)

    def find(self, named: str) -> Values:
        """The files that *named* may mean (`src/a.py`, `/usr/lib/…/pkg/a.py`, `a.py`), surer ones more."""
        wanted = [part for part in named.lower().split("/") if part not in ("", ".", "..")]
        found = {
            path: _shared(wanted, path.lower().split("/"))
            for path in self._by_name.get(wanted[-1] if wanted else "", ())
        }
        if not found:
            return {}
        best = max(found.values())
        nearest = [path for path, shared in found.items() if shared == best]
        if len(nearest) > VAGUE:
            return {}
        sure = 1.0 if best > 1 or len(wanted) == 1 or best == len(wanted) else 0.4
        return dict.fromkeys(nearest, sure / len(nearest))


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many parts two paths share at their ends."""
    count = 0
    for left, right in zip(reversed(one), reversed(other), strict=False):
        if left != right:
            break
        count += 1
    return count


def named_in(paths: Sequence[str], places: Places) -> Values:
    """The files whose paths stand in the ticket."""
    found: Values = {}
    for named in paths:
        for path, value in places.find(named).items():
            found[path] = max(found.get(path, 0.0), value)
    return found


def in_traces(frames: Sequence[Frame], places: Places) -> tuple[Values, Values]:
    """The files in stack traces: those where an error was raised, and all, the nearer to it the more."""
    raised: Values = {}
    passed: Values = {}
    nearest = 0
    for frame in frames:
        nearest = 0 if frame.depth == 0 else nearest
        for path, value in places.find(frame.path).items():
            if nearest == 0:
                raised[path] = max(raised.get(path, 0.0), value)
            passed[path] = max(passed.get(path, 0.0), value / (1 + nearest / 4))
            nearest += 1
    return raised, passed


def dotted_in(names: Sequence[str], modules: Modules) -> Values:
    """The files that dotted names lead to: `pkg.mod.Class.method`, `Mod::Inner`, and PHP's with backslashes."""
    found: Values = {}
    for name in names:
        parts = name.replace("::", ".").replace("\\", ".").replace("#", ".").split(".")
        for length in range(len(parts), 0, -1):
            targets = modules.find("/".join(parts[:length]), near="", limit=VAGUE)
            if targets and len(targets) < VAGUE:
                sure = 1.0 if length > 1 else 0.5
                for path in targets:
                    found[path] = max(found.get(path, 0.0), sure / len(targets))
                break
    return found
