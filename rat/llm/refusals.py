"""How a call failed and what that means for the person who set RAT up: what happened, to which thing, what to do."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rat.errors import ModelError, PromptTooLong
from rat.llm.form import is_too_long
from rat.redaction import redact

RETRIED = frozenset({408, 409, 429, 500, 502, 503, 504, 529})
"""Statuses after which the same request is sent again; asking a model changes nothing on the other side."""
_FORM = frozenset({400, 422})
_TOO_LARGE = 413
_TOO_MANY = 429
_SERVER = 500

_MEANINGS = {
    401: "refused the key (401). Check that OPENAI_API_KEY (input `api-key`) is a valid key of this endpoint",
    403: "refused access to model `{model}` (403). Check that the key may use this model",
    404: "knows no model `{model}` (404). Check `model.name` (RAT_MODEL) and that the base URL ends as the endpoint's "
    "documentation says, often in /v1",
    407: "is behind a proxy that asks for a login (407). Check HTTPS_PROXY and NO_PROXY",
    410: "is gone for good (410). Set `base-url` to an endpoint that is in service",
    429: "asks to slow down (429). Lower `model.concurrency`, or run again later",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Failure:
    """A call that brought no completion: by a *status* with its *detail*, or by *problem* (no usable response)."""

    endpoint: str
    model: str
    status: int = 0
    detail: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    problem: ModelError | None = None

    @property
    def about_form(self) -> bool:
        """Whether the server complains about how it was asked."""
        return self.status in _FORM

    @property
    def transient(self) -> bool:
        """Whether the same request may succeed later."""
        return self.problem is not None or (self.status in RETRIED and not self._quota)

    @property
    def _quota(self) -> bool:
        return self.status == _TOO_MANY and "quota" in self.detail.lower()

    def error(self, *, wait: float | None) -> ModelError:
        """The error that says so; *wait* is the time in seconds that the server asked for."""
        if self.problem is not None:
            return self.problem
        if self.status == _TOO_LARGE or (self.about_form and is_too_long(self.detail)):
            return PromptTooLong(f"The prompt does not fit into the context of `{self.model}` at {self.endpoint}.")
        asked = f" It asks to wait {wait:.0f} s, longer than this call may take." if wait else ""
        # A refused key is often quoted in the reply; that part of the reply is not passed on.
        said = f' It said: "{one_line(self.detail)}"' if self.detail and self.status not in (401, 403) else ""
        return ModelError(f"The model endpoint {self.endpoint} {self._meaning()}.{asked}{said}")

    def _meaning(self) -> str:
        if self._quota:
            return "has no quota left for this key (429). Check its plan and billing, or use another key"
        if self.status >= _SERVER:
            return f"failed ({self.status}), also when tried again. Run again later"
        return _MEANINGS.get(self.status, "refused the request ({status})").format(model=self.model, status=self.status)


def unreachable(*, endpoint: str, model: str, problem: Exception) -> ModelError:
    """The error for an endpoint that could not be reached or broke off."""
    cause = problem.__cause__ or problem
    return ModelError(
        f"The model endpoint {endpoint} could not be reached for model `{model}` "
        f"({type(cause).__name__}: {one_line(str(cause))}). Check OPENAI_BASE_URL, the network, any proxy."
    )


def unreadable(*, endpoint: str, model: str, problem: Exception) -> ModelError:
    """The error for a response that is no chat completion."""
    return ModelError(
        f"The model endpoint {endpoint} answered for model `{model}` with something that is not a chat completion "
        f"({one_line(str(problem))}). Check that the base URL is that of an OpenAI-compatible API."
    )


def one_line(text: str) -> str:
    """The beginning of *text* on one line, secrets redacted, fit for an error message."""
    return redact(" ".join(text[:2_000].split()))[0][:200]
