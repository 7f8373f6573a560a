"""What the pages share: where things are, tables, and the form of a page."""

import ast
import re
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
NOTE = "<!-- Written by `make docs` from the code; changes belong there. -->\n"
DOCUMENT = re.compile(r"\bdocs/([\w-]+\.md)")


def page(text: str) -> str:
    """*text* with its note and with links where it names a page."""
    return NOTE + "\n" + DOCUMENT.sub(r"[\1](../\1)", text.strip()) + "\n"


def table(*head: str, rows: Sequence[tuple[str, ...]]) -> str:
    """A table in Markdown, or nothing where there are no rows."""

    def line(cells: tuple[str, ...]) -> str:
        return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"

    return "\n".join([line(head), "|" + "---|" * len(head), *map(line, rows)]) if rows else ""


def code(value: object) -> str:
    """A default as it is written in a file, or nothing."""
    if value in (None, "", [], {}) or isinstance(value, dict | list):
        return ""
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def text_of(path: str) -> str:
    """The file at *path* of this repository."""
    return (ROOT / path).read_text(encoding="utf-8")


def tree_of(path: str) -> ast.Module:
    """The syntax tree of the module at *path*."""
    return ast.parse(text_of(path))
