"""Lists of GitHub, read over all of their pages or not at all."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

from rat.errors import TrackerError
from rat.trackers.calls import Call, Calls, next_page
from rat.trackers.refs import shown

PAGE_SIZE = 100
PAGE_LIMIT = 100
"""Pages of one list at most, that is 10,000 entries: a list without an end must not keep a run for ever."""


class Pages:
    """The lists of the GitHub at *api_url*."""

    def __init__(self, *, calls: Calls, api_url: str) -> None:
        self._calls = calls
        self._root = urlsplit(api_url)

    def entries(self, call: Call, decode: Callable[[Any], Any]) -> Iterator[Any]:
        """Every entry of a list over all of its pages. Raises TrackerError where a page fails or leads elsewhere."""
        for _ in range(PAGE_LIMIT):
            reply = self._calls.read(call)
            if not isinstance(reply.data, list):
                raise TrackerError(f"GitHub gave something else than a list for {call.what}. Is the API address right?")
            yield from self._calls.shaped(lambda entries: [decode(entry) for entry in entries], reply, call)
            following = next_page(reply.headers)
            if not following:
                return
            call = Call(what=call.what, path=self._own(following, call))
        raise TrackerError(f"{call.what} go on after {PAGE_LIMIT} pages of {PAGE_SIZE}; RAT reads all or none of them.")

    def _own(self, address: str, call: Call) -> str:
        """*address* if it lies on this GitHub: the token must not go anywhere else."""
        there = urlsplit(address)
        if (there.scheme, there.netloc) != (self._root.scheme, self._root.netloc) or not there.path.startswith(
            self._root.path.rstrip("/") + "/"
        ):
            raise TrackerError(
                f"The next page of {call.what} would be on {shown(there.netloc)}, not on {self._root.netloc}. "
                "It was not followed; nothing was read in part. Check GITHUB_API_URL."
            )
        return address
