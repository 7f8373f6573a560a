"""Reading the JSON body of a chat completion, whoever sent it."""

import json
from typing import Any

from rat.llm.tokens import estimate_tokens
from rat.model import Usage
from rat.ports import Completion, Finish, Prompt

MOST_TOKENS = 10_000_000
"""Tokens that a server may say one call took; what is more is no count (the largest contexts hold a tenth of it)."""
_FINISHES = {"length": Finish.LENGTH, "max_tokens": Finish.LENGTH, "content_filter": Finish.REFUSED}


def read_completion(body: bytes, prompt: Prompt) -> Completion:
    """*body* as a completion. Raises ValueError where it is not a chat completion, with what it says instead."""
    if body.lstrip()[:6] in (b"data: ", b"event:"):
        raise ValueError("it is a stream of events, which was not asked for")
    try:
        data: Any = json.loads(body)
        if isinstance(data, dict) and data.get("error"):
            raise ValueError(f"it is an error with status 200: {_said(data['error'])}")
        choice = data["choices"][0]
        message = choice["message"]
        text = _text(message.get("content"))
        finish = _finish(choice.get("finish_reason"), text=text, refusal=message.get("refusal"))
    except (LookupError, TypeError, AttributeError, RecursionError) as problem:
        raise ValueError("it is JSON, but not a chat completion") from problem
    return Completion(text=text, finish=finish, usage=_usage(data.get("usage"), prompt, text))


def _said(error: object) -> str:
    return str(error.get("message", error)) if isinstance(error, dict) else str(error)


def _text(content: object) -> str:
    """The text of *content*, which is a string, null, or a list of parts."""
    if isinstance(content, list):
        return "".join(str(part.get("text", "")) for part in content if isinstance(part, dict))
    return content if isinstance(content, str) else ""


def _finish(reason: object, *, text: str, refusal: object) -> Finish:
    if refusal:
        return Finish.REFUSED
    finish = _FINISHES.get(str(reason), Finish.STOP)
    return Finish.EMPTY if finish is Finish.STOP and not text.strip() else finish


def _usage(reported: object, prompt: Prompt, text: str) -> Usage:
    """The tokens that the server counted, else an estimate that says so."""
    match reported:
        case {"prompt_tokens": int(asked), "completion_tokens": int(answered)} if (
            0 <= asked <= MOST_TOKENS and 0 <= answered <= MOST_TOKENS
        ):
            return Usage(calls=1, prompt_tokens=asked, completion_tokens=answered)
    asked = estimate_tokens(prompt.system + prompt.user + json.dumps(prompt.schema))
    return Usage(calls=1, prompt_tokens=asked, completion_tokens=estimate_tokens(text), estimated=True)
