"""The documentation says what the code does: tables of settings and commands are held against it."""

import dataclasses
import re
import types
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from docs.reference.generate import PAGES, pages
from rat.cli import COMMANDS
from rat.model.settings import Settings
from tests.test_house import FLOORS

ROOT = Path(__file__).parents[2]


def leaves(kind: Any, key: str = "") -> Iterator[str]:
    """The dotted keys below *kind*, through optional values and lists, not into free mappings."""
    members = typing.get_args(kind) if typing.get_origin(kind) in (tuple, types.UnionType, typing.Union) else (kind,)
    inner = [member for member in members if dataclasses.is_dataclass(member)]
    if not inner or len([m for m in members if m not in (type(None), Ellipsis)]) > 1:
        yield key
        return
    hints = typing.get_type_hints(inner[0])
    for field in dataclasses.fields(inner[0]):
        yield from leaves(hints[field.name], f"{key}.{field.name}" if key else field.name)


def first_cells(page: str) -> set[str]:
    return set(re.findall(r"^\| `([^`]+)` \|", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE))


def test_every_setting_is_documented_and_no_other() -> None:
    documented = first_cells("docs/reference/configuration.md")
    assert documented == set(leaves(Settings))


def test_every_setting_says_what_it_means() -> None:
    page = (ROOT / "docs/reference/configuration.md").read_text(encoding="utf-8")
    rows = [line.split(" | ") for line in page.splitlines() if line.startswith("| `")]
    assert [cells[0] for cells in rows if len(cells[-1]) < 10] == []


@pytest.mark.parametrize("name", PAGES)
def test_the_reference_is_what_the_code_says(name: str) -> None:
    assert (ROOT / "docs/reference" / name).read_text(encoding="utf-8") == pages()[name], "run `make docs`"


def test_no_row_of_the_reference_is_without_a_meaning() -> None:
    """An option, an input, an output that nobody described."""
    lines = [line for name in ("cli.md", "action.md", "workflows.md") for line in pages()[name].splitlines()]
    assert [line for line in lines if line.startswith("| `") and line.endswith("|  |")] == []


def test_the_readme_names_every_command_but_the_actions_own() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    missing = [name for name in COMMANDS if name != "action" and f"`rat {name}" not in text]
    assert missing == []


def test_every_link_between_pages_leads_somewhere() -> None:
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
        for target in re.findall(r"\]\(([^)#:\s]+)\)", page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert broken == []


def test_every_page_is_reached_from_the_list_of_pages() -> None:
    text = (ROOT / "docs/README.md").read_text(encoding="utf-8")
    pages = [*(ROOT / "docs").glob("*.md"), *(ROOT / "docs/reference").glob("*.md")]
    names = [page.relative_to(ROOT / "docs").as_posix() for page in pages if page.name != "README.md"]
    assert [name for name in names if f"]({name})" not in text] == []


def test_every_anchor_is_that_of_a_heading() -> None:
    broken = []
    for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]:
        for target, anchor in re.findall(r"\]\(([^)#:\s]*)#([^)\s]+)\)", page.read_text(encoding="utf-8")):
            text = (page.parent / target if target else page).read_text(encoding="utf-8")
            headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
            if anchor not in {re.sub(r"[^\w -]", "", line.lower()).replace(" ", "-") for line in headings}:
                broken.append(f"{page.relative_to(ROOT)}: {target}#{anchor}")
    assert broken == []


def test_the_pictures_are_small() -> None:
    assert [path.name for path in (ROOT / "docs/images").glob("*.webp") if path.stat().st_size > 200_000] == []


def test_the_page_on_the_architecture_names_every_room() -> None:
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    rooms = [room for _, rooms in FLOORS for room in rooms if not room.startswith("__")]
    assert [room for room in rooms if f"`{room}`" not in text and f"`{room}/`" not in text] == []


def test_what_a_recipe_names_is_there() -> None:
    """docs/development.md: each file or folder, and each name that is said to be in a file."""
    text = (ROOT / "docs/development.md").read_text(encoding="utf-8")
    paths = set(re.findall(r"`((?:rat|tests|prompts|benchmarks|requirements|action)/[\w./]*)`", text))
    assert len(paths) > 15
    assert [path for path in paths if not (ROOT / path).exists()] == []
    named = re.findall(r"`(\w+)`\s+\(`([\w/.]+\.py)`\)", text)
    assert len(named) >= 10
    assert [pair for pair in named if not re.search(rf"\b{pair[0]}\b", (ROOT / pair[1]).read_text("utf-8"))] == []


def test_every_figure_of_the_readme_is_in_the_page_that_it_links() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.startswith(("| **", "- ")) and "](" in line]
    assert len(lines) >= 8
    missing = []
    for line in lines:
        cell = line.split(" | ")[-1]
        targets = re.findall(r"\]\(([^)#]+)", cell)
        pages = "".join((ROOT / target).read_text(encoding="utf-8") for target in targets)
        said = re.sub(r"\]\([^)]*\)", "", cell)
        missing += [
            f"{figure}: {line}" for figure in re.findall(r"\d[\d,.]*\d|\d{2,}", said) if not in_page(figure, pages)
        ]
    assert missing == []


def in_page(figure: str, page: str) -> bool:
    """Whether *page* says *figure*, with or without decimals and commas."""
    said = {number.replace(",", "") for number in re.findall(r"\d[\d,]*(?:\.\d+)?", page)}
    return figure.replace(",", "") in said | {str(round(float(number))) for number in said}


def test_every_dependency_has_its_line_in_the_decision() -> None:
    text = (ROOT / "docs/adr/0005-dependencies.md").read_text(encoding="utf-8")
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = project[project.index("dependencies = [") : project.index("]\n\n[project.scripts]")]
    names = re.findall(r'"([a-z0-9-]+)>=', block)
    assert names
    assert [name for name in names if f"| {name} |" not in text] == []
