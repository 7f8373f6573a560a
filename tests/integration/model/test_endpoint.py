"""One endpoint over the real SDK: what it is asked, every way in which it can fail, and what is said then."""

import gzip
import json
from collections.abc import Callable
from contextlib import closing, suppress
from typing import Any

import pytest

from rat.errors import ConfigError, ModelError, PromptTooLong
from rat.llm.openai_chat import OpenAIChat, connect
from rat.model.settings import Replies
from rat.ports import Completion, Finish, Prompt
from tests.stand_ins.scripted_model import Answer, Script, ScriptedModel, breaks, fails, in_turn, says, serving

SCHEMA = {"type": "object", "properties": {"text": {"type": "string"}}}
PROMPT = Prompt(agent="analyst", system="Be brief.", user="What is it?", schema=SCHEMA)
Naps = list[float]


def at(model: ScriptedModel, *, timeout: float = 20.0, naps: Naps | None = None) -> "closing[OpenAIChat]":
    sleep: Callable[[float], None] = (lambda seconds: None) if naps is None else naps.append
    return closing(connect(base_url=model.url, api_key="sk-test", timeout=timeout, sleep=sleep))


def asked(script: Script, *, timeout: float = 20.0) -> tuple[Completion, ScriptedModel]:
    with serving(script) as model, at(model, timeout=timeout) as llm:
        return llm.complete(PROMPT, model="m"), model


def refused(script: Script, *, timeout: float = 20.0) -> tuple[str, ScriptedModel]:
    with serving(script) as model, at(model, timeout=timeout) as llm:
        with pytest.raises(ModelError) as caught:
            llm.complete(PROMPT, model="m")
        return str(caught.value), model


def test_a_reply_comes_with_the_tokens_that_the_server_counted() -> None:
    completion, model = asked(lambda _: says({"text": "x"}))
    assert completion == Completion(text='{"text": "x"}', finish=Finish.STOP, usage=completion.usage)
    assert (completion.usage.calls, completion.usage.prompt_tokens, completion.usage.completion_tokens) == (1, 100, 20)
    assert not completion.usage.estimated
    assert model.headers[0]["authorization"] == "Bearer sk-test"


def test_tokens_that_no_server_counted_are_estimated_and_called_so() -> None:
    completion, _ = asked(lambda _: says("x" * 400, usage=None))
    assert completion.usage.estimated
    assert completion.usage.completion_tokens == 100


@pytest.mark.parametrize(
    "usage",
    [
        {},
        {"prompt_tokens": -5, "completion_tokens": 1},
        {"prompt_tokens": "many"},
        {"prompt_tokens": 10**400, "completion_tokens": 1},
        {"prompt_tokens": 1, "completion_tokens": None},
        [],
        7,
    ],
)
def test_a_usage_that_makes_no_sense_is_estimated(usage: object) -> None:
    completion, _ = asked(lambda _: says({"text": "x"}, usage=usage))
    assert completion.usage.estimated
    assert completion.usage.prompt_tokens > 0


@pytest.mark.parametrize(
    ("answer", "finish"),
    [
        (says("{}", finish="length"), Finish.LENGTH),
        (says("{}", finish="max_tokens"), Finish.LENGTH),
        (says("{}", finish="content_filter"), Finish.REFUSED),
        (says(None, refusal="I cannot help with that."), Finish.REFUSED),
        (says(None), Finish.EMPTY),
        (says("  \n"), Finish.EMPTY),
        (says(None, finish="tool_calls"), Finish.EMPTY),
        (says("{}", finish=None), Finish.STOP),
    ],
)
def test_how_a_reply_ended_is_told_apart(answer: Answer, finish: Finish) -> None:
    completion, _ = asked(lambda _: answer)
    assert completion.finish is finish


def test_the_schema_is_sent_strict_and_without_what_strict_mode_refuses() -> None:
    _, model = asked(lambda _: says({"text": "x"}))
    form = model.requests[0]["response_format"]["json_schema"]
    assert form["strict"] is True
    assert form["schema"] == {**SCHEMA, "additionalProperties": False, "required": ["text"]}


