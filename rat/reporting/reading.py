"""Finds the records in what people have at hand: ledgers, folders of results, and zipped artifacts of runs."""

import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rat.decode import decode, decode_json
from rat.errors import LedgerError
from rat.model.ledger import Ending, LedgerRecord, RunRecord, with_id
from rat.model.record import RefinementRecord
from rat.model.settings import Settings
from rat.reporting.lines import NAME, LinesLedger, read_lines
from rat.reporting.recording import with_figures

MAX_BYTES = 512 * 1024 * 1024
"""The largest ledger that is read out of an artifact: some 500,000 records."""

RUN = "run.json"
"""What marks a folder of results (`rat refine --out`)."""


def read_records(path: Path) -> Iterator[LedgerRecord]:
    """The records at *path*: a ledger, a zipped artifact, a folder (with all below it), or its `run.json`.

    A folder of results without a ledger, of an older RAT, gives records without what only a ledger knows. Raises
    LedgerError for what holds none.
    """
    if path.is_dir():
        found = False
        for ledger in sorted(path.rglob(NAME)):
            found = True
            yield from LinesLedger(ledger).records()
        for run in sorted(path.rglob(RUN)):
            if not (run.parent / NAME).is_file():
                found = True
                yield from _results(run)
        if not found:
            raise LedgerError(f"{path} holds no results and no ledger. Give a folder of `rat refine --out`.")
    elif path.name == RUN:
        ledger = path.with_name(NAME)
        yield from LinesLedger(ledger).records() if ledger.is_file() else _results(path)
    elif path.suffix == ".zip":
        yield from _zipped(path)
    else:
        yield from LinesLedger(path).records()


def _zipped(path: Path) -> Iterator[LedgerRecord]:
    try:
        with zipfile.ZipFile(path) as archive:
            ledgers = [entry for entry in archive.infolist() if entry.filename.rpartition("/")[2] == NAME]
            if not ledgers:
                raise LedgerError(f"{path} holds no {NAME}. Give the artifact of a run of RAT.")
            for entry in ledgers:
                with archive.open(entry) as file:
                    data = file.read(MAX_BYTES + 1)
                if len(data) > MAX_BYTES:
                    raise LedgerError(f"{entry.filename} in {path} has more than {MAX_BYTES} bytes. Split it.")
                yield from read_lines(data, what=f"{entry.filename} in {path.name}")
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise LedgerError(f"{path} could not be read as a zip file ({error}). Download it again.") from error


def _results(run: Path) -> Iterator[RunRecord]:
    """A record for each refinement that *run* names; its time is that of the file, its price is not known."""
    summary = decode_json(dict[str, Any], run.read_bytes(), what=str(run), error=LedgerError)
    for ticket in decode(list[dict[str, Any]], summary.get("tickets"), what=f"`tickets` in {run}", error=LedgerError):
        path = run.with_name(Path(str(ticket.get("file"))).name)
        if not path.is_file():
            raise LedgerError(f"{run} names {path.name}, which is not there. Give the whole folder of results.")
        report = decode_json(RefinementRecord, path.read_bytes(), what=str(path), error=LedgerError).report()
        at = datetime.fromtimestamp(path.stat().st_mtime, tz=UTC).isoformat(timespec="seconds")
        key = report.refinement.ticket.key
        blank = RunRecord(at=at, run=str(run.parent), repository="", team="", ticket=key, ending=Ending.FAILED)
        yield with_id(with_figures(blank, report, settings=Settings()))
