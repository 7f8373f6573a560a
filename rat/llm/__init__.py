"""The models that RAT can talk to, by provider; each `connect` gives an `LLM`."""

from collections.abc import Callable

from rat.llm import openai_chat
from rat.model.settings import ModelSettings
from rat.ports import LLM

PROVIDERS: dict[str, Callable[..., LLM]] = {
    "openai": openai_chat.connect,
}


def connect(*, settings: ModelSettings, api_key: str | None) -> LLM:
    """The endpoint that *settings* name. Raises ConfigError for an address or a key that cannot work."""
    return PROVIDERS["openai"](
        base_url=settings.base_url,
        api_key=api_key,
        timeout=settings.timeout_seconds,
        reply_tokens=settings.reply_tokens,
        replies=settings.replies,
    )
