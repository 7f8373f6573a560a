"""What may be asked of one model: which reply format it takes and which parameters, learned from its refusals."""

import json
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from rat.llm.schema import strict
from rat.model.settings import Replies
from rat.ports import Prompt

T = TypeVar("T")

FORMATS = tuple(Replies)
"""From the strictest to none at all; a server that refuses one is asked in the next."""
LIMITS = ("max_completion_tokens", "max_tokens", "")
"""The names of the reply's limit: the current one, the one of older servers, none."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """A way to ask: *limit* one of LIMITS. It only ever gets simpler."""

    format: Replies = Replies.JSON_SCHEMA
    limit: str = LIMITS[0]

    def simpler(self, complaint: str) -> "Form | None":
        """The next form after the server's *complaint* (a 400's text), None where the form is not what it is about."""
        said = complaint.lower()
        if self.limit and any(name in said for name in LIMITS if name):
            return replace(self, limit=_after(LIMITS, self.limit))
        if self.format is not Replies.TEXT and any(
            word in said for word in ("response_format", "json_schema", "json_object")
        ):
            return replace(self, format=_after(FORMATS, self.format))
        if self.limit and is_too_long(complaint):  # prompt and reply share the context: ask for no reserved part first
            return replace(self, limit="")
        return None

    def request(self, prompt: Prompt, *, model: str, reply_tokens: int) -> dict[str, Any]:
        """The body of a chat completion. No tools, no temperature or seed: reasoning models refuse them."""
        user = prompt.user if self.format is Replies.JSON_SCHEMA else prompt.user + _schema_in_words(prompt)
        body: dict[str, Any] = {
            "model": model,
            "messages": [{"role": "system", "content": prompt.system}, {"role": "user", "content": user}],
        }
        if self.limit:
            body[self.limit] = reply_tokens
        if self.format is Replies.JSON_SCHEMA:
            schema = {"name": prompt.agent, "strict": True, "schema": strict(prompt.schema)}
            body["response_format"] = {"type": "json_schema", "json_schema": schema}
        elif self.format is Replies.JSON_OBJECT:
            body["response_format"] = {"type": "json_object"}
        return body


def is_too_long(complaint: str) -> bool:
    """Whether a server's *complaint* says that the prompt does not fit (OpenAI, vLLM, llama.cpp, Ollama)."""
    said = complaint.lower()
    return "context_length_exceeded" in said or ("context" in said and any(word in said for word in ("length", "size")))


def _after(choices: tuple[T, ...], current: T) -> T:
    return choices[choices.index(current) + 1]


def _schema_in_words(prompt: Prompt) -> str:
    schema = json.dumps(strict(prompt.schema), separators=(",", ":"))
    return f"\nReply with one JSON object of this JSON Schema and nothing else, no code fence:\n{schema}\n"
