"""An OpenAPI description cut to the paths in use, and recorded traffic held to it."""

import copy
import functools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.stand_ins.proxy import Recorded

BASE = "http://127.0.0.1"
_PLACEHOLDER = re.compile(r"\\\{(\w+)\\\}")


class Description:
    """What a service publishes about its API; the part for each path is cut out of it when it is first needed."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._parts: dict[str, Any] = {}
        self._checked: set[tuple[object, ...]] = set()

    @functools.cached_property
    def _spec(self) -> dict[str, Any]:
        spec: dict[str, Any] = json.loads(self._file.read_text())
        return spec

    @functools.cached_property
    def _patterns(self) -> list[tuple[re.Pattern[str], str]]:
        """The paths as patterns, those with the fewest placeholders first."""
        paths = sorted(self._spec["paths"], key=lambda path: path.count("{"))
        return [(re.compile(_PLACEHOLDER.sub(_pattern, re.escape(path))), path) for path in paths]

    def check(self, recorded: Recorded, *, answer: bool) -> None:
        """Raise where the request, or its *answer* too, is not as described. The same one is looked at once."""
        address = urlsplit(recorded.path)
        bytes_of_answer = recorded.answer if answer else b""
        seen = (recorded.method, recorded.path, recorded.body, recorded.status if answer else 0, bytes_of_answer)
        if seen not in self._checked:
            path, template = self._found(address.path)
            self._validate(recorded, self._part(template), path, parse_qsl(address.query), answer=answer)
            self._checked.add(seen)

    def _found(self, path: str) -> tuple[str, str]:
        """*path* as it is to be looked up, and how it is described."""
        for pattern, template in self._patterns:
            if found := pattern.fullmatch(path):
                inner = found.groupdict().get("inner")
                return (path.replace(inner, inner.replace("/", "%2F")) if inner else path), template
        raise LookupError(f"There is no path for {path} in {self._file.name}.")

    def _part(self, template: str) -> Any:
        from openapi_core import OpenAPI

        if template not in self._parts:
            self._parts[template] = OpenAPI.from_dict(cut(self._spec, (template,)))
        return self._parts[template]

    @staticmethod
    def _validate(recorded: Recorded, part: Any, path: str, query: list[tuple[str, str]], *, answer: bool) -> None:
        from openapi_core.testing import MockRequest, MockResponse

        request = MockRequest(
            BASE,
            recorded.method.lower(),
            path,
            args=dict(query),
            headers=dict(recorded.headers),
            data=recorded.body or None,
            content_type="application/json",
        )
        part.validate_request(request)
        # What Jira answers without a body is described as "any JSON", also where HTTP forbids one (204).
        bare = recorded.method != "GET" and not recorded.answer
        if answer and not bare:
            part.validate_response(request, MockResponse(recorded.answer, recorded.status))


def _pattern(placeholder: re.Match[str]) -> str:
    """Names of files and of Git references may hold slashes."""
    return "(?P<inner>.+)" if placeholder[1] in ("path", "ref") else "[^/]+"


def cut(spec: dict[str, Any], paths: tuple[str, ...]) -> dict[str, Any]:
    """*spec* with these *paths* only and the components that they lead to; who may call them is left out."""
    kept: dict[str, Any] = {path: copy.deepcopy(spec["paths"][path]) for path in paths}
    components: dict[str, Any] = {}
    waiting = list(_refs(kept))
    while waiting:
        _, _, group, name = waiting.pop().split("/", 3)
        if name not in components.setdefault(group, {}):
            components[group][name] = copy.deepcopy(spec["components"][group][name])
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
