"""An OpenAPI description cut to the paths in use, and recorded traffic held to it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.stand_ins.proxy import Recorded

BASE = "http://127.0.0.1"


class Contract:
    """The part of a description that says how these *paths* are used."""

    def __init__(self, file: Path, *, paths: tuple[str, ...]) -> None:
        from openapi_core import OpenAPI

        self._openapi = OpenAPI.from_dict(cut(json.loads(file.read_text()), paths))

    def check(self, recorded: Recorded, *, answer: bool) -> None:
        """Raise where the request, or its *answer* too, is not as described."""
        from openapi_core.testing import MockRequest, MockResponse

        address = urlsplit(recorded.path)
        request = MockRequest(
            BASE,
            recorded.method.lower(),
            address.path,
            args=dict(parse_qsl(address.query)),
            headers=dict(recorded.headers),
            data=recorded.body or None,
            content_type="application/json",
        )
        self._openapi.validate_request(request)
        # What Jira answers without a body is described as "any JSON", also where HTTP forbids one (204).
        bare = recorded.method != "GET" and not recorded.answer
        if answer and not bare:
            self._openapi.validate_response(request, MockResponse(recorded.answer, recorded.status))


def cut(spec: dict[str, Any], paths: tuple[str, ...]) -> dict[str, Any]:
    """*spec* with these *paths* only and the components that they lead to; who may call them is left out."""
    kept: dict[str, Any] = {path: spec["paths"][path] for path in paths}
    components: dict[str, Any] = {}
    waiting = list(_refs(kept))
    while waiting:
        _, _, group, name = waiting.pop().split("/", 3)
        if name not in components.setdefault(group, {}):
            components[group][name] = spec["components"][group][name]
            waiting += _refs(components[group][name])
    document = {"openapi": spec["openapi"], "info": spec["info"], "servers": [{"url": BASE}], "paths": kept}
    document["components"] = components
    _drop_time_formats(document)
    for operations in kept.values():
        for operation in operations.values():
            if isinstance(operation, dict):
                operation.pop("security", None)
    return document


def _drop_time_formats(part: Any) -> None:
    """Jira is described with RFC 3339 times and writes `+0000`, which is none: a known false alarm."""
    if isinstance(part, dict):
        if part.get("format") == "date-time":
            del part["format"]
        part = list(part.values())
    if isinstance(part, list):
        for value in part:
            _drop_time_formats(value)


def _refs(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        for value in part.values():
            yield from _refs(value)
    elif isinstance(part, list):
        for value in part:
            yield from _refs(value)
