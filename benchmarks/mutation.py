"""How many wrong changes to the code that writes are noticed by its unit tests: mutmut over a copy of the tree.

`make mutation` installs mutmut and runs this; it takes an hour or more on two cores. With names of modules it takes
these alone: `python -m benchmarks.mutation rat/publishing/guard.py`. It prints a line for each module, and the
survivors; `benchmarks/mutation.md` has the last figures and says of each survivor why it is one.
"""

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
STEPS = (
    *("rat/publishing/guard.py", "rat/publishing/freshness.py", "rat/publishing/find.py"),
    *("rat/publishing/journal.py", "rat/publishing/marker.py", "rat/publishing/upsert.py", "rat/publishing/send.py"),
)
WRITERS = {
    "rat/leaks.py": ("test_leaks",),
    "rat/publishing/inert.py": ("publishing/test_inert", "publishing/test_markdown"),
    "rat/publishing/markdown.py": ("publishing/test_markdown",),
    "rat/publishing/adf.py": ("publishing/test_adf",),
    "rat/publishing/wiki.py": ("publishing/test_wiki",),
}
"""What writes, and the tests of tests/unit/ that say what is written; `test_writers` takes half a minute for each."""
STEP_TESTS = ("find", "guard", "journal", "marker", "upsert", "undo", "silence", "asked")
"""Of tests/unit/publishing. Those that kill a run at each of its steps take minutes, and notice nothing more."""
COPIED = ("rat", "prompts", "samples", "tests", "pyproject.toml")
SETTINGS = """
[tool.mutmut]
source_paths = ["rat"]
only_mutate = [{modules}]
also_copy = ["prompts", "samples"]
pytest_add_cli_args = ["-p", "no:xdist", "-o", "addopts=", "--import-mode=importlib", "-x", "-q"]
pytest_add_cli_args_test_selection = [{tests}]
"""
KILLED = frozenset({"killed", "timeout", "segfault", "caught by type check"})


def main(modules: Sequence[str]) -> int:
    """Run, print, and end with 1 where fewer than 90 of 100 are killed."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        _copy(copy, modules)
        mutmut = Path(sys.executable).with_name("mutmut")
        run = [str(mutmut), "run", "--max-children", str(os.cpu_count() or 1)]
        subprocess.run(run, cwd=copy, stdout=subprocess.DEVNULL, check=False)
        told = subprocess.run(
            [mutmut, "results", "--all", "true"], cwd=copy, capture_output=True, text=True, check=True
        )
        results = dict(_results(told.stdout))
        survivors = [name for name, status in results.items() if status not in KILLED]
        sys.stdout.write(_table(results))
        for name in survivors:
            shown = subprocess.run([mutmut, "show", name], cwd=copy, capture_output=True, text=True, check=False)
            sys.stdout.write(f"\n{name}: {results[name]}\n{shown.stdout}")
    return int(len(survivors) * 10 > len(results))


def _copy(to: Path, modules: Sequence[str]) -> None:
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, to / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, to / name)
    for name in modules:  # what is cached before the fork would hide the change made in it
        module = to / name
        module.write_text(module.read_text(encoding="utf-8").replace("@functools.cache\n", ""), encoding="utf-8")
    with (to / "pyproject.toml").open("a", encoding="utf-8") as settings:
        settings.write(SETTINGS.format(modules=_quoted(modules), tests=_quoted(_tests(modules))))


def _tests(modules: Sequence[str]) -> list[str]:
    names = [name for module in modules for name in WRITERS.get(module, ())]
    names += [f"publishing/test_{name}" for name in STEP_TESTS if set(modules) & set(STEPS)]
    return [f"tests/unit/{name}.py" for name in dict.fromkeys(names)]


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or (*STEPS, *WRITERS)))
