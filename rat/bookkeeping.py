"""Writes down what a run did and what people decided: the one way into the ledger."""

import functools
import hashlib
import json
import logging
import os
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from rat import __version__
from rat.batch import Failure
from rat.connect import Connections
from rat.errors import LedgerError
from rat.model import RunReport, Ticket, TicketRef
from rat.model.ledger import DecisionRecord, Ending, LedgerRecord, OfferRecord, RunRecord, Verdict, with_id
from rat.model.settings import Settings
from rat.publishing.outcome import Outcome
from rat.reporting.ledger import Ledger, open_ledger
from rat.reporting.lines import NAME, LinesLedger
from rat.reporting.recording import with_figures

log = logging.getLogger("rat")

REASON_CHARS = 500
"""Characters of a reason that are kept."""

EVENT_BYTES = 32 * 1024 * 1024
"""GitHub's payloads are 25 MB at most."""


def now() -> str:
    """The moment, in UTC."""
    return datetime.now(tz=UTC).isoformat(timespec="seconds")


def run_name(environ: Mapping[str, str]) -> str:
    """The name of this run: that of the Actions run and its attempt, else one by chance."""
    run, attempt = environ.get("GITHUB_RUN_ID"), environ.get("GITHUB_RUN_ATTEMPT") or "1"
    return f"{run}.{attempt}" if run else f"local-{secrets.token_hex(6)}"


@dataclass(kw_only=True, slots=True)
class Book:
    """Where the records of one run go: the file beside its results, and the ledger of `--ledger`, if there are any.

    A ledger that fails gets no further record in this run and becomes the *trouble*, to be raised when all is done: the
    work itself goes on. *variant* names the prompts; it is asked for where a model was.
    """

    repository: str
    run: str
    login: str
    labelled: Mapping[str, str]
    variant: Callable[[], str] = str
    ledgers: list[Ledger] = field(default_factory=list)
    clock: Callable[[], str] = now
    trouble: LedgerError | None = None

    def write(self, *records: LedgerRecord) -> None:
        """Keep *records* in every ledger."""
        for ledger in list(self.ledgers):
            try:
                ledger.append(records)
            except LedgerError as error:
                log.error("%s", error)  # noqa: TRY400 - a message for the user, not a bug
                self.ledgers.remove(ledger)
                self.trouble = self.trouble or error

    def refined(self, report: RunReport, *, team: str, settings: Settings) -> None:
        """Keep what came of a ticket."""
        key = report.refinement.ticket.key
        variant = self.variant() if report.mode == "model" else ""
        record = replace(self._blank(key), team=team, variant=variant, labelled_at=self.labelled.get(key, ""))
        self.write(with_id(with_figures(record, report, settings=settings)))

    def failed(self, failures: Iterable[Failure]) -> None:
        """Keep which tickets failed; why stands in `run.json`."""
        self.write(*(with_id(self._blank(failure.key)) for failure in failures))

    def offered(self, outcomes: Sequence[Outcome], *, team_of: Callable[[str], str]) -> None:
        """Keep what became of offers; *team_of* knows the team of a ticket by its key."""
        offers = [
            OfferRecord(
                at=self.clock(),
                run=self.run,
                repository=self.repository,
                team=team_of(outcome.ticket),
                ticket=outcome.ticket,
                purpose=outcome.purpose,
                action=outcome.action,
                login=self.login,
            )
            for outcome in outcomes
        ]
        self.write(*(with_id(offer) for offer in offers))

    def edited(self, ticket: Ticket, *, changed: float, team: str, input_hash: str) -> None:
        """Keep that what was applied to *ticket* reads differently now.

        The same edit gives the same record whenever it is seen: its time is that of the ticket, its run is nobody's.
        """
        try:
            at = datetime.fromisoformat(ticket.updated_at).astimezone(UTC).isoformat(timespec="seconds")
        except ValueError:
            at = self.clock()
        record = DecisionRecord(
            at=at,
            run="",
            repository=self.repository,
            team=team,
            ticket=ticket.key,
            verdict=Verdict.EDITED,
            changed=round(changed, 4),
            input_hash=input_hash,
        )
        self.write(with_id(record))

    def forward(self, folder: Path) -> None:
        """Copy what another job kept in *folder* into the ledgers; what is there already stays once."""
        if (folder / NAME).is_file():
            self.write(*LinesLedger(folder / NAME).records())

    def _blank(self, ticket: str) -> RunRecord:
        return RunRecord(
            at=self.clock(),
            run=self.run,
            repository=self.repository,
            team="",
            ticket=ticket,
            ending=Ending.FAILED,
            rat=__version__,
        )


