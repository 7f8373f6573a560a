"""Which files of the tree a file imports, resolved by the end of their paths: no build system is asked."""

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from rat.search.kinds import language_of

_FROM = rb"\n[ \t]*+(?:from[ \t]+([.\w]+)[ \t]+c?import[ \t]+\(?([^\n#]{0,300})|c?import[ \t]+([\w., ]+))"
_SCRIPT = rb"(?:from|require\(|import\(|import)[ \t]*['\"]([^'\"\n]+)['\"]"
_QUOTED = rb"\n(?:[ \t]*(?:import[ \t]+)?(?:[\w.]+[ \t]+)?\"([\w./-]+)\"[ \t]*$|import[ \t]+\"([\w./-]+)\")"
_USE = rb"\n[ \t]*+(?:pub[ \t]+)?(?:use|mod|import|using|namespace)[ \t]+(?:static[ \t]+)?([\w:.\\]+)"
_INCLUDE = rb"\n[ \t]*+#[ \t]*include[ \t]+[\"<]([^\">\n]+)"
_REQUIRE = rb"\n[ \t]*+(?:require|require_relative|load|autoload)[ \t(]+(?::\w+, )?['\"]([^'\"\n]+)"
_SHAPES = {
    **dict.fromkeys(("rust", "java", "kotlin", "scala", "csharp", "php"), _USE),
    "python": _FROM,
    "javascript": _SCRIPT,
    "go": _QUOTED,
    "c": _INCLUDE,
    "ruby": _REQUIRE,
}
"""Language family → the shape of its imports, with the end of the line before: see `definitions._pattern`."""

HEAD = 1 << 14
"""Bytes of a file in which its imports are looked for."""
MOST = 200
_NAME = re.compile(r"\w+")


class Modules:
    """The files of a tree by the last part of their module name."""

    def __init__(self, paths: Sequence[str]) -> None:
        self._by_last: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        self._by_plain: defaultdict[str, list[str]] = defaultdict(list)
        self._known: dict[str, tuple[list[str], bool]] = {}
        for path in paths:
            stem = path.rpartition(".")[0] or path
            folder, _, name = stem.rpartition("/")
            if name in ("__init__", "index", "mod", "lib"):
                stem, name = folder, folder.rpartition("/")[2]
            self._by_plain[_plain(name)].append(path)
            self._by_last[name].append(("/" + stem, path))

    def called(self, names: Iterable[str]) -> dict[str, float]:
        """The files called by one of *names*, in any spelling: `JsonFactory` is `json_factory.py`; fewer are surer."""
        found: dict[str, float] = {}
        for name in names:
            held = self._by_plain.get(_plain(name), ())
            for path in held:
                found[path] = max(found.get(path, 0.0), 1 / len(held))
        return found

    def find(self, module: str, *, near: str, limit: int = 3) -> list[str]:
        """The files whose path ends with *module* (parts by `/`); of many the nearest to *near*, none if vague."""
        if module not in self._known:
            self._known[module] = self._ending_with(module)
        found, sure = self._known[module]
        if len(found) > 1:
            found = sorted(found, key=lambda path: (-_common(path, near), path))
        return found[:limit] if sure or len(found) <= limit else found[:1]

    def _ending_with(self, module: str) -> tuple[list[str], bool]:
        """The files whose path ends with as much of *module* as any does, and whether that is more than one name."""
        wanted = [part for part in module.split("/") if part not in ("", ".", "..", "crate", "self", "super", "@")]
        whole = len(wanted)
        while wanted and (len(wanted) > 1 or whole == 1):
            ending = "/" + "/".join(wanted)
            found = [path for stem, path in self._by_last.get(wanted[-1], ()) if stem.endswith(ending)]
            if found:
                return found, len(wanted) > 1
            wanted = wanted[1:]
        return [], False


def imports(path: str, data: bytes, modules: Modules) -> tuple[str, ...]:
    """The files of the tree that *data* at *path* imports."""
    found: dict[str, None] = {}
    for name in _named(path, data):
        for target in modules.find(name, near=path):
            if target != path:
                found[target] = None
    return tuple(found)


def _named(path: str, data: bytes) -> Iterable[str]:
    """The imported modules with `/` between their parts and no suffix."""
    family = language_of(path)
    if family not in _SHAPES:
        return
    for number, match in enumerate(_pattern(family).finditer(b"\n" + data[:HEAD])):
        if number == MOST:
            return
        groups = [group.decode("utf-8", "replace") for group in match.groups() if group]
        if family == "python":
            yield from _python_names(match)
        elif family in ("javascript", "c", "ruby"):
            yield re.sub(r"\.(?:[jt]sx?|h|hpp|rb|mjs|cjs|vue)$", "", groups[0])
        elif groups:
            yield re.sub(r"::|\\|\.", "/", groups[0]) if family != "go" else groups[0]


@functools.cache
def _pattern(family: str) -> re.Pattern[bytes]:
    return re.compile(_SHAPES[family], re.MULTILINE)


def _python_names(match: re.Match[bytes]) -> Iterable[str]:
    if match[1]:
        module = match[1].decode().strip(".").replace(".", "/")
        yield module
        for name in _NAME.findall(match[2].decode("utf-8", "replace"))[:20]:
            yield f"{module}/{name}"
    else:
        for name in match[3].decode("utf-8", "replace").split(","):
            yield name.split(" as ")[0].strip().replace(".", "/")


def _plain(name: str) -> str:
    return name.replace("_", "").replace("-", "").lower()


def _common(one: str, other: str) -> int:
    """How many leading folders two paths share."""
    count = 0
    for left, right in zip(one.split("/"), other.split("/"), strict=False):
        if left != right:
            break
        count += 1
    return count
