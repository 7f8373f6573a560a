"""The one place where outside data becomes RAT's types: configuration, ticket files, proposals, models' replies."""

import difflib
import functools
import json
import typing
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from rat.errors import ConfigError, RatError

T = TypeVar("T")

_SHOWN = 5
"""How many problems of one document a message names."""


def decode(kind: type[T], data: object, *, what: str, error: type[RatError] = ConfigError) -> T:
    """*data* as *kind*. *what* names the thing in the message; unknown keys are refused with the nearest known one."""
    try:
        value: T = _adapter(kind).validate_python(data)
    except ValidationError as problem:
        raise error(_explain(kind, problem.errors(), what)) from problem
    except RecursionError as problem:
        raise error(f"{what} is nested too deeply to be read. Flatten it.") from problem
    return value


def decode_json(kind: type[T], text: str | bytes, *, what: str, error: type[RatError] = ConfigError) -> T:
    """JSON *text* as *kind*; raises *error* where it is not JSON or not of that form."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise error(f"{what} is not JSON ({problem}).") from problem
    return decode(kind, data, what=what, error=error)


def encode(value: object) -> Any:
    """*value* as plain JSON data: dicts, lists, strings, numbers, booleans, None."""
    return _adapter(type(value)).dump_python(value, mode="json")


def schema_of(kind: type[Any]) -> dict[str, Any]:
    """The JSON Schema (2020-12) of *kind*."""
    return _adapter(kind).json_schema()


def _adapter(kind: Any) -> TypeAdapter[Any]:
    return _built(kind)


@functools.cache
def _built(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _explain(kind: type[Any], errors: list[ErrorDetails], what: str) -> str:
    lines = [_line(kind, error) for error in errors[:_SHOWN]]
    more = f" (and {len(errors) - _SHOWN} more)" if len(errors) > _SHOWN else ""
    return f"{what}: " + "; ".join(lines) + more


def _line(kind: type[Any], error: ErrorDetails) -> str:
    where = ".".join(str(part) for part in error["loc"]) or "the whole"
    if error["type"] not in ("unexpected_keyword_argument", "extra_forbidden"):
        return f"`{where}`: {error['msg'][:1].lower()}{error['msg'][1:]}"
    known = _keys_at(kind, error["loc"][:-1])
    near = difflib.get_close_matches(str(error["loc"][-1]), known, n=1)
    return f"unknown key `{where}`" + (f", did you mean `{near[0]}`?" if near else f", known are {', '.join(known)}")


def _keys_at(kind: object, path: tuple[int | str, ...]) -> list[str]:
    """The keys that the type at *path* below *kind* knows, looking through tuples, dicts and unions."""
    if is_dataclass(kind) and isinstance(kind, type):
        hints = typing.get_type_hints(kind)
        if not path:
            return [field.name for field in fields(kind)]
        return _keys_at(hints.get(str(path[0])), path[1:])
    members = [member for member in typing.get_args(kind) if member is not type(None) and member is not Ellipsis]
    if path and typing.get_origin(kind) in (tuple, dict, list):
        return _keys_at(members[-1], path[1:])
    return [key for member in members for key in _keys_at(member, path)]
