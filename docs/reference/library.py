"""The page on the Python API, from the public names of the package."""

import ast
import re

import rat
from docs.reference.page import table, tree_of


def python_page() -> str:
    """What `from rat import …` gives."""
    homes = {
        name: module.replace(".", "/") + ".py"
        for node in ast.walk(tree_of("rat/__init__.py"))
        if isinstance(node, ast.ImportFrom) and (module := node.module)
        for name in (alias.name for alias in node.names)
    }
    parts = ["# `from rat import …`", "What is promised, and an example: docs/python-api.md."]
    for name in rat.__all__:
        if name in homes:
            parts += [f"## `{name}`", *_definition(name, homes[name])]
    return "\n\n".join(part for part in parts if part)


def _definition(name: str, path: str) -> list[str]:
    nodes = [one for one in tree_of(path).body if isinstance(one, ast.FunctionDef | ast.ClassDef) and one.name == name]
    (node,) = nodes
    told = re.sub(r"(?<!\n)\n(?!\n)", " ", ast.get_docstring(node) or "")
    if isinstance(node, ast.FunctionDef):
        return [
            f"```python\n{name}({ast.unparse(node.args)}) -> {ast.unparse(node.returns or ast.Constant(None))}\n```",
            told,
        ]
    rows = [
        (f"`{one.target.id}`", f"`{ast.unparse(one.annotation)}`")
        for one in node.body
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)
    ]
    return [told, table("field", "type", rows=rows) if rows else ""]
