"""What goes wrong: answers that are lost after the effect, an hour without service, a publisher that is cancelled."""

import random
from dataclasses import dataclass

import requests


class Cancelled(BaseException):
    """The job was killed here."""


@dataclass(kw_only=True)
class Faults:
    """How often an answer is *lost* (a share), from when to when the service is *out*, and who is killed."""

    lost: float = 0.0
    out: tuple[float, float] = (0.0, 0.0)
    kill_at_write: int = 0
    chance: random.Random

    def __post_init__(self) -> None:
        self._writes = 0

    def before(self, now: float) -> bool:
        """Whether the service is out."""
        return self.out[0] <= now < self.out[1]

    def after(self, *, writing: bool) -> None:
        """Lose the answer, or kill the job, now that the effect is there."""
        if writing:
            self._writes += 1
            if self._writes == self.kill_at_write:
                raise Cancelled
        if self.lost and self.chance.random() < self.lost:
            raise requests.ConnectionError("the answer was lost")
