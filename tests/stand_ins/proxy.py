"""A reverse proxy on loopback that records every request and spoils the answers that a test asks it to spoil."""

import http.client
import re
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

_HOP_BY_HOP = frozenset({"connection", "transfer-encoding", "keep-alive", "content-length", "date", "server"})


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What goes wrong with an answer.

    *status* replaces it; *forward* lets the server carry the request out first; *drop* resets the connection instead
    of answering; *truncate* promises more bytes than it sends; *trickle* are the seconds between two bytes.
    """

    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b"{}"
    forward: bool = False
    drop: bool = False
    truncate: bool = False
    trickle: float = 0.0


LOST_REPLY = Fault(forward=True, drop=True)
RESET = Fault(drop=True)
HTML = Fault(status=201, headers={"Content-Type": "text/html"}, body=b"<html><body>Welcome to the proxy</body></html>")


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """A request as it came (*path* with its query, *headers* with lower-case names); *status* 0: it got no answer.

    *spoiled* says that its answer is the doing of a `Fault`.
    """

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    status: int
    answer: bytes
    spoiled: bool = False


@dataclass
class Rule:
    """Which requests a fault is for: the first *skip* that fit are let through, then *times* are spoiled."""

    method: str
    path: re.Pattern[str]
    fault: Fault
    skip: int = 0
    times: int = 1


Answers = Callable[[str, str, Mapping[str, str], bytes], tuple[int, bytes] | None]
"""Method, path, headers (names in lower case) and body of a request in; status and JSON out, None for "not mine"."""


class Proxy:
    """The proxy: `url` is where to send to, `requests` what came, `history` the same, also after `forget`."""

    def __init__(self) -> None:
        self.requests: list[Recorded] = []
        self.history: list[Recorded] = []
        self.target = ""
        self.prefix = ""  # a path below which the API lies, as on Enterprise Server; the target does not know it
        self._rules: list[Rule] = []
        self._first: list[Answers] = []
        self._lock = threading.Lock()
        self._server = _Server(self)

    @property
    def url(self) -> str:
        """Where to send to."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @contextmanager
    def serve(self) -> Iterator["Proxy"]:
        """Answer until the block ends."""
        thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()
            thread.join(5)

    def spoil(self, method: str, path: str, fault: Fault, *, skip: int = 0, times: int = 1) -> None:
        """Answer the requests with this *method* (`*`: any) whose path fits the pattern *path* with *fault*."""
        self._rules.append(Rule(method=method, path=re.compile(path), fault=fault, skip=skip, times=times))

    def answer_first(self, answers: "Answers | None") -> None:
        """Let *answers* answer what it knows (status and JSON), before those set so far; None: only the server does."""
        self._first = [answers, *self._first] if answers else []

    def known(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> tuple[int, bytes] | None:
        """What is answered instead of the server; None if the server is to answer."""
        found = (answers(method, path, headers, body) for answers in self._first)
        return next((one for one in found if one), None)

    def forget(self) -> None:
        """Drop what was recorded and every rule."""
        with self._lock:
            self.requests.clear()
            self._rules.clear()

    def sent(self, method: str = "*", path: str = "") -> list[Recorded]:
        """The recorded requests with this *method* (`*`: any) whose path fits the pattern *path*."""
        return [one for one in self.requests if method in ("*", one.method) and re.search(path, one.path)]

    def record(self, request: Recorded) -> None:
        """Keep *request*."""
        with self._lock:
            self.requests.append(request)
            self.history.append(request)

    def fault(self, method: str, path: str) -> Fault | None:
        """The fault that is due for this request, if any."""
        with self._lock:
            for rule in self._rules:
                if rule.method in ("*", method) and rule.path.search(path) and rule.times:
                    if rule.skip:
                        rule.skip -= 1
                        return None
                    rule.times -= 1
                    return rule.fault
        return None


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, proxy: Proxy) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.proxy = proxy

    def handle_error(self, request: object, client_address: object) -> None:
        """Be quiet about clients that went away in the middle, which is what some tests are about."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16  # one packet for headers and body: two would each wait for the other's acknowledgement
    disable_nagle_algorithm = True
    server: _Server

    def _handle(self) -> None:
        proxy = self.server.proxy
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        fault = proxy.fault(self.command, self.path) or Fault()
        status, headers, answer = 0, dict[str, str](), b""
        if fault.forward or not (fault.status or fault.drop):
            named = {name.lower(): value for name, value in self.headers.items()}
            known = proxy.known(self.command, self.path, named, body)
            if known:
                status, headers, answer = known[0], {"Content-Type": "application/json"}, known[1]
            else:
                status, headers, answer = _forward(
                    proxy.target, self.command, self.path.removeprefix(proxy.prefix), self.headers.items(), body
                )
        if fault.status:
            status, headers, answer = fault.status, {"Content-Type": "application/json", **fault.headers}, fault.body
        kept = {name.lower(): value for name, value in self.headers.items()}
        seen = 0 if fault.drop else status
        proxy.record(
            Recorded(
                method=self.command,
                path=self.path,
                headers=kept,
                body=body,
                status=seen,
                answer=answer,
                spoiled=fault != Fault(),
            )
        )
        if fault.drop:
            self._reset()
        else:
            self._answer(status, headers, answer, fault)

    def _answer(self, status: int, headers: Mapping[str, str], answer: bytes, fault: Fault) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer) + (10 if fault.truncate else 0)))
        self.end_headers()
        self.close_connection = self.close_connection or fault.truncate
        piece = 1 if fault.trickle else max(1, len(answer))
        for start in range(0, len(answer), piece):
            try:
                self.wfile.write(answer[start : start + piece])
                self.wfile.flush()
            except OSError:  # who asked has gone away
                self.close_connection = True
                return
            time.sleep(fault.trickle)

    def _reset(self) -> None:
        """Close with a TCP reset, as a crashed server or a proxy does."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.rfile.close()
        self.connection.close()
        self.rfile = self.wfile = _Closed()  # type: ignore[assignment]

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _handle  # noqa: N815 - the names that http.server calls

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


class _Closed:
    """Takes the server's last flush of a connection that is gone."""

    closed = True

    def flush(self) -> None:
        """Nothing."""

    def close(self) -> None:
        """Nothing."""


def _forward(
    target: str, method: str, path: str, headers: "Iterator[tuple[str, str]] | list[tuple[str, str]]", body: bytes
) -> tuple[int, dict[str, str], bytes]:
    address = urlsplit(target)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=30)
    sent = {name: value for name, value in headers if name.lower() not in _HOP_BY_HOP | {"accept-encoding"}}
    try:
        connection.request(method, path, body or None, sent)
        answer = connection.getresponse()
        kept = {name: value for name, value in answer.getheaders() if name.lower() not in _HOP_BY_HOP}
        return answer.status, kept, answer.read()
    finally:
        connection.close()
