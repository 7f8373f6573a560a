"""One exchange over HTTP, bounded in time and size, following nothing; both SDKs send through it."""

import io
import time
from typing import Any

import requests
import urllib3
from requests.adapters import HTTPAdapter

SIZE_LIMIT = 32 * 1024 * 1024
"""Bytes of one answer at most: a page of 100 comments of GitHub's largest size (262,144 bytes) is below it."""

DEADLINE_SECONDS = 120.0
"""For one whole exchange: a read timeout alone never ends an answer that trickles in."""

TIMEOUT = (10.0, 60.0)
"""Seconds to connect, and to wait for the next bytes."""

_PIECE = 65536
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class Redirected(requests.RequestException):
    """The server points elsewhere; the request was not repeated there. *location* is where."""

    def __init__(self, status: int, location: str) -> None:
        super().__init__(f"redirected ({status}) to {location}")
        self.status = status
        self.location = location


class Unfinished(requests.RequestException):
    """The answer was not there as a whole: too slow, too large, or the server is still working on it (202)."""


class BoundedAdapter(HTTPAdapter):
    """Sends once, reads the whole answer within a deadline and a size, and refuses redirects.

    Neither SDK can be told all of this: PyGithub follows 301 even for writes, and a `requests` timeout is per read.
    """

    def __init__(
        self, *, timeout: tuple[float, float] = TIMEOUT, deadline: float = DEADLINE_SECONDS, size: int = SIZE_LIMIT
    ) -> None:
        super().__init__(max_retries=0)
        self._timeout = timeout
        self._deadline = deadline
        self._size = size

    def send(  # type: ignore[override]  # sessions give everything but the request by name
        self, request: requests.PreparedRequest, **options: Any
    ) -> requests.Response:
        """The answer to *request*, read as a whole. Raises RequestException."""
        end = time.monotonic() + self._deadline
        response = super().send(request, **{**options, "stream": True, "timeout": self._timeout})
        try:
            body = self._body(response, end)
        finally:
            response.close()
        response.raw = io.BytesIO(body)
        response.encoding = "utf-8"
        if response.status_code in _REDIRECTS:
            raise Redirected(response.status_code, response.headers.get("Location", "nowhere")[:300])
        if response.status_code == requests.codes.accepted and request.method == "GET":
            raise Unfinished("202, still being made")
        return response

    def _body(self, response: requests.Response, end: float) -> bytes:
        """Every byte of the answer. urllib3 raises where it ends before its Content-Length."""
        body = bytearray()
        # `iter_content` waits for a full piece, however slowly its bytes come; `read1` returns what is there.
        while piece := _next_piece(response):
            body += piece
            if len(body) > self._size:
                raise Unfinished(f"over {self._size} bytes")
            if time.monotonic() > end:
                raise Unfinished(f"not complete after {self._deadline:g} s")
        return bytes(body)


def _next_piece(response: requests.Response) -> bytes:
    try:
        piece = response.raw.read1(_PIECE, decode_content=True)
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise requests.ConnectionError(error) from error
    return bytes(piece)
