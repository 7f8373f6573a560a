"""The page on the configuration, from the fields of the settings and the texts below them."""

import ast
import re
from collections.abc import Iterator, Mapping

from docs.reference.page import table, tree_of
from rat.model import settings


def configuration_page() -> str:
    """Every key of `.github/rat.yml`: type, default, meaning."""
    classes = {node.name: node for node in tree_of("rat/model/settings.py").body if isinstance(node, ast.ClassDef)}
    top = ("# Every key of the configuration", "How the file is found and read: docs/configuration.md.")
    return "\n\n".join([*top, table("key", "type", "default", "meaning", rows=list(_keys(classes, "Settings", "")))])


def _keys(classes: Mapping[str, ast.ClassDef], name: str, above: str) -> Iterator[tuple[str, ...]]:
    body = classes[name].body
    for node, after in zip(body, [*body[1:], None], strict=True):
        if not isinstance(node, ast.AnnAssign) or not isinstance(node.target, ast.Name):
            continue
        key, kind = above + node.target.id, ast.unparse(node.annotation)
        inner = [word for word in re.findall(r"\w+", kind) if word in classes and "Enum" not in _bases(classes[word])]
        told = _docstring_of(after)
        if inner and not told:
            yield from _keys(classes, inner[0], f"{key}.")
        else:
            yield f"`{key}`", _type(kind, classes), _default(node.value, classes), told


def _bases(node: ast.ClassDef) -> str:
    return " ".join(ast.unparse(base) for base in node.bases)


def _docstring_of(node: ast.stmt | None) -> str:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
        return " ".join(node.value.value.split())
    return ""


def _members(node: ast.ClassDef) -> dict[str, str]:
    """What an enumeration's members are called in a file."""
    found = {}
    for one in node.body:
        if isinstance(one, ast.Assign) and isinstance(one.targets[0], ast.Name) and isinstance(one.value, ast.Constant):
            found[one.targets[0].id] = str(one.value.value)
    return found


def _type(kind: str, classes: Mapping[str, ast.ClassDef]) -> str:
    """A Python type in the words of YAML."""
    words = {"str": "text", "int": "whole number", "float": "number", "bool": "`true` or `false`"}
    kind = kind.removesuffix(" | None")
    if kind in classes and "Enum" in _bases(classes[kind]):
        return ", ".join(f"`{one}`" for one in _members(classes[kind]).values())
    if match := re.fullmatch(r"tuple\[(\w+), \.\.\.\]", kind):
        return f"list of {words.get(match[1], 'mappings')}s"
    if " | dict" in kind:
        first = kind.partition(" | ")[0]
        return f"{_type(first, classes)}, or a mapping" if "Enum" in _bases(classes[first]) else "mapping"
    return "mapping" if kind.startswith("dict") else words.get(kind, kind)


def _default(value: ast.expr | None, classes: Mapping[str, ast.ClassDef]) -> str:
    if value is None:
        return "must be given"
    if isinstance(value, ast.Attribute) and isinstance(value.value, ast.Name):
        return f"`{_members(classes[value.value.id])[value.attr]}`"
    if isinstance(value, ast.Name):
        return "`" + ", ".join(getattr(settings, value.id)) + "`"
    if (
        not isinstance(value, ast.Constant)
        or not isinstance(value.value, bool | int | float | str)
        or value.value == ""
    ):
        return "unset"
    return f"`{str(value.value).lower() if isinstance(value.value, bool) else value.value}`"
