"""JSON Schemas in the subset that strict structured outputs take (OpenAI's `strict: true`, and servers that follow it).

Every property is required, nothing else is allowed, and there are no defaults, titles or bounds
(https://platform.openai.com/docs/guides/structured-outputs#supported-schemas).
"""

from collections.abc import Mapping
from typing import Any

_NOT_TAKEN = frozenset(
    {"default", "title", "description", "minLength", "maxLength", "minItems", "maxItems", "format", "pattern"}
)
_NAMED = frozenset({"properties", "$defs"})


def strict(schema: Mapping[str, object]) -> dict[str, Any]:
    """*schema* with what strict structured outputs refuse taken out and what they demand put in."""
    kept = {key: _strict_value(key, value) for key, value in schema.items() if key not in _NOT_TAKEN}
    if kept.get("type") == "object":
        kept["additionalProperties"] = False
        kept["required"] = list(kept.get("properties", {}))
    return kept


def _strict_value(key: str, value: object) -> Any:
    if key in _NAMED and isinstance(value, Mapping):  # names of fields, which may be called `title`
        return {name: strict(part) for name, part in value.items()}
    if isinstance(value, Mapping):
        return strict(value)
    if isinstance(value, list):
        return [strict(part) if isinstance(part, Mapping) else part for part in value]
    return value
