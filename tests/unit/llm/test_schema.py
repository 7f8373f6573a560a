"""JSON Schemas for strict structured outputs."""

from dataclasses import dataclass
from typing import Any

import pytest

from rat.agents import AGENTS
from rat.decode import schema_of
from rat.llm.schema import strict


def objects(schema: Any) -> list[dict[str, Any]]:
    """Every object schema in *schema*."""
    if isinstance(schema, list):
        return [found for item in schema for found in objects(item)]
    if not isinstance(schema, dict):
        return []
    own = [schema] if schema.get("type") == "object" else []
    return own + [found for value in schema.values() for found in objects(value)]


@pytest.mark.parametrize("name", AGENTS)
def test_every_object_of_a_reply_requires_all_of_its_fields_and_allows_no_other(name: str) -> None:
    found = objects(strict(schema_of(AGENTS[name].Reply)))
    assert found
    for item in found:
        assert item["additionalProperties"] is False
        assert item["required"] == list(item["properties"])


@pytest.mark.parametrize("name", AGENTS)
def test_no_reply_asks_for_what_strict_mode_refuses(name: str) -> None:
    text = str(strict(schema_of(AGENTS[name].Reply)))
    assert "'default'" not in text
    assert "maxLength" not in text


def test_a_field_may_be_called_title() -> None:
    @dataclass
    class Book:
        title: str
        default: str = ""

    assert list(strict(schema_of(Book))["properties"]) == ["title", "default"]
