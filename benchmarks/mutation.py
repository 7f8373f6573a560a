"""How many wrong changes to the code that writes are noticed by its unit tests: mutmut over a copy of the tree.

`make mutation` installs mutmut and runs this. With names of modules it takes these alone, and `--children 1` leaves the
other cores free: `python -m benchmarks.mutation --children 1 rat/publishing/guard.py`. It prints the survivors, then a
line for each module; `benchmarks/mutation.md` has the last figures and says of each survivor why it is one.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
STEPS = {
    "rat/publishing/guard.py": ("publishing/test_guard",),
    "rat/publishing/freshness.py": ("publishing/test_freshness",),
    "rat/publishing/find.py": ("publishing/test_find",),
    "rat/publishing/journal.py": ("publishing/test_journal",),
    "rat/publishing/marker.py": ("publishing/test_marker",),
    "rat/publishing/upsert.py": ("publishing/test_upsert_outcomes", "publishing/test_upsert_twins"),
    "rat/publishing/send.py": ("publishing/test_send",),
    "rat/publishing/twins.py": ("publishing/test_upsert_twins",),
}
"""The steps of a write, and the tests of tests/unit/ about each. Those that let a run die at every step are slow."""
WRITERS = {
    "rat/leaks.py": ("test_leaks",),
    "rat/publishing/inert.py": ("publishing/test_inert", "publishing/test_markdown"),
    "rat/publishing/markdown.py": ("publishing/test_markdown",),
    "rat/publishing/adf.py": ("publishing/test_adf",),
    "rat/publishing/wiki.py": ("publishing/test_wiki",),
}
"""What writes, and the tests of tests/unit/ that say what is written; `test_writers` takes half a minute for each."""
TESTS = STEPS | WRITERS
COPIED = ("rat", "prompts", "samples", "tests", "pyproject.toml")
SETTINGS = """
[tool.mutmut]
source_paths = ["rat"]
only_mutate = ["{module}"]
also_copy = ["prompts", "samples"]
pytest_add_cli_args = ["-p", "no:xdist", "-o", "addopts=", "--import-mode=importlib", "-x", "-q"]
pytest_add_cli_args_test_selection = [{tests}]
"""
KILLED = frozenset({"killed", "timeout", "segfault", "caught by type check"})


def main(modules: Sequence[str], children: int) -> int:
    """Run, print, and end with 1 where fewer than 90 of 100 are killed. Each module has a copy and tests of its own."""
    results: dict[str, str] = {}
    for module in modules:
        results |= _run(module, children)
        sys.stdout.flush()
    sys.stdout.write(_table(results))
    return int(sum(status not in KILLED for status in results.values()) * 10 > len(results))


def _run(module: str, children: int) -> dict[str, str]:
    """What became of each mutant of *module*; the survivors are printed."""
    mutmut = Path(sys.executable).with_name("mutmut")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        _copy(copy, module)
        run = [str(mutmut), "run", "--max-children", str(children)]
        ran = subprocess.run(run, cwd=copy, capture_output=True, text=True, check=False)
        told = subprocess.run(
            [mutmut, "results", "--all", "true"], cwd=copy, capture_output=True, text=True, check=True
        )
        results = dict(_results(told.stdout))
        if not results or "not checked" in results.values():
            raise SystemExit(f"{module}: the tests fail without any change.\n{ran.stdout[-2000:]}{ran.stderr[-2000:]}")
        for name in (name for name, status in results.items() if status not in KILLED):
            shown = subprocess.run([mutmut, "show", name], cwd=copy, capture_output=True, text=True, check=False)
            sys.stdout.write(f"{name}: {results[name]}\n{shown.stdout}\n")
    return results


def _copy(to: Path, name: str) -> None:
    for part in COPIED:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, to / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, to / part)
    module = to / name  # what is cached before the fork would hide the change made in it
    module.write_text(module.read_text(encoding="utf-8").replace("@functools.cache\n", ""), encoding="utf-8")
    with (to / "pyproject.toml").open("a", encoding="utf-8") as settings:
        tests = ", ".join(f'"tests/unit/{test}.py"' for test in TESTS[name])
        settings.write(SETTINGS.format(module=name, tests=tests))


def _results(told: str) -> Iterator[tuple[str, str]]:
    for line in told.splitlines():
        if found := re.fullmatch(r"\s*(rat\.\S+): (.+)", line):
            yield found[1], found[2]


def _table(results: dict[str, str]) -> str:
    modules = Counter(name.rpartition(".")[0] for name in results)
    killed = Counter(name.rpartition(".")[0] for name, status in results.items() if status in KILLED)
    lines = [f"{module}: {killed[module]} of {count} killed" for module, count in sorted(modules.items())]
    total = sum(modules.values())
    return "\n".join(
        (*lines, f"all: {sum(killed.values())} of {total} ({100 * sum(killed.values()) / max(1, total):.1f} %)\n")
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("modules", nargs="*", metavar="module", help="all of them if none is named")
    parser.add_argument("--children", type=int, default=os.cpu_count() or 1, help="how many mutants are tried at once")
    chosen = parser.parse_args()
    if unknown := set(chosen.modules) - set(TESTS):
        parser.error(f"no tests are named for {', '.join(sorted(unknown))}; there are some for {', '.join(TESTS)}")
    return chosen


if __name__ == "__main__":
    chosen = _arguments()
    sys.exit(main(chosen.modules or list(TESTS), chosen.children))
