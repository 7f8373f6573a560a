"""Reads a webhook's payload; what is not of the expected form counts as absent."""

import re
from collections.abc import Mapping

from rat.triggers.activity import Event


def by_a_bot(event: Event) -> str:
    """RAT's own writes, and those of other programs, must not start it again."""
    sender = text_at(event.payload, "sender", "login")
    is_bot = text_at(event.payload, "sender", "type") == "Bot" or sender.endswith("[bot]")
    return "the event was caused by a bot" if is_bot else ""


def at(payload: object, *path: str) -> object:
    """What stands in *payload* under the keys of *path*, one in the other; None where there is nothing."""
    for key in path:
        payload = payload.get(key) if isinstance(payload, Mapping) else None
    return payload


def text_at(payload: object, *path: str) -> str:
    """The text there; empty where there is none."""
    value = at(payload, *path)
    return value if isinstance(value, str) else ""


def number_at(payload: object, *path: str) -> int:
    """The positive number there; 0 where there is none."""
    value = at(payload, *path)
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0


def labels_of(payload: object, thing: str) -> tuple[str, ...]:
    """The labels of the *thing* (issue, pull_request) that the event is about."""
    labels = at(payload, thing, "labels")
    return tuple(text_at(label, "name") for label in labels) if isinstance(labels, list | tuple) else ()


def word(action: str) -> str:
    """An action of the platform is one lower-case word; anything else is not repeated."""
    return action if re.fullmatch(r"[a-z_]{1,40}", action) else "in an unknown state"
