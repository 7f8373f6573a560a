"""The last look before anything leaves: secrets of this process, in any disguise, and what looks like a secret."""

from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import TypeVar

from rat.leaks import leaks
from rat.publishing.document import Document
from rat.redaction import redact

REMOVED = "[secret removed]"
_KEPT_FIELDS = frozenset({"url", "name"})
Part = TypeVar("Part")


@dataclass(frozen=True, kw_only=True, slots=True)
class Guard:
    """Knows the *secrets* that this process holds; those with fewer than eight letters and digits are left aside."""

    secrets: tuple[str, ...] = field(default=(), repr=False)

    def leaks(self, text: str) -> bool:
        """Whether *text* gives one of the secrets away."""
        return leaks(text, self.secrets)

    def clean(self, document: Document) -> Document:
        """*document* with every leaf that leaks replaced, and with what looks like a secret redacted."""
        return _mapped(document, self)

    def clean_text(self, text: str) -> str:
        """One leaf, as above."""
        return REMOVED if self.leaks(text) else redact(text)[0]


def _mapped(part: Part, guard: Guard) -> Part:
    if is_dataclass(part) and not isinstance(part, type):
        changed = {
            item.name: _changed(getattr(part, item.name), guard)
            for item in fields(part)
            if item.name not in _KEPT_FIELDS
        }
        return replace(part, **changed)
    return part


def _changed(value: object, guard: Guard) -> object:
    if isinstance(value, tuple):
        return tuple(_changed(part, guard) for part in value)
    if type(value) is str:
        return guard.clean_text(value)
    return _mapped(value, guard)
