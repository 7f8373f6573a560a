"""How a tracker is called: reads are repeated a few times, writes never, and every failure gets its name."""

import json
import random
import re
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import requests
import urllib3

from rat.errors import AccessRefused, Ambiguous, TicketNotFound, TrackerError, Unwelcome
from rat.redaction import REDACTED, redact
from rat.trackers.gate import Allowance, Gate, Pace
from rat.trackers.patience import Patience
from rat.trackers.transport import Redirected

READ_RETRIES = 3
_CLIENT_ERROR, _SERVER_ERROR, _TIMEOUT = 400, 500, 408
_BODILESS = frozenset({200, 201, 204})
_CREDENTIAL = re.compile(r"\b(bearer|basic|token) (?=\S*[\d_-])\S{8,}", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    """A request: *path* below the API's root (or a whole address), *what* the thing in the words of a message.

    *bodiless* is a write whose success is said by its status alone; its reply is then an empty object. One that
    *gives_list* is answered with a list.
    """

    what: str
    path: str
    method: str = "GET"
    params: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, object] | None = None
    bodiless: bool = False
    gives_list: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What came back, not yet judged; *headers* have lower-case names."""

    status: int
    headers: Mapping[str, str]
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """A good answer: its JSON, and its headers."""

    data: Any
    headers: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Service:
    """What is particular to a tracker: how it is sent to, how it says "wait", how it says "no".

    *send* raises `requests.RequestException`. *wait* gives the seconds that an answer asks to wait, after *tries*
    tries, at a time; None when it does not. *refusal* gives the error that an answer of 400 to 499 means. *allowance*
    gives what an answer says at a time about the requests that are left; *pace* is how fast writes may follow.
    """

    name: str
    host: str
    send: Callable[[Call], Answer]
    wait: Callable[[Answer, int, float], float | None]
    refusal: Callable[[Answer, Call], TrackerError]
    allowance: Callable[[Answer, float], Allowance | None] = lambda _answer, _now: None
    pace: Pace = field(default_factory=Pace)


class Calls:
    """Calls to one tracker."""

    def __init__(self, *, service: Service, patience: Patience, clock: Callable[[], float] = time.time) -> None:
        self._service = service
        self._patience = patience
        self.now = clock
        self.gate = Gate(service=service.name, patience=patience, pace=service.pace, clock=clock)

    def read(self, call: Call) -> Reply:
        """The reply to *call*, tried again up to three times when it is lost. Raises TrackerError."""
        problem = ""
        for tries in range(1 + READ_RETRIES):
            if problem:
                # Jitter, so that the jobs of a matrix do not come back together.
                self._patience.pause(0.5 * 2**tries * random.uniform(0.5, 1.0))  # noqa: S311
            outcome = self._try(call, tries)
            if isinstance(outcome, Reply):
                return outcome
            problem = outcome
        raise TrackerError(
            f"{self._service.name} gave no usable answer for {call.what}, asked {1 + READ_RETRIES} times: {problem}. "
            f"Check {self._service.host}, or try again later."
        )

    def write(self, call: Call) -> Reply:
        """The reply to *call*, which is sent once; once more only if a rate limit kept it from having any effect.

        Raises Ambiguous when it may have been carried out, RateLimited when it is limited after the wait as well,
        TrackerError when it was not carried out.
        """
        answer = self._send_write(call)
        seconds = self._write_wait(answer)
        if seconds is not None:
            self.gate.wait(seconds)
            answer = self._send_write(call)
            if (again := self._write_wait(answer)) is not None:
                raise self.gate.close(again)
        if answer.status >= _SERVER_ERROR or answer.status == _TIMEOUT:
            raise self._ambiguous(call, _status(answer))
        if answer.status >= _CLIENT_ERROR:
            refusal = self._service.refusal(answer, call)
            if isinstance(refusal, Unwelcome):
                self.gate.forbid(str(refusal))
            raise refusal
        data = {} if _is_bare_success(answer, call) else _json(answer.text)
        if not isinstance(data, list if call.gives_list else dict):
            raise self._ambiguous(call, f"{answer.status}, but not with JSON: {excerpt(answer.text)}")
        return Reply(data=data, headers=answer.headers)

    def shaped(self, decode: Callable[[Any], Any], reply: Reply, call: Call) -> Any:
        """What *decode* makes of the reply; where it lacks what it should have, TrackerError (a write: Ambiguous)."""
        try:
            return decode(reply.data)
        except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
            problem = f"an answer that lacks what it should have ({type(error).__name__}: {error})"
            if call.method != "GET":
                raise self._ambiguous(call, problem) from error
            raise TrackerError(
                f"{self._service.name} gave {problem} for {call.what}. Is {self._service.host} the right address?"
            ) from error

    def _try(self, call: Call, tries: int) -> Reply | str:
        """The reply to one read, or what is wrong with it if it may be tried again."""
        try:
            answer = self._send(call)
        except requests.RequestException as error:
            self._refuse_unreachable(error, call)
            return f"the connection failed ({error})"
        seconds = self._service.wait(answer, tries, self.now())
        if seconds is not None:
            self.gate.wait(seconds)
            return f"rate limit ({_status(answer)})"
        if answer.status >= _SERVER_ERROR or answer.status == _TIMEOUT:
            return _status(answer)
        if answer.status >= _CLIENT_ERROR:
            raise self._service.refusal(answer, call)
        data = _json(answer.text)
        if data is None:
            return f"{answer.status}, but not with JSON: {excerpt(answer.text)}"
        return Reply(data=data, headers=answer.headers)

    def _send(self, call: Call) -> Answer:
        writing = call.method != "GET"
        self.gate.enter(writing=writing)
        answer = self._service.send(call)
        if writing:
            self.gate.wrote()
        self.gate.learn(self._service.allowance(answer, self.now()))
        return answer

    def _send_write(self, call: Call) -> Answer:
        try:
            return self._send(call)
        except requests.RequestException as error:
            self._refuse_unreachable(error, call)
            raise self._ambiguous(call, f"the connection failed ({error})") from error

    def _write_wait(self, answer: Answer) -> float | None:
        """A 5xx that asks to wait may come from a proxy, after the effect: only 403 and 429 are sure to have none."""
        return self._service.wait(answer, 0, self.now()) if answer.status < _SERVER_ERROR else None

    def _refuse_unreachable(self, error: requests.RequestException, call: Call) -> None:
        """Raise for good where the request was never taken: moved elsewhere, or no connection to the server."""
        name, host = self._service.name, self._service.host
        if isinstance(error, Redirected):
            raise TrackerError(
                f"{name} says that {call.what} has moved ({error.status} to {error.location}). RAT follows no "
                "redirects: name the ticket by its new place."
            ) from error
        if never_sent(error):
            raise TrackerError(
                f"{name} cannot be reached at {host} ({_root(error)}). Check the address, the network and the proxy."
            ) from error

    def _ambiguous(self, call: Call, problem: str) -> Ambiguous:
        return Ambiguous(
            f"{self._service.name} may or may not have stored what was written to {call.what}: {problem}. Nothing was "
            "sent again. Run it once more: RAT looks for its own comment first."
        )


def never_sent(error: BaseException) -> bool:
    """Whether *error* happened before anything of the request could have reached the server."""
    causes = tuple(_causes(error))
    return any(
        isinstance(
            cause,
            requests.ConnectTimeout
            | requests.exceptions.ProxyError
            | requests.exceptions.InvalidURL
            | urllib3.exceptions.NewConnectionError
            | urllib3.exceptions.ConnectTimeoutError
            | ssl.SSLCertVerificationError,
        )
        for cause in causes
    )


def excerpt(text: str, *, limit: int = 200) -> str:
    """The start of what a server said, on one line, for a message; credentials that it gives back are left out."""
    line = "".join(letter if letter.isprintable() else " " for letter in text[: 4 * limit])
    line = _CREDENTIAL.sub(rf"\1 {REDACTED}", redact(" ".join(line.split()))[0])
    return line if len(line) <= limit else line[:limit] + "…"


def next_page(headers: Mapping[str, str]) -> str:
    """The address of the next page in a `Link` header (RFC 8288); empty on the last."""
    links = requests.utils.parse_header_links(headers.get("link", "")) if headers.get("link") else []
    return next((link["url"] for link in links if link.get("rel") == "next"), "")


def denied(name: str, what: str, said: str, *, remedy: str) -> AccessRefused:
    """The error for a token that is wrong or lacks a right."""
    return AccessRefused(f"{name} refused {what} ({said}). {remedy}")


def missing(name: str, what: str, said: str, *, remedy: str) -> TicketNotFound:
    """The error for a ticket that is not there."""
    return TicketNotFound(f"{name} has no {what}, or this token may not see it ({said}). {remedy}")


def _causes(error: BaseException) -> Iterator[BaseException]:
    """*error* and what it was raised from or for, each once."""
    waiting, seen = [error], set[int]()
    while waiting:
        current = waiting.pop()
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        linked = (current.__cause__, current.__context__, getattr(current, "reason", None), *current.args)
        waiting += [cause for cause in linked if isinstance(cause, BaseException)]


def _root(error: BaseException) -> str:
    """What the operating system said, without the layers around it."""
    *_, last = _causes(error)
    system = next((cause for cause in _causes(error) if isinstance(cause, OSError) and cause.strerror), last)
    return excerpt(getattr(system, "strerror", None) or str(system))


def _status(answer: Answer) -> str:
    try:
        return f"{answer.status} {HTTPStatus(answer.status).phrase}"
    except ValueError:
        return str(answer.status)


def _is_bare_success(answer: Answer, call: Call) -> bool:
    return call.bodiless and answer.status in _BODILESS and not answer.text.strip()


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
