"""The house: floors, sizes, who may import which SDK, and the one path of writes (DESIGN §6, §8)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "rat"
MODULES = sorted(path for path in PACKAGE.rglob("*.py"))

FLOORS = (
    ("ground", ("model", "ports", "errors", "redaction", "leaks", "cleaning")),
    ("adapters", ("trackers", "llm", "checkout", "runner")),
    ("services", ("asking", "config", "templates", "decode", "intervals", "triggers")),
    ("wings", ("agents", "checks", "sources", "readiness", "search", "publishing", "reporting", "evaluation")),
    ("halls", ("pipeline", "batch", "impact", "fairness", "projects")),
    (
        "composition",
        (
            "connect",
            "results",
            "dialogue",
            "selection",
            "beginning",
            "sweep",
            "forecast",
            "orders",
            "review",
            "delivery",
            "bookkeeping",
            "diagnosis",
            "adoption",
            "trial",
        ),
    ),
    ("door", ("ahead", "cli", "commands", "api", "__main__", "__init__")),
)
LEVEL = {room: level for level, (_, rooms) in enumerate(FLOORS) for room in rooms}
WINGS = set(FLOORS[3][1])
NEIGHBOURS = {("sources", "search")}
"""Wings that may use another wing: the source of code evidence is the search."""

SDKS = {"github": "trackers", "jira": "trackers", "openai": "llm", "git": "checkout"}
WRITES = {
    *("create_comment", "update_comment", "update_field", "add_labels", "remove_labels", "react"),
    *("create_child", "close_child", "add_blocker", "remove_blocker", "add_remote_link", "remove_remote_link"),
    "retract_comment",
}
MAX_FILE, MAX_FUNCTION = 300, 40


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "rat":
                yield from (f"rat.{alias.name}" for alias in node.names)
            else:
                yield node.module


@pytest.fixture(scope="module")
def trees() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}


def test_every_room_stands_on_a_floor() -> None:
    assert {room_of(path) for path in MODULES} <= set(LEVEL)


def test_imports_only_go_down_and_wings_do_not_know_each_other(trees: dict[Path, ast.Module]) -> None:
    climbing = []
    for path, tree in trees.items():
        room = room_of(path)
        for name in imports(tree):
            parts = name.split(".")
            if parts[0] != "rat" or len(parts) == 1 or parts[1] in (room, "__version__"):
                continue
            other = parts[1]
            sideways = room in WINGS and other in WINGS and (room, other) not in NEIGHBOURS
            if LEVEL[other] > LEVEL[room] or sideways:
                climbing.append(f"{path.relative_to(ROOT)} imports {name}")
    assert climbing == []


def test_the_ground_needs_the_standard_library_only(trees: dict[Path, ast.Module]) -> None:
    import sys

    foreign = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path, tree in trees.items()
        if room_of(path) in FLOORS[0][1]
        for name in imports(tree)
        if name.split(".")[0] not in {*sys.stdlib_module_names, "rat"}
    ]
    assert foreign == []


def test_only_adapters_import_the_sdks(trees: dict[Path, ast.Module]) -> None:
    strangers = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path, tree in trees.items()
        for name in imports(tree)
        if name.split(".")[0] in SDKS and room_of(path) != SDKS[name.split(".")[0]]
    ]
    assert strangers == []


def test_p16_only_publishing_calls_a_trackers_write_methods(trees: dict[Path, ast.Module]) -> None:
    calls = [
        f"{path.relative_to(ROOT)}:{node.lineno} calls {node.func.attr}"
        for path, tree in trees.items()
        if room_of(path) not in ("publishing", "trackers")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES
    ]
    assert calls == []


def test_no_file_is_overgrown() -> None:
    sizes = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8").count("\n") for path in MODULES}
    assert {name: size for name, size in sizes.items() if size > MAX_FILE} == {}


def test_no_function_is_overgrown(trees: dict[Path, ast.Module]) -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno > MAX_FUNCTION
    ]
    assert long == []


def test_no_room_is_called_utils_helpers_or_manager() -> None:
    assert [
        str(path) for path in MODULES if path.stem in {"utils", "util", "helpers", "manager", "misc", "common"}
    ] == []


def test_nothing_is_printed_outside_the_command_line_and_nothing_is_swallowed(trees: dict[Path, ast.Module]) -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path, tree in trees.items()
        for node in ast.walk(tree)
        if (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print")
        or (
            isinstance(node, ast.ExceptHandler)
            and (
                node.type is None
                or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException"))
            )
        )
    ]
    assert wrong == []
