"""What the sources of evidence read from, each thing once for many tickets."""

import copy
import threading
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from rat.model.commit import Commit
from rat.model.settings import Audience, Project, Sources
from rat.ports import Checkout, Tracker

T = TypeVar("T")

MAX_COMMITS = 3_000
"""Of the history; `git log --name-only` of as many takes about a third of a second."""


class Library:
    """The checkout, the tracker (None for tickets from files) and the settings, with what was read from them so far."""

    def __init__(
        self,
        *,
        checkout: Checkout,
        tracker: Tracker | None,
        sources: Sources,
        project: Project,
        audience: Audience = Audience.INTERNAL,
    ) -> None:
        self.checkout = checkout
        self.tracker = tracker
        self.sources = sources
        self.project = project
        self.audience = audience
        self._lock = threading.RLock()
        self._read: dict[Hashable, Any] = {}

    def for_project(self, project: Project) -> "Library":
        """The same library for the tickets of another project: what was read so far, and will be, is shared."""
        other = copy.copy(self)
        other.project = project
        return other

    def commits(self) -> tuple[Commit, ...]:
        """The newest commits of the checkout's history, newest first, read once."""
        return self.once("commits", lambda: self.checkout.commits(limit=MAX_COMMITS))

    def once(self, name: Hashable, read: Callable[[], T]) -> T:
        """What *read* gives, read at the first call with this *name* and kept; safe from many threads."""
        with self._lock:
            if name not in self._read:
                self._read[name] = read()
            kept: T = self._read[name]
            return kept
