"""What RAT read, and the claims that point at it."""

from dataclasses import dataclass
from enum import StrEnum

from rat.model.strict import Strict


class EvidenceKind(StrEnum):
    """What sort of thing a piece of evidence is."""

    CODE = "code"
    TEST = "test"
    ADR = "adr"
    RFE = "rfe"
    COMMIT = "commit"
    TICKET = "ticket"
    OWNER = "owner"


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence(Strict):
    """A passage that RAT read.

    *id* is what agents cite: `code:rat/cli.py#L10-L42`, `ADR-0003`, `RFE-…`, `commit:1a2b3c4`, `PAY-17`, `owner:…`.
    *lines* are 1-based and inclusive. *text* is the passage byte for byte as decoded from its source. *reasons* say
    why it matters here, one short phrase each. *status* is the normalised status of an ADR or RFE, or a ticket's state.
    """

    id: str
    kind: EvidenceKind
    title: str
    text: str = ""
    path: str = ""
    lines: tuple[int, int] | None = None
    url: str = ""
    status: str = ""
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Citation(Strict):
    """A claim that evidence says so: *source* is an evidence id, or "ticket" for the ticket's own text.

    *quote*, when given, must stand byte for byte in that source.
    """

    source: str
    quote: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Symbol(Strict):
    """A definition in a file; *line* is 1-based."""

    name: str
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ImpactedFile(Strict):
    """A file that the ticket will probably touch; *score* only orders the files of one ticket."""

    path: str
    score: float
    reasons: tuple[str, ...] = ()
    symbols: tuple[Symbol, ...] = ()
    tests: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
