"""What the team drafts for a ticket."""

from dataclasses import dataclass

from rat.model.evidence import Citation
from rat.model.strict import Strict


@dataclass(frozen=True, kw_only=True, slots=True)
class Question(Strict):
    """What only a person can answer; *assumption* is what will be taken as true until they do."""

    text: str
    why: str = ""
    assumption: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class AcceptanceCriterion(Strict):
    """One thing that can be checked when the work is done, tied to the ticket or to evidence by its citations."""

    text: str
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Task(Strict):
    """One step of the work; *depends_on* holds titles of other tasks of the same proposal."""

    title: str
    depends_on: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Conflict(Strict):
    """A decision that the ticket goes against: *adr* is its evidence id, *quote* stands byte for byte in it."""

    adr: str
    quote: str
    reason: str
    ticket_quote: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement(Strict):
    """A drafted sentence and the evidence behind it; with no citation it is shown as an assumption."""

    text: str
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal(Strict):
    """The drafted text of a ticket. *size* is a range in words ("1 to 2 days"), never a bare number."""

    title: str
    problem: str
    approach: tuple[Statement, ...] = ()
    acceptance_criteria: tuple[AcceptanceCriterion, ...] = ()
    tasks: tuple[Task, ...] = ()
    test_plan: tuple[Statement, ...] = ()
    risks: tuple[Statement, ...] = ()
    out_of_scope: tuple[str, ...] = ()
    size: str = ""
