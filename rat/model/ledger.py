"""The ledger's records (docs/reporting.md): what RAT did to a ticket, and what a person made of it.

No text of a ticket or of a proposal is kept, and nothing personal but a login. Keys may be added with a default, so a
newer RAT reads older records; `version` grows when a key changes its meaning.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Literal, TypeVar

from rat.model.refinement import Usage
from rat.model.strict import Strict
from rat.model.ticket import TicketType

VERSION = 1
"""The version of the records that this RAT writes, and the newest that it reads."""


class Ending(StrEnum):
    """How the refinement of a ticket ended: a `Status`, or *failed* where it came to none."""

    READY = "ready"
    NEEDS_ANSWERS = "needs_answers"
    BLOCKED = "blocked"
    SKIPPED = "skipped"
    FAILED = "failed"


class Verdict(StrEnum):
    """What a person decided about a proposal. *edited*: what was applied reads differently now."""

    APPLIED = "applied"
    REJECTED = "rejected"
    UNDONE = "undone"
    EDITED = "edited"


@dataclass(frozen=True, kw_only=True, slots=True)
class AgentUsage(Strict):
    """What one agent cost for one ticket, and how many findings were about its replies in the end."""

    agent: str
    usage: Usage
    findings: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class RunRecord(Strict):
    """One ticket in one run. None means unknown, which is not 0.

    *at* is when it was done (UTC, ISO 8601), *run* names the run, *team* is the project of the configuration,
    *variant* the prompts (`built-in`, or `own-` and a hash of a team's own), *labelled_at* when the label came that
    asked for it, *answered* how many questions of earlier runs have an answer now. *cost_usd* is None where a model
    was asked whose price is not known.
    """

    kind: Literal["run"] = "run"
    version: int = VERSION
    id: str = ""
    at: str
    run: str
    repository: str
    team: str
    ticket: str
    type: TicketType | None = None
    mode: str = ""
    ending: Ending
    before: int | None = None
    after: int | None = None
    cited: int = 0
    verified: int = 0
    dropped: int = 0
    questions: int = 0
    answered: int | None = None
    blockers: int = 0
    warnings: int = 0
    notes: int = 0
    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost_usd: float | None = None
    estimated: bool = False
    model: str = ""
    agents: tuple[AgentUsage, ...] = ()
    variant: str = ""
    seconds: float | None = None
    labelled_at: str = ""
    head: str = ""
    input_hash: str = ""
    rat: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class OfferRecord(Strict):
    """What became of one offer of a comment: *action* as `rat publish` says it; *login* is whose run it was."""

    kind: Literal["offer"] = "offer"
    version: int = VERSION
    id: str = ""
    at: str
    run: str
    repository: str
    team: str
    ticket: str
    purpose: str
    action: str
    login: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class DecisionRecord(Strict):
    """What a person with *login* decided about RAT's proposal for *ticket*.

    *changed* is the edit distance as a share, 0 to 1, between what RAT offered and what stands (`rat.reporting.edits`);
    None where it is not known. *input_hash* names the proposal where it is known.
    """

    kind: Literal["decision"] = "decision"
    version: int = VERSION
    id: str = ""
    at: str
    run: str
    repository: str
    team: str
    ticket: str
    verdict: Verdict
    login: str = ""
    sections: tuple[str, ...] = ()
    reason: str = ""
    changed: float | None = None
    input_hash: str = ""


LedgerRecord = RunRecord | OfferRecord | DecisionRecord
KINDS: dict[str, type[LedgerRecord]] = {"run": RunRecord, "offer": OfferRecord, "decision": DecisionRecord}
"""Every kind of record, by the word in its key `kind`."""

R = TypeVar("R", RunRecord, OfferRecord, DecisionRecord)


def with_id(record: R) -> R:
    """*record* with the id that follows from its content (SHA-256, 32 hex digits): the same record is kept once."""
    matter = json.dumps(asdict(replace(record, id="")), sort_keys=True)
    return replace(record, id=hashlib.sha256(matter.encode(errors="surrogatepass")).hexdigest()[:32])
