"""A model's reply as text becomes a typed reply here, or a reason why it cannot be used."""

import json
from typing import Any, TypeVar

from rat.cleaning import strip_invisible
from rat.decode import decode
from rat.errors import CouldNotAssess

T = TypeVar("T")

MAX_REPLY = 200_000
"""Characters of a reply; what an engineer reads in one sitting is a tenth of it."""
MAX_TEXT = 4_000
"""Characters of one field of a reply."""
MAX_ITEMS = 40
"""Items of one list of a reply."""


def read_reply(kind: type[T], text: str, *, agent: str) -> T:
    """*text* as *kind*: one JSON object of exactly that form, invisible characters stripped from its strings.

    Raises CouldNotAssess with a text that tells the model what to do better.
    """
    if len(text) > MAX_REPLY:
        raise CouldNotAssess(f"The reply has {len(text)} characters, more than {MAX_REPLY}. Answer briefly.")
    try:
        data = json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_once_each)
        return decode(kind, _cleaned(data), what=f"The reply of {agent}", error=CouldNotAssess)
    except (ValueError, RecursionError) as problem:
        raise CouldNotAssess(
            f"The reply is not one JSON object ({str(problem)[:200]}). Answer with the object alone, no code fence."
        ) from problem


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object of *pairs*. Raises ValueError where a key stands twice: which one is meant is a guess."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands in it twice")
    return found


def _cleaned(data: Any) -> Any:
    match data:
        case str():
            return _bounded_text(strip_invisible(data)[0])
        case list():
            return [_cleaned(item) for item in _bounded_list(data)]
        case dict():
            return {strip_invisible(key)[0]: _cleaned(value) for key, value in data.items()}
        case _:
            return data


def _bounded_text(text: str) -> str:
    if len(text) > MAX_TEXT:
        raise CouldNotAssess(f"A text of the reply has {len(text)} characters, more than {MAX_TEXT}. Answer briefly.")
    return text.strip()


def _bounded_list(items: list[Any]) -> list[Any]:
    if len(items) > MAX_ITEMS:
        raise CouldNotAssess(f"A list of the reply has {len(items)} items, more than {MAX_ITEMS}. Answer briefly.")
    return items