def open_book(
    connections: Connections, *, out: Path | None, is_first: bool = True, environ: Mapping[str, str] = os.environ
) -> Book:
    """The book of this run: a file in *out*, and the ledger of `--ledger`. Raises LedgerError for one of no use.

    Where this *is_first*, a database is opened here, so that a wrong address is known before any work is paid for.
    """
    ledgers: list[Ledger] = [LinesLedger(out / NAME)] if out else []
    if connections.access.ledger:
        ledgers.append(open_ledger(connections.access.ledger))
        if is_first:
            ledgers[-1].append([])
    return Book(
        repository=connections.repository,
        run=run_name(environ),
        login=environ.get("GITHUB_ACTOR") or "",
        labelled=labelled_in(environ),
        variant=functools.cache(lambda: _variant(connections)),  # needs a checkout, which not every job has
        ledgers=ledgers,
    )


def continued_book(connections: Connections, folders: Sequence[Path]) -> Book:
    """The book of a run that goes on from *folders*: what other jobs kept there is in every ledger, and in the first.

    Raises LedgerError.
    """
    book = open_book(connections, out=folders[0] if folders else None)
    for folder in folders:
        book.forward(folder)
    return book


def record_decision(  # noqa: PLR0913 - each is a column
    ref: TicketRef,
    verdict: Verdict,
    *,
    connections: Connections,
    out: Path | None,
    login: str,
    team: str = "",
    sections: tuple[str, ...] = (),
    reason: str = "",
    changed: float | None = None,
    input_hash: str = "",
) -> LedgerError | None:
    """Keep what the person with *login* decided about RAT's proposal for *ref*. Returns what went wrong, to raise last.

    *changed* is how much of what RAT offered reads differently now (`rat.reporting.edits.changed_share`): 0 where it
    was taken as it was, None where nobody looked. The text itself is not kept.
    """
    book = open_book(connections, out=out, is_first=False)
    book.write(
        with_id(
            DecisionRecord(
                at=book.clock(),
                run=book.run,
                repository=book.repository,
                team=team,
                ticket=ref.key,
                verdict=verdict,
                login=login,
                sections=sections,
                reason=" ".join(reason.split())[:REASON_CHARS],
                changed=changed,
                input_hash=input_hash,
            )
        )
    )
    return book.trouble


def labelled_in(environ: Mapping[str, str]) -> dict[str, str]:
    """When the label came that started this run, by ticket: GitHub's `issues` event says so, nothing else does.

    https://docs.github.com/en/webhooks/webhook-events-and-payloads#issues
    """
    path = environ.get("GITHUB_EVENT_PATH")
    if environ.get("GITHUB_EVENT_NAME") != "issues" or not path:
        return {}
    try:
        with Path(path).open("rb") as file:
            payload = json.loads(file.read(EVENT_BYTES))
        issue, action = payload["issue"], payload["action"]
        at = {"labeled": issue["updated_at"], "opened": issue["created_at"]}.get(action)
        moment = datetime.fromisoformat(at).astimezone(UTC).isoformat(timespec="seconds") if at else ""
        return {f"{environ.get('GITHUB_REPOSITORY')}#{int(issue['number'])}": moment} if moment else {}
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return {}  # not known: the record says so


def _variant(connections: Connections) -> str:
    """`built-in`, or `own-` and a hash of the prompts that the repository has of its own."""
    from rat.templates import read_overrides

    own = read_overrides(connections.checkout)
    digest = hashlib.sha256(json.dumps(own, sort_keys=True).encode(errors="surrogatepass")).hexdigest()
    return f"own-{digest[:8]}" if own else "built-in"
