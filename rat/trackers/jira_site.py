"""One Jira, as the parts of its adapter share it: how it is called, the form of its texts, its addresses."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from rat.errors import ConfigError, TrackerError
from rat.model.ticket import TicketRef
from rat.trackers.calls import Call, Calls
from rat.trackers.jira_forms import CloudForm, Form
from rat.trackers.refs import shown

PAGE_SIZE = 100
PAGE_LIMIT = 100
"""Pages of one list at most; Jira Cloud keeps 5,000 comments an issue."""

_KEY = re.compile(r"[A-Z][A-Z0-9_]{1,254}-[1-9]\d{0,18}")
_T = TypeVar("_T")


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """A Jira that answers; *browse* is the address that people see."""

    calls: Calls
    form: Form
    browse: str

    @property
    def is_cloud(self) -> bool:
        """Cloud, as against Data Center."""
        return isinstance(self.form, CloudForm)

    @property
    def api(self) -> str:
        """The path of the API's root."""
        return f"/rest/api/{self.form.api_version}"

    def issue(self, ref: TicketRef) -> str:
        """The path of an issue. Raises ConfigError for what is no key of Jira."""
        if not _KEY.fullmatch(ref.key):
            raise ConfigError(f"{shown(ref.key)} is not a key of Jira. Give one such as PAY-17.")
        return f"{self.api}/issue/{ref.key}"

    def project(self, ref: TicketRef) -> str:
        """The key of an issue's project. Raises ConfigError as above."""
        self.issue(ref)
        return ref.key.rsplit("-", 1)[0]

    def comment(self, ref: TicketRef, comment_id: str) -> str:
        """The path of a comment of an issue."""
        if not (comment_id.isascii() and comment_id.isdecimal()):
            raise TrackerError(f"{shown(comment_id)} is not the number of a comment of {ref.key}.")
        return f"{self.issue(ref)}/comment/{comment_id}"

    def read(self, call: Call, decode: Callable[[Any], _T]) -> _T:
        """What *decode* makes of the reply to a read. Raises TrackerError."""
        found: _T = self.calls.shaped(decode, self.calls.read(call), call)
        return found

    def write(self, call: Call, decode: Callable[[Any], _T]) -> _T:
        """What *decode* makes of the reply to a write, sent once. Raises Ambiguous, TrackerError."""
        found: _T = self.calls.shaped(decode, self.calls.write(call), call)
        return found

    def listed(
        self,
        what: str,
        path: str,
        *names: str,
        decode: Callable[[Any], _T],
        params: Mapping[str, str] | None = None,
    ) -> Iterator[_T]:
        """What *decode* makes of each entry of a list, over all of its pages; one page that fails fails the whole.

        The list is called one of *names* in an answer: Cloud and Data Center differ. Raises TrackerError.
        """
        count = 0
        for _ in range(PAGE_LIMIT):
            page = {**(params or {}), "startAt": str(count), "maxResults": str(PAGE_SIZE)}
            call = Call(what=what, path=path, params=page)
            entries, total = self.read(
                call, lambda data: ([decode(entry) for entry in _entries(data, names)], int(data["total"]))
            )
            yield from entries
            count += len(entries)
            if count >= total:
                return
            if not entries:
                break
        raise TrackerError(f"{what[0].upper()}{what[1:]} could not all be read: {count} came. Try again later.")


def _entries(data: Any, names: tuple[str, ...]) -> list[Any]:
    return list(data[next((name for name in names if name in data), names[0])])
