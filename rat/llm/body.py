"""Reading the JSON body of a chat completion, whoever sent it."""

import json
from typing import Any

from rat.llm.tokens import estimate_tokens
from rat.model import Usage
from rat.ports import Completion, Finish, Prompt

_FINISHES = {"length": Finish.LENGTH, "max_tokens": Finish.LENGTH, "content_filter": Finish.REFUSED}


def read_completion(body: bytes, prompt: Prompt) -> Completion:
    """*body* as a completion. Raises ValueError where it is not a chat completion."""
    try:
        data: Any = json.loads(body)
        choice = data["choices"][0]
        message = choice["message"]
        text = _text(message.get("content"))
        finish = _finish(choice.get("finish_reason"), text=text, refusal=message.get("refusal"))
    except (LookupError, TypeError, AttributeError, RecursionError) as problem:
        raise ValueError("it is JSON, but not a chat completion") from problem
    return Completion(text=text, finish=finish, usage=_usage(data.get("usage"), prompt, text))


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
        case {"prompt_tokens": int(asked), "completion_tokens": int(answered)} if asked >= 0 and answered >= 0:
            return Usage(calls=1, prompt_tokens=asked, completion_tokens=answered)
    asked = estimate_tokens(prompt.system + prompt.user + json.dumps(prompt.schema))
    return Usage(calls=1, prompt_tokens=asked, completion_tokens=estimate_tokens(text), estimated=True)
