"""What was said between RAT and people under a ticket: questions, answers, requests, a rejection."""

from dataclasses import dataclass
from datetime import UTC, datetime

from rat.model.strict import Strict
from rat.model.ticket import Comment


@dataclass(frozen=True, kw_only=True, slots=True)
class Rejection(Strict):
    """What RAT proposed last was rejected: *by* is a login, *why* their words; both empty where the command is gone.

    *stands* while the ticket says what it said then: RAT keeps quiet as long.
    """

    by: str = ""
    why: str = ""
    stands: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Dialogue(Strict):
    """What was said before a run.

    *open* are the questions in RAT's comment, *settled* those that it lists as answered, *answers* the comments since
    that count as answers, *answered* the open questions that these answer. *previous* is the input hash of RAT's
    comment, empty without one; *rejection* is there until RAT proposes anew.
    """

    open: tuple[str, ...] = ()
    settled: tuple[str, ...] = ()
    answers: tuple[Comment, ...] = ()
    answered: tuple[str, ...] = ()
    previous: str = ""
    rejection: Rejection | None = None

    @property
    def closed(self) -> tuple[str, ...]:
        """Every question that got an answer: none of them is asked again."""
        return tuple(dict.fromkeys((*self.settled, *self.answered)))


def moment(time: str) -> datetime:
    """A tracker's *time* as a moment; what is no time is long ago."""
    try:
        found = datetime.fromisoformat(time)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
