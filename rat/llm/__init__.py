"""The models that RAT can talk to, by provider; each `connect` gives an `LLM`."""

from collections.abc import Callable

from rat.llm import openai_chat
from rat.ports import LLM

PROVIDERS: dict[str, Callable[..., LLM]] = {
    "openai": openai_chat.connect,
}
