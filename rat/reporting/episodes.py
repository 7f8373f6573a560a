"""Records put in order: each refinement of a ticket with what came of it until the next. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from rat.model.ledger import DecisionRecord, Ending, LedgerRecord, OfferRecord, RunRecord

AT_WORK = frozenset({Ending.READY, Ending.NEEDS_ANSWERS, Ending.BLOCKED})
"""How a run ends that refined its ticket: it was neither skipped nor did it fail."""

UNKNOWN = "unknown"
"""What stands where nothing is on record; never 0, never empty."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Episode:
    """One run on a ticket, with the offers and decisions that followed; *run* is None where the ledger lacks it."""

    key: tuple[str, str]
    run: RunRecord | None = None
    offers: tuple[OfferRecord, ...] = ()
    decisions: tuple[DecisionRecord, ...] = ()

    @property
    def ticket(self) -> str:
        """The ticket's name."""
        return self.key[1]

    @property
    def records(self) -> tuple[LedgerRecord, ...]:
        """All of it, in order."""
        return (*([self.run] if self.run else []), *self.offers, *self.decisions)

    @property
    def team(self) -> str:
        """The project that the ticket belongs to."""
        return next((record.team for record in self.records if record.team), UNKNOWN)

    @property
    def month(self) -> str:
        """When it began, as `2026-11`."""
        return min((record.at[:7] for record in self.records), default=UNKNOWN)

    @property
    def refined(self) -> bool:
        """Whether the run got as far as a result."""
        return self.run is not None and self.run.ending in AT_WORK


def episodes(records: Iterable[LedgerRecord]) -> tuple[Episode, ...]:
    """The episodes of all tickets, by ticket and time. A skipped run starts none where one is under way.

    A decision that names its proposal belongs to that one, another to the newest before it.
    """
    by_ticket: dict[tuple[str, str], list[LedgerRecord]] = defaultdict(list)
    for record in sorted(records, key=lambda one: (one.at, _ORDER[one.kind], one.id)):
        by_ticket[record.repository, record.ticket].append(record)
    return tuple(episode for key, found in sorted(by_ticket.items()) for episode in _split(key, found))


_ORDER = {"run": 0, "offer": 1, "decision": 2}
"""Within a second, a run comes before its offer, and that before a decision."""


def _split(key: tuple[str, str], records: list[LedgerRecord]) -> list[Episode]:
    parts: list[tuple[RunRecord | None, list[OfferRecord], list[DecisionRecord]]] = [(None, [], [])]
    aside: list[Episode] = []
    for record in records:
        if isinstance(record, RunRecord):
            if record.ending in AT_WORK:
                parts.append((record, [], []))
            else:
                aside.append(Episode(key=key, run=record))
        elif isinstance(record, OfferRecord):
            parts[-1][1].append(record)
        else:
            same = [part for part in parts if part[0] and part[0].input_hash == record.input_hash != ""]
            (same or parts)[-1][2].append(record)
    whole = [
        Episode(key=key, run=run, offers=tuple(offers), decisions=tuple(decisions))
        for run, offers, decisions in parts
        if run or offers or decisions
    ]
    return [*aside, *whole]