def test_a_server_without_json_schema_is_asked_for_an_object_then_in_words_and_remembered() -> None:
    def script(request: dict[str, Any]) -> Answer:
        if "response_format" in request:
            return fails(400, f"response_format {request['response_format']['type']} is not supported")
        return says({"text": "x"})

    with serving(script) as model, at(model) as llm:
        for _ in range(2):
            assert llm.complete(PROMPT, model="m").finish is Finish.STOP
    formats = [request.get("response_format", {}).get("type") for request in model.requests]
    assert formats == ["json_schema", "json_object", None, None]
    assert "JSON Schema" not in model.requests[0]["messages"][1]["content"]
    assert '"required":["text"]' in model.requests[3]["messages"][1]["content"]


def test_a_parameter_that_a_model_refuses_is_dropped_once_and_for_that_model_only() -> None:
    def script(request: dict[str, Any]) -> Answer:
        for name in ("max_completion_tokens", "max_tokens"):
            if request["model"] == "old" and name in request:
                return fails(400, f"Unrecognized request argument supplied: {name}")
        return says({"text": "x"})

    with serving(script) as model, at(model) as llm:
        for name in ("old", "old", "new"):
            llm.complete(PROMPT, model=name)
    limits = [[key for key in request if key.startswith("max_")] for request in model.requests]
    assert limits == [["max_completion_tokens"], ["max_tokens"], [], [], ["max_completion_tokens"]]


@pytest.mark.parametrize("status", [408, 409, 429, 500, 502, 503, 504])
def test_a_passing_failure_is_tried_again(status: int) -> None:
    completion, model = asked(in_turn([fails(status), fails(status), says({"text": "x"})]))
    assert completion.finish is Finish.STOP
    assert len(model.requests) == 3


@pytest.mark.parametrize("fault", ["reset", "truncated"])
def test_a_broken_connection_is_tried_again(fault: str) -> None:
    completion, model = asked(in_turn([breaks(fault), says({"text": "x"})]))
    assert completion.finish is Finish.STOP
    assert len(model.requests) == 2


@pytest.mark.parametrize("fault", ["reset", "truncated"])
def test_a_connection_that_stays_broken_ends_after_three_tries(fault: str) -> None:
    message, model = refused(lambda _: breaks(fault))
    assert len(model.requests) == 3
    assert "could not be reached" in message
    assert "OPENAI_BASE_URL" in message


@pytest.mark.parametrize(
    ("status", "said", "calls"),
    [
        (401, "OPENAI_API_KEY", 1),
        (403, "Check that the key may use this model", 1),
        (404, "knows no model `m`", 1),
        (407, "behind a proxy that asks for a login", 1),
        (410, "is gone for good", 1),
        (418, "refused the request (418)", 1),
        (422, "refused the request (422)", 1),
        (429, "asks to slow down (429)", 3),
        (500, "failed (500), also when tried again", 3),
        (529, "failed (529), also when tried again", 3),
    ],
)
def test_a_lasting_failure_says_what_to_do(status: int, said: str, calls: int) -> None:
    message, model = refused(lambda _: fails(status))
    assert said in message
    assert "127.0.0.1" in message
    assert len(model.requests) == calls


def test_a_spent_quota_is_not_tried_again() -> None:
    message, model = refused(lambda _: fails(429, "You exceeded your current quota"))
    assert "no quota left" in message
    assert len(model.requests) == 1


def test_a_refused_key_is_not_repeated_in_the_message() -> None:
    message, _ = refused(lambda _: fails(401, "Incorrect API key provided: hunter2hunter2hunter2"))
    assert "hunter2" not in message


def test_a_secret_in_any_error_is_redacted() -> None:
    message, _ = refused(lambda _: fails(418, "no: sk-proj-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"))
    assert "aaaa" not in message


