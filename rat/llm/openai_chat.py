"""Chat completions over the openai SDK: OpenAI, Azure, and every server that speaks the same (docs/adr/0014)."""

import datetime as dt
import functools
import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit, urlunsplit

from rat.errors import ConfigError
from rat.llm.body import read_completion
from rat.llm.form import Form
from rat.llm.refusals import Failure, unreachable, unreadable
from rat.llm.waiting import pause_before, retry_after, within
from rat.model.settings import Replies
from rat.ports import Completion, Prompt

log = logging.getLogger("rat")

OPENAI = "https://api.openai.com/v1"
GRACE_SECONDS = 1.0
"""How long after the deadline a read that nobody waits for any more ends itself: who waits speaks first."""
MAX_BODY = 2 * 1024 * 1024
"""Bytes of a response; what is longer is an endless reply."""
_RETIRED = ("models.github.ai", "models.inference.ai.azure.com")


def connect(
    *,
    base_url: str | None,
    api_key: str | None,
    timeout: float = 120.0,
    reply_tokens: int = 8_000,
    replies: Replies = Replies.JSON_SCHEMA,
    sleep: Callable[[float], None] = time.sleep,
) -> "OpenAIChat":
    """A model endpoint. *timeout* is the total for one call, tries and waits included; *reply_tokens* bounds a reply.

    Empty strings count as unset; a server of one's own needs no key. `?api-version=…` in *base_url* asks for Azure's
    classic routes. *replies* is
    the form that is asked for first. Raises ConfigError for an address or a key that cannot work.
    """
    address = (base_url or "").strip() or OPENAI
    key = (api_key or "").strip()
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ConfigError(f"The model's base URL {address!r} is not an http(s) address. Set OPENAI_BASE_URL in full.")
    if parts.hostname.endswith(_RETIRED):
        raise ConfigError(
            f"GitHub Models ({parts.hostname}) was retired on 30 July 2026 and answers no more. Set `base-url`, "
            "`api-key` and `model` to another OpenAI-compatible endpoint."
        )
    if address == OPENAI and not key:
        raise ConfigError(
            "No key for the model: OPENAI_API_KEY is not set. Set it (input `api-key`), or OPENAI_BASE_URL to a server "
            "that needs none, or the model to `none`."
        )
    if not (key.isascii() and key.isprintable() and " " not in key):
        raise ConfigError("The model's key holds a character that no key has (a space, a line break). Copy it anew.")
    endpoint = parts.hostname + (f":{parts.port}" if parts.port else "")
    limits = Limits(timeout=timeout, reply_tokens=reply_tokens)
    first = Form(format=replies)
    return OpenAIChat(client=_client(address, key or "none"), name=endpoint, limits=limits, first=first, sleep=sleep)


def _client(address: str, key: str) -> Any:
    import openai

    parts = urlsplit(address)
    version = parse_qs(parts.query).get("api-version", [""])[0]
    bare = urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/"), "", ""))
    if version:
        return openai.AzureOpenAI(azure_endpoint=bare, api_key=key, api_version=version, max_retries=0)
    return openai.OpenAI(base_url=bare, api_key=key, max_retries=0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """What one call may take: *timeout* seconds in all, *reply_tokens* of a reply."""

    timeout: float
    reply_tokens: int


class OpenAIChat:
    """An endpoint and what was learned about how its models want to be asked. Safe from many threads."""

    def __init__(self, *, client: Any, name: str, limits: Limits, first: Form, sleep: Callable[[float], None]) -> None:
        self.name = name
        self._client = client
        self._limits = limits
        self._first = first
        self._sleep = sleep
        self._forms: dict[str, Form] = {}

    def complete(self, prompt: Prompt, *, model: str) -> Completion:
        """The model's reply. Raises ModelError: unreachable, refused, or over the total time."""
        seconds = self._limits.timeout
        deadline = time.monotonic() + seconds
        return within(
            seconds,
            lambda: self._until_answered(prompt, model, deadline),
            refusal=f"The model endpoint {self.name} did not answer for model `{model}` within {seconds:.0f} s. "
            "Raise `model.timeout_seconds`, or use a faster model.",
        )

    def close(self) -> None:
        """Let go of the connections that are kept open between calls."""
        self._client.close()

    def _until_answered(self, prompt: Prompt, model: str, deadline: float) -> Completion:
        tries = 0
        while True:
            form = self._forms.get(model, self._first)
            outcome = self._once(
                form.request(prompt, model=model, reply_tokens=self._limits.reply_tokens), prompt, deadline
            )
            if isinstance(outcome, Completion):
                return outcome
            simpler = form.simpler(outcome.detail) if outcome.about_form else None
            if simpler is not None:
                log.info("%s refused a parameter for %s; asking with %s", self.name, model, simpler)
                self._forms[model] = simpler
                continue
            tries += 1
            self._pause(outcome, tries + 1, deadline)

    def _pause(self, failure: Failure, next_try: int, deadline: float) -> None:
        """Wait before the next try, or raise what the failure means."""
        now = dt.datetime.now(dt.UTC)
        remaining = deadline - time.monotonic()
        pause = pause_before(next_try, failure.headers, remaining=remaining, now=now) if failure.transient else None
        if pause is None:
            raise failure.error(wait=retry_after(failure.headers, now=now))
        log.info("%s: %s; try %d in %.1f s", self.name, failure.status or "no usable answer", next_try, pause)
        self._sleep(pause)

    def _once(self, request: dict[str, Any], prompt: Prompt, deadline: float) -> Completion | Failure:
        """One request: a completion, or how it failed."""
        import httpx2
        import openai

        failed = functools.partial(Failure, endpoint=self.name, model=request["model"])
        named = {"endpoint": self.name, "model": request["model"]}
        calls = self._client.chat.completions.with_streaming_response
        try:
            with calls.create(**request, timeout=max(1.0, deadline - time.monotonic())) as response:
                return read_completion(_bounded(response.iter_bytes(), deadline), prompt)
        except openai.APIStatusError as problem:
            headers = dict(problem.response.headers)
            return failed(status=problem.status_code, detail=_detail(problem), headers=headers)
        except (openai.APIConnectionError, httpx2.HTTPError) as problem:
            return failed(problem=unreachable(**named, problem=problem))
        except ValueError as problem:
            return failed(problem=unreadable(**named, problem=problem))


def _bounded(chunks: Iterator[bytes], deadline: float) -> bytes:
    """The whole body. Raises ValueError where it does not end within its bounds."""
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > MAX_BODY or time.monotonic() > deadline + GRACE_SECONDS:
            raise ValueError(f"it does not end: {len(body)} bytes so far")
    return bytes(body)


def _detail(problem: Any) -> str:
    """What the server said, with the code that it gave and the parameter that it named."""
    parts = (problem.code, problem.param, problem.message)
    return " ".join(str(part) for part in parts if part)
