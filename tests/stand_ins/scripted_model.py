"""An OpenAI-compatible server on loopback that answers from a script, records every request and breaks on demand."""

import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Request = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What goes over the wire: *body* with *status*, or a *fault* in its place (reset, truncated, drip, endless)."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    fault: str = ""


Script = Callable[[Request], Answer]

USAGE = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}


def says(
    content: object,
    *,
    finish: str | None = "stop",
    usage: object = USAGE,
    refusal: str | None = None,
    seconds: float = 0.0,
) -> Answer:
    """A completion; *content* that is no string is sent as JSON."""
    text = content if isinstance(content, str) or content is None else json.dumps(content)
    message = {"role": "assistant", "content": text, "refusal": refusal}
    data: dict[str, Any] = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 0,
        "model": "scripted",
        "choices": [{"index": 0, "message": message, "finish_reason": finish, "logprobs": None}],
    }
    if usage is not None:
        data["usage"] = usage
    return Answer(body=json.dumps(data).encode(), seconds=seconds)


def fails(status: int, message: str = "scripted failure", **headers: str) -> Answer:
    """An error as OpenAI words it; header names are given with '_' for '-'."""
    error = {"error": {"message": message, "type": "scripted", "param": None, "code": None}}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(body=json.dumps(error).encode(), status=status, headers=named)


def breaks(fault: str) -> Answer:
    """A fault of the wire: `reset`, `truncated`, `drip` (a byte now and then, for ever), `drip-headers`, `endless`."""
    return Answer(body=says("{}").body, fault=fault)


def in_turn(answers: Iterable[Answer]) -> Script:
    """The *answers* one after the other; the last one for ever."""
    left = list(answers)
    lock = threading.Lock()

    def script(request: Request) -> Answer:
        with lock:
            return left.pop(0) if len(left) > 1 else left[0]

    return script


def by_agent(replies: Mapping[str, object], *, seconds: float = 0.0) -> Script:
    """For each agent its reply, the same each time; a list of replies is gone through, the last one for ever."""
    scripts = {
        name: in_turn(says(item, seconds=seconds) for item in (reply if isinstance(reply, list) else [reply]))
        for name, reply in replies.items()
    }

    def script(request: Request) -> Answer:
        return scripts[agent_of(request)](request)

    return script


def agent_of(request: Request) -> str:
    """The agent that a request speaks for: the prompt says `Your part: NAME`."""
    said: str = request["messages"][1]["content"]
    return said.rpartition("# Your part: ")[2].split("\n", 1)[0].strip()


class ScriptedModel:
    """The running server: *url* to connect to, *requests* as received, *at_once* the most calls open at one time."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.requests: list[Request] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.at_once = 0
        self.closing = threading.Event()
        self._open = 0
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def answer(self, request: Request, headers: dict[str, str], path: str) -> Answer:
        """The script's answer to *request*, after its delay; recorded."""
        with self._lock:
            self.requests.append(request)
            self.headers.append(headers)
            self.paths.append(path)
            self._open += 1
            self.at_once = max(self.at_once, self._open)
        try:
            answer = self.script(request)
            self.closing.wait(answer.seconds)
        finally:
            with self._lock:
                self._open -= 1
        return answer

    def close(self) -> None:
        """Stop; calls that hang are let go."""
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def serving(script: Script) -> Iterator[ScriptedModel]:
    """A server with this *script*, closed at the end."""
    model = ScriptedModel(script)
    try:
        yield model
    finally:
        model.close()


def _handler(model: ScriptedModel) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        timeout = 30

        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            answer = model.answer(request, {name.lower(): value for name, value in self.headers.items()}, self.path)
            try:
                _FAULTS.get(answer.fault, _send)(self, answer, model)
            except (ConnectionError, TimeoutError):
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name of the base class
            """Say nothing."""

    return Handler


def _send(handler: BaseHTTPRequestHandler, answer: Answer, _model: ScriptedModel, *, length: int | None = None) -> None:
    handler.send_response(answer.status)
    handler.send_header("Content-Type", answer.headers.get("content-type", "application/json"))
    handler.send_header("Content-Length", str(len(answer.body) if length is None else length))
    for name, value in answer.headers.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(answer.body)


def _reset(handler: BaseHTTPRequestHandler, _answer: Answer, _model: ScriptedModel) -> None:
    handler.close_connection = True
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()


def _truncated(handler: BaseHTTPRequestHandler, answer: Answer, model: ScriptedModel) -> None:
    handler.close_connection = True
    _send(handler, Answer(body=answer.body[:40]), model, length=len(answer.body))


def _drip(handler: BaseHTTPRequestHandler, answer: Answer, model: ScriptedModel) -> None:
    handler.close_connection = True
    _send(handler, Answer(body=b"{"), model, length=10_000)
    _drop_by_drop(handler, model)


def _drip_headers(handler: BaseHTTPRequestHandler, answer: Answer, model: ScriptedModel) -> None:
    handler.close_connection = True
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    _drop_by_drop(handler, model)


def _drop_by_drop(handler: BaseHTTPRequestHandler, model: ScriptedModel) -> None:
    while not model.closing.wait(0.05):
        handler.wfile.write(b" ")
        handler.wfile.flush()


def _endless(handler: BaseHTTPRequestHandler, answer: Answer, model: ScriptedModel) -> None:
    handler.close_connection = True
    _send(handler, Answer(body=b'{"choices":[{"message":{"content":"'), model, length=1 << 40)
    deadline = time.monotonic() + 20
    while not model.closing.is_set() and time.monotonic() < deadline:
        handler.wfile.write(b"again and again " * 4_096)


_FAULTS = {
    "reset": _reset,
    "truncated": _truncated,
    "drip": _drip,
    "drip-headers": _drip_headers,
    "endless": _endless,
}