def test_the_wait_that_the_server_asks_for_is_kept() -> None:
    naps: Naps = []
    with serving(in_turn([fails(429, retry_after="7"), says({"text": "x"})])) as model, at(model, naps=naps) as llm:
        llm.complete(PROMPT, model="m")
    assert naps == [7.0]


def test_a_wait_beyond_the_deadline_ends_the_call_at_once() -> None:
    message, model = refused(lambda _: fails(429, retry_after="1847"))
    assert "1847 s" in message
    assert len(model.requests) == 1


@pytest.mark.parametrize("fault", ["drip", "drip-headers"])
def test_a_server_that_sends_a_byte_now_and_then_meets_the_total_deadline(fault: str) -> None:
    message, _ = refused(lambda _: breaks(fault), timeout=1.0)
    assert "did not answer for model `m` within 1 s" in message


def test_an_endless_reply_is_cut_off() -> None:
    message, _ = refused(in_turn([breaks("endless"), fails(401)]))
    assert "refused the key" in message  # the second try: the first did not end and was left


def test_a_slow_server_meets_the_deadline() -> None:
    message, _ = refused(lambda _: says("{}", seconds=5), timeout=0.5)
    assert "model.timeout_seconds" in message


@pytest.mark.parametrize(
    "body", [b"<html>Welcome</html>", b"", b"[]", b'{"choices": []}', b'{"choices": [{}]}', b"\xff\xfe"]
)
def test_a_page_that_is_no_completion_is_refused(body: bytes) -> None:
    message, model = refused(lambda _: Answer(body=body))
    assert "not a chat completion" in message
    assert len(model.requests) == 3


def test_a_prompt_that_does_not_fit_is_told_apart() -> None:
    def script(_: dict[str, Any]) -> Answer:
        return fails(
            400, "This model's maximum context length is 4096 tokens, you requested 9000. Shorten your messages."
        )

    with serving(script) as model, at(model) as llm, pytest.raises(PromptTooLong):
        llm.complete(PROMPT, model="m")
    assert "max_completion_tokens" in model.requests[0]
    assert "max_completion_tokens" not in model.requests[-1]


def test_a_server_that_is_not_there_is_named() -> None:
    with serving(lambda _: says("{}")) as model:
        address = model
    with at(address) as llm, pytest.raises(ModelError, match=r"127\.0\.0\.1:\d+ could not be reached"):
        llm.complete(PROMPT, model="m")


def test_azure_s_classic_route_is_spoken_where_the_address_names_an_api_version() -> None:
    with serving(lambda _: says({"text": "x"})) as model:
        address = model.url.removesuffix("/v1") + "/?api-version=2024-10-21"
        with closing(connect(base_url=address, api_key="azure-key")) as llm:
            llm.complete(PROMPT, model="my-deployment")
    assert model.paths == ["/openai/deployments/my-deployment/chat/completions?api-version=2024-10-21"]
    assert model.headers[0]["api-key"] == "azure-key"


def test_a_server_of_one_s_own_needs_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "")
    monkeypatch.setenv("OPENAI_BASE_URL", "")
    with serving(lambda _: says({"text": "x"})) as model, closing(connect(base_url=model.url, api_key="")) as llm:
        llm.complete(PROMPT, model="m")
    assert model.headers[0]["authorization"] == "Bearer none"


