"""What a pull request means for the tickets."""

from dataclasses import dataclass
from enum import StrEnum

from rat.model.pull_request import PullRequest
from rat.model.refinement import RunReport
from rat.model.strict import Strict


class Relation(StrEnum):
    """How a ticket and a pull request belong together."""

    NAMED = "named"
    OVERLAPS = "overlaps"


@dataclass(frozen=True, kw_only=True, slots=True)
class MetCriterion(Strict):
    """An acceptance criterion that the change seems to meet, and the changed file that says so."""

    text: str
    file: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ImpactedTicket(Strict):
    """A ticket that a pull request touches; *files* are those that both touch, *where* says where it was named."""

    key: str
    title: str
    relation: Relation
    files: tuple[str, ...] = ()
    criteria: tuple[MetCriterion, ...] = ()
    where: str = ""
    url: str = ""
    state: str = "open"


@dataclass(frozen=True, kw_only=True, slots=True)
class ImpactReport(Strict):
    """The tickets of one pull request, and the proposals that go with it (`--refine`), keyed by ticket or file."""

    pull_request: PullRequest
    tickets: tuple[ImpactedTicket, ...] = ()
    proposals: tuple[RunReport, ...] = ()
    notes: tuple[str, ...] = ()
    head: str = ""
    mode: str = "offline"
    model: str = ""
