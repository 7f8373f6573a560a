"""The page on JSON, from the schemas that `rat schema` prints."""

import re
from collections.abc import Mapping
from typing import Any

from docs.reference.page import code, table
from rat.commands.schema import NAMES, schema_called

SHAPES = (
    (
        "rat check --format json",
        (
            '`[{"ticket": {"key", "title", "type"}, "score", "ready", "findings": [{"check", "severity", "message", '
            '"points"}], "questions": [{"text", "why", "assumption"}]}]`'
        ),
    ),
    (
        "rat localize --json",
        '`{"files": [{"path", "score", "reasons", "symbols": [{"name", "line"}], "tests"}]}`, best first',
    ),
    ("rat evidence --json", "`evidence`, `impacted_files`, `conflicts`, `notes` of a [refinement](#refinement)"),
    (
        "rat sources --json",
        (
            '`{"adrs": [{"path", "id", "number", "title", "status", "raw_status", "date", "supersedes", '
            '"superseded_by"}], "rfes": [{"path", "id", "title", "status"}], "problems": [{"path", "message"}]}`; with '
            "`--lint` also `lint`"
        ),
    ),
    ("rat select", '`{"include": [{"shard", "tickets"}]}`'),
    ("rat publish --dry-run", '`{"tracker", "operation", "target", "body"}`, a line for each call'),
)
"""What commands print that has no schema; tests/integration/test_documented_commands.py looks at it."""


def records_page() -> str:
    """The JSON Schemas as tables."""
    parts = ["# JSON that RAT reads and writes", "`rat schema NAME` prints the JSON Schema itself."]
    parts.append(
        "Names: " + ", ".join(f"`{name}`" for name in NAMES) + ". That of `config`: [configuration](configuration.md)."
    )
    parts.append(
        "Keys may be added, these stay. Unknown keys are refused where RAT reads JSON: results, data sets, ledgers."
    )
    rows = [(f"`{command}`", shape) for command, shape in SHAPES]
    parts += ["## What has no schema", table("command", "prints", rows=rows)]
    told: set[str] = set()
    for name in NAMES:
        if name == "config":
            continue
        schema = schema_called(name)
        parts += [f"## `{name}`", *_record(schema)]
        for inner, one in sorted(schema.get("$defs", {}).items()):
            if inner not in told:
                parts += [f"### {inner}", *_record(one)]
                told.add(inner)
    return "\n\n".join(part for part in parts if part)


def _record(schema: Mapping[str, Any]) -> list[str]:
    text = "" if (schema.get("description") or "").startswith("An enumeration") else schema.get("description") or ""
    words = [re.sub(r"\s+", " ", text.strip())]
    if "enum" in schema or "const" in schema:
        return [*words, "One of " + ", ".join(f"`{one}`" for one in schema.get("enum", [schema.get("const")])) + "."]
    needed = schema.get("required", [])
    fields = [
        (f"`{name}`", _kind(one), "yes" if name in needed else code(one.get("default")))
        for name, one in schema.get("properties", {}).items()
    ]
    if fields:
        return [*words, table("field", "type", "needed, or its default", rows=fields)]
    return [*words, f"Is {_kind(schema)}."] if _kind(schema) else words


def _kind(one: Mapping[str, Any]) -> str:
    """What a value is, in a cell of a table."""
    if "$ref" in one:
        name = one["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if choices := one.get("enum") or ([one["const"]] if "const" in one else []):
        return ", ".join(f"`{value}`" for value in choices)
    if members := one.get("anyOf") or one.get("oneOf"):
        return " or ".join(_kind(member) for member in members)
    return _collection(one) or str(one.get("type") or "any")


def _collection(one: Mapping[str, Any]) -> str:
    if one.get("type") == "array":
        inner = one.get("prefixItems")
        return "array: " + ", ".join(map(_kind, inner)) if inner else f"array of {_kind(one.get('items', {}))}"
    if isinstance(one.get("additionalProperties"), dict):
        return f"object with values: {_kind(one['additionalProperties'])}"
    return ""