@pytest.mark.parametrize(
    ("base_url", "api_key", "said"),
    [
        ("", "", "OPENAI_API_KEY is not set"),
        (None, None, "OPENAI_API_KEY is not set"),
        ("localhost:8000", "k", "not an http(s) address"),
        ("https://models.github.ai/inference", "k", "retired on 30 July 2026"),
        ("https://models.inference.ai.azure.com", "k", "retired on 30 July 2026"),
        ("http://127.0.0.1:9/v1", "two words", "Copy it anew"),
        ("http://127.0.0.1:9/v1", "sk-\nx", "Copy it anew"),
        ("http://127.0.0.1:9/v1", "schlüssel", "Copy it anew"),
    ],
)
def test_an_address_or_key_that_cannot_work_is_refused_at_once(base_url: str, api_key: str, said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        connect(base_url=base_url, api_key=api_key)
    assert said in str(caught.value)


def test_the_form_of_replies_can_be_chosen() -> None:
    with (
        serving(lambda _: says({"text": "x"})) as model,
        closing(connect(base_url=model.url, api_key=None, replies=Replies.JSON_OBJECT)) as llm,
    ):
        llm.complete(PROMPT, model="m")
    assert model.requests[0]["response_format"] == {"type": "json_object"}
    assert "JSON Schema" in model.requests[0]["messages"][1]["content"]


STREAM = b'data: {"choices":[{"delta":{"content":"{"}}]}\n\ndata: not json\n\ndata: [DONE]\n\n'


@pytest.mark.parametrize("body", [STREAM, b"event: ping\n\n" + STREAM])
def test_a_stream_that_nobody_asked_for_is_told_apart(body: bytes) -> None:
    message, _ = refused(lambda _: Answer(body=body, headers={"content-type": "text/event-stream"}))
    assert "a stream of events, which was not asked for" in message


def test_an_error_that_comes_with_status_200_is_told() -> None:
    body = b'{"error": {"message": "Provider returned 502", "code": 502}}'
    message, model = refused(lambda _: Answer(body=body))
    assert "Provider returned 502" in message
    assert len(model.requests) == 3


def test_a_reply_in_parts_is_one_text() -> None:
    parts = {"role": "assistant", "content": [{"type": "text", "text": "{"}, {"type": "text", "text": "}"}, 7]}
    body = json.dumps({"choices": [{"index": 0, "message": parts, "finish_reason": "stop"}]}).encode()
    completion, _ = asked(lambda _: Answer(body=body))
    assert completion.text == "{}"


def test_of_several_choices_the_first_counts() -> None:
    first, second = ({"message": {"content": text}, "finish_reason": "stop"} for text in ("{}", "[]"))
    completion, _ = asked(lambda _: Answer(body=json.dumps({"choices": [first, second]}).encode()))
    assert completion.text == "{}"


def test_a_reply_that_swells_when_unpacked_is_cut_off() -> None:
    bomb = gzip.compress(b" " * 30_000_000)
    swelling = Answer(body=bomb, headers={"content-encoding": "gzip"})
    message, _ = refused(in_turn([swelling, fails(401)]))
    assert len(bomb) < 40_000
    assert "refused the key" in message  # the second try: the first did not end


def test_a_redirect_to_another_host_does_not_take_the_key_along() -> None:
    with serving(lambda _: says({"text": "x"})) as other:
        elsewhere = other.url.replace("127.0.0.1", "localhost") + "/chat/completions"
        with serving(lambda _: fails(307, location=elsewhere)) as model, at(model) as llm:
            with suppress(ModelError):
                llm.complete(PROMPT, model="m")
            assert model.headers[0]["authorization"] == "Bearer sk-test"
        assert all("authorization" not in headers for headers in other.headers)


def test_an_endpoint_that_speaks_no_tls_is_named_at_once() -> None:
    with (
        serving(lambda _: says("{}")) as model,
        closing(connect(base_url=model.url.replace("http:", "https:"), api_key=None, sleep=lambda _: None)) as llm,
        pytest.raises(ModelError, match=r"could not be reached .*(SSL|TLS)"),
    ):
        llm.complete(PROMPT, model="m")
    assert model.requests == []


def test_a_proxy_that_asks_for_a_login_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(lambda _: fails(407, "Proxy Authentication Required")) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url.removesuffix("/v1"))
        monkeypatch.setenv("NO_PROXY", "")
        with (
            closing(connect(base_url="http://model.example/v1", api_key="sk-test", sleep=lambda _: None)) as llm,
            pytest.raises(ModelError, match=r"model\.example is behind a proxy .* HTTPS_PROXY"),
        ):
            llm.complete(PROMPT, model="m")
