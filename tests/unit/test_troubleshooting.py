"""The page on troubleshooting quotes what the code says."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/troubleshooting.md").read_text(encoding="utf-8")
QUOTED = [
    found[1]
    for table in PAGE.split("| message | cause | what to do |")[1:]
    for found in re.finditer(r"^\| `([^|]+)` \|", table, re.MULTILINE)
]


def texts() -> list[str]:
    """Every text in the code, with `…` for what is filled in, and the Action's own."""
    found = [(ROOT / "action.yml").read_text(encoding="utf-8")]
    for path in [*(ROOT / "rat").rglob("*.py"), ROOT / "action/start.py"]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.append(node.value)
            elif isinstance(node, ast.JoinedStr):
                found.append("".join(str(p.value) if isinstance(p, ast.Constant) else "…" for p in node.values))
    return found


TEXTS = texts()


@pytest.mark.parametrize("quoted", QUOTED)
def test_a_message_that_the_page_explains_is_in_the_code(quoted: str) -> None:
    pattern = re.compile(".+?".join(map(re.escape, quoted.split("…"))), re.DOTALL)
    assert any(pattern.search(text) for text in TEXTS)


def test_messages_are_explained_and_no_row_is_empty() -> None:
    assert len(QUOTED) > 40
    assert [line for line in PAGE.splitlines() if line.rstrip().endswith("| |")] == []
